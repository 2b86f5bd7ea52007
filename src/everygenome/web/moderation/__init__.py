"""Moderation: one way in for every kind of contribution, with queue, decisions and audit trail."""
