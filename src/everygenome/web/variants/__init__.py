"""Variants as a page: what "rare" means for each group; nothing that is asked is kept."""
