"""The console's pages on which staff change what the assistant knows."""
