"""Pages, feeds and files that every collection has."""
