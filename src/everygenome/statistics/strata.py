"""The whole field in strata of like research: trait, year of publication and stage.

A stratum is a trait in a year and stage, where enough publications outside the portfolio are
in it; else one of the trait's parents in that year and stage; and what has neither is a
stratum of its own in its year and stage. Every portion of every study, in the portfolio or
not, is placed by this one rule, so each portion is in one stratum and no other.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array

from everygenome.errors import UsageError
from everygenome.statistics.cells import Flags, Floats, Places, added, exactly_added, numbered

OUTSIDE: Final = 5
NONE: Final = -1


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """The portions of the whole field, added up in cells, ready for any portfolio.

    A cell is a group within what is always placed together: a trait stratum and a fallback
    (parent) stratum, or, where no portfolio can make the trait stratum one of its own, the
    fallback alone. Entries are publications in cells. Made by `field`.

    Attributes:
        publications: P, in the whole field.
        groups: G.
        outside: how many publications outside a portfolio a trait stratum needs.
        years: the years of publication, shape (Y,), each once and in order.
        trait: of each cell, its trait stratum, or `NONE`; shape (C,).
        fallback: of each cell, its parent stratum or that of the unmapped; shape (C,).
        group: of each cell; shape (C,).
        year: of each cell, its place in `years`; shape (C,).
        unmapped: of each fallback stratum, whether it is of the unmapped.
        entrants: trait strata and the publications with recorded participations in them,
            each pair once; shape (2, pairs).
        entrants_of: how many publications those are of each trait stratum.
        cell: of each entry; shape (N,).
        publication: of each entry; shape (N,).
        value: of each entry, participations; 0 where no number is stated.
        stated: of each entry, whether a number is stated.
        drawn: the values as cells by publications, shape (C, P), rounded so that any sum of
            them is exact; see `cells.exactly_added`.
    """

    publications: int
    groups: int
    outside: int
    years: Places
    trait: Places
    fallback: Places
    group: Places
    year: Places
    unmapped: Flags
    entrants: Places
    entrants_of: Places
    cell: Places
    publication: Places
    value: Floats
    stated: Flags
    drawn: csr_array

    def strata(self, member: Flags, *, inclusive: bool = False) -> Places:
        """The stratum of each cell, for a portfolio; trait strata come before the fallbacks.

        Args:
            member: whether each publication is in the portfolio; shape (P,).
            inclusive: count the portfolio's own publications among those "outside" it.
        """
        beside = self.entrants_of
        if not inclusive:
            traits, publications = self.entrants
            beside = beside - np.bincount(traits[member[publications]], minlength=len(beside))
        # One more, which is none: cells without a trait stratum look there.
        eligible = np.append(beside >= self.outside, False)
        return np.where(eligible[self.trait], self.trait, len(beside) + self.fallback)


def field(
    *,
    publications: int,
    groups: int,
    publication: ArrayLike,
    trait: ArrayLike,
    parent: ArrayLike,
    year: ArrayLike,
    stage: ArrayLike,
    group: ArrayLike,
    value: ArrayLike,
    recorded: ArrayLike | None = None,
    outside: int = OUTSIDE,
) -> Field:
    """Prepare the whole field; the portions are those of `measures.portions`, as numbers.

    Args:
        publications: P.
        groups: G.
        publication: of each portion, 0 to P - 1; shape (n,), like all that follow.
        trait: a number for each trait, or `NONE`.
        parent: a number for each trait parent, or `NONE`.
        year: of publication; missing is a number of its own, such as 0.
        stage: a number for each stage.
        group: 0 to G - 1.
        value: participations, 0 or more; NaN where no number is stated.
        recorded: of each group, whether its participations are recorded, shape (G,): only
            those bring a publication into a trait stratum; None is all of them.
        outside: how many publications outside the portfolio a trait stratum needs, 1 or more.

    Raises:
        UsageError: columns of different lengths, or a number outside its range.

    Example:
        >>> made = field(publications=2, groups=1, publication=[0, 1], trait=[NONE, 7],
        ...              parent=[NONE, 3], year=[2019, 2019], stage=[0, 0], group=[0, 0],
        ...              value=[10.0, 5.0], outside=1)
        >>> made.strata(np.array([True, False])).tolist()
        [2, 1]
    """
    columns = [np.asarray(x, np.int64) for x in (publication, trait, parent, year, stage, group)]
    number = np.asarray(value, dtype=np.float64)
    _check(columns, number, publications=publications, groups=groups, outside=outside)
    at, of_trait, of_parent, when, of_stage, of_group = columns
    years, when = np.unique(when, return_inverse=True)
    traits, trait_stratum = numbered(of_trait, when, of_stage)
    parents, fallback = numbered(of_parent, when, of_stage)
    counted = (of_trait != NONE) & (number > 0)
    if recorded is not None:
        counted &= np.asarray(recorded, dtype=bool)[of_group]
    entrants, _ = numbered(trait_stratum[counted], at[counted])
    beside = np.bincount(entrants[0], minlength=traits.shape[1])
    # What no portfolio can place by its trait is added up at once by its fallback.
    by_trait = np.where(beside[trait_stratum] >= outside, trait_stratum, NONE)
    cells, cell = numbered(by_trait, fallback, of_group, when)
    entries, entry = numbered(cell, at)
    size = entries.shape[1]
    total = added(entry, np.nan_to_num(number), size)
    return Field(
        publications=publications,
        groups=groups,
        outside=outside,
        years=years,
        trait=cells[0],
        fallback=cells[1],
        group=cells[2],
        year=cells[3],
        unmapped=parents[0] == NONE,
        entrants=entrants,
        entrants_of=beside,
        cell=entries[0],
        publication=entries[1],
        value=total,
        stated=added(entry, ~np.isnan(number), size) > 0,
        drawn=csr_array(
            (exactly_added(total), (entries[0], entries[1])),
            shape=(cells.shape[1], publications),
        ),
    )


def _check(
    columns: list[Places], value: Floats, *, publications: int, groups: int, outside: int
) -> None:
    lengths = {column.shape for column in (*columns, value)}
    if len(lengths) != 1 or value.ndim != 1:
        raise UsageError(
            f"The columns of the portions have the shapes {sorted(lengths)}, "
            "but they must be lists of one length."
        )
    if outside < 1:
        raise UsageError(f"outside is {outside}, but a trait stratum needs 1 publication or more.")
    for name, column, limit in (
        ("publication", columns[0], publications),
        ("group", columns[5], groups),
    ):
        wrong = column[(column < 0) | (column >= limit)]
        if len(wrong):
            raise UsageError(f"{name} contains {wrong[0]}, but it must be 0 to {limit - 1}.")
    wrong_value = value[(value < 0) | np.isinf(value)]
    if len(wrong_value):
        raise UsageError(
            f"value contains {float(wrong_value[0])!r}, but it must be 0 or more, "
            "or NaN where no number is stated."
        )
