"""Judge a footprint by the rules of the catalogue."""
