"""What a portfolio holds, and would hold if it were like the rest, in resampled fields.

The whole field's replicate totals are made once for a chunk of replicates; each portfolio
takes its own publications away from them. The sums are exact (see `cells.exactly_added`), so
a stratum in which nobody else was drawn is empty, and not nearly empty.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from everygenome.statistics.cells import Flags, Floats, Places
from everygenome.statistics.matching import Sums, Weighting, scales
from everygenome.statistics.strata import Field

# 64 replicates of a portfolio's 4,000 cells are 2 MB, which a cache holds.
CHUNK: Final = 64


def redrawn(
    field: Field,
    members: Sequence[Flags],
    weights: NDArray[np.uint16],
    *,
    slots: Places,
    size: int,
    inclusive: bool,
    weighting: Weighting,
) -> list[Sums]:
    """The sums of each portfolio in every replicate.

    Strata are placed as in the point estimate. In a replicate, a stratum in which nobody
    outside the portfolio was drawn is not matched.

    Args:
        field: the whole field.
        members: for each portfolio, whether each publication is in it; shape (P,).
        weights: shape (R, P), from `bootstrap.weights` over the whole field.
        slots: see `matching.match`, as for the rest.
        size: K.
        inclusive: compare with the whole field, the portfolio included.
        weighting: how much each stratum counts.

    Returns:
        For each portfolio, sums of shape (K, R).
    """
    shown = [
        _Shown(field, member, slots=slots, size=size, inclusive=inclusive, weighting=weighting)
        for member in members
    ]
    wanted = np.unique(np.concatenate([one.cells for one in shown]))
    where = [np.searchsorted(wanted, one.cells) for one in shown]
    whole = field.drawn[wanted]
    by_slot = csr_array(_adder(slots, size) @ field.drawn)
    own_by_slot = [by_slot[:, one.member] for one in shown]
    found = [Sums(*np.empty((4, size, len(weights)))) for _ in shown]
    for start in range(0, len(weights), CHUNK):
        chunk = slice(start, start + CHUNK)
        drawn = np.ascontiguousarray(weights[chunk].T).astype(np.float64)
        totals, everybody = whole @ drawn, by_slot @ drawn
        for one, at, own, sums in zip(shown, where, own_by_slot, found, strict=True):
            members_drawn = drawn[one.member]
            sums.observed[:, chunk], sums.expected[:, chunk] = one.sums(totals[at], members_drawn)
            crude = own @ members_drawn
            sums.crude[:, chunk] = crude
            sums.field[:, chunk] = everybody if inclusive else everybody - crude
    return found


class _Shown:
    """One portfolio's cells: those of the strata in which it has participations."""

    def __init__(
        self,
        field: Field,
        member: Flags,
        *,
        slots: Places,
        size: int,
        inclusive: bool,
        weighting: Weighting,
    ) -> None:
        self.member = np.flatnonzero(member)
        self.inclusive = inclusive
        self.weighting = weighting
        stratum = field.strata(member, inclusive=inclusive)
        adds = member[field.publication] & (field.value > 0)
        held = np.unique(field.cell[adds])
        touched = np.zeros(int(stratum.max(initial=-1)) + 1, dtype=bool)
        touched[stratum[held]] = True
        self.cells = np.flatnonzero(touched[stratum])
        strata, self.stratum = np.unique(stratum[self.cells], return_inverse=True)
        # The portfolio's own cells lie among those of its strata.
        self.held = np.searchsorted(self.cells, held)
        self.held_stratum = self.stratum[self.held]
        self.own = field.drawn[held][:, self.member]
        slot = slots[self.cells]
        self.to_stratum = _adder(self.stratum, len(strata))
        self.to_slot = _adder(slot, size)
        self.held_to_stratum = _adder(self.held_stratum, len(strata))
        self.held_to_slot = _adder(slot[self.held], size)

    def sums(self, totals: Floats, drawn: Floats) -> tuple[Floats, Floats]:
        """Observed and expected in r replicates, shape (K, r) each.

        Args:
            totals: the whole field's in `cells`, shape (cells, r); they are changed.
            drawn: how often each of the portfolio's publications is drawn, shape (members, r).
        """
        own, beside = self.own @ drawn, totals
        if not self.inclusive:
            beside[self.held] -= own
        to_own, to_beside = scales(
            self.held_to_stratum @ own, self.to_stratum @ beside, self.weighting
        )
        beside *= to_beside[self.stratum]
        own *= to_own[self.held_stratum]
        return self.held_to_slot @ own, self.to_slot @ beside


def _adder(to: Places, size: int) -> csr_array:
    """A matrix that adds up rows, shape (size, rows): row j goes to place `to[j]`."""
    count = len(to)
    return csr_array((np.ones(count), (to, np.arange(count))), shape=(size, count))
