"""What the assistant does, apart from how messages travel and where things are kept."""
