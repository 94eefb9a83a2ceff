"""Types and rules that need no files, no network and no database."""
