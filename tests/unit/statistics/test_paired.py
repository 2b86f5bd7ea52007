"""Intervals of a difference: what two selections have in common cancels."""

import numpy as np
import pytest

from everygenome.errors import UsageError
from everygenome.statistics.bootstrap import share_bands, weights
from everygenome.statistics.paired import difference_bands

DRAWN = weights(12, replicates=200)


def slowly(before: list[list[float]], after: list[list[float]], base: list[float]) -> list[float]:
    """Replicate by replicate and publication by publication."""
    differences = []
    for row in DRAWN.tolist():
        shares = []
        for values in (before, after):
            above = sum(times * values[at][0] for at, times in enumerate(row))
            below = sum(times * base[at] for at, times in enumerate(row))
            shares.append(above / below)
        differences.append(shares[1] - shares[0])
    return sorted(differences)


def test_it_is_the_percentiles_of_the_difference() -> None:
    before = [[float(at)] for at in range(12)]
    after = [[float(at % 5) + 1] for at in range(12)]
    base = [20.0] * 12
    found = difference_bands(
        DRAWN, before=(before, base), after=(after, base), minimum_publications=1
    )
    expected = slowly(before, after, base)
    low, high = np.quantile(expected, [0.025, 0.975])
    assert found.low[0] == pytest.approx(low, rel=1e-12)
    assert found.high[0] == pytest.approx(high, rel=1e-12)


def test_a_selection_does_not_differ_from_itself() -> None:
    side = ([[float(at), 20.0 - at] for at in range(1, 13)], [20.0] * 12)
    found = difference_bands(DRAWN, before=side, after=side)
    assert found.low.tolist() == found.high.tolist() == [0.0, 0.0]


def test_what_is_shared_narrows_it() -> None:
    """The same publications with one more each: the shares vary much, their difference little."""
    before = [[1.0 + at] for at in range(12)]
    after = [[2.0 + at] for at in range(12)]
    base = [40.0] * 12
    paired = difference_bands(DRAWN, before=(before, base), after=(after, base))
    alone = share_bands(DRAWN, before, base)
    assert paired.high[0] - paired.low[0] < 1e-9
    assert alone.high[0] - alone.low[0] > 0.05


def test_under_ten_publications_on_either_side_there_is_none() -> None:
    few = [[1.0]] * 9 + [[0.0]] * 3
    many = [[1.0]] * 12
    base = [2.0] * 12
    for before, after in ((few, many), (many, few)):
        found = difference_bands(DRAWN, before=(before, base), after=(after, base))
        assert np.isnan(found.low).all()
        assert np.isnan(found.high).all()


def test_an_empty_selection_has_none() -> None:
    nobody, some = ([[0.0]] * 12, [0.0] * 12), ([[1.0]] * 12, [2.0] * 12)
    found = difference_bands(DRAWN, before=nobody, after=some, minimum_publications=0)
    assert np.isnan(found.low).all()


def test_shapes_that_do_not_fit_are_refused() -> None:
    one, two = ([[1.0]] * 12, [2.0] * 12), ([[1.0, 1.0]] * 12, [2.0] * 12)
    with pytest.raises(UsageError, match="same groups"):
        difference_bands(DRAWN, before=one, after=two)
    with pytest.raises(UsageError, match="denominators of shape"):
        difference_bands(DRAWN, before=([[1.0]] * 12, [2.0] * 11), after=one)
