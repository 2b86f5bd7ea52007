"""The tables of an audit, with those who are recorded as a sum of their own in each dimension."""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

from everygenome.audit.classes import RECORDED
from everygenome.audit.counts import Counts
from everygenome.audit.disclosure import Tables, tabulated

__all__ = ["RECORDED", "View", "tables_of", "views_of"]
View = tuple[str, ...]


def tables_of(
    counts: Counts,
    views: Iterable[View],
    *,
    also: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> Tables:
    """Tables of counted people; see `disclosure.tabulated`.

    Args:
        counts: the people.
        views: the tables.
        also: a dimension -> values that it has, though nobody and no map has them any more.
    """
    return tabulated(
        counts.people,
        dimensions=[dimension.name for dimension in counts.dimensions],
        views=views,
        unions={(one.name, RECORDED): one.groups for one in counts.dimensions},
        values={one.name: {*one.groups, *also.get(one.name, ())} for one in counts.dimensions},
    )


def views_of(counts: Counts, *, crossed: bool | None, most: int) -> tuple[View, ...]:
    """Each dimension by itself, the group by each other one, and all together.

    Args:
        counts: the people.
        crossed: with the table of all dimensions together; None makes it where it is short.
        most: cells of a short table.
    """
    group, *by = (dimension.name for dimension in counts.dimensions)
    views: list[View] = [(group,), *((name,) for name in by), *((group, name) for name in by)]
    if len(by) > 1:
        size = 1
        for place in range(1 + len(by)):
            size *= len({values[place] for values in counts.people})
        if crossed or (crossed is None and size <= most):
            views.append((group, *by))
    return tuple(views)
