"""What `crossgrad semantics` prints, a module for each format: the table, one profile, and the move between two."""
