"""What `crossgrad explain OP` says, a file for each part."""
