"""One module for each page of `docs/reference/`; each has `body()`, which returns its text."""
