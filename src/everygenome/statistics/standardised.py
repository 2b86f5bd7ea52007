"""Like with like: a portfolio's groups beside those of the rest of the field in its subjects.

A portfolio (of a funder, a journal, a cohort) that studies what is studied in Europe has many
European participations, whatever else it does. So its shares are set against what the rest of
the field has in the same strata of trait, year and stage. The crude comparison, which looks at
no subject, always stands beside it: to choose the subject is a decision too.

**What the intervals cover.** They are percentile intervals over resampled publications, with
membership kept: how far a figure depends on which publications exist, in the portfolio and
outside. They describe no sampling of humanity. They hold less than "95%" says, because a few
huge publications have much of a group, and a portfolio without them cannot know of them.
Portfolios drawn at random from the release of 2019-12-06 differ from the rest by chance alone.
So many of their intervals of the ratio held 1 (400 portfolios of each size, broad scheme; each
figure is sure to about 0.03), and this was the middle ratio:

    publications          40 to 100     100 to 400    400 to 1,000
    `PORTFOLIO` weights
      European            0.92  1.02    0.86  1.03    0.74  1.04
      East Asian          0.88  0.69    0.81  0.67    0.72  0.66
      African American    0.95  0.90    0.88  0.72    0.84  0.70
      Hispanic                          0.93  0.77    0.86  0.73
    `BALANCED` weights
      European            0.95  1.01    0.94  1.01    0.94  1.01
      East Asian          0.92  0.80    0.91  0.82    0.92  0.79
      African American    0.94  1.07    0.91  0.95    0.94  1.01
      Hispanic                          0.94  0.99    0.92  0.98

With `PORTFOLIO` weights the ratio itself drifts, and more so the larger the portfolio: where
the largest publication of a stratum is in the portfolio, that stratum weighs much and the rest
lacks it; and where it is not, the rest has it. With `BALANCED` weights a random portfolio's
observed and expected are the same on average, but for how strata are placed. That the middle
stays below 1 for East Asian is their skewness: most portfolios lack the few huge publications,
and some have one. For groups of which one publication holds most (Other Asian: 0.76 to 0.88,
middle 0.3), no interval made here covers well.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from everygenome.errors import UsageError
from everygenome.statistics.bootstrap import MINIMUM_PUBLICATIONS
from everygenome.statistics.cells import Flags, Places
from everygenome.statistics.comparison import Standardised, compared
from everygenome.statistics.matching import Weighting, match
from everygenome.statistics.redrawn import redrawn
from everygenome.statistics.strata import Field


def standardised(
    field: Field,
    member: Flags,
    *,
    weights: NDArray[np.uint16] | None = None,
    inclusive: bool = False,
    weighting: Weighting = Weighting.PORTFOLIO,
    minimum_publications: int = MINIMUM_PUBLICATIONS,
    level: float = 0.95,
) -> Standardised:
    """Compare a portfolio with the rest of the field in the same strata, the portfolio left out.

    In a stratum s, O_sg are the portfolio's participations of group g and F_sg the rest's; O_s
    and F_s are their sums over the groups. Over the strata with F_s > 0, with the weighting
    `PORTFOLIO`: observed is the sum of O_sg, expected the sum of O_s F_sg / F_s, and the ratio
    the one by the other. A group that only rows without a number name is missing, not zero.

    In a replicate, a stratum in which nobody outside was drawn is not matched, and a figure
    that would divide by nothing is missing. The missing replicates are left out; where they
    are more than the interval leaves outside on one side, there is no interval.

    Args:
        field: the whole field, from `strata.field`.
        member: whether each publication is in the portfolio; shape (P,).
        weights: shape (R, P), from `bootstrap.weights` over the whole field; None gives no
            intervals.
        inclusive: compare with the whole field, the portfolio included: the whole field set
            against itself is then exactly 1.
        weighting: how much each stratum counts.
        minimum_publications: groups to which fewer publications contribute, in the portfolio
            or outside, get no interval.
        level: share of the replicates between the bounds, above 0 and below 1.

    Raises:
        UsageError: shapes that do not fit.

    Source: Breslow and Day 1987, Statistical Methods in Cancer Research II, chapter 2
    (indirect standardisation); Mantel and Haenszel 1959, JNCI 22:719 (balanced weights);
    Davison and Hinkley 1997, Bootstrap Methods, section 3.8 (resampling clusters).

    Example:
        >>> from everygenome.statistics.strata import field
        >>> made = field(publications=3, groups=2, publication=[0, 0, 1, 2], trait=[7] * 4,
        ...              parent=[3] * 4, year=[2019] * 4, stage=[0] * 4, group=[0, 1, 0, 1],
        ...              value=[60.0, 40.0, 300.0, 100.0], outside=2)
        >>> standardised(made, np.array([True, False, False])).ratio
        array([0.8, 1.6])
    """
    return standardised_many(
        field,
        [member],
        weights=weights,
        inclusive=inclusive,
        weighting=weighting,
        minimum_publications=minimum_publications,
        level=level,
    )[0]


def standardised_many(
    field: Field,
    members: Sequence[Flags],
    *,
    weights: NDArray[np.uint16] | None = None,
    inclusive: bool = False,
    weighting: Weighting = Weighting.PORTFOLIO,
    minimum_publications: int = MINIMUM_PUBLICATIONS,
    level: float = 0.95,
) -> list[Standardised]:
    """`standardised` for each of many portfolios, from one resampling of the field."""
    return [
        parts[0]
        for parts in _compared(
            field,
            members,
            slots=field.group,
            parts=1,
            weights=weights,
            inclusive=inclusive,
            weighting=weighting,
            minimum_publications=minimum_publications,
            level=level,
        )
    ]


def by_year(
    field: Field,
    member: Flags,
    *,
    weights: NDArray[np.uint16] | None = None,
    inclusive: bool = False,
    weighting: Weighting = Weighting.PORTFOLIO,
    minimum_publications: int = MINIMUM_PUBLICATIONS,
    level: float = 0.95,
) -> dict[int, Standardised]:
    """`standardised` of each year of publication on its own: a trend beside that of its peers.

    Strata are of one year each, so the years' `observed` and `expected` add up to those of
    all. The minimum number of publications is counted within the year.

    Returns:
        By year, in order, the years in which the portfolio has participations. A missing year
        has the number that `strata.field` was given for it.
    """
    parts = _compared(
        field,
        [member],
        slots=field.year * field.groups + field.group,
        parts=len(field.years),
        weights=weights,
        inclusive=inclusive,
        weighting=weighting,
        minimum_publications=minimum_publications,
        level=level,
    )[0]
    return {
        int(year): one
        for year, one in zip(field.years, parts, strict=True)
        if one.crude_publications.any()
    }


def _compared(
    field: Field,
    members: Sequence[Flags],
    *,
    slots: Places,
    parts: int,
    weights: NDArray[np.uint16] | None,
    inclusive: bool,
    weighting: Weighting,
    minimum_publications: int,
    level: float,
) -> list[list[Standardised]]:
    """The figures of each portfolio in each part."""
    shape = (field.publications,)
    for member in members:
        if member.shape != shape or member.dtype != np.bool_:
            raise UsageError(
                f"member has shape {member.shape} and holds {member.dtype}, but it must say "
                f"of each of {field.publications} publications whether it is in the portfolio."
            )
    if weights is not None and (weights.ndim != 2 or weights.shape[1:] != shape):
        raise UsageError(
            f"weights has shape {weights.shape}, but it must be "
            f"(replicates, {field.publications}): draw them over the whole field."
        )
    size = parts * field.groups
    matches = [
        match(field, member, slots=slots, size=size, inclusive=inclusive, weighting=weighting)
        for member in members
    ]
    drawn = (
        [None] * len(members)
        if weights is None or not members
        else redrawn(
            field,
            members,
            weights,
            slots=slots,
            size=size,
            inclusive=inclusive,
            weighting=weighting,
        )
    )
    return [
        compared(
            one,
            sums,
            groups=field.groups,
            minimum_publications=minimum_publications,
            level=level,
        )
        for one, sums in zip(matches, drawn, strict=True)
    ]
