"""Backups: everything that has to come back, and nothing that was withdrawn."""
