"""Intervals against published tables, SciPy and a plain-Python loop."""

import math

import numpy as np
import pytest
from scipy.stats import binomtest

from everygenome.errors import UsageError
from everygenome.statistics.intervals import goodman, percentile_interval, wilson


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    # Newcombe 1998, Statistics in Medicine 17:857, table I, method 3.
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_newcombes_published_intervals(successes, trials, low, high):
    interval = wilson(successes, trials)
    assert float(interval.low) == pytest.approx(low, abs=5e-5)
    assert float(interval.high) == pytest.approx(high, abs=5e-5)


@pytest.mark.parametrize("level", [0.5, 0.95, 0.999])
@pytest.mark.parametrize(("successes", "trials"), [(0, 1), (1, 1), (7, 10), (3, 10**9)])
def test_wilson_agrees_with_scipy(successes, trials, level):
    theirs = binomtest(successes, trials).proportion_ci(confidence_level=level, method="wilson")
    ours = wilson(successes, trials, level=level)
    assert float(ours.low) == pytest.approx(theirs.low, rel=1e-9, abs=1e-15)
    assert float(ours.high) == pytest.approx(theirs.high, rel=1e-9, abs=1e-15)


def test_wilson_of_nothing_is_no_interval_and_leaves_the_others_alone():
    interval = wilson([0, 5], [0, 10])
    assert np.isnan(interval.low).tolist() == [True, False]
    assert np.isnan(interval.high).tolist() == [True, False]
    assert interval.low[1] == pytest.approx(0.2366, abs=5e-5)


@pytest.mark.parametrize(
    ("counts", "expected"),
    # Sison and Glaz 1995, JASA 90:366, Goodman's intervals for their examples.
    [
        (
            [56, 72, 73, 59, 62, 87, 58],
            [
                (0.085, 0.166),
                (0.115, 0.204),
                (0.116, 0.207),
                (0.091, 0.173),
                (0.096, 0.181),
                (0.143, 0.239),
                (0.089, 0.171),
            ],
        ),
        ([5] * 50, [(0.005, 0.075)] * 50),
        (
            [1, 12, 5, 3, 4] * 10,
            [(0, 0.049), (0.019, 0.114), (0.005, 0.075), (0.002, 0.062), (0.004, 0.069)] * 10,
        ),
    ],
)
def test_goodman_gives_the_published_intervals(counts, expected):
    low, high = goodman(counts)
    # The published bounds have three decimals, and some are cut off rather than rounded.
    assert low == pytest.approx([bounds[0] for bounds in expected], abs=1e-3)
    assert high == pytest.approx([bounds[1] for bounds in expected], abs=1e-3)


def test_goodman_of_one_group_is_wilson_and_of_more_groups_is_wider():
    one, wilsons = goodman([30]), wilson(30, 30)
    assert float(one.low[0]) == pytest.approx(float(wilsons.low), rel=1e-12)
    several = goodman([30, 70, 0])
    alone = wilson(30, 100)
    assert several.low[0] < float(alone.low)
    assert several.high[0] > float(alone.high)
    assert (several.low[2], several.high[2] > 0) == (0.0, True)


def test_goodman_of_empty_groups_is_no_interval():
    low, high = goodman([0, 0])
    assert np.isnan(low).all()
    assert np.isnan(high).all()


def test_percentile_interval_leaves_missing_replicates_out_and_counts_them():
    replicates = np.array([[math.nan, 1.0], [3.0, 2.0], [5.0, 3.0], [math.nan, 4.0]])
    low, high, missing = percentile_interval(replicates, 0.5)
    assert low.tolist() == [3.5, 1.75]
    assert high.tolist() == [4.5, 3.25]
    assert missing.tolist() == [2, 0]


def test_percentile_interval_of_missing_replicates_only_is_no_interval():
    low, high, missing = percentile_interval([math.nan, math.nan])
    assert math.isnan(float(low))
    assert math.isnan(float(high))
    assert int(missing) == 2


def test_percentile_interval_agrees_with_numpy():
    replicates = np.random.default_rng(7).normal(size=(2_000, 3, 2))
    low, high, missing = percentile_interval(replicates)
    assert low == pytest.approx(np.quantile(replicates, 0.025, axis=0), rel=1e-12)
    assert high == pytest.approx(np.quantile(replicates, 0.975, axis=0), rel=1e-12)
    assert missing.tolist() == [[0, 0]] * 3


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: wilson(11, 10), "11 successes were given for 10 trials"),
        (lambda: wilson(-1, 10), "successes contains -1.0"),
        (lambda: wilson(1, math.nan), "trials contains nan"),
        (lambda: wilson(1, 10, level=95), "level is 95, but it must be above 0 and below 1"),
        (lambda: goodman([1, -2]), "counts contains -2.0"),
        (lambda: goodman([1], level=0.0), "level is 0.0"),
        (lambda: goodman([]), "one list of counts is needed"),
        (lambda: percentile_interval([]), "at least one is needed"),
        (lambda: percentile_interval(1.0), "at least one is needed"),
        (lambda: percentile_interval([1.0, math.inf]), "an infinite number"),
        (lambda: percentile_interval([1.0], level=1.0), "level is 1.0"),
    ],
)
def test_a_number_out_of_range_is_named(call, said):
    with pytest.raises(UsageError, match=said):
        call()
