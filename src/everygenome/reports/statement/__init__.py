"""A diverse data statement: for whom, in which circumstances, why, and with what impact."""
