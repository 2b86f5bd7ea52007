"""Commands with parts of their own, each a sub-app; like `__main__` they parse, call and print."""
