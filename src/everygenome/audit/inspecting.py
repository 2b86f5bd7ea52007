"""Look at every column of a cohort file, so that a map of it can be written.

Of each column: how many different values, whether they are numbers, and the values themselves
where they are few, and only those in enough rows. Never a range: the oldest age is a person.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import ibis.expr.types as ir

from everygenome.audit.mapping.model import MISSING, plain
from everygenome.sources.cohort import answer, answers

MOST_LISTED = 60
# Numbers of different values are estimated first, within a few percent; with room for that.
_WORTH_COUNTING = 100
_NEARLY_ALL = 0.9
# Some cohorts have ten thousand columns; a question about all at once takes far longer to plan.
_AT_ONCE = 250


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen of a column.

    Attributes:
        name: of the column.
        values: value -> rows, the most frequent first: all that are in enough rows, without what
            is commonly written for missing; None where there are too many different ones.
        rare: different values in fewer rows than that.
        missing: rows that hold what is commonly written for missing.
        numbers: whether all else is numbers.
        distinct: whether each row has another value.
    """

    name: str
    values: dict[str, int] | None
    rare: int
    missing: int
    numbers: bool
    distinct: bool


def inspected(
    table: ir.Table, columns: Sequence[str], *, rows: int, suppress: int = 10
) -> tuple[Seen, ...]:
    """Look at every column: once over all, and once more over those of few values or of very many.

    Args:
        table: texts as stated.
        columns: the name of each column of the table, in its order.
        rows: of the table.
        suppress: a value in fewer rows is not kept.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> from everygenome.sources.cohort import scanned
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder) / "cohort.csv"
        ...     _ = path.write_text("id,sex\\n" + "1,F\\n2,F\\n3,M\\n" * 5)
        ...     with scanned(path) as cohort:
        ...         found = inspected(cohort.table, cohort.columns, rows=cohort.rows)
        >>> [(seen.name, seen.values, seen.rare, seen.numbers) for seen in found]
        [('id', {}, 3, True), ('sex', {'F': 10}, 1, False)]
    """
    named = list(zip(columns, table.columns, strict=True))
    return tuple(
        seen
        for start in range(0, len(named), _AT_ONCE)
        for seen in _inspected(table, named[start : start + _AT_ONCE], rows, suppress)
    )


def _inspected(
    table: ir.Table, named: Sequence[tuple[str, str]], rows: int, suppress: int
) -> Iterator[Seen]:
    part = table.select(*(name for _, name in named))
    first = _over_all(part)
    different = {name: first[f"{name} different"] for name in part.columns}
    few = [name for name, number in different.items() if number <= _WORTH_COUNTING]
    many = [
        name
        for name, number in different.items()
        if number > _WORTH_COUNTING and number >= _NEARLY_ALL * rows
    ]
    counts = _counted(part, few) if few else {}
    distinct = _distinct(part, many) if many else {}
    for called, name in named:
        missing = first[f"{name} missing"]
        stated = counts.get(name)
        told = Counter(
            {value: number for value, number in (stated or {}).items() if value not in MISSING}
        )
        listed = stated is not None and len(told) <= MOST_LISTED
        yield Seen(
            name=called,
            values=_frequent(told, suppress) if listed else None,
            rare=sum(number < suppress for number in told.values()) if listed else 0,
            missing=missing,
            numbers=rows > missing and missing + first[f"{name} numbers"] == rows,
            distinct=(len(stated) if stated else distinct.get(name, 0)) == rows > 1,
        )


def _over_all(table: ir.Table) -> dict[str, int]:
    asked = {}
    for name in table.columns:
        text = table[name]
        asked[f"{name} different"] = text.approx_nunique()
        # What counts as missing can look like a number (NaN), and is none.
        missing = text.isin(list(MISSING))
        asked[f"{name} numbers"] = (text.try_cast("float64").notnull() & ~missing).sum()
        asked[f"{name} missing"] = missing.sum()
    return answer(table.aggregate(**asked))


def _distinct(table: ir.Table, names: Sequence[str]) -> dict[str, int]:
    # Short sums instead of texts: enough for a proposal, and the count itself looks again.
    return answer(table.aggregate(**{name: table[name].hash().nunique() for name in names}))


def _counted(table: ir.Table, names: Sequence[str]) -> dict[str, Counter[str]]:
    long = table.select(*names).pivot_longer(list(names), names_to="column", values_to="value")
    found: dict[str, Counter[str]] = {name: Counter() for name in names}
    grouped = long.group_by("column", "value").aggregate(rows=long.count())
    for column, value, rows in answers(grouped):
        found[column][plain(value)] += rows
    return found


def _frequent(values: Counter[str], suppress: int) -> dict[str, int]:
    ordered = sorted(values.items(), key=lambda item: (-item[1], item[0]))
    return {value: rows for value, rows in ordered if rows >= suppress}
