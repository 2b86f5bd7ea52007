"""Bounds of expected shares: no allowed weights go beyond them, and some reach them."""

from hypothesis import given
from hypothesis import strategies as st

from everygenome.vocabulary.references import (
    Crosswalk,
    CrosswalkRow,
    Descriptor,
    Reference,
    expected_shares,
)
from everygenome.vocabulary.schemes import BROAD

CLOSE = 1e-9
Weights = dict[str, dict[str, float]]


@st.composite
def comparisons(draw: st.DrawFn) -> tuple[Reference, Crosswalk]:
    """A reference of one to four groups, and a crosswalk that fits it."""
    groups = draw(st.dictionaries(st.sampled_from("NESW"), st.integers(1, 10**9), min_size=1))
    rows = []
    for group in groups:
        targets = draw(st.lists(st.sampled_from(BROAD.groups), unique=True, min_size=1, max_size=5))
        parts = draw(st.lists(st.integers(1, 100), min_size=len(targets), max_size=len(targets)))
        for target, part in zip(targets, parts, strict=True):
            weight = part / sum(parts)
            low = weight * draw(st.floats(0, 1))
            high = weight + (1 - weight) * draw(st.floats(0, 1))
            rows.append(CrosswalkRow(group, target, low, weight, high, "Because."))
    reference = Reference(
        "example", "Example", Descriptor.WORLD_REGION, "Example", "2021", "CC0", "", groups
    )
    return reference, Crosswalk("example", "Example", Descriptor.WORLD_REGION, "broad", tuple(rows))


def extreme(crosswalk: Crosswalk, target: str, *, most: bool) -> Weights:
    """Allowed weights that push one target as far as it goes, found by moving weight about."""
    weights: Weights = {}
    for group, rows in crosswalk.by_from_group.items():
        chosen = {row.to_group: row.weight for row in rows}
        own = next((row for row in rows if row.to_group == target), None)
        for row in rows if own else ():
            if row is own:
                continue
            room = row.weight - row.low if most else row.high - row.weight
            left = own.high - chosen[target] if most else chosen[target] - own.low
            moved = min(room, left) * (1 if most else -1)
            chosen[row.to_group] -= moved
            chosen[target] += moved
        weights[group] = chosen
    return weights


def share_of(target: str, *, reference: Reference, weights: Weights) -> float:
    return sum(reference.shares[group] * of.get(target, 0) for group, of in weights.items())


@given(comparisons())
def test_bounds_hold_the_central_share_and_central_shares_sum_to_one(
    comparison: tuple[Reference, Crosswalk],
) -> None:
    shares = expected_shares(*comparison, BROAD)
    assert abs(sum(share.central for share in shares.values()) - 1) < CLOSE
    for share in shares.values():
        assert 0 <= share.low <= share.central <= share.high <= 1 + CLOSE


@given(comparisons(), st.sampled_from(BROAD.groups))
def test_bounds_are_reached_by_allowed_weights(
    comparison: tuple[Reference, Crosswalk], target: str
) -> None:
    reference, crosswalk = comparison
    bounds = expected_shares(reference, crosswalk, BROAD)[target]
    for most, bound in ((False, bounds.low), (True, bounds.high)):
        weights = extreme(crosswalk, target, most=most)
        for row in crosswalk.rows:
            chosen = weights[row.from_group][row.to_group]
            assert row.low - CLOSE <= chosen <= row.high + CLOSE
        assert all(abs(sum(of.values()) - 1) < CLOSE for of in weights.values())
        assert abs(share_of(target, reference=reference, weights=weights) - bound) < CLOSE


@given(comparisons(), st.sampled_from(BROAD.groups), st.sampled_from(BROAD.groups), st.floats(0, 1))
def test_no_mixture_of_allowed_weights_goes_beyond_the_bounds(
    comparison: tuple[Reference, Crosswalk], one: str, other: str, mix: float
) -> None:
    reference, crosswalk = comparison
    bounds = expected_shares(reference, crosswalk, BROAD)
    # Between two allowed sets of weights, every mixture is allowed too.
    first = extreme(crosswalk, one, most=True)
    second = extreme(crosswalk, other, most=False)
    mixed = {
        group: {to: mix * weight + (1 - mix) * second[group][to] for to, weight in of.items()}
        for group, of in first.items()
    }
    for target in BROAD.groups:
        share = share_of(target, reference=reference, weights=mixed)
        assert bounds[target].low - CLOSE <= share <= bounds[target].high + CLOSE
