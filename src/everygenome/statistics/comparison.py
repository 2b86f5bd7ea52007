"""Shares, ratios and intervals from a portfolio's sums and the rest of the field's."""

from dataclasses import dataclass

import numpy as np

from everygenome.statistics.cells import Flags, Floats, Places
from everygenome.statistics.intervals import Interval, percentile_interval
from everygenome.statistics.matching import Match, Sums


@dataclass(frozen=True, slots=True, eq=False)
class Standardised:
    """A portfolio set against the rest of the field; by group, shape (G,), NaN for missing.

    Attributes:
        observed: participations in matched strata (weighted, if `BALANCED`).
        expected: what they would be with the rest's shares in each stratum.
        observed_share: of the portfolio's matched participations, 0 to 1.
        expected_share: the same, had it the rest's shares in each stratum; 0 to 1.
        ratio: observed by expected; missing where nothing is expected.
        crude_share: of all the portfolio's participations, 0 to 1.
        field_share: of all the rest of the field's, 0 to 1.
        crude_ratio: the one by the other.
        publications: the portfolio's that contribute to `observed`.
        publications_outside: those that contribute to `expected`.
        crude_publications: the portfolio's that contribute to `crude_share`.
        matched_share: share of the portfolio's participations in strata that others are in.
        trait_share: share matched by trait.
        parent_share: share matched by trait parent only.
        unmapped_share: share matched among what has no trait.
        observed_share_interval: NaN is "no interval"; see `standardised`.
        expected_share_interval: as before.
        ratio_interval: as before.
        crude_ratio_interval: as before.
    """

    observed: Floats
    expected: Floats
    observed_share: Floats
    expected_share: Floats
    ratio: Floats
    crude_share: Floats
    field_share: Floats
    crude_ratio: Floats
    publications: Places
    publications_outside: Places
    crude_publications: Places
    matched_share: float
    trait_share: float
    parent_share: float
    unmapped_share: float
    observed_share_interval: Interval
    expected_share_interval: Interval
    ratio_interval: Interval
    crude_ratio_interval: Interval


def compared(
    match: Match, redrawn: Sums | None, *, groups: int, minimum_publications: int, level: float
) -> list[Standardised]:
    """The figures of each part (a year, or all), from the sums of its slots.

    Args:
        match: the portfolio and the rest as they are.
        redrawn: the same in every replicate; None gives no intervals.
        groups: G; the slots are part by part, and in each its groups in order.
        minimum_publications: see `standardised`.
        level: see `standardised`.
    """
    found = []
    for part in range(match.rungs.shape[1]):
        slots = slice(part * groups, (part + 1) * groups)
        own, outside, crude, crude_outside = (counts[slots] for counts in match.publications)
        figures = _figures(_part(match.sums, slots))
        shown = {
            "observed_share": own,
            "expected_share": np.minimum(own, outside),
            "ratio": np.minimum(own, outside),
            "crude_ratio": np.minimum(crude, crude_outside),
        }
        none = np.full(groups, np.nan)
        intervals = dict.fromkeys(shown, Interval(none, none))
        if redrawn is not None:
            replicates = _figures(_part(redrawn, slots))
            intervals = {
                name: _interval(
                    replicates[name],
                    (counts >= minimum_publications) & ~np.isnan(figures[name]),
                    level,
                )
                for name, counts in shown.items()
            }
        held = match.rungs[:3, part].sum()
        rungs = _divided(np.append(match.rungs[:3, part], held), held + match.rungs[3, part])
        found.append(
            Standardised(
                observed=match.sums.observed[slots],
                expected=match.sums.expected[slots],
                **figures,
                publications=own,
                publications_outside=outside,
                crude_publications=crude,
                matched_share=float(rungs[3]),
                trait_share=float(rungs[0]),
                parent_share=float(rungs[1]),
                unmapped_share=float(rungs[2]),
                observed_share_interval=intervals["observed_share"],
                expected_share_interval=intervals["expected_share"],
                ratio_interval=intervals["ratio"],
                crude_ratio_interval=intervals["crude_ratio"],
            )
        )
    return found


def _part(sums: Sums, slots: slice) -> Sums:
    return Sums(sums.observed[slots], sums.expected[slots], sums.crude[slots], sums.field[slots])


def _figures(sums: Sums) -> dict[str, Floats]:
    """Shares and ratios; sums of shape (G,) or (G, R)."""
    # A group whose numbers are missing adds nothing to the whole, and its share is missing.
    base = np.nansum(sums.observed, axis=0)
    crude_share = _divided(sums.crude, np.nansum(sums.crude, axis=0))
    field_share = _divided(sums.field, np.nansum(sums.field, axis=0))
    return {
        "observed_share": _divided(sums.observed, base),
        "expected_share": _divided(sums.expected, base),
        "ratio": _divided(sums.observed, sums.expected),
        "crude_share": crude_share,
        "field_share": field_share,
        "crude_ratio": _divided(crude_share, field_share),
    }


def _divided(above: Floats, below: Floats) -> Floats:
    result = np.full(np.shape(above), np.nan)
    np.divide(above, below, out=result, where=np.broadcast_to(below > 0, result.shape))
    return result


def _interval(replicates: Floats, shown: Flags, level: float) -> Interval:
    low, high, missing = percentile_interval(replicates.T, level)
    # Replicates without a value might lie anywhere: so few, and they move no bound far.
    shown = shown & (missing <= replicates.shape[1] * (1 - level) / 2)
    return Interval(np.where(shown, low, np.nan), np.where(shown, high, np.nan))
