"""The only process that faces the network: chat API, pages, health."""
