"""A real SQLite file: tables, keys, encryption, deletion."""
