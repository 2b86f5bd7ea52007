"""Like with like: the fast code against plain loops, and what must hold whatever the field."""

import random
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from everygenome.measures.portions import portions
from everygenome.statistics.bootstrap import weights
from everygenome.statistics.comparison import Standardised
from everygenome.statistics.matching import Weighting
from everygenome.statistics.redrawn import redrawn
from everygenome.statistics.standardised import by_year, standardised, standardised_many
from everygenome.statistics.strata import NONE, Field, field
from everygenome.vocabulary.schemes import CLASS_GROUPS, MULTIPLE_GROUP, SCHEMES
from everygenome.vocabulary.terms import Denominator
from tests.factories.reference import groups as group_reference
from tests.factories.reference import standardised as reference
from tests.factories.reference.standardised import Portion
from tests.factories.reference.world import World
from tests.factories.refill import Refillable, filled
from tests.factories.release import engine_warning
from tests.properties.measures.test_measures_agree import same
from tests.properties.measures.worlds import worlds

pytestmark = [engine_warning, pytest.mark.slow]
GROUPS = 3
PAPERS = 8
FIGURES = (
    "observed",
    "expected",
    "observed_share",
    "expected_share",
    "ratio",
    "crude_share",
    "field_share",
    "crude_ratio",
    "publications",
    "publications_outside",
    "crude_publications",
)
MATCHED = ("matched_share", "trait_share", "parent_share", "unmapped_share")
WEIGHTINGS = st.sampled_from(Weighting)
PORTFOLIOS = st.sets(st.integers(0, PAPERS - 1))
many = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def invented(draw: st.DrawFn) -> list[Portion]:
    """Portions of eight publications: traits with none to three parents, or no trait."""
    parents = {
        trait: tuple(sorted(draw(st.sets(st.integers(0, 2), max_size=3)))) for trait in range(3)
    }
    made = []
    for _ in range(draw(st.integers(1, 14))):
        trait = draw(st.sampled_from([None, 0, 1, 2]))
        number = draw(st.one_of(st.none(), st.integers(0, 30), st.integers(0, 5_000_000)))
        made.append(
            Portion(
                draw(st.integers(0, PAPERS - 1)),
                trait,
                () if trait is None else parents[trait],
                draw(st.sampled_from([None, 2018, 2019])),
                draw(st.sampled_from(["discovery", "replication"])),
                draw(st.integers(0, GROUPS - 1)),
                None if number is None else Fraction(number, draw(st.sampled_from([1, 1, 2, 3]))),
            )
        )
    return made


def rows_of(given_: list[Portion], *, times: int = 1) -> list[tuple[Any, ...]]:
    """Portions as rows of numbers, one for each parent."""
    return [
        (
            one.paper,
            NONE if one.trait is None else one.trait,
            parent,
            one.year or 0,
            one.stage == "discovery",
            one.group,
            np.nan if one.value is None else float(one.value * times) / max(1, len(one.parents)),
        )
        for one in given_
        for parent in one.parents or (NONE,)
    ]


def field_from(rows: list[tuple[Any, ...]], *, outside: int) -> Field:
    names = ("publication", "trait", "parent", "year", "stage", "group", "value")
    columns: dict[str, Any] = dict(zip(names, zip(*rows, strict=True), strict=True))
    return field(publications=PAPERS, groups=GROUPS, outside=outside, **columns)


def member(portfolio: set[Any]) -> np.ndarray[Any, Any]:
    return np.isin(np.arange(PAPERS), list(portfolio))


def agree(found: Standardised, expected: reference.Figures) -> None:
    for place, (group, figures) in enumerate(expected["groups"].items()):
        for name in FIGURES:
            value = getattr(found, name)[place]
            try:
                same(None if np.isnan(value) else value, figures[name])
            except AssertionError as error:
                raise AssertionError(f"{group}, {name}: {error}") from error
    for name in MATCHED:
        value = getattr(found, name)
        if expected[name] is None:
            assert np.isnan(value)
        else:
            assert abs(value - expected[name]) < 1e-12


def bits(found: Standardised) -> list[bytes]:
    return [np.asarray(getattr(found, name)).tobytes() for name in (*FIGURES, *MATCHED)]


