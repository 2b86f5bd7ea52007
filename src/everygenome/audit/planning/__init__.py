"""Whom to ask next: aims, and how far a budget reaches."""

from everygenome.audit.planning.aims import aim_at_shares, aim_for_power, aim_to_see
from everygenome.audit.planning.plan import Plan, Planned, plan

__all__ = ["Plan", "Planned", "aim_at_shares", "aim_for_power", "aim_to_see", "plan"]
