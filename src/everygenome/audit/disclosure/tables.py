"""The tables of a report as one system: every cell is a sum of parts.

The parts are the cells of the largest tables. A table of fewer dimensions is made of their sums,
and two large tables that share some dimensions must agree on these, so all tables hang together,
and whoever reads them all can reckon with that.

Where any two of the large tables share the same dimensions (group by sex, group by age, group by
region: the group), whole numbers that agree are always the counts of some set of people: within
each group, people can be given an age and a region in any order. For other tables that is not so
(Vlach 1986, Discrete Applied Mathematics 13:61), and the parts are the cells of all dimensions.
"""

import itertools
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from scipy import sparse

from everygenome.errors import UsageError

# A dimension and one of its values, for each dimension of the table; of the total: none.
Cell = tuple[tuple[str, str], ...]
# Whole numbers stay whole in the programmes far beyond this.
_MOST = 10**13
View = tuple[str, ...]


@dataclass(frozen=True)
class Tables:
    """Counts of people in several tables at once.

    Attributes:
        views: the tables, each by its dimensions; () is the total.
        cells: every cell of every table.
        counts: people in each cell; int64, one per cell.
        parts: people in each part; int64.
        sums: cells x parts; 1 where a part belongs to a cell.
        holds: cells x parts; 1 where a part lies in a cell, whichever large table it is of.
        rank: dimensions of each cell; of a union one less: shares are of it, so it is hidden late.
        agree: rules x parts; what large tables share is the same in each, so each row makes 0.
    """

    views: tuple[View, ...]
    cells: tuple[Cell, ...]
    counts: np.ndarray
    parts: np.ndarray
    sums: sparse.csr_matrix
    holds: sparse.csr_matrix
    rank: np.ndarray
    agree: sparse.csr_matrix


def tabulated(
    people: Mapping[tuple[str, ...], int],
    *,
    dimensions: Sequence[str],
    views: Iterable[Sequence[str]],
    unions: Mapping[tuple[str, str], Collection[str]] = MappingProxyType({}),
    values: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> Tables:
    """Count people in tables.

    Args:
        people: a value for each dimension -> how many people have these values.
        dimensions: their names, in the order of the values.
        views: the tables, each by its dimensions; the total is always among them.
        unions: a dimension and a name -> values of it whose sum is published under that name.
        values: a dimension -> values that it has besides those that somebody has.

    Raises:
        UsageError: a negative or broken count, more people than can be counted, or a dimension
            that is not there.

    Example:
        >>> made = tabulated({("a", "x"): 3, ("b", "x"): 20}, dimensions=("group", "sex"),
        ...                  views=[("group",)])
        >>> dict(zip(made.cells, made.counts.tolist()))
        {(): 23, (('group', 'a'),): 3, (('group', 'b'),): 20}
    """
    for stated, count in people.items():
        if len(stated) != len(dimensions) or count != int(count) or count < 0:
            raise UsageError(f"{stated} with {count} people is no cell of these tables.")
    if sum(people.values()) > _MOST:
        raise UsageError(
            f"There are more than {_MOST:,} people.",
            remedy="Check the numbers: so many never lived.",
        )
    wanted: dict[View, None] = {(): None} | {tuple(view): None for view in views}
    for view in wanted:
        if unknown := [name for name in view if name not in dimensions]:
            raise UsageError(f"There is no dimension “{unknown[0]}” in these tables.")
    # Also combinations that nobody has: whoever attacks cannot know that nobody has them.
    values_of = {
        name: sorted({stated[place] for stated in people} | set(values.get(name, ())))
        for place, name in enumerate(dimensions)
    }
    largest, shared = _largest(wanted)
    parts = [(view, cell) for view in largest for cell in _cells(view, values_of)]
    places = {part: number for number, part in enumerate(parts)}
    numbers = np.zeros(len(parts), dtype=np.int64)
    for stated, count in people.items():
        told = dict(zip(dimensions, stated, strict=True))
        for view in largest:
            numbers[places[view, tuple((name, told[name]) for name in view)]] += count
    rows: dict[Cell, list[int]] = {}
    held: dict[Cell, list[int]] = {}
    for view in wanted:
        homes = [large for large in largest if set(view) <= set(large)]
        made = [_within(view, home, parts, values_of) for home in homes]
        rows |= made[0]
        held |= {cell: [place for one in made for place in one[cell]] for cell in made[0]}
    united = {((name, title),) for name, title in unions}
    for (name, title), members in unions.items():
        inside = [((name, value),) for value in members if ((name, value),) in rows]
        rows[((name, title),)] = [place for cell in inside for place in rows[cell]]
        held[((name, title),)] = [place for cell in inside for place in held[cell]]
    rules: list[list[tuple[int, int]]] = []
    first = _within(shared, largest[0], parts, values_of)
    for other in largest[1:]:
        rules.extend(
            [(place, 1) for place in first[cell]] + [(place, -1) for place in inside]
            for cell, inside in _within(shared, other, parts, values_of).items()
        )
    sums = _matrix([[(place, 1) for place in row] for row in rows.values()], len(parts))
    return Tables(
        views=tuple(wanted),
        cells=tuple(rows),
        counts=sums @ numbers,
        parts=numbers,
        sums=sums,
        holds=_matrix([[(place, 1) for place in row] for row in held.values()], len(parts)),
        rank=np.array([len(cell) - (cell in united) for cell in rows]),
        agree=_matrix(rules, len(parts)),
    )


def _largest(views: Iterable[View]) -> tuple[list[View], View]:
    """The tables that no other one holds, or one of all dimensions; and what they share."""
    views = list(views)
    largest = [view for view in views if not any(set(view) < set(other) for other in views)]
    # The same dimensions in another order are one table.
    largest = list({frozenset(view): view for view in largest}.values())
    if len(largest) == 1:
        return largest, ()
    shared = {frozenset(a) & frozenset(b) for a, b in itertools.combinations(largest, 2)}
    if len(shared) == 1:
        common = shared.pop()
        return largest, tuple(name for name in largest[0] if name in common)
    return [tuple(dict.fromkeys(itertools.chain.from_iterable(largest)))], ()


def _cells(view: View, values_of: Mapping[str, Sequence[str]]) -> Iterable[Cell]:
    for values in itertools.product(*(values_of[name] for name in view)):
        yield tuple(zip(view, values, strict=True))


def _within(
    view: View,
    home: View,
    parts: Sequence[tuple[View, Cell]],
    values_of: Mapping[str, Sequence[str]],
) -> dict[Cell, list[int]]:
    """For each cell of a table, the parts of a larger table that make it."""
    rows: dict[Cell, list[int]] = {cell: [] for cell in _cells(view, values_of)}
    for number, (large, part) in enumerate(parts):
        if large == home:
            told = dict(part)
            rows[tuple((name, told[name]) for name in view)].append(number)
    return rows


def _matrix(rows: Sequence[Sequence[tuple[int, int]]], columns: int) -> sparse.csr_matrix:
    places = [place for row in rows for place, _ in row]
    signs = [sign for row in rows for _, sign in row]
    starts = np.cumsum([0, *(len(row) for row in rows)])
    return sparse.csr_matrix(
        (np.array(signs, dtype=np.int64), np.array(places, dtype=np.int64), starts),
        shape=(len(rows), columns),
    )
