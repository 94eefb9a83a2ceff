"""The whole assistant: three real processes, spoken to as a visitor does."""
