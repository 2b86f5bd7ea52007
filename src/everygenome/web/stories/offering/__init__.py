"""Offering a story: step by step, kept at each, and seen as readers will before it is sent."""
