"""Lists, points and searches agree with plain Python on any small release."""

import json
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from everygenome.queries.measures import points_binary, question
from tests.factories.reference import lists, others
from tests.factories.reference.world import GROUPS_OF, World
from tests.factories.refill import Refillable, ask, filled
from tests.factories.release import engine_warning
from tests.properties.measures.worlds import worlds

pytestmark = [engine_warning, pytest.mark.slow]
many = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
STAGES = st.sampled_from(["discovery", "replication", "all"])
SCHEMES = st.sampled_from(sorted(GROUPS_OF))
ORDERS = st.sampled_from(["newest", "oldest", "largest", "smallest", "most_associations"])
SEARCHES = st.sampled_from(
    ["", "asthma", "MÉNIÈRE", "100%", "_", "%", "gcst000001", "10", "height"]
)


@many
@given(
    world=worlds(),
    stage=STAGES,
    scheme=SCHEMES,
    order=ORDERS,
    search=SEARCHES,
    group=st.sampled_from([None, "European", "Multiple", "Not reported"]),
    with_others=st.booleans(),
    limit=st.integers(1, 3),
)
def test_pages_hold_every_study_once_and_in_order(
    engine: Refillable,
    world: World,
    stage: str,
    scheme: str,
    order: str,
    search: str,
    group: str | None,
    with_others: bool,
    limit: int,
) -> None:
    asked = ask(engine, world)
    options = {"group": group, "with_others": with_others, "search": search, "order": order}
    choices = {"stage": stage, "scheme": scheme, **options}
    chosen = others.select(world, stage=stage)
    expected = lists.studies(chosen, scheme=scheme, **options)
    found: list[dict[str, Any]] = []
    after = None
    while True:
        page = asked("studies", limit=limit, after=after, **choices)
        found += page.rows
        assert page.coverage["studies"] == len(expected)
        after = page.coverage["next"]
        if after is None:
            break
        assert len(page.rows) == limit
    assert [
        {name: row[name] for name in line} for row, line in zip(found, expected, strict=True)
    ] == expected
    assert page.coverage["studies_selected"] == len({row.accession for row in chosen.rows})


@many
@given(world=worlds(), stage=STAGES, scheme=SCHEMES)
def test_points(engine: Refillable, world: World, stage: str, scheme: str) -> None:
    found = ask(engine, world)("points", stage=stage, scheme=scheme)
    names = found.coverage["groups"]
    expected = lists.points(others.select(world, stage=stage), scheme=scheme)
    assert [
        (row["study_accession"], row["day"], row["participations"], names[row["group"]])
        for row in found.rows
    ] == expected
    assert found.coverage["points_without_day"] == sum(day is None for _, day, _, _ in expected)
    assert found.coverage["points_without_number"] == sum(n is None for _, _, n, _ in expected)


@many
@given(world=worlds(), stage=STAGES, scheme=SCHEMES)
def test_bytes_of_points(engine: Refillable, world: World, stage: str, scheme: str) -> None:
    tables = filled(engine, world)
    packed = points_binary(tables, question(stage=stage, scheme=scheme))
    header, points = unpacked(packed)
    expected = lists.points(others.select(world, stage=stage), scheme=scheme)
    assert points == [point for point in expected if None not in point]
    assert header["points"] == header["head"]["coverage"]["points_drawable"] == len(points)
    assert header["head"]["coverage"]["points"] == len(expected)
    assert (header["head"]["stage"], header["head"]["unit"]) == (stage, "participations")
    assert "rows" not in header["head"]


