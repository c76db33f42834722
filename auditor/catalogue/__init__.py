"""The body of knowledge: `rules/` read, checked and indexed."""
