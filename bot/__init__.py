"""Rights Desk: a legal-information assistant for an immigration law office."""
