"""The web site: a Django project that reads releases through `queries` and nothing else."""
