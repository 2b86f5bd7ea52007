"""People: accounts, roles, contact details, erasure, and what keeps forms from being abused."""
