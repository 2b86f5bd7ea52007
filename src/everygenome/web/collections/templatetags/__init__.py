"""Template tags of the collections."""
