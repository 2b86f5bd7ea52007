"""Definitions: words side by side, whose they are, and where they do harm."""
