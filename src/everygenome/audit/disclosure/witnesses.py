"""The search for witnesses: sets of people that agree with all that is shown, but differ in a cell.

People are moved between the parts. What is known of each hidden cell bounds its row; what each
shown cell must be is a row too, with a way out that has a price: a cell that takes it has to be
hidden. The same programme is asked thousands of times with other bounds, so it is kept and begun
anew from where it ended (HiGHS, dual simplex). Most corners of such programmes are whole numbers.
Where one is not, whole numbers are searched for among the cells it touched, then among all.
"""

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from scipy import sparse

from everygenome.audit.disclosure.tables import Tables

# The total is hidden last of all, and a cell of few dimensions after those of many.
_DEARER = 50.0
_WHOLE = 1e-6
# Nodes and not seconds: the same tables are to be hidden in the same way on every machine.
_NODES = 2_000


class _Quiet(highspy.Highs):
    """A solver that prints no banner where JSON may stand: the options come before all else."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()
        self.setOptionValue("output_flag", False)


@dataclass(frozen=True)
class Found:
    """A witness.

    Attributes:
        parts: people in each part; int64.
        counts: people in each cell; int64.
    """

    parts: np.ndarray
    counts: np.ndarray


class Programme:
    """One linear programme over the parts, for all questions about some tables."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.cells, self.parts = tables.sums.shape
        rules = tables.agree.shape[0]
        rank = tables.rank
        self.price = (1 + np.sqrt(tables.counts)) * _DEARER ** (rank.max() - rank)
        # An empty cell is hidden where nothing else does.
        self.price[tables.counts == 0] *= _DEARER**2
        one = sparse.identity(self.cells)
        rows = sparse.vstack(
            [
                sparse.hstack([tables.sums, -one, one]),
                sparse.hstack([tables.agree, sparse.coo_matrix((rules, 2 * self.cells))]),
            ],
            format="csc",
        )
        columns = self.parts + 2 * self.cells
        self.columns = np.arange(columns, dtype=np.int32)
        self.rows = np.arange(self.cells, dtype=np.int32)
        # Its own types leave out half of what it can do.
        self.solver: Any = _Quiet()
        for name, value in {
            "threads": 1,
            "random_seed": 1,
            "mip_max_nodes": _NODES,
            "mip_rel_gap": 1.0,
        }.items():
            self.solver.setOptionValue(name, value)
        programme = highspy.HighsLp()
        programme.num_col_, programme.num_row_ = columns, self.cells + rules
        programme.col_cost_ = np.zeros(columns)
        programme.col_lower_ = np.concatenate([-tables.parts, np.zeros(2 * self.cells)])
        programme.col_upper_ = np.full(columns, highspy.kHighsInf)
        programme.row_lower_ = programme.row_upper_ = np.zeros(self.cells + rules)
        programme.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        programme.a_matrix_.start_ = rows.indptr
        programme.a_matrix_.index_ = rows.indices
        programme.a_matrix_.value_ = rows.data.astype(float)
        self.solver.passModel(programme)

    def find(
        self,
        *,
        low: np.ndarray,
        high: np.ndarray,
        free: np.ndarray,
        way_out: np.ndarray,
    ) -> Found | None:
        """The witness that hides least besides what is hidden.

        Args:
            low: the least each cell may be; float, one per cell. Of a shown cell: once hidden.
            high: the most each cell may be.
            free: whether a cell is hidden; a shown one stays as it is, or takes the way out.
            way_out: whether a shown cell may be hidden for this.
        """
        paid = ~free & way_out
        found = self._solve(low, high, free, paid, whole=False)
        if found is None or _is_whole(found):
            return self._witness(found)
        touched = free | (paid & (np.abs(self.tables.sums @ found) > _WHOLE))
        among = self._solve(low, high, touched, np.zeros_like(free), whole=True)
        return self._witness(
            self._solve(low, high, free, paid, whole=True) if among is None else among
        )

    def push(
        self,
        *,
        low: np.ndarray,
        high: np.ndarray,
        free: np.ndarray,
        up: bool,
        cells: np.ndarray,
    ) -> Found | None:
        """A witness in which as many of some cells as can be are high, or low. None: not whole."""
        wish = np.concatenate(
            [self.tables.sums[cells].sum(axis=0).A1, np.zeros(2 * self.cells)]
        ) * (-1.0 if up else 1.0)
        found = self._solve(low, high, free, np.zeros_like(free), whole=False, wish=wish)
        return self._witness(found) if found is not None and _is_whole(found) else None

    def _witness(self, moved: np.ndarray | None) -> Found | None:
        if moved is None:
            return None
        parts = self.tables.parts + np.rint(moved).astype(np.int64)
        return Found(parts, self.tables.sums @ parts)

    def _solve(
        self,
        low: np.ndarray,
        high: np.ndarray,
        free: np.ndarray,
        paid: np.ndarray,
        *,
        whole: bool,
        wish: np.ndarray | None = None,
    ) -> np.ndarray | None:
        """How many people move into each part; None where it cannot be."""
        solver, counts = self.solver, self.tables.counts
        nothing = np.zeros(self.cells)
        solver.changeRowsBounds(
            self.cells,
            self.rows,
            np.where(free, low - counts, nothing),
            np.where(free, high - counts, nothing),
        )
        over = np.where(paid, np.maximum(high - counts, 0), nothing)
        under = np.where(paid, np.maximum(counts - low, 0), nothing)
        solver.changeColsBounds(
            2 * self.cells,
            self.columns[self.parts :],
            np.zeros(2 * self.cells),
            np.concatenate([over, under]),
        )
        price = np.concatenate([np.zeros(self.parts), self.price, self.price])
        solver.changeColsCost(len(self.columns), self.columns, price if wish is None else wish)
        kind = highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
        solver.changeColsIntegrality(
            self.parts,
            self.columns[: self.parts],
            np.full(self.parts, int(kind), dtype=np.uint8),
        )
        solver.run()
        good = solver.getInfo().primal_solution_status == 2
        if not good:
            return None
        return np.array(solver.getSolution().col_value[: self.parts])


def _is_whole(moved: np.ndarray) -> bool:
    return bool(np.abs(moved - np.rint(moved)).max() < _WHOLE)
