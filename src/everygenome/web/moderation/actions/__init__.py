"""Actions: each changes the world once, completely, by somebody and for a reason, or not at all.

All are keyword-only and atomic. The line of the audit trail is written in the same transaction;
who should hear of it hears on commit.
"""
