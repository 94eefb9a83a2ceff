"""Starts Rasa behind its private channel."""

from __future__ import annotations

from bot.rasa_server.start import serve

if __name__ == "__main__":
    serve()
