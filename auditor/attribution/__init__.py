"""Name who is behind what was seen: sightings and catalogue to footprint."""
