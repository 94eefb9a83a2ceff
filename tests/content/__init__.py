"""What staff write and what documents claim."""
