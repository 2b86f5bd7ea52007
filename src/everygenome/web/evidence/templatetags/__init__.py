"""Template filters of the evidence."""
