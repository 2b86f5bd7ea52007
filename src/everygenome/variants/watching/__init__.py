"""A list of variants, what was last said of them, and what has changed since."""
