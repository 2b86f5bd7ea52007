"""A median over windows, without keeping all numbers."""

from statistics import median

import numpy as np

from everygenome.variants.evidence.histogram import Histogram


def test_the_median_of_windows_is_that_of_all() -> None:
    windows = [np.array([5, 0, 7]), np.array([], dtype=np.int64), np.array([1_500_000, 3])]
    seen = Histogram()
    for window in windows:
        seen.add(window)
    assert seen.median() == median([5, 0, 7, 1_500_000, 3]) == 5


def test_nothing_has_no_median() -> None:
    assert Histogram().median() is None


def test_numbers_as_large_as_any_need_little_memory() -> None:
    """A hostile file may state two thousand million chromosomes in every place."""
    seen = Histogram()
    seen.add(np.array([3, 4, 5]))
    seen.add(np.array([2_000_000_000] * 4, dtype=np.int32))
    found = seen.median()
    assert found is not None
    assert abs(found - 2_000_000_000) <= 1024
    assert len(seen._counts) <= 1 << 22
