"""What an earlier report binds: what can no longer be hidden, and what must be hidden now."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from everygenome.audit.counts import Counts
from everygenome.audit.disclosure import Cell, Tables, parts_of
from everygenome.audit.earlier import Earlier
from everygenome.audit.tabulating import RECORDED, View, tables_of
from everygenome.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What is to be reckoned with.

    Attributes:
        told: cells that are known as they are.
        hide: cells that are to be hidden, whatever their counts.
        small: cells that are known to be small.
        large: cells that are known to be hidden and no small ones.
        views: tables that are known besides those that are published now.
        also: dimension -> values of it that were hidden before, though nobody may have them now.
        nothing_new: every table was published before, and every count that was shown is as it was:
            the same cells can be hidden again.
    """

    told: tuple[Cell, ...] = ()
    hide: tuple[Cell, ...] = ()
    small: tuple[Cell, ...] = ()
    large: tuple[Cell, ...] = ()
    views: tuple[View, ...] = ()
    also: Mapping[str, Collection[str]] = field(default_factory=dict)
    nothing_new: bool = False


def bound(
    counts: Counts, views: Collection[View], earlier: Sequence[Earlier], *, threshold: int
) -> Bound:
    """What earlier reports of the same data bind.

    A count that is as it was is known. One that changed by less than the threshold is hidden: the
    difference would tell of the few who came or left. What was hidden stays hidden.

    Args:
        counts: the people now.
        views: the tables to be published.
        earlier: what was published before; nothing binds nothing.
        threshold: counts below it are hidden.

    Raises:
        UsageError: one hides counts below another threshold, groups people in another way, has
            tables that cannot be reckoned with from these counts, or rests on one that is not
            given.
    """
    _check(counts, earlier, threshold)
    found = [_bound(counts, views, one, threshold) for one in earlier]
    if not found:
        return Bound()
    told = {cell for one in found for cell in one.told}
    return Bound(
        told=tuple(told),
        # What any of them told is known, whatever another one hid.
        hide=tuple({cell for one in found for cell in one.hide} - told),
        small=tuple({cell for one in found for cell in one.small} - told),
        large=tuple({cell for one in found for cell in one.large} - told),
        views=tuple(dict.fromkeys(view for one in found for view in one.views)),
        also={
            name: {value for one in found for value in one.also.get(name, ())}
            for name in (one.name for one in counts.dimensions)
        },
        nothing_new=len(found) == 1 and found[0].nothing_new,
    )


def _check(counts: Counts, earlier: Sequence[Earlier], threshold: int) -> None:
    groups = {one.name: set(one.groups) for one in counts.dimensions}
    known = {one.digest for one in earlier}
    for one in earlier:
        if one.threshold != threshold:
            raise UsageError(
                f"The earlier report hides counts below {one.threshold}, and this one those below "
                f"{threshold}: together they could tell more than each.",
                remedy=f"Use --suppress {one.threshold} again.",
            )
        if strange := sorted({name for view in one.views for name in view} - set(groups)):
            raise UsageError(
                f"The earlier report has tables by {', '.join(strange)}, and this one has not.",
                remedy=f"Add --by {','.join(strange)}, so that both can be reckoned with together.",
            )
        for name in dict.fromkeys(name for view in one.views for name in view):
            if set(one.groups.get(name, ())) != groups[name]:
                raise UsageError(
                    f"The earlier report has other groups by {name} than this one: the difference "
                    "between two ways of grouping could tell of a few people.",
                    remedy="Use the map with which it was made.",
                )
        if set(one.beside) - known:
            raise UsageError(
                "The earlier report was itself made beside an earlier one, which is not given.",
                remedy="Give that one too: all of them, each with --earlier.",
            )


def _bound(counts: Counts, views: Collection[View], earlier: Earlier, threshold: int) -> Bound:
    earlier = earlier.in_order([dimension.name for dimension in counts.dimensions])
    also = _hidden_values(earlier)
    tables = tables_of(counts, earlier.views, also=also)
    now = dict(zip(tables.cells, tables.counts.tolist(), strict=True))
    inside = dict(zip(tables.cells, _within(tables, earlier), strict=True))
    told, hide, small, large = [], [], [], []
    same = set(views) <= set(earlier.views) and earlier.rounded_to == 1
    for cell, count in now.items():
        # Combinations that nobody had are not listed.
        before = earlier.cells.get(cell, 0)
        if before is None:
            hide.append(cell)
            if cell in earlier.small and 0 < count < threshold:
                small.append(cell)
            elif earlier.all_said and not inside[cell] and count >= threshold:
                large.append(cell)
            # The same words would be said of it again, so they have to be as true as before.
            if cell in earlier.small:
                same &= 0 < count < threshold
            elif earlier.all_said and not inside[cell]:
                same &= count >= threshold
        elif earlier.told(cell, count):
            # A rounded count is not known as it is, so it binds nothing.
            if earlier.rounded_to == 1:
                told.append(cell)
        else:
            same = False
            if abs(count - before) < threshold:
                hide.append(cell)
    return Bound(
        told=tuple(told),
        hide=tuple(hide),
        small=tuple(small),
        large=tuple(large),
        views=tuple(view for view in dict.fromkeys(earlier.views) if view and view not in views),
        also=also,
        # A group that is there no more has no cell: it is 0 for everybody to see.
        nothing_new=same and not any(earlier.cells[cell] for cell in earlier.cells.keys() - now),
    )


def _hidden_values(earlier: Earlier) -> dict[str, set[str]]:
    """Dimension -> values that were hidden: of a group that everybody left it is not told so."""
    found: dict[str, set[str]] = {}
    for cell, count in earlier.cells.items():
        for name, value in cell if count is None else ():
            if value != RECORDED:
                found.setdefault(name, set()).add(value)
    return found


def _within(tables: Tables, earlier: Earlier) -> list[bool]:
    """Whether each cell is part of one that was said to be small."""
    small = np.array([cell in earlier.small for cell in tables.cells])
    return parts_of(tables, small).tolist() if small.any() else [False] * len(small)
