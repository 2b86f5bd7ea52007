"""A sites file, made into a store of frequencies that answers by position."""
