"""The search for what has to be hidden: one need, one witness, one step."""

import numpy as np

from everygenome.audit.disclosure.tables import Cell
from everygenome.audit.disclosure.witnesses import Found, Programme
from everygenome.errors import EverygenomeError


class KnownTooWellError(EverygenomeError):
    """No witness can be found for a cell."""

    def __init__(self, cell: int, name: Cell) -> None:
        super().__init__(
            f"The tables cannot be protected at {name}.",
            remedy="Publish fewer tables, or tables with fewer values.",
        )
        self.cell = cell


class Search:
    """What is hidden so far, and what is known of it.

    Attributes:
        other: whether it is hidden for the sake of another one.
        witnesses: found so far, each as people in each part.
    """

    def __init__(
        self,
        programme: Programme,
        *,
        threshold: int,
        small: np.ndarray,
        within: np.ndarray,
        unsaid: np.ndarray,
        told: np.ndarray,
        zeros: bool = False,
    ) -> None:
        self.programme, self.tables, self.threshold = programme, programme.tables, threshold
        self.small, self.within, self.unsaid, self.told = small, within, unsaid.copy(), told
        self.other = np.zeros(len(small), dtype=bool)
        self.witnesses: list[np.ndarray] = []
        counts = self.tables.counts
        self.least, self.most = counts.copy(), counts.copy()
        # For each cell, whether it was seen as 1, and as one less than the threshold.
        self.was_one, self.was_near = counts == 1, counts == threshold - 1
        # What everybody knows of each cell. What is hidden and not called small is no small count,
        # unless some are not said to be small.
        floor = 0 if zeros or unsaid.any() else threshold
        known = ~(within | unsaid | (counts == 0))
        self.low = np.where(small, 1.0, np.where(known, floor, 0))
        # What lies within a small cell is bounded by it, and by nothing else that is known.
        self.high = np.where(small, threshold - 1.0, np.inf)
        empty = (counts == 0) & ~within & ~unsaid
        self.high[empty & (told | np.full(len(told), not zeros))] = 0

    @property
    def hidden(self) -> np.ndarray:
        """Whether each cell is hidden so far."""
        found: np.ndarray = self.small | self.within | self.unsaid | self.other
        return found

    def know(self, *, small: np.ndarray, large: np.ndarray) -> None:
        """Reckon with what was said of cells before."""
        self.low[small] = np.maximum(self.low[small], 1)
        self.high[small] = np.minimum(self.high[small], self.threshold - 1)
        self.low[large] = np.maximum(self.low[large], self.threshold)

    def hide(self, cells: np.ndarray) -> None:
        """Hide cells for a reason that is not their size."""
        self.other |= cells & ~self.hidden & ~self.told & (self.tables.counts > 0)

    def push(self) -> None:
        """Witnesses for as many cells at once as can be."""
        need = self.small | self.within | self.unsaid
        for up, done in ((True, self.was_near), (False, self.was_one)):
            if (need & ~done).any():
                found = self.programme.push(
                    low=self.low, high=self.high, free=self.hidden, up=up, cells=need & ~done
                )
                if found is not None:
                    self._keep(found)

    def protect(self, cell: int) -> list[int]:
        """Find the witnesses of a cell; the cells that had to be hidden for them."""
        if self.small[cell] or self.within[cell] or self.unsaid[cell]:
            hidden = [] if self.was_one[cell] else self._witness(cell, 1)
            if not self.was_near[cell]:
                hidden += self._witness(cell, self.threshold - 1)
            return hidden
        return self._apart(cell)

    def _apart(self, cell: int) -> list[int]:
        """Two witnesses in which a cell differs by the threshold or more."""
        hidden: list[int] = []
        wide, now = self.threshold, int(self.tables.counts[cell])
        # Mostly there is room upwards or downwards. Where earlier reports hold much fast there may
        # be some of each: as far down as can be, and the rest upwards.
        for down in (0, wide, *range(wide - 1, 0, -1)):
            if self.most[cell] - self.least[cell] >= wide:
                return hidden
            if down and self.least[cell] > self.most[cell] - down:
                found = self._find(cell, (0, int(self.most[cell]) - down))
                hidden += [] if found is None else self._keep(found)
            found = self._find(cell, (int(self.least[cell]) + wide, now + 10 * wide))
            hidden += [] if found is None else self._keep(found)
        if self.most[cell] - self.least[cell] < wide:
            raise KnownTooWellError(cell, self.tables.cells[cell])
        return hidden

    def _witness(self, cell: int, wanted: int) -> list[int]:
        """A witness in which a small cell is just so many."""
        found = self._find(cell, (wanted, wanted))
        if found is None:
            raise KnownTooWellError(cell, self.tables.cells[cell])
        return self._keep(found)

    def _find(self, cell: int, bounds: tuple[int, int]) -> Found | None:
        """A set of people that differs as little as can be from what is shown."""
        low, high = self.low.copy(), self.high.copy()
        low[cell], high[cell] = max(bounds[0], low[cell]), min(bounds[1], high[cell])
        if low[cell] > high[cell]:
            return None
        free = self.hidden
        return self.programme.find(low=low, high=high, free=free, way_out=~free & ~self.told)

    def _keep(self, found: Found) -> list[int]:
        self.witnesses.append(found.parts)
        self.least = np.minimum(self.least, found.counts)
        self.most = np.maximum(self.most, found.counts)
        self.was_one |= found.counts == 1
        self.was_near |= found.counts == self.threshold - 1
        hidden = np.flatnonzero((found.counts != self.tables.counts) & ~self.hidden)
        # Where zeros are hidden too, an empty cell is to look like one with anybody in it.
        empty = self.tables.counts[hidden] == 0
        self.other[hidden[~empty]] = True
        self.unsaid[hidden[empty]] = True
        return [int(place) for place in hidden]
