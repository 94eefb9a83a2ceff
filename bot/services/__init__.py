"""What the assistant does, told apart from how messages travel and where things are kept."""
