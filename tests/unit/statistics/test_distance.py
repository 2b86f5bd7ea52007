"""Distances against brute-force definitions and SciPy."""

import math

import numpy as np
import pytest
from scipy.stats import entropy

from everygenome.errors import UsageError
from everygenome.statistics.distance import dissimilarity, gini, theil

# Worked by hand: shares of participations and of the world for three groups.
P, Q = [0.80, 0.15, 0.05], [0.20, 0.30, 0.50]


def plain_gini(p, q):
    """Half the mean absolute difference of p/q between two people, each drawn from q."""
    return sum(
        qi * qj * abs(pi / qi - pj / qj) / 2
        for pi, qi in zip(p, q, strict=True)
        for pj, qj in zip(p, q, strict=True)
    )


def test_figures_worked_by_hand():
    assert dissimilarity(P, Q) == pytest.approx((0.60 + 0.15 + 0.45) / 2, rel=1e-12)
    # Ordered by p/q: 0.05/0.5, 0.15/0.3, 0.8/0.2; cumulative p 0.05, 0.20, 1.
    expected = 1 - (0.5 * 0.05 + 0.3 * (0.05 + 0.20) + 0.2 * (0.20 + 1.00))
    assert gini(P, Q) == pytest.approx(expected, rel=1e-12)
    assert gini(P, Q) == pytest.approx(plain_gini(P, Q), rel=1e-12)
    expected = 0.8 * math.log(4) + 0.15 * math.log(0.5) + 0.05 * math.log(0.1)
    assert theil(P, Q) == pytest.approx(expected, rel=1e-12)


def test_equal_shares_are_at_distance_zero():
    for measure in (dissimilarity, gini, theil):
        assert measure(P, P) == pytest.approx(0.0, abs=1e-15)
        assert measure(P, P) >= 0.0


def test_rounding_does_not_push_equal_shares_below_zero():
    for groups in range(1, 30):
        equal = [1 / groups] * groups
        assert 0 <= gini(equal, equal) <= 1e-14
    assert theil([1 - 5e-7], [1.0]) == 0.0


def test_random_shares_agree_with_the_definitions():
    rng = np.random.default_rng(4)
    for _ in range(20):
        p, q = rng.dirichlet(np.ones(13)), rng.dirichlet(np.ones(13))
        assert gini(p, q) == pytest.approx(plain_gini(p, q), rel=1e-9)
        assert theil(p, q) == pytest.approx(entropy(p, q), rel=1e-12)


def test_a_group_outside_the_reference_holds_its_share_without_people():
    # Half of the whole goes to nobody in the reference, the rest evenly: Gini 0.5.
    assert gini([0.5, 0.25, 0.25], [0.0, 0.5, 0.5]) == pytest.approx(0.5, rel=1e-12)
    assert dissimilarity([1.0, 0.0], [0.0, 1.0]) == 1.0
    assert gini([1.0, 0.0], [0.0, 1.0]) == 1.0


def test_theil_refuses_a_group_outside_the_reference():
    with pytest.raises(UsageError, match=r"Group number 2 has an observed share of 0\.3 and"):
        theil([0.7, 0.3], [1.0, 0.0])


def test_a_group_that_is_nowhere_changes_nothing():
    for measure in (dissimilarity, gini, theil):
        assert measure([*P, 0.0], [*Q, 0.0]) == pytest.approx(measure(P, Q), rel=1e-12)


@pytest.mark.parametrize("measure", [dissimilarity, gini, theil])
def test_two_lists_must_list_the_same_groups(measure):
    with pytest.raises(UsageError, match="3 observed and 2 reference shares were given"):
        measure(P, [0.5, 0.5])
    with pytest.raises(UsageError, match=r"reference shares sum to 0\.9"):
        measure(P, [0.4, 0.5, 0.0])