@many
@given(
    portions_=invented(),
    portfolio=PORTFOLIOS,
    outside=st.integers(1, 3),
    inclusive=st.booleans(),
    weighting=WEIGHTINGS,
)
def test_it_agrees_with_loops(
    portions_: list[Portion],
    portfolio: set[int],
    outside: int,
    inclusive: bool,
    weighting: Weighting,
) -> None:
    made = field_from(rows_of(portions_), outside=outside)
    found = standardised(made, member(portfolio), inclusive=inclusive, weighting=weighting)
    choices: dict[str, Any] = {
        "inclusive": inclusive,
        "outside": outside,
        "balanced": weighting is Weighting.BALANCED,
    }
    expected = reference.standardised(portions_, portfolio, groups=range(GROUPS), **choices)
    agree(found, expected)
    years = by_year(made, member(portfolio), inclusive=inclusive, weighting=weighting)
    for year, one in years.items():
        of_year = [p for p in portions_ if (p.year or 0) == year]
        agree(one, reference.standardised(of_year, portfolio, groups=range(GROUPS), **choices))
    held = {p.year or 0 for p in portions_ if p.paper in portfolio and p.value}
    assert list(years) == sorted(held)


@many
@given(
    portions_=invented(),
    portfolio=PORTFOLIOS,
    inclusive=st.booleans(),
    weighting=WEIGHTINGS,
    seed=st.integers(0, 99),
)
def test_replicates_agree_with_loops(
    portions_: list[Portion],
    portfolio: set[int],
    inclusive: bool,
    weighting: Weighting,
    seed: int,
) -> None:
    """Each replicate is the field with its publications drawn again, placed as it was."""
    made = field_from(rows_of(portions_), outside=2)
    drawn = weights(PAPERS, replicates=3, seed=seed)
    sums = redrawn(
        made,
        [member(portfolio)],
        drawn,
        slots=made.group,
        size=GROUPS,
        inclusive=inclusive,
        weighting=weighting,
    )[0]
    whole = float(sum(p.value or 0 for p in portions_)) + 1
    for replicate, row in enumerate(drawn.tolist()):
        expected = reference.standardised(
            [p for p in portions_ if p.value is not None],
            portfolio,
            groups=range(GROUPS),
            inclusive=inclusive,
            outside=2,
            balanced=weighting is Weighting.BALANCED,
            times=dict(enumerate(row)),
        )
        for group in range(GROUPS):
            for name in ("observed", "expected"):
                wanted = expected["groups"][group][name]
                got = getattr(sums, name)[group, replicate]
                # Replicates are made of values rounded to a tiny part of one participation.
                assert abs(got - wanted) <= 1e-8 * whole
                # Nothing is left over where nothing is.
                assert (got == 0) == (wanted == 0)


@many
@given(portions_=invented(), outside=st.integers(1, 3), weighting=WEIGHTINGS)
def test_the_whole_field_against_itself_is_exactly_one(
    portions_: list[Portion], outside: int, weighting: Weighting
) -> None:
    made = field_from(rows_of(portions_), outside=outside)
    found = standardised(
        made,
        np.ones(PAPERS, dtype=bool),
        inclusive=True,
        weights=weights(PAPERS, replicates=40),
        weighting=weighting,
        minimum_publications=1,
    )
    held = found.publications > 0
    assert (found.ratio[held] == 1.0).all()
    assert (found.crude_ratio[held] == 1.0).all()
    for interval in (found.ratio_interval, found.crude_ratio_interval):
        for bound in interval:
            assert (bound[held & ~np.isnan(bound)] == 1.0).all()
    if held.any():
        assert found.matched_share == 1.0


@many
@given(portions_=invented(), portfolio=PORTFOLIOS, seed=st.integers(0, 99), extra=PORTFOLIOS)
def test_order_and_company_do_not_matter(
    portions_: list[Portion], portfolio: set[int], seed: int, extra: set[int]
) -> None:
    rows = rows_of(portions_)
    made = field_from(rows, outside=2)
    drawn = weights(PAPERS, replicates=20)
    how: dict[str, Any] = {"weights": drawn, "minimum_publications": 1}
    alone = standardised(made, member(portfolio), **how)
    shuffled = random.Random(seed).sample(rows, len(rows))
    again = standardised(field_from(shuffled, outside=2), member(portfolio), **how)
    np.testing.assert_allclose(alone.ratio, again.ratio, rtol=1e-12)
    np.testing.assert_allclose(alone.expected, again.expected, rtol=1e-12)
    beside = standardised_many(made, [member(extra), member(portfolio)], **how)[1]
    assert bits(beside) == bits(alone)
    for name in ("ratio_interval", "crude_ratio_interval", "expected_share_interval"):
        np.testing.assert_array_equal(getattr(alone, name), getattr(beside, name))


