"""What holds for every input: ranges, order, splitting, seeds."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from everygenome.statistics.bootstrap import share_bands, totals, weights
from everygenome.statistics.distance import dissimilarity, gini, theil
from everygenome.statistics.distributions import (
    association_power,
    chromosomes_needed,
    probability_seen,
)
from everygenome.statistics.diversity import (
    effective_number,
    inverse_simpson,
    pielou_evenness,
    shannon,
    simpson,
)
from everygenome.statistics.intervals import goodman, percentile_interval, wilson
from everygenome.statistics.noncentral import noncentral_power, noncentrality_needed
from everygenome.statistics.representation import (
    log2_ratio,
    representation_ratio,
    shortfall,
)

LEVELS = st.floats(0.01, 0.999)
COUNTS = st.integers(0, 10**9)
TABLES = st.integers(1, 3).flatmap(
    lambda groups: st.lists(
        st.lists(COUNTS, min_size=groups, max_size=groups), min_size=1, max_size=15
    )
)


def shares_of(counts):
    return np.asarray(counts, dtype=float) / sum(counts)


@st.composite
def shares(draw, minimum=0):
    counts = draw(st.lists(st.integers(minimum, 10**6), min_size=1, max_size=12))
    assume(sum(counts) > 0)
    return shares_of(counts)


@st.composite
def pairs_of_shares(draw):
    """Observed and reference shares over the same groups; each group is in the reference."""
    counts = draw(
        st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 10**6)), min_size=1, max_size=12)
    )
    assume(sum(n for n, _ in counts) > 0)
    return shares_of([n for n, _ in counts]), shares_of([m for _, m in counts])


@given(trials=st.integers(1, 10**12), part=st.floats(0, 1), level=LEVELS)
def test_wilson_is_in_range_and_contains_the_estimate(trials, part, level):
    successes = math.floor(trials * part)
    low, high = wilson(successes, trials, level=level)
    assert 0 <= low <= successes / trials <= high <= 1


@given(trials=st.integers(1, 10**9), part=st.floats(0, 1), level=LEVELS)
def test_wilson_of_the_others_is_its_mirror_image(trials, part, level):
    successes = math.floor(trials * part)
    low, high = wilson(successes, trials, level=level)
    others = wilson(trials - successes, trials, level=level)
    assert float(low) == pytest.approx(1 - float(others.high), abs=1e-12)
    assert float(high) == pytest.approx(1 - float(others.low), abs=1e-12)


@given(counts=st.lists(COUNTS, min_size=1, max_size=20).filter(any), level=LEVELS)
def test_goodman_is_in_range_contains_the_estimate_and_forgets_the_order(counts, level):
    low, high = goodman(counts, level=level)
    estimate = np.asarray(counts) / sum(counts)
    assert ((low >= 0) & (low <= estimate) & (estimate <= high) & (high <= 1)).all()
    turned = goodman(counts[::-1], level=level)
    assert turned.low[::-1].tolist() == low.tolist()
    assert turned.high[::-1].tolist() == high.tolist()


@given(
    replicates=st.lists(st.floats(-1e6, 1e6) | st.just(math.nan), min_size=1, max_size=60),
    level=LEVELS,
)
def test_percentile_interval_lies_within_the_replicates_that_are_there(replicates, level):
    low, high, missing = percentile_interval(replicates, level)
    there = [value for value in replicates if not math.isnan(value)]
    assert int(missing) == len(replicates) - len(there)
    if there:
        slack = 1e-9 * max(1.0, *(abs(value) for value in there))
        assert min(there) - slack <= low <= high + slack <= max(there) + 2 * slack
        assert float(low) == pytest.approx(np.quantile(there, (1 - level) / 2), abs=slack)
    else:
        assert math.isnan(low)
        assert math.isnan(high)


@given(publications=st.integers(1, 80), seed=st.integers(0, 2**32), shorter=st.integers(1, 20))
def test_weights_sum_to_the_field_repeat_and_keep_their_beginning(publications, seed, shorter):
    drawn = weights(publications, replicates=20, seed=seed)
    assert drawn.sum(axis=1).tolist() == [publications] * 20
    assert (weights(publications, replicates=20, seed=seed) == drawn).all()
    assert (weights(publications, replicates=shorter, seed=seed) == drawn[:shorter]).all()


@settings(max_examples=50)
@given(table=TABLES)
def test_totals_are_the_plain_sums(table):
    drawn = weights(len(table), replicates=70)
    got = totals(drawn, table)
    for replicate in (0, 63, 64, 69):
        expected = [
            sum(int(w) * row[g] for w, row in zip(drawn[replicate], table, strict=True))
            for g in range(len(table[0]))
        ]
        assert got[replicate].tolist() == expected


@settings(max_examples=50)
@given(table=TABLES)
def test_bands_are_in_range_forget_the_order_of_groups_and_do_not_see_a_split(table):
    numerators = np.asarray(table, dtype=float)
    denominators = numerators.sum(axis=1)
    drawn = weights(len(table), replicates=100)
    low, high = share_bands(drawn, numerators, denominators, minimum_publications=1)
    there = ~np.isnan(low)
    assert there.tolist() == numerators.any(axis=0).tolist()
    assert ((low >= 0) & (low <= high) & (high <= 1))[there].all()

    turned = share_bands(drawn, numerators[:, ::-1], denominators, minimum_publications=1)
    np.testing.assert_array_equal(turned.low[::-1], low)
    np.testing.assert_array_equal(turned.high[::-1], high)

    # Cutting the first group in two leaves the bands of the other groups as they are.
    cut = np.hstack([numerators[:, :1] / 2, numerators[:, :1] / 2, numerators[:, 1:]])
    parts = share_bands(drawn, cut, denominators, minimum_publications=1)
    np.testing.assert_array_equal(parts.low[2:], low[1:])
    np.testing.assert_allclose(parts.low[:2].sum(), low[0], rtol=1e-12)


@given(row=st.lists(COUNTS, min_size=1, max_size=6).filter(any))
def test_a_field_of_one_publication_has_bands_of_zero_width(row):
    low, high = share_bands(weights(1, replicates=30), [row], [sum(row)], minimum_publications=1)
    there = np.asarray(row) > 0
    assert low[there].tolist() == high[there].tolist() == shares_of(row)[there].tolist()


@given(p=shares())
def test_evenness_is_in_range_and_forgets_the_order(p):
    groups = p.size
    assert 0 <= shannon(p) <= math.log(groups) + 1e-12
    assert 1 <= effective_number(p) <= groups + 1e-9
    assert 0 <= simpson(p) < 1
    assert 1 - 1e-12 <= inverse_simpson(p) <= effective_number(p) + 1e-9
    assert groups == 1 or 0 <= pielou_evenness(p) <= 1
    for measure in (shannon, effective_number, simpson, inverse_simpson, pielou_evenness):
        assert measure(p[::-1]) == pytest.approx(measure(p), rel=1e-9, abs=1e-12, nan_ok=True)


@given(p=shares(), part=st.floats(0, 1))
def test_splitting_a_group_adds_the_entropy_of_the_split(p, part):
    split = [p[0] * part, p[0] * (1 - part), *p[1:]]
    added = p[0] * shannon([part, 1 - part])
    assert shannon(split) == pytest.approx(shannon(p) + added, rel=1e-9, abs=1e-12)


@given(pair=pairs_of_shares(), part=st.floats(0.001, 0.999))
def test_distances_are_in_range_forget_the_order_and_do_not_see_a_proportional_split(pair, part):
    p, q = pair
    split_p = [p[0] * part, p[0] * (1 - part), *p[1:]]
    split_q = [q[0] * part, q[0] * (1 - part), *q[1:]]
    for measure, most in ((dissimilarity, 1.0), (gini, 1.0), (theil, math.inf)):
        distance = measure(p, q)
        assert 0 <= distance <= most + 1e-12
        assert measure(p[::-1], q[::-1]) == pytest.approx(distance, rel=1e-9, abs=1e-12)
        assert measure(split_p, split_q) == pytest.approx(distance, rel=1e-9, abs=1e-12)
        assert measure(q, q) == pytest.approx(0.0, abs=1e-12)
    assert dissimilarity(p, q) == pytest.approx(dissimilarity(q, p), rel=1e-12)
    # Both summarise one Lorenz curve: its greatest gap is at most the area twice over.
    assert dissimilarity(p, q) <= gini(p, q) + 1e-12
    # Pinsker's inequality.
    assert dissimilarity(p, q) <= math.sqrt(theil(p, q) / 2) + 1e-9


@given(pair=pairs_of_shares())
def test_ratios_weighted_by_the_reference_sum_to_one(pair):
    ratios = [representation_ratio(p, q) for p, q in zip(*pair, strict=True)]
    assert float(np.dot(ratios, pair[1])) == pytest.approx(1.0, rel=1e-12)
    for ratio, p, q in zip(ratios, *pair, strict=True):
        logarithm = log2_ratio(p, q)
        assert (logarithm is None) == (p == 0)
        assert logarithm is None or 2**logarithm == pytest.approx(ratio, rel=1e-12)


@given(n=st.integers(0, 10**9), others=st.integers(0, 10**9), q=st.floats(0, 0.999))
def test_adding_the_shortfall_reaches_the_reference_share(n, others, q):
    assume(n + others > 0)
    missing = shortfall(n, n + others, reference=q)
    assert missing >= 0
    reached = (n + missing) / (n + others + missing) if n + missing else 0.0
    if missing > 0:
        assert reached == pytest.approx(q, rel=1e-9)
    else:
        assert reached >= q * (1 - 1e-12)


@given(frequency=st.floats(1e-7, 0.99), probability=st.floats(0.01, 0.999))
def test_the_chromosomes_needed_are_enough_and_one_fewer_is_not(frequency, probability):
    needed = chromosomes_needed(frequency, probability=probability)
    assert float(probability_seen(frequency, needed)) >= probability * (1 - 1e-12)
    assert float(probability_seen(frequency, needed - 1)) < probability * (1 + 1e-12)


@given(f=st.floats(0, 1), b=st.floats(-0.5, 0.5), n=st.integers(0, 10**6))
def test_power_grows_with_people_and_does_not_see_which_allele_is_counted(f, b, n):
    power = association_power(n, f, b)
    assert 5e-8 * (1 - 1e-9) <= power <= 1
    assert association_power(2 * n, f, b) >= power * (1 - 1e-9)
    assert association_power(n, f, -b) == power
    assert association_power(n, 1 - f, b) == pytest.approx(power, rel=1e-6)


@given(alpha=st.floats(1e-12, 0.2), part=st.floats(0.01, 0.99))
def test_the_noncentrality_needed_gives_the_power_asked_for(alpha, part):
    power = alpha + part * (0.999 - alpha)
    noncentrality = noncentrality_needed(power, alpha=alpha)
    assert noncentral_power(noncentrality, alpha=alpha) == pytest.approx(power, rel=1e-7)
