"""Ask the engine an expression over a cohort: plain rows, and nothing else of its own."""

from collections.abc import Iterator
from typing import Any

import ibis.expr.types as ir

_AT_ONCE = 50_000


def answers(expression: ir.Table) -> Iterator[tuple[Any, ...]]:
    """The rows of an expression over the table of a `Cohort`, a few at a time.

    Ibis's own ways to do this import pandas first, which takes a second.
    """
    backend = expression.get_backend()
    found = backend.con.execute(backend.compile(expression))
    while rows := found.fetchmany(_AT_ONCE):
        yield from rows


def answer(expression: ir.Table) -> dict[str, int]:
    """The one row of an expression of whole numbers, by the names of its columns; NULL is 0."""
    row = next(answers(expression))
    return {name: int(value or 0) for name, value in zip(expression.columns, row, strict=True)}
