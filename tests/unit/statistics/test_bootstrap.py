"""Weights, totals and bands, against NumPy-free loops and exact integers."""

import itertools
import tracemalloc
from fractions import Fraction

import numpy as np
import pytest
from scipy.stats import chisquare

from everygenome.errors import UsageError
from everygenome.statistics.bootstrap import SEED, share_bands, totals, weights
from everygenome.statistics.trends import trend_bands

MASK = (1 << 128) - 1


def plain_pcg64(state: int, increment: int):
    """The PCG64 generator (XSL-RR output) from its definition, O'Neill 2014."""
    while True:
        state = (state * 0x2360ED051FC65DA44385DF649FCCF645 + increment) & MASK
        folded = ((state >> 64) ^ state) & ((1 << 64) - 1)
        turn = state >> 122
        yield ((folded >> turn) | (folded << (64 - turn))) & ((1 << 64) - 1)


def plain_weights(publications: int, replicates: int, seed: int) -> list[list[int]]:
    start = np.random.PCG64(seed).state["state"]
    stream = plain_pcg64(start["state"], start["inc"])
    rows = []
    for _ in range(replicates):
        words = itertools.islice(stream, (publications + 1) // 2)
        draws = [half for word in words for half in (word & 0xFFFFFFFF, word >> 32)]
        row = [0] * publications
        for draw in draws[:publications]:
            row[draw * publications >> 32] += 1
        rows.append(row)
    return rows


@pytest.mark.parametrize("publications", [1, 2, 7, 100])
def test_weights_are_the_same_as_a_plain_generator_gives(publications):
    expected = plain_weights(publications, 5, SEED)
    assert weights(publications, replicates=5).tolist() == expected


def test_weights_do_not_change_from_one_version_of_the_program_to_the_next():
    assert weights(8, replicates=3).tolist() == WEIGHTS_OF_EIGHT


WEIGHTS_OF_EIGHT = [[1, 1, 0, 2, 1, 1, 1, 1], [1, 1, 2, 1, 0, 1, 0, 2], [1, 1, 0, 0, 0, 2, 4, 0]]


def test_another_seed_gives_other_weights():
    assert weights(50, replicates=4, seed=1).tolist() != weights(50, replicates=4).tolist()


def test_every_publication_is_as_likely_as_every_other():
    drawn = weights(40, replicates=5_000).sum(axis=0)
    assert chisquare(drawn).pvalue > 0.001
    # Each weight is binomial(40, 1/40): mean 1, variance 0.975.
    assert weights(40, replicates=5_000).var() == pytest.approx(0.975, rel=0.02)


def test_weights_of_the_whole_catalogue_fit_in_memory():
    tracemalloc.start()
    full = weights(7_800)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert full.shape == (2_000, 7_800)
    assert (full.sum(axis=1) == 7_800).all()
    assert peak < 100e6


def test_totals_of_large_whole_numbers_are_exact():
    rng = np.random.default_rng(3)
    values = rng.integers(0, 10**9, size=(300, 5))
    drawn = weights(300, replicates=130)
    expected = [
        [sum(int(w) * int(v) for w, v in zip(row, column, strict=True)) for column in values.T]
        for row in drawn[::43]
    ]
    assert totals(drawn, values)[::43].astype(np.int64).tolist() == expected
    assert max(max(row) for row in expected) > 10**11


def test_share_bands_agree_with_exact_fractions():
    rng = np.random.default_rng(5)
    numerators = rng.integers(0, 1_000, size=(12, 3))
    denominators = numerators.sum(axis=1) + rng.integers(0, 5, size=12)
    drawn = weights(12, replicates=41)
    low, high = share_bands(drawn, numerators, denominators, level=0.9)
    for group in range(3):
        shares = sorted(
            Fraction(
                sum(int(w) * int(v) for w, v in zip(row, numerators[:, group], strict=True)),
                sum(int(w) * int(v) for w, v in zip(row, denominators, strict=True)),
            )
            for row in drawn
        )
        # 41 replicates put the 5% and 95% quantiles exactly on the 3rd and 39th.
        assert low[group] == pytest.approx(float(shares[2]), rel=1e-12)
        assert high[group] == pytest.approx(float(shares[38]), rel=1e-12)


def test_a_band_widens_when_a_few_publications_hold_most_participations():
    drawn = weights(100)
    even = np.column_stack([[60.0, 40.0] * 50, [40.0, 60.0] * 50])
    heavy = even.copy()
    heavy[:2] = [[60_000, 40_000], [40_000, 60_000]]
    widths = []
    for field in (even, heavy):
        low, high = share_bands(drawn, field, field.sum(axis=1))
        widths.append(float(high[0] - low[0]))
    # Even: standard error 0.1 / sqrt(100), and the band is 3.92 of them.
    assert widths[0] == pytest.approx(0.0392, rel=0.1)
    assert widths[1] == pytest.approx(0.2, rel=0.1)


def test_a_group_of_nine_publications_gets_no_interval_and_one_of_ten_does():
    numerators = np.zeros((50, 3))
    numerators[:9, 0] = 1
    numerators[:10, 1] = 1
    low, high = share_bands(weights(50), numerators, np.ones(50))
    assert np.isnan(low).tolist() == [True, False, True]
    assert np.isnan(high).tolist() == [True, False, True]
    assert low[1] < 0.2 < high[1]


def test_a_replicate_without_the_part_of_the_field_is_left_out():
    field = np.zeros((3, 1))
    field[0] = 10
    low, high = share_bands(weights(3), field, field, minimum_publications=1)
    assert (low.tolist(), high.tolist()) == ([1.0], [1.0])


def test_rounding_of_split_counts_does_not_push_a_share_above_one():
    low, high = share_bands(weights(12), [[1.0 + 5e-7]] * 12, [1.0] * 12)
    assert (low.tolist(), high.tolist()) == ([1.0], [1.0])


def test_one_denominator_and_the_same_for_each_group_give_the_same_bands():
    numerators = np.random.default_rng(2).integers(0, 9, size=(30, 4))
    denominators = numerators.sum(axis=1)
    one = share_bands(weights(30), numerators, denominators)
    each = share_bands(weights(30), numerators, np.tile(denominators[:, None], 4))
    assert one.low.tolist() == each.low.tolist()
    assert one.high.tolist() == each.high.tolist()


def test_the_trend_is_the_bands_of_a_field_in_which_other_years_count_nothing():
    rng = np.random.default_rng(11)
    numerators = rng.integers(1, 500, size=(60, 3))
    denominators = numerators.sum(axis=1)
    years = rng.integers(2018, 2021, size=60)
    drawn = weights(60, replicates=200)
    bands = trend_bands(drawn, numerators, denominators, years=years)
    assert list(bands) == [2018, 2019, 2020]
    for year, band in bands.items():
        of_year = years == year
        low, high = share_bands(drawn, numerators * of_year[:, None], denominators * of_year)
        assert band.low == pytest.approx(low, rel=1e-12)
        assert band.high == pytest.approx(high, rel=1e-12)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: weights(0), "publications is 0, but it must be 1 to 1,000,000"),
        (lambda: weights(5, replicates=0), "replicates is 0"),
        (lambda: weights(5, seed=-1), "seed is -1"),
        (lambda: totals(weights(3), [[1.0]]), r"shape \(1, 1\)"),
        (lambda: share_bands(weights(2), [[1.0], [2.0]], [1.0, 1.0]), "above its denominator"),
        (lambda: share_bands(weights(2), [[-1.0], [2.0]], [1.0, 1.0]), "numerators contains -1"),
        (lambda: share_bands(weights(2), [[1.0], [1.0]], [1.0]), r"denominators has shape \(1,\)"),
        (lambda: share_bands(weights(2), [[1.0], [1.0]], [1, 1], level=2), "level is 2"),
        (
            lambda: trend_bands(weights(2), [[1.0], [1.0]], [1, 1], years=[2019]),
            "list 2, 2, 2 and 1 publications",
        ),
    ],
)
def test_a_number_out_of_range_is_named(call, said):
    with pytest.raises(UsageError, match=said):
        call()
