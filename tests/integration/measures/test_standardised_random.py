"""Portfolios drawn at random differ from the rest by chance alone: how often does it say so?

The intervals are of resampled publications, and a few huge publications hold much of each
group, so that "95%" is not what they cover. Here it is measured, on a real release.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from everygenome.measures.portions import portions
from everygenome.queries.release import Release
from everygenome.statistics.bootstrap import weights
from everygenome.statistics.comparison import Standardised
from everygenome.statistics.matching import Weighting
from everygenome.statistics.standardised import by_year, standardised, standardised_many
from everygenome.statistics.strata import Field
from everygenome.vocabulary.schemes import BROAD, CLASS_GROUPS
from everygenome.vocabulary.terms import Denominator
from tests.factories.reference.standardised import field_of
from tests.factories.release import engine_warning

pytestmark = [pytest.mark.slow, engine_warning]
GROUPS = [*BROAD.groups, *CLASS_GROUPS]
LARGE = (
    "European",
    "East Asian",
    "African American or Afro-Caribbean",
    "Hispanic or Latin American",
)


class Whole(NamedTuple):
    """The field of the release, its publications, and one resampling of them."""

    field: Field
    papers: list[Any]
    weights: NDArray[np.uint16]
    release: Release


@pytest.fixture(scope="module")
def whole(real: Callable[[str], Release]) -> Whole:
    release = real("2019-12-06")
    tables = release.tables
    found = tables.run(
        "portions of the whole field",
        lambda: portions(
            tables["ancestry"],
            tables.groups(BROAD),
            study_trait=tables["study_trait"],
            trait_parent=tables["trait_parent"],
            denominator=Denominator.RECORDED,
        ),
    )
    made, papers = field_of(found, groups=len(GROUPS))
    return Whole(made, papers, weights(len(papers)), release)


def at_random(whole: Whole, *, smallest: int, largest: int, count: int) -> list[NDArray[np.bool_]]:
    """Portfolios of publications drawn without looking."""
    chance = np.random.default_rng(20_191_206)
    members = []
    for size in chance.integers(smallest, largest + 1, count):
        member = np.zeros(len(whole.papers), dtype=bool)
        member[chance.choice(len(whole.papers), size, replace=False)] = True
        members.append(member)
    return members


def of_journal(whole: Whole, name: str) -> NDArray[np.bool_]:
    published = whole.release.tables["publications"]
    found = whole.release.tables.run(
        ("journal", name),
        lambda: published.filter(published.journal == name).select("pubmed_id"),
    )
    return np.isin(np.array(whole.papers), found["pubmed_id"].to_pylist())


def covering(found: list[Standardised], group: str, name: str) -> tuple[int, float, float]:
    """How many portfolios have an interval, how many of those hold 1, and the middle ratio."""
    place = GROUPS.index(group)
    bounds = np.array(
        [[bound[place] for bound in getattr(one, f"{name}_interval")] for one in found]
    )
    shown = ~np.isnan(bounds[:, 0])
    low, high = bounds[shown].T
    middle = float(np.median([getattr(one, name)[place] for one in found]))
    return int(shown.sum()), float(np.mean((low <= 1) & (high >= 1))), middle


def test_the_portions_are_the_composition(whole: Whole) -> None:
    value = np.bincount(whole.field.group[whole.field.cell], whole.field.value)
    shares = whole.release.composition(stage="all").rows
    for row in shares:
        if row["share"] is not None:
            at = GROUPS.index(row["group"])
            assert value[at] == pytest.approx(row["value"], rel=1e-12)


def test_the_whole_field_against_itself_is_exactly_one(whole: Whole) -> None:
    found = standardised(
        whole.field, np.ones(len(whole.papers), dtype=bool), inclusive=True, weights=whole.weights
    )
    held = found.publications > 0
    assert held.sum() == 11
    assert (found.ratio[held] == 1.0).all()
    assert [set(bound[held].tolist()) for bound in found.ratio_interval] == [{1.0}, {1.0}]
    assert found.matched_share == 1.0


# What was measured of 200 portfolios of 40 to 400 publications: the share of the intervals
# that hold 1, and the middle ratio. Nominal is 0.95.
MEASURED = {
    Weighting.PORTFOLIO: [(0.89, 1.02), (0.84, 0.68), (0.91, 0.64), (0.92, 0.72)],
    Weighting.BALANCED: [(0.95, 1.01), (0.89, 0.81), (0.93, 0.88), (0.94, 0.92)],
}
MEASURED_CRUDE = [(0.92, 1.01), (0.90, 0.76), (0.91, 0.87), (0.87, 0.83)]
# Other portfolios by the same rule would give other figures: 0.06 is about three standard
# errors of a share near 0.92 of 200.
ROOM = 0.06


@pytest.mark.parametrize("weighting", Weighting)
def test_how_often_intervals_of_random_portfolios_hold_one(
    whole: Whole, weighting: Weighting
) -> None:
    members = at_random(whole, smallest=40, largest=400, count=200)
    found = standardised_many(whole.field, members, weights=whole.weights, weighting=weighting)
    for name, measured in (("ratio", MEASURED[weighting]), ("crude_ratio", MEASURED_CRUDE)):
        for group, (share, middle) in zip(LARGE, measured, strict=True):
            shown, holding, median = covering(found, group, name)
            assert shown > 150
            assert holding == pytest.approx(share, abs=ROOM), (name, group)
            assert median == pytest.approx(middle, rel=0.12), (name, group)
    assert 0.995 < np.mean([one.matched_share for one in found]) < 1
    assert np.mean([one.trait_share for one in found]) == pytest.approx(0.18, abs=0.02)


def test_the_ratio_of_large_portfolios_drifts_unless_weights_are_balanced(whole: Whole) -> None:
    """Of 100 portfolios of 400 to 1,000, a seventh of the field or so."""
    members = at_random(whole, smallest=400, largest=1000, count=100)
    shown = {}
    for weighting in Weighting:
        found = standardised_many(whole.field, members, weights=whole.weights, weighting=weighting)
        shown[weighting] = covering(found, "European", "ratio")
    count, holding, middle = shown[Weighting.PORTFOLIO]
    assert count == 100
    assert holding == pytest.approx(0.74, abs=0.12)
    assert middle > 1.02
    count, holding, middle = shown[Weighting.BALANCED]
    assert count == 100
    assert holding == pytest.approx(0.94, abs=0.06)
    assert middle == pytest.approx(1, abs=0.015)


# European and East Asian: the ratio, its interval, the ratio with balanced weights, the crude.
JOURNALS = {
    "Nat Genet": (566, 0.996, [(1.04, 0.95, 1.15, 1.00, 0.99), (0.97, 0.27, 2.09, 1.19, 1.27)]),
    "PLoS One": (242, 1.0, [(0.76, 0.65, 1.04, 0.76, 0.69), (0.55, 0.16, 2.21, 0.60, 1.10)]),
}


@pytest.mark.parametrize("journal", JOURNALS)
def test_a_journal(whole: Whole, journal: str) -> None:
    publications, matched, expected = JOURNALS[journal]
    member = of_journal(whole, journal)
    assert member.sum() == publications
    found = standardised(whole.field, member, weights=whole.weights)
    balanced = standardised(whole.field, member, weighting=Weighting.BALANCED)
    assert found.matched_share == pytest.approx(matched, abs=0.0005)
    for group, line in enumerate(expected):
        interval = found.ratio_interval
        told = (
            found.ratio[group],
            interval.low[group],
            interval.high[group],
            balanced.ratio[group],
            found.crude_ratio[group],
        )
        assert told == pytest.approx(line, abs=0.006)
    years = by_year(whole.field, member)
    assert np.nansum([one.expected for one in years.values()], axis=0) == pytest.approx(
        found.expected, rel=1e-12
    )
