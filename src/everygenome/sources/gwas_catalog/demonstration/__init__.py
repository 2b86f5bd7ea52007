"""A small made-up catalogue, for a first look without a network and for teaching.

It describes nobody, and says so in every title, name and address. `write_demonstration`
in `write` is the way in.
"""
