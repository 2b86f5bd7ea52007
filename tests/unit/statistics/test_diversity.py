"""Evenness against the design's check figures and plain sums."""

import math

import pytest

from everygenome.errors import UsageError
from everygenome.statistics.diversity import (
    effective_number,
    inverse_simpson,
    pielou_evenness,
    shannon,
    simpson,
)

SHARES = [0.70, 0.15, 0.08, 0.05, 0.02]
MEASURES = [shannon, effective_number, simpson, inverse_simpson, pielou_evenness]


def test_the_check_figures():
    assert round(shannon(SHARES), 4) == 0.9643
    assert round(effective_number(SHARES), 4) == 2.6230
    assert round(inverse_simpson(SHARES), 4) == 1.9164
    assert round(simpson(SHARES), 4) == 0.4782
    assert round(pielou_evenness(SHARES), 4) == 0.5992


def test_shannon_is_the_plain_sum():
    assert shannon(SHARES) == pytest.approx(-sum(p * math.log(p) for p in SHARES), rel=1e-14)


def test_one_group_holding_all_is_the_least_even():
    shares = [0.0, 1.0, 0.0]
    assert [measure(shares) for measure in MEASURES] == [0.0, 1.0, 0.0, 1.0, 0.0]


def test_equal_groups_are_the_most_even():
    shares = [0.25] * 4
    expected = [math.log(4), 4.0, 0.75, 4.0, 1.0]
    assert [measure(shares) for measure in MEASURES] == pytest.approx(expected, rel=1e-14)


def test_an_empty_group_lowers_pielou_only():
    with_empty = [measure([*SHARES, 0.0]) for measure in MEASURES]
    without = [measure(SHARES) for measure in MEASURES]
    assert with_empty[:4] == pytest.approx(without[:4], rel=1e-14)
    assert with_empty[4] == pytest.approx(without[4] * math.log(5) / math.log(6), rel=1e-12)


@pytest.mark.parametrize("groups", range(2, 30))
def test_rounding_does_not_push_equal_groups_above_one(groups):
    assert 1 - 1e-14 <= pielou_evenness([1 / groups] * groups) <= 1


def test_rounding_does_not_push_one_group_below_zero():
    assert simpson([1 + 5e-7, 0.0]) == 0.0


def test_a_single_group_is_neither_even_nor_uneven():
    assert math.isnan(pielou_evenness([1.0]))


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ([0.5, 0.4], "sum to 0.9, but shares must sum to 1"),
        ([70, 30], "sum to 100"),
        ([1.5, -0.5], "contains -0.5"),
        ([math.nan, 1.0], "contains nan"),
        ([], r"shape \(0,\)"),
        ([[0.5, 0.5]], r"shape \(1, 2\)"),
    ],
)
def test_what_is_not_shares_of_one_whole_is_refused(measure, shares, said):
    with pytest.raises(UsageError, match=said):
        measure(shares)
