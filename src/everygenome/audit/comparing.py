"""A dataset beside a reference population: ratios, how far they can be trusted, and gaps.

A census ethnic group is not a genetic ancestry, and a region of the world is neither: two kinds of
descriptor are compared only through a crosswalk that says how one is taken to stand for the other.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from everygenome.audit.composition import Row, Table, nobody
from everygenome.audit.counts import Dimension
from everygenome.audit.standing import Expected
from everygenome.statistics.distance import dissimilarity
from everygenome.statistics.representation import log2_ratio, representation_ratio, shortfall

POINTS = 0.05


class NoRatio(StrEnum):
    """Why a group has no ratio."""

    HIDDEN = "hidden"
    """Its count, or that of all who are recorded, is not shown."""
    NOT_IN_REFERENCE = "not in the reference"
    NOBODY_IN_REFERENCE = "nobody in the reference"
    NOBODY_RECORDED = "nobody recorded"


class NoShortfall(StrEnum):
    """Why a group has no shortfall."""

    HIDDEN = "hidden"
    NO_REFERENCE = "no share in the reference"
    GOVERNED = "declined, or governed by the community"
    """A people that decides itself about research: no gap for others to fill."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A group beside its share of the reference.

    Attributes:
        group: its name.
        count: people, or None.
        share: of those whose group is recorded (0-1).
        reference_share, reference_low, reference_high: share of the reference that is taken to
            stand for the group; all the same without a crosswalk.
        ratio: share / reference_share: 1 is the reference, 0.5 half of it.
        ratio_low, ratio_high: from the interval of the share and the bounds of the reference.
        ratio_if_less, ratio_if_more: were the reference share five points lower, or higher.
        log2_ratio: for pictures; None where nobody is in the group.
        shortfall: people still needed for the share to reach the reference share, the others fixed;
            for one group at a time, never summed.
        no_ratio, no_shortfall: why there is none.
    """

    group: str
    count: int | None
    share: float | None
    reference_share: float | None = None
    reference_low: float | None = None
    reference_high: float | None = None
    ratio: float | None = None
    ratio_low: float | None = None
    ratio_high: float | None = None
    ratio_if_less: float | None = None
    ratio_if_more: float | None = None
    log2_ratio: float | None = None
    shortfall: float | None = None
    no_ratio: NoRatio | None = None
    no_shortfall: NoShortfall | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A dataset beside a reference.

    Attributes:
        rows: the groups of the map, and those that only the reference has.
        dissimilarity: half the sum of the differences of shares (0-1) over the groups that both
            have, each side brought to sum to one; None where a count is hidden.
    """

    rows: tuple[Compared, ...]
    dissimilarity: float | None


def compare(
    table: Table, expected: Expected, *, dimension: Dimension, governed: Collection[str] = ()
) -> Comparison:
    """Compare a table of groups with what a reference leads to expect.

    Args:
        table: people by group; see `composition`.
        expected: see `standing.expect`.
        dimension: which groups there are.
        governed: groups in which a people decides itself about research.
    """
    name = table.by[0]
    known = {row.values[name]: row for row in table.rows}
    rows = []
    for group in dict.fromkeys((*dimension.groups, *expected.shares)):
        row = known.get(group) or nobody(table, group)
        rows.append(_compared(group, row, table, expected, governed=group in governed))
    return Comparison(rows=tuple(rows), dissimilarity=_apart(rows))


def _compared(
    group: str, row: Row, table: Table, expected: Expected, *, governed: bool
) -> Compared:
    share, there = row.share, expected.shares.get(group)
    made = Compared(group=group, count=row.count, share=share)
    if there is None:
        return replace(
            made, no_ratio=NoRatio.NOT_IN_REFERENCE, no_shortfall=NoShortfall.NO_REFERENCE
        )
    made = replace(
        made,
        reference_share=there.central,
        reference_low=there.low,
        reference_high=there.high,
    )
    recorded = table.recorded.count if table.recorded else None
    if row.count is None or recorded is None:
        why = NoShortfall.GOVERNED if governed else NoShortfall.HIDDEN
        return replace(made, no_ratio=NoRatio.HIDDEN, no_shortfall=why)
    if share is None:
        return replace(
            made, no_ratio=NoRatio.NOBODY_RECORDED, no_shortfall=NoShortfall.NO_REFERENCE
        )
    if there.central > 0:
        made = replace(
            made,
            ratio=representation_ratio(share, there.central),
            ratio_low=None if row.low is None else _ratio(row.low, there.high),
            ratio_high=None if row.high is None else _ratio(row.high, there.low),
            ratio_if_less=_ratio(share, max(0.0, there.central - POINTS)),
            ratio_if_more=_ratio(share, min(1.0, there.central + POINTS)),
            log2_ratio=log2_ratio(share, there.central),
        )
    else:
        made = replace(made, no_ratio=NoRatio.NOBODY_IN_REFERENCE)
    if governed:
        return replace(made, no_shortfall=NoShortfall.GOVERNED)
    if not 0 < there.central < 1:
        return replace(made, no_shortfall=NoShortfall.NO_REFERENCE)
    needed = shortfall(min(row.count, recorded), recorded, reference=there.central)
    return replace(made, shortfall=needed)


def _ratio(share: float, reference: float) -> float | None:
    return None if reference <= 0 else representation_ratio(share, reference)


def _apart(rows: Collection[Compared]) -> float | None:
    both = [row for row in rows if row.reference_share is not None]
    if any(row.share is None for row in both):
        return None
    here = sum(row.share or 0.0 for row in both)
    there = sum(row.reference_share or 0.0 for row in both)
    if not here or not there:
        return None
    return dissimilarity(
        [(row.share or 0.0) / here for row in both],
        [(row.reference_share or 0.0) / there for row in both],
    )