def unpacked(packed: bytes) -> tuple[dict[str, Any], list[tuple[str, int, int, str]]]:
    """The header and the points, read as a browser reads them."""
    assert packed[:4] == b"EGP1"
    length = int.from_bytes(packed[4:8], "little")
    header = json.loads(packed[8 : 8 + length])
    columns = {}
    for item in header["arrays"]:
        kind = np.dtype(item["type"]).newbyteorder("<")
        assert item["offset"] % 8 == 0
        columns[item["name"]] = np.frombuffer(packed, kind, item["length"], item["offset"])
    written, listed = header["accessions"], dict(header["accessions"]["others"])
    numbers = np.cumsum(columns["accession"]).tolist()
    names = [
        listed.get(point) or f"{written['prefix']}{number:0{written['digits']}}"
        for point, number in enumerate(numbers)
    ]
    days = (columns["day"].astype(int) + header["first_day"]).tolist()
    groups = [header["groups"][place] for place in columns["group"]]
    return header, list(zip(names, days, columns["size"].tolist(), groups, strict=True))


@many
@given(world=worlds(), stage=STAGES, scheme=SCHEMES)
def test_densities(engine: Refillable, world: World, stage: str, scheme: str) -> None:
    found = ask(engine, world)("densities", stage=stage, scheme=scheme, period="year", bins=1)
    chosen = others.select(world, stage=stage)
    assert {
        (row["group"], row["period_start"].year, digits(row)): row["studies"] for row in found.rows
    } == lists.densities(chosen, scheme=scheme)
    assert {row["period_start"].replace(year=2000) for row in found.rows} <= {date(2000, 1, 1)}
    counted = ask(engine, world)("composition", unit="studies", stage=stage, scheme=scheme)
    for name in ("all_value", "recorded_value", "rows"):
        assert (found.coverage[name] or 0) == (counted.coverage[name] or 0)


def digits(row: dict[str, Any]) -> int:
    """How many digits the sizes of a bin have."""
    low, high = row["size_low"], row["size_high"]
    assert (low, high) == (0, 1) or high == pytest.approx(10 * low, rel=1e-15)
    return len(str(int(low))) if low else 0


@many
@given(
    world=worlds(),
    stage=STAGES,
    scheme=SCHEMES,
    group=st.sampled_from(["European", "African", "Multiple", "Not reported", "Partly reported"]),
    rule=st.sampled_from(["single", "split", "any"]),
)
def test_beneath(
    engine: Refillable, world: World, stage: str, scheme: str, group: str, rule: str
) -> None:
    if group == "African" and scheme == "detailed":
        group = "Sub-Saharan African"
    found = ask(engine, world)(
        "beneath", stage=stage, scheme=scheme, group=group, country_rule=rule
    )
    chosen = others.select(world, stage=stage)
    expected = lists.beneath(chosen, scheme=scheme, group=group, rule=rule)
    base = sum(value or 0 for value, _ in expected["category"].values())
    rows = sum(count for _, count in expected["category"].values())
    for which, wanted in expected.items():
        seen = {}
        for row in found.rows:
            if row["kind"] != which:
                continue
            name = (
                "; ".join(sorted(row["name"].split("; "))) if which == "category" else row["name"]
            )
            if which == "country" and row["is_named"]:
                name = row["id"]
            seen[name] = (row["value"], row["rows"])
            if row["value"] is not None and base:
                exact = wanted[name][0]
                assert row["share"] == pytest.approx(float(exact / base), rel=1e-12)
            assert row["share_of_rows"] == pytest.approx(row["rows"] / rows)
        assert seen == {
            name: (None if value is None else round(float(value)), count)
            for name, (value, count) in wanted.items()
        }
    assert (found.coverage["group_value"] or 0, found.coverage["group_rows"]) == (base, rows)


@many
@given(world=worlds())
def test_every_trait_is_found_by_every_name(engine: Refillable, world: World) -> None:
    asked = ask(engine, world)
    for trait, known in lists.trait_names(world).items():
        for text in (trait, trait.lower(), f"http://x.org/{trait}", *known["names"]):
            found = {row["trait_id"]: row for row in asked("trait_search", text=text).rows}
            assert found[trait]["studies"] == len(known["studies"])
            assert set(found[trait]["trait_parents"]) == known["parents"]
