"""Ratios, shortfall and per capita: worked figures and ranges."""

import math

import pytest

from everygenome.errors import UsageError
from everygenome.statistics.representation import (
    log2_ratio,
    per_capita,
    representation_ratio,
    shortfall,
)


def test_representation_ratio():
    assert representation_ratio(0.02, 0.16) == 0.125
    assert representation_ratio(0.0, 0.16) == 0.0
    assert math.isnan(representation_ratio(0.1, 0.0))
    assert math.isnan(representation_ratio(0.0, 0.0))


def test_log2_ratio_keeps_none_as_a_category():
    assert log2_ratio(0.02, 0.16) == -3.0
    assert log2_ratio(0.5, 0.5) == 0.0
    assert log2_ratio(0.0, 0.16) is None
    ratio = log2_ratio(0.0, 0.0)
    assert ratio is not None
    assert math.isnan(ratio)


@pytest.mark.parametrize(
    ("n", "total", "q", "expected"),
    [(10, 100, 0.25, 20.0), (0, 90, 0.1, 10.0), (25, 100, 0.25, 0.0), (80, 100, 0.25, 0.0)],
)
def test_shortfall(n, total, q, expected):
    assert shortfall(n, total, reference=q) == pytest.approx(expected, rel=1e-12)


def test_per_capita():
    assert per_capita(68_000, 68_000_000) == 1.0
    assert per_capita(0, 10) == 0.0
    assert per_capita(5, 1_000_000, per=1_000_000) == 5.0


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: representation_ratio(1.2, 0.5), "observed share is 1.2, but it must be from 0"),
        (lambda: log2_ratio(0.5, -0.1), "reference is -0.1"),
        (lambda: representation_ratio(math.nan, 0.5), "observed share is nan"),
        (lambda: shortfall(1, 10, reference=1.0), "reference is 1.0, but it must be 0 or more"),
        (lambda: shortfall(11, 10, reference=0.5), "participations is 11 of a total of 10"),
        (lambda: shortfall(1, math.inf, reference=0.5), "of a total of inf"),
        (lambda: per_capita(1, 0), "population 0"),
        (lambda: per_capita(math.nan, 5), "nan participations"),
    ],
)
def test_a_number_out_of_range_is_named(call, said):
    with pytest.raises(UsageError, match=said):
        call()
