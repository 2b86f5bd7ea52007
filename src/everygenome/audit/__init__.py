"""Audit: whom a dataset holds, beside a reference, and what it can show."""