@many
@given(portions_=invented(), portfolio=PORTFOLIOS, times=st.integers(2, 10**6))
def test_the_portfolio_is_left_out(
    portions_: list[Portion], portfolio: set[int], times: int
) -> None:
    """However much the portfolio holds, what it is set against stays as it is."""
    changed = [
        replace(p, value=p.value * times) if p.paper in portfolio and p.value else p
        for p in portions_
    ]
    one, other = (
        standardised(field_from(rows_of(x), outside=2), member(portfolio))
        for x in (portions_, changed)
    )
    for name in ("observed_share", "expected_share", "field_share", "ratio", "matched_share"):
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), rtol=1e-12)
    np.testing.assert_array_equal(one.publications_outside, other.publications_outside)


@many
@given(
    portions_=invented(),
    portfolio=PORTFOLIOS,
    times=st.integers(2, 1000),
    weighting=WEIGHTINGS,
)
def test_counting_everybody_many_times_changes_no_share(
    portions_: list[Portion], portfolio: set[int], times: int, weighting: Weighting
) -> None:
    one, more = (
        standardised(
            field_from(rows_of(portions_, times=n), outside=2),
            member(portfolio),
            weighting=weighting,
        )
        for n in (1, times)
    )
    for name in ("observed_share", "expected_share", "ratio", "crude_ratio", "matched_share"):
        np.testing.assert_allclose(getattr(one, name), getattr(more, name), rtol=1e-12)
    stated = ~np.isnan(one.expected_share)
    if stated.any() and not np.isnan(one.observed_share).any():
        assert abs(np.nansum(one.expected_share) - 1) < 1e-12
        assert abs(np.nansum(one.observed_share) - 1) < 1e-12


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    world=worlds(),
    scheme=st.sampled_from(sorted(SCHEMES)),
    denominator=st.sampled_from(Denominator),
    outside=st.integers(1, 2),
    data=st.data(),
)
def test_from_the_rows_of_a_release(
    engine: Refillable,
    world: World,
    scheme: str,
    denominator: Denominator,
    outside: int,
    data: st.DataObject,
) -> None:
    """Portions add up to the composition, and lead to the same figures as the rows do."""
    tables = filled(engine, world)
    found = tables.run(
        ("portions", scheme, denominator),
        lambda: portions(
            tables["ancestry"],
            tables.groups(SCHEMES[scheme]),
            study_trait=tables["study_trait"],
            trait_parent=tables["trait_parent"],
            denominator=denominator,
        ),
    )
    totals: dict[str, float] = {}
    for row in found.to_pylist():
        if row["value"] is not None:
            totals[row["group"]] = totals.get(row["group"], 0) + row["value"]
    figures = group_reference.composition(
        world, unit="participations", scheme=scheme, denominator=denominator.value
    )
    for group, expected in figures.items():
        if denominator is Denominator.ALL or group not in CLASS_GROUPS[1:]:
            assert abs(totals.get(group, 0) - (expected["value"] or 0)) <= 1e-6
    assume(found.num_rows > 0)
    names = [*SCHEMES[scheme].groups, *CLASS_GROUPS]
    recorded = [name not in CLASS_GROUPS or name == MULTIPLE_GROUP for name in names]
    made, papers = reference.field_of(found, groups=len(names), recorded=recorded, outside=outside)
    portfolio = data.draw(st.sets(st.sampled_from(papers)))
    agree(
        standardised(made, np.array([paper in portfolio for paper in papers])),
        reference.standardised(
            reference.portions(world, scheme=scheme, denominator=denominator.value),
            portfolio,
            groups=names,
            outside=outside,
            recorded=lambda group: recorded[names.index(group)],
        ),
    )
