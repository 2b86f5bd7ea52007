"""Pages of contributors and readers. No cookie is set: see docs/decisions/0013."""
