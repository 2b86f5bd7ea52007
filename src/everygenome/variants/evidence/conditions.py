"""Conditions that several rooms ask of columns."""

import ibis
import ibis.expr.types as ir

from everygenome.variants.evidence.flags import Flag
from everygenome.variants.evidence.question import Role


def has(rows: ir.Table, role: Role) -> ir.BooleanValue:
    """Whether the group of a row counts for something."""
    return (rows.role & int(role)) != 0


def contradicts(ac: ir.IntegerValue, an: ir.IntegerValue) -> ir.BooleanValue:
    """More copies than chromosomes, or a number below 0."""
    return ((ac < 0) | (an < 0) | (ac > an)).fill_null(False)


def as_bits(*flags: tuple[Flag, ir.BooleanValue]) -> ir.IntegerValue:
    """Flags as one number: each is set where its condition holds, and not where it is unknown."""
    total: ir.IntegerValue = ibis.literal(0, "int32")
    for flag, condition in flags:
        total += ibis.ifelse(condition, int(flag), 0)
    return total.cast("int32")
