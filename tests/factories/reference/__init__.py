"""A slow reference of every measure: loops and dictionaries, and nothing to go wrong fast."""
