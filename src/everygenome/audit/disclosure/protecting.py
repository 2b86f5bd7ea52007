"""Which cells are hidden, so that nobody can work out a small one.

A count from 1 to `threshold` - 1 is **small** and hidden: it is shown as "fewer than 10". What
lies **within** a small cell is hidden too, zeros and all: two parts that are each known to hold
somebody would tell that the whole is 2 or more. Where a hidden cell could be worked out from the
others, more cells are hidden with it. Where two small cells are all that a hidden one consists of,
it would be known too well (10 to 18), so they are not said to be small: they are only hidden, and
nothing hidden is then known to be 10 or more. Where that is not enough, none is said to be small;
and where that is not enough either, as earlier reports hold too much fast, zeros are hidden too.

What is promised, against somebody who knows every shown cell, this rule, and why each hidden cell
is hidden:

- for each small cell, and each within one, there is a whole set of people that agrees with all that
  is known and in which the cell is 1, and another in which it is `threshold` - 1;
- for each other hidden cell there are two such sets in which it differs by `threshold` or more.

Such a set is a **witness**. A cell counts as protected only when its witnesses have been found, in
whole numbers, so the promise rests on no theory of tables. Other zeros are shown: that nobody is
in a cell tells of nobody.

Each search for a witness is a small linear programme that moves people between the parts and
pays for every shown cell that it has to change; what it changes is hidden too. So cells are hidden
one need at a time (Kelly, Golden and Assad 1992), which is good and not always the least.
"""

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np

from everygenome.audit.disclosure.searching import KnownTooWellError, Search
from everygenome.audit.disclosure.tables import Cell, Tables
from everygenome.audit.disclosure.witnesses import Programme


@dataclass(frozen=True)
class Protected:
    """What may be shown.

    Attributes:
        tables: the counts.
        threshold: below it a count is small.
        small: for each cell, whether it is hidden because it is small.
        within: for each cell, whether it is hidden because it lies within a small one.
        unsaid: for each cell, whether it is small and is hidden without saying so.
        other: for each cell, whether it is hidden so that a small one cannot be worked out.
        all_said: whether each small cell that is no part of another is said to be small. Only then
            is it known that no other hidden cell is.
        witnesses: sets of people, each as its parts, that agree with all that is shown.
    """

    tables: Tables
    threshold: int
    small: np.ndarray
    within: np.ndarray
    unsaid: np.ndarray
    other: np.ndarray
    all_said: bool
    witnesses: list[np.ndarray] = field(repr=False)

    def shown(self) -> dict[Cell, int | None]:
        """Every cell with its count; None where it is hidden."""
        hidden = self.small | self.within | self.unsaid | self.other
        return {
            cell: None if hidden[place] else int(self.tables.counts[place])
            for place, cell in enumerate(self.tables.cells)
        }


def protected(
    tables: Tables,
    *,
    threshold: int = 10,
    told: Collection[Cell] = (),
    hide: Collection[Cell] = (),
    said: Collection[Cell] = (),
    large: Collection[Cell] = (),
) -> Protected:
    """Decide which cells are hidden.

    Args:
        tables: all tables that are published together, and all that were published before of the
            same people; none may be left out.
        threshold: 5, 10 or 20 people, or any number from 2.
        told: cells that were published before; they can no longer be hidden.
        hide: cells that are to be hidden in any case, for a reason of their own.
        said: cells that are known to be small.
        large: cells that are hidden and known to be no small ones.

    Raises:
        EverygenomeError: no set of hidden cells protects the small ones, which cannot happen while
            the total may be hidden too.
    """
    place = {cell: number for number, cell in enumerate(tables.cells)}
    known, chosen, surely_small, surely_large = np.zeros((4, len(place)), dtype=bool)
    for found, cells in (
        (known, told),
        (chosen, hide),
        (surely_small, said),
        (surely_large, large),
    ):
        found[[place[cell] for cell in cells]] = True
    small = (tables.counts > 0) & (tables.counts < threshold) & ~known
    within = parts_of(tables, small) & ~known & ~_surely_empty(tables, small)
    small &= ~within
    # What is to be hidden and is empty by now is to look like one with anybody in it.
    unsaid = chosen & (tables.counts == 0) & ~within & ~known
    programme = Programme(tables)
    zeros = False
    while True:
        search = Search(
            programme,
            threshold=threshold,
            small=small,
            within=within,
            unsaid=unsaid,
            told=known,
            zeros=zeros,
        )
        search.know(small=surely_small, large=surely_large)
        search.hide(chosen)
        waiting = deque(np.flatnonzero(search.hidden).tolist())
        search.push()
        try:
            while waiting:
                waiting.extend(search.protect(waiting.popleft()))
        except KnownTooWellError as error:
            inside = np.zeros(len(place), dtype=bool)
            inside[error.cell] = True
            parts = small & (parts_of(tables, inside) | inside)
            parts = parts if parts.any() else small
            # What was said before cannot be unsaid.
            parts &= ~surely_small
            if zeros and not parts.any():
                raise
            zeros |= not parts.any()
            small, unsaid = small & ~parts, unsaid | parts
            continue
        return Protected(
            tables=tables,
            threshold=threshold,
            small=small,
            within=within,
            unsaid=search.unsaid,
            other=search.other,
            all_said=not zeros and not search.unsaid.any(),
            witnesses=search.witnesses,
        )


def parts_of(tables: Tables, wholes: np.ndarray) -> np.ndarray:
    """The cells that are parts of one of some cells; bool, one per cell.

    Of two cells of the same people, the one of more dimensions is a part of the other.
    """
    size = np.asarray(tables.sums.sum(axis=1)).ravel()
    rank = np.array([len(cell) for cell in tables.cells])
    shared = (tables.sums @ tables.holds[wholes].T).toarray()
    inside = shared == size[:, None]
    smaller = (size[:, None] < size[wholes]) | (rank[:, None] > rank[wholes])
    found: np.ndarray = (inside & smaller).any(axis=1)
    return found


def _surely_empty(tables: Tables, small: np.ndarray) -> np.ndarray:
    """The cells that everybody knows to be empty, though they lie within a small one."""
    within = parts_of(tables, small)
    # Parts that everybody knows to be empty: those in an empty cell, and, where all that one large
    # table says of what it shares with another is empty, what the other says of it.
    empty = np.asarray(tables.holds[(tables.counts == 0) & ~within].sum(axis=0)).ravel() > 0
    for sign in (1, -1):
        mine, theirs = tables.agree.multiply(sign) > 0, tables.agree.multiply(sign) < 0
        empty |= np.asarray(theirs[(mine @ ~empty) == 0].sum(axis=0)).ravel() > 0
    # A cell of nothing else is empty.
    nothing_else: np.ndarray = np.asarray(tables.sums @ ~empty) == 0
    return nothing_else
