"""The engine agrees with loops and dictionaries, on worlds that nobody thought of."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.reference import groups, others
from tests.factories.reference.world import World
from tests.factories.refill import Refillable, ask
from tests.factories.release import engine_warning
from tests.properties.measures.conftest import DICTIONARY
from tests.properties.measures.worlds import worlds

pytestmark = [engine_warning, pytest.mark.slow]
FIGURES = ("value", "share", "share_with_others", "share_min", "share_max")
UNITS = st.sampled_from(["participations", "studies", "publications", "associations"])
SCHEMES = st.sampled_from(["broad", "detailed", "monitor"])
DENOMINATORS = st.sampled_from(["recorded", "all"])
STAGES = st.sampled_from(["discovery", "replication", "all"])
many = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def same(found: Any, expected: Any) -> None:
    """Whole numbers exactly, fractions to 1e-12, and missing is missing."""
    if expected is None or found is None:
        assert found is expected
    elif isinstance(expected, Fraction):
        assert abs(found - expected) <= abs(expected) * Fraction(1, 10**12), (found, expected)
    else:
        assert found == expected


def same_figures(rows: list[dict[str, Any]], expected: groups.Figures) -> None:
    assert [row["group"] for row in rows] == list(expected)
    for row in rows:
        for name in FIGURES:
            try:
                same(row[name], expected[row["group"]][name])
            except AssertionError as error:
                raise AssertionError(f"{row['group']}, {name}: {error}") from error


@many
@given(world=worlds(), unit=UNITS, scheme=SCHEMES, denominator=DENOMINATORS, stage=STAGES)
def test_composition(
    engine: Refillable, world: World, unit: str, scheme: str, denominator: str, stage: str
) -> None:
    found = ask(engine, world)(
        "composition", unit=unit, scheme=scheme, denominator=denominator, stage=stage
    )
    expected = groups.composition(
        others.select(world, stage=stage), unit=unit, scheme=scheme, denominator=denominator
    )
    same_figures(found.rows, expected)


@many
@given(world=worlds(), unit=UNITS, denominator=DENOMINATORS)
def test_trend(engine: Refillable, world: World, unit: str, denominator: str) -> None:
    found = ask(engine, world)("trend", unit=unit, denominator=denominator, stage="all")
    expected = groups.trend(world, unit=unit, scheme="broad", denominator=denominator)
    assert sorted({row["year"] for row in found.rows}) == sorted(expected)
    for year, figures in expected.items():
        same_figures([row for row in found.rows if row["year"] == year], figures)
    assert found.coverage["rows_without_year"] == sum(row.year is None for row in world.rows)


@many
@given(world=worlds(), unit=UNITS, denominator=DENOMINATORS)
def test_traits(engine: Refillable, world: World, unit: str, denominator: str) -> None:
    asked = ask(engine, world)
    choices = {"unit": unit, "denominator": denominator}
    found = asked("traits", stage="all", **choices)
    expected = groups.traits(world, scheme="broad", **choices)
    assert {row["trait_parent"] for row in found.rows} == set(expected)
    for name, figures in expected.items():
        same_figures([row for row in found.rows if row["trait_parent"] == name], figures)
    for name in sorted(set(expected) - {"All traits", "No mapped trait"})[:1]:
        chosen = others.select(world, parent=name)
        inside = asked("traits", stage="all", trait_parent=name, **choices)
        whole = [row for row in inside.rows if row["trait_id"] is None]
        same_figures(whole, groups.composition(chosen, scheme="broad", **choices))
        terms = groups.traits_within(chosen, name, scheme="broad", **choices)
        assert {row["trait_id"] for row in inside.rows} == {None, *terms}
        for term, figures in terms.items():
            same_figures([row for row in inside.rows if row["trait_id"] == term], figures)


@many
@given(
    world=worlds(),
    rule=st.sampled_from(["single", "split", "any"]),
    unit=st.sampled_from(["participations", "studies", "publications"]),
)
def test_countries(engine: Refillable, world: World, rule: str, unit: str) -> None:
    unit = "participations" if rule == "split" else unit
    found = ask(engine, world)("countries", country_rule=rule, unit=unit, stage="all")
    expected = others.countries(world, rule=rule, unit=unit)
    for row in found.rows:
        if row["iso3"]:
            value, share = expected.pop(row["iso3"])
            same(row["value"], value)
            same(row["share"], share)
        else:
            same(row["value"], expected.pop(row["name"]))
            assert row["share"] is None
    counted, everyone = expected.pop("counted"), expected.pop("all")
    assert (found.coverage["counted_value"] or 0) == (counted or 0)
    assert (found.coverage["all_value"] or 0) == (everyone or 0)
    # What is not shown is what nobody is counted in.
    assert not any(left[0] if isinstance(left, tuple) else left for left in expected.values())


@many
@given(world=worlds(), scheme=SCHEMES, stage=STAGES)
def test_people(engine: Refillable, world: World, scheme: str, stage: str) -> None:
    found = ask(engine, world)("people", scheme=scheme, stage=stage)
    expected = others.people(others.select(world, stage=stage), scheme)
    assert {
        row["group"]: {name: row[name] for name in row if name != "group"} for row in found.rows
    } == expected
    for row in found.rows:
        if row["ceiling"] is not None:
            assert row["floor"] <= row["publication_estimate"] <= row["ceiling"]
            assert (row["cohort_estimate"] or row["floor"]) <= row["publication_estimate"]


@many
@given(world=worlds())
def test_concentration(engine: Refillable, world: World) -> None:
    found = ask(engine, world)("concentration", stage="all", top=1000)
    rows = [row for row in found.rows if row["kind"] == "publication"]
    expected = others.concentration(world)
    assert [(row["rank"], row["id"], row["value"]) for row in rows] == [
        line[:3] for line in expected
    ]
    for row, line in zip(rows, expected, strict=True):
        same(row["share"], line[3])
        same(row["cumulative_share"], line[4])


@many
@given(
    world=worlds(),
    stage=STAGES,
    years=st.sampled_from([(None, None), (2007, 2008)]),
    parent=st.sampled_from([None, "Lung disease"]),
    trait=st.sampled_from([None, "EFO_1"]),
    country=st.sampled_from([None, "GBR"]),
    rule=st.sampled_from(["single", "any"]),
)
def test_selection(
    engine: Refillable,
    world: World,
    stage: str,
    years: tuple[Any, Any],
    parent: str | None,
    trait: str | None,
    country: str | None,
    rule: str,
) -> None:
    asked = ask(engine, world)
    parents, uris = groups.parents_of(world), groups.uris_of(world)
    parent = parent if any(parent in named for named in parents.values()) else None
    trait = trait if any("http://x.org/EFO_1" in named for named in uris.values()) else None
    found = asked(
        "composition",
        stage=stage,
        from_year=years[0],
        to_year=years[1],
        trait_parent=parent,
        trait=trait,
        country=country,
        country_rule=rule,
        denominator="all",
    )
    chosen = others.select(
        world,
        stage=stage,
        from_year=years[0],
        to_year=years[1],
        parent=parent,
        trait=trait,
        country=country,
        country_rule=rule,
    )
    assert found.coverage["rows"] == len(chosen.rows)
    same_figures(
        found.rows,
        groups.composition(chosen, unit="participations", scheme="broad", denominator="all"),
    )


@many
@given(world=worlds(), stage=STAGES, keep=st.booleans(), count_rows=st.booleans())
def test_the_rules_of_2020(
    engine: Refillable,
    dictionary_file: Path,
    world: World,
    stage: str,
    keep: bool,
    count_rows: bool,
) -> None:
    choices = {
        "rule": "monitor2020",
        "broad_dictionary": dictionary_file,
        "stage": stage,
        "unit": "studies" if count_rows else "participations",
    }
    asked = ask(engine, world)
    chosen = others.select(world, stage=stage)
    found = asked("trend", denominator="all" if keep else "recorded", **choices)
    expected: dict[Any, Any] = dict(
        others.monitor_series(chosen, DICTIONARY, keep_in_part=keep, count_rows=count_rows)
    )
    for row in found.rows:
        value, share = expected.pop((row["year"], row["group"]))
        assert row["value"] == value
        if share is not None:
            same(row["share"], share)
    assert not expected
    heat = asked("traits", **choices)
    assert {
        (row["year"], row["trait_parent"], row["group"]): row["value"] for row in heat.rows
    } == others.monitor_heat_map(chosen, DICTIONARY, count_rows=count_rows)
