"""Variants: what "rare" and "absent" mean in the light of who was sampled."""
