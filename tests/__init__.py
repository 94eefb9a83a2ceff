"""The tests, in folders by speed; each reads as a sentence."""
