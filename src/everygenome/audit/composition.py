"""Who is in a dataset: people by group, with intervals."""

from dataclasses import dataclass

from everygenome.audit.counts import Class
from everygenome.audit.earlier import Hidden
from everygenome.audit.publishing import Published, Shown
from everygenome.audit.tabulating import RECORDED
from everygenome.statistics.intervals import wilson

_CLASSES = frozenset(one.value for one in Class)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A cell of a table, and what follows from it. Whatever follows from a hidden count is None.

    Attributes:
        values: dimension -> value.
        is_class: it stands for no group: missing, declined, several groups, not in the map.
        count: people, or None.
        hidden: why there is no count.
        share: of those whose group is recorded (0-1); within a group, of that group.
        low, high: 95% interval of the share (Wilson), read by itself.
        low_together, high_together: 95% for all groups at once (Goodman).
        share_of_all: of everybody (0-1).
        at_most: share of everybody, were all who are in no group in this one (0-1).
    """

    values: dict[str, str]
    is_class: bool
    count: int | None
    hidden: Hidden | None
    share: float | None = None
    low: float | None = None
    high: float | None = None
    low_together: float | None = None
    high_together: float | None = None
    share_of_all: float | None = None
    at_most: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of an audit.

    Attributes:
        by: its dimensions.
        rows: its cells.
        total: everybody.
        recorded: those whose group is recorded, in a table of one dimension; else None.
    """

    by: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Shown
    recorded: Shown | None


def composition(published: Published, dimension: str, *, level: float = 0.95) -> Table:
    """People by one dimension.

    Shares are of those whose group is recorded; a share of everybody stands beside each.

    Args:
        published: see `publish`.
        dimension: its name.
        level: of the intervals.

    Source: Wilson 1927, JASA 22:209; Goodman 1965, Technometrics 7:247.
    """
    recorded, total = published.of((dimension, RECORDED)), published.total
    values = published.values[dimension]
    groups = sum(value not in _CLASSES for value in values)
    rows = []
    for value in values:
        shown, is_class = published.of((dimension, value)), value in _CLASSES
        base = None if is_class else recorded.count
        low, high = _interval(shown.count, base, level)
        low_all, high_all = _interval(shown.count, base, 1 - (1 - level) / max(groups, 1))
        rows.append(
            Row(
                values={dimension: value},
                is_class=is_class,
                count=shown.count,
                hidden=shown.hidden,
                share=_share(shown.count, base),
                low=low,
                high=high,
                low_together=low_all,
                high_together=high_all,
                share_of_all=_share(shown.count, total.count),
                at_most=None if is_class else _at_most(shown.count, recorded, total),
            )
        )
    return Table(by=(dimension,), rows=tuple(rows), total=total, recorded=recorded)


def nobody(table: Table, group: str, *, level: float = 0.95) -> Row:
    """The row of a group that a table does not have, as nobody is in it."""
    base = table.recorded.count if table.recorded else None
    low, high = _interval(0, base, level)
    return Row(
        values={table.by[0]: group},
        is_class=False,
        count=0,
        hidden=None,
        share=_share(0, base),
        low=low,
        high=high,
    )


def crossed(published: Published, view: tuple[str, ...], *, level: float = 0.95) -> Table:
    """People by several dimensions; shares are of the group that the first one names.

    Combinations that nobody has are left out; they are 0.
    """
    group = view[0]
    rows = []
    for cell, shown in published.cells.items():
        if tuple(name for name, _ in cell) != view or shown.count == 0:
            continue
        of_group = published.of(cell[0]).count
        low, high = _interval(shown.count, of_group, level)
        rows.append(
            Row(
                values=dict(cell),
                is_class=any(value in _CLASSES for _, value in cell),
                count=shown.count,
                hidden=shown.hidden,
                share=_share(shown.count, of_group),
                low=low,
                high=high,
                share_of_all=_share(shown.count, published.total.count),
            )
        )
    order = {
        name: {value: place for place, value in enumerate(values)}
        for name, values in published.values.items()
    }
    rows.sort(key=lambda row: [order[name][value] for name, value in row.values.items()])
    return Table(by=(group, *view[1:]), rows=tuple(rows), total=published.total, recorded=None)


def _share(count: int | None, of: int | None) -> float | None:
    # Rounded counts can be larger than what they are a part of.
    return None if count is None or not of else min(1.0, count / of)


def _interval(count: int | None, of: int | None, level: float) -> tuple[float | None, float | None]:
    if count is None or not of:
        return None, None
    low, high = wilson(min(count, of), of, level=level)
    return float(low), float(high)


def _at_most(count: int | None, recorded: Shown, total: Shown) -> float | None:
    if count is None or recorded.count is None or not total.count:
        return None
    return min(1.0, (count + max(0, total.count - recorded.count)) / total.count)
