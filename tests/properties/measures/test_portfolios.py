"""Filters and portfolios agree with plain Python, and with each other, on any small release."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import ibis
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from everygenome.errors import NotFoundError
from everygenome.tables.entities import above_table, named_entities, publication_funder
from everygenome.vocabulary.entities.resolve import Names
from tests.factories.reference import groups
from tests.factories.reference import portfolios as reference
from tests.factories.reference.portfolios import Filters
from tests.factories.reference.world import World
from tests.factories.refill import Refillable, ask
from tests.factories.release import engine_warning
from tests.properties.measures.test_measures_agree import same, same_figures
from tests.properties.measures.worlds import worlds

pytestmark = [engine_warning, pytest.mark.slow]
RULES = st.sampled_from(["single", "split", "any"])
STAGES = st.sampled_from(["discovery", "all"])
KINDS = st.sampled_from(reference.KINDS)
FILTERS = st.sampled_from((*reference.KINDS, "trait_parent"))
GROUPS = st.sampled_from(["European", "East Asian", "African", "Multiple", "Not reported"])
COUNTS = ("publications", "studies")
FIGURES = (
    *("publications", "publications_fractional", "studies", "participations_fractional"),
    *("observed_share", "share_min", "share_max"),
)
UNITS = ("participations", "studies", "publications", "associations")


def runs(times: int) -> Any:
    return settings(
        max_examples=times,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


def filters_of(data: st.DataObject, world: World, *, most: int = 6, but: str = "") -> Filters:
    """Some of what the world has, of some kinds."""
    known = {kind: names for kind, names in reference.known(world).items() if names}
    known.pop(but, None)
    if not known:
        return {}
    kinds = data.draw(st.lists(st.sampled_from(sorted(known)), max_size=most, unique=True))
    return {
        kind: tuple(
            data.draw(st.lists(st.sampled_from(known[kind]), min_size=1, max_size=3, unique=True))
        )
        for kind in kinds
    }


def joined(filters: Filters) -> dict[str, str]:
    return {kind: ";".join(names) for kind, names in filters.items()}


def knows(world: World, kind: str) -> bool:
    """Whether a release of this world can be asked for the kind at all."""
    if kind == "funder":
        return any(grants is not None for grants in reference.grants_of(world).values())
    return kind in ("country", "trait") or bool(reference.known(world)[kind])


def counted(world: World, unit: str) -> Any:
    """How much a world holds; where nothing is, no number is known either."""
    missing = unit in ("participations", "associations") and not world.rows
    return None if missing else groups.counted(world, list(world.rows), unit)


def amounts(asked: Any, **choices: Any) -> dict[str, Any]:
    return {row["unit"]: row["value"] for row in asked("amounts", **choices).rows}


@runs(15)
@given(world=worlds(), data=st.data(), stage=STAGES, rule=RULES)
def test_any_combination_selects_what_loops_select(
    engine: Refillable, world: World, data: st.DataObject, stage: str, rule: str
) -> None:
    filters = filters_of(data, world)
    chosen = reference.select(world, filters, stage=stage, rule=rule)
    choices = {**joined(filters), "stage": stage, "country_rule": rule}
    found = amounts(ask(engine, world), **choices)
    for unit in UNITS:
        same(found[unit], counted(chosen, unit))


@runs(15)
@given(world=worlds(), data=st.data(), rule=RULES)
def test_a_measure_of_a_combination(
    engine: Refillable, world: World, data: st.DataObject, rule: str
) -> None:
    filters = filters_of(data, world, most=3)
    chosen = reference.select(world, filters, rule=rule)
    found = ask(engine, world)("composition", stage="all", country_rule=rule, **joined(filters))
    assert found.coverage["rows"] == len(chosen.rows)
    expected = groups.composition(
        chosen, unit="participations", scheme="broad", denominator="recorded"
    )
    if rule == "split":
        for row in found.rows:
            same(row["share"], expected[row["group"]]["share"])
    else:
        same_figures(found.rows, expected)
    if "funder" in filters:
        # Known of all that the other filters select: of these, every one names a funder.
        others = reference.select(world, {**filters, "funder": ()}, rule=rule)
        told = dict(found.coverage["grants"])
        same(told.pop("share"), _share(told))
        assert told == reference.coverage(others)


@runs(15)
@given(
    world=worlds(),
    data=st.data(),
    kind=KINDS,
    rule=RULES,
    group=GROUPS,
    scheme=st.sampled_from(["broad", "monitor"]),
)
def test_every_list_agrees_with_loops(
    engine: Refillable,
    world: World,
    data: st.DataObject,
    kind: str,
    rule: str,
    group: str,
    scheme: str,
) -> None:
    group = "Asian" if (scheme, group) == ("monitor", "East Asian") else group
    filters = filters_of(data, world, most=1)
    asked = ask(engine, world)
    choices = {"stage": "all", "country_rule": rule, "scheme": scheme, **joined(filters)}
    if not knows(world, kind):
        with pytest.raises(NotFoundError):
            asked("portfolio", kind=kind, group=group, **choices)
        return
    found = asked("portfolio", kind=kind, group=group, min_publications=2, **choices)
    chosen = reference.select(world, filters, rule=rule)
    expected = reference.portfolios(
        chosen,
        kind,
        scheme=scheme,
        group=group,
        rule=rule,
        chosen=filters.get("country", ()),
    )
    # Each once, by name.
    assert [row["id"] for row in found.rows] == [
        row["id"] for row in sorted(found.rows, key=lambda r: (r["name"].casefold(), r["id"]))
    ]
    assert sorted(row["id"] for row in found.rows) == sorted(expected)
    for row in found.rows:
        wanted = expected[row["id"]]
        for name in FIGURES:
            same(row[name], wanted[name])
        _rounded(row["participations"], wanted["participations"])
        assert row["small"] == (wanted["publications"] < 2)
    if kind == "funder":
        told = dict(found.coverage["grants"])
        same(told.pop("share"), _share(told))
        others = reference.select(world, {**filters, "funder": ()}, rule=rule)
        assert told == reference.coverage(others)


def _share(told: dict[str, int]) -> Fraction | None:
    total = told["publications"]
    return Fraction(told["naming_a_funder"], total) if total else None


def _rounded(found: int | None, exact: Any) -> None:
    assert (found is None) == (exact is None)
    if found is not None:
        assert abs(found - exact) <= Fraction(1, 2)


@runs(15)
@given(world=worlds(), data=st.data(), kind=KINDS, rule=RULES, group=GROUPS)
def test_facets_agree_with_what_the_filter_then_shows(
    engine: Refillable, world: World, data: st.DataObject, kind: str, rule: str, group: str
) -> None:
    """What stands beside a name in a list is what choosing it shows."""
    assume(knows(world, kind))
    asked = ask(engine, world)
    filters = filters_of(data, world, most=1, but=kind)
    choices = {"stage": "all", "country_rule": rule, **joined(filters)}
    rows = asked("portfolio", kind=kind, group=group, **choices).rows
    listed = {row["id"]: row for row in rows}
    for name in reference.known(world)[kind]:
        found = amounts(asked, **choices, **{kind: name})
        if name not in listed:
            # Not listed is nothing selected.
            assert (found["publications"], found["studies"]) == (0, 0)
            assert found["participations"] is None
            continue
        row = listed[name]
        assert {unit: row[unit] for unit in COUNTS} == {unit: found[unit] for unit in COUNTS}
        _rounded(row["participations"], found["participations"])
    for row in rows[:1]:
        shares = asked("composition", **choices, **{kind: row["id"]}).rows
        of_group = next(one for one in shares if one["group"] == group)
        for ours, theirs in (
            ("observed_share", "share"),
            ("share_min", "share_min"),
            ("share_max", "share_max"),
        ):
            assert row[ours] == (
                None if of_group[theirs] is None else pytest.approx(of_group[theirs], rel=1e-12)
            )


@runs(6)
@given(world=worlds(), data=st.data(), rule=RULES)
def test_fractions_add_up(engine: Refillable, world: World, data: st.DataObject, rule: str) -> None:
    """Full counting counts again and again; fractions of one level add up to the whole."""
    assume(knows(world, "funder"))
    asked = ask(engine, world)
    choices = {"stage": "all", "country_rule": rule, **joined(filters_of(data, world, most=1))}
    found = asked("portfolio", kind="funder", **choices)
    agencies = [row for row in found.rows if row["level"] == "agency"]
    total = sum(row["publications_fractional"] for row in agencies)
    if "funder" not in choices:
        assert total == pytest.approx(found.coverage["grants"]["naming_a_funder"])
    named = [row["id"] for row in agencies]
    if agencies and "funder" not in choices:
        assert total == pytest.approx(amounts(asked, **choices, funder=named)["publications"])
    assert all(row["publications_fractional"] <= row["publications"] + 1e-12 for row in found.rows)
    for kind in ("cohort", "journal", "country", "trait"):
        if not knows(world, kind):
            continue
        rows = asked("portfolio", kind=kind, **choices).rows
        everyone = ";".join(row["id"] for row in rows)
        if not rows or (kind == "country" and "country" in choices):
            continue
        whole = amounts(asked, **{**choices, kind: everyone})
        if kind not in choices:
            parts = sum(row["publications_fractional"] for row in rows)
            assert parts == pytest.approx(whole["publications"])
            shared = [row["participations_fractional"] or 0 for row in rows]
            assert sum(shared) == pytest.approx(whole["participations"] or 0)


@runs(12)
@given(world=worlds(), data=st.data(), kind=FILTERS, rule=RULES)
def test_unions_and_intersections(
    engine: Refillable, world: World, data: st.DataObject, kind: str, rule: str
) -> None:
    """More of a kind is never less, another kind never more; order and repetition are nothing."""
    names = reference.known(world)[kind]
    assume(len(names) > 1)
    asked = ask(engine, world)
    one, other = data.draw(st.permutations(names))[:2]
    how = {"stage": "all", "country_rule": rule}
    alone, second = (amounts(asked, **how, **{kind: name}) for name in (one, other))
    either = amounts(asked, **how, **{kind: [one, other]})
    for text in (f"{other};{one}", [other, one, other], f"{one}; {other};{one};"):
        assert amounts(asked, **how, **{kind: text}) == either
    narrower = filters_of(data, world, most=2, but=kind)
    narrowed = amounts(asked, **how, **joined(narrower), **{kind: [one, other]})
    for unit in UNITS:
        assert max(alone[unit] or 0, second[unit] or 0) <= (either[unit] or 0) + 1e-6
        assert (either[unit] or 0) <= (alone[unit] or 0) + (second[unit] or 0) + 1e-6
        assert (narrowed[unit] or 0) <= (either[unit] or 0) + 1e-6


@runs(10)
@given(world=worlds())
def test_all_of_a_kind_is_whatever_has_one(engine: Refillable, world: World) -> None:
    asked = ask(engine, world)
    for kind in ("journal", "cohort", "funder"):
        names = reference.known(world)[kind]
        if not names:
            continue
        found = amounts(asked, stage="all", **{kind: names})
        rows = [
            row
            for row in world.rows
            if reference.links_of(world, row, kind, rule="single", chosen=())
        ]
        for unit in UNITS:
            same(found[unit], counted(replace(world, rows=tuple(rows)), unit))


@runs(6)
@given(world=worlds())
def test_split_divides_and_loses_nothing(engine: Refillable, world: World) -> None:
    """Countries together, one by one, or in a list: the same participations."""
    asked = ask(engine, world)
    every = reference.known(world)["country"]
    how = {"stage": "all", "country_rule": "split"}
    together = amounts(asked, **how, country=every)["participations"] or 0
    apart = [amounts(asked, **how, country=code)["participations"] or 0 for code in every]
    assert sum(apart) == pytest.approx(together)
    naming = [row.people or 0 for row in world.rows if row.countries]
    assert together == pytest.approx(sum(naming))
    for choices in ({}, {"country": ["GBR", "IRN"]}):
        rows = asked("portfolio", kind="country", **how, **choices).rows
        listed = sum(row["participations_fractional"] or 0 for row in rows)
        wanted = amounts(asked, **how, country=choices.get("country", every))["participations"]
        assert listed == pytest.approx(wanted or 0)
        # Who was not chosen has no part of what was.
        assert {row["id"] for row in rows} <= set(choices.get("country", every))
        for row in rows:
            alone = amounts(asked, **how, country=row["id"])["participations"]
            _rounded(row["participations"], alone)


PAIRS = st.lists(st.sampled_from(sorted(reference.NAMED)), max_size=4)


@runs(30)
@given(lists=st.lists(PAIRS, min_size=1, max_size=3))
def test_names_become_links_as_by_hand(
    engine: Refillable, lists: list[list[tuple[str, str]]]
) -> None:
    """From what a grant list says to funders, those above them, and the part of each."""
    stated = [
        {
            "pubmed_id": str(number),
            "agency_stated": None if agency == "Missing Agency" else agency,
            "country_stated": None if country == "Missing Country" else country,
            "acronym_stated": None,
        }
        for number, pairs in enumerate(lists)
        for agency, country in pairs
    ]
    names = Names("funder")
    read, funders = named_entities(
        names, [(row["agency_stated"], row["country_stated"], None) for row in stated]
    )
    columns = ("pubmed_id", "agency_stated", "country_stated", "acronym_stated")
    grants = pa.Table.from_pylist(stated, pa.schema([(name, pa.string()) for name in columns]))
    links = publication_funder(
        ibis.memtable(grants), ibis.memtable(read), ibis.memtable(above_table(names, funders))
    )
    found = engine._backend.to_pyarrow(links).to_pylist()
    seen: dict[str, dict[str, Any]] = {str(number): {} for number in range(len(lists))}
    for row in found:
        assert row["funder_id"] not in seen[row["pubmed_id"]]
        seen[row["pubmed_id"]][row["funder_id"]] = row
    for number, pairs in enumerate(lists):
        study = reference.Study("GCST000001", "1", grants=tuple(pairs))
        expected = reference.funders_of(World((), (study,), ()))["1"]
        direct = reference.named_by(pairs)
        rows = seen[str(number)]
        assert sorted(rows) == sorted(expected)
        for name, part in expected.items():
            same(rows[name]["fraction"], part)
            assert rows[name]["level"] == reference.LEVELS[name][0]
            assert rows[name]["direct"] == (name in direct)
            beneath = [
                p
                for p in pairs
                if (one := reference.NAMED[p]) and name in reference.with_above(one)
            ]
            assert rows[name]["grants"] == len(beneath)
