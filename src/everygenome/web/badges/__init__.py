"""Badges: small pictures of field-wide numbers, for pages elsewhere."""
