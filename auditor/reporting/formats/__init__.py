"""The formats of a report, one module each, found because it is there."""
