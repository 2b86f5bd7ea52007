"""Draws are the same everywhere, and keep to their tables."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from everygenome.sources.gwas_catalog.demonstration.draws import Draws


def test_a_seed_gives_the_same_draws_for_ever() -> None:
    draws = Draws(7)
    assert [draws.between(1, 100) for _ in range(8)] == [33, 16, 66, 8, 54, 37, 6, 51]


def test_weights_are_kept_to_within_sampling_error() -> None:
    draws = Draws(3)
    drawn = Counter(draws.weighted({"a": 3.0, "b": 1.0}) for _ in range(10_000))
    assert abs(drawn["a"] / 10_000 - 0.75) < 0.02


@given(seed=st.integers(0, 1000), wanted=st.integers(0, 6))
def test_several_are_all_different(seed: int, wanted: int) -> None:
    found = Draws(seed).several({"a": 1.0, "b": 2.0, "c": 5.0}, wanted)
    assert len(set(found)) == len(found) == min(wanted, 3)


@given(seed=st.integers(0, 1000), low=st.integers(-5, 5), span=st.integers(0, 9))
def test_between_stays_between(seed: int, low: int, span: int) -> None:
    assert low <= Draws(seed).between(low, low + span) <= low + span


def test_sizes_double_up_to_their_limit() -> None:
    assert Draws(1).size(100, doubling=0.0, limit=5) in range(100, 200)
    assert Draws(1).size(100, doubling=1.0, limit=3) in range(800, 1600)
