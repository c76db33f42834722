"""What can be asked about a subject, one module per surface; found because it is there."""
