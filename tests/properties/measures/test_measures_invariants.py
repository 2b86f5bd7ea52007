"""What must hold whatever the rows: order, names and splitting change nothing."""

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from everygenome.pipeline.build import Options, build
from everygenome.queries.release import open_release
from everygenome.store.folder import Store
from tests.factories.reference import groups, others
from tests.factories.reference.world import World, see
from tests.factories.refill import Refillable, ask
from tests.factories.release import Row, engine_warning, write_catalogue
from tests.properties.measures.test_measures_agree import same_figures
from tests.properties.measures.worlds import worlds

pytestmark = [engine_warning, pytest.mark.slow]
few = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
UNITS = ("participations", "studies", "publications", "associations")


def everything(engine: Refillable, world: World) -> list[Any]:
    """The rows of many answers, without what names a study."""
    asked = ask(engine, world)
    found = [asked("composition", unit=unit, stage="all").rows for unit in UNITS]
    found += [asked("people", stage="all").rows, asked("countries", stage="all").rows]
    found += [asked("traits", stage="all").rows, asked("trend", stage="all").rows]
    return found


@few
@given(world=worlds(), seed=st.integers(0, 99))
def test_the_order_of_rows_does_not_matter(engine: Refillable, world: World, seed: int) -> None:
    rows = list(world.rows)
    random.Random(seed).shuffle(rows)
    studies = list(world.studies)
    random.Random(seed).shuffle(studies)
    shuffled = replace(
        world,
        rows=tuple(replace(row, line=number) for number, row in enumerate(rows, start=2)),
        studies=tuple(studies),
    )
    assert everything(engine, shuffled) == everything(engine, world)


@few
@given(world=worlds())
def test_the_names_of_studies_do_not_matter(engine: Refillable, world: World) -> None:
    def other(accession: str) -> str:
        return f"GCST9{9 - int(accession[-1])}00{accession[-1]}0"

    renamed = replace(
        world,
        rows=tuple(replace(row, accession=other(row.accession)) for row in world.rows),
        studies=tuple(replace(one, accession=other(one.accession)) for one in world.studies),
    )
    assert everything(engine, renamed) == everything(engine, world)


@few
@given(world=worlds(), part=st.floats(0, 1))
def test_a_row_in_two_parts_is_as_many_participations(
    engine: Refillable, world: World, part: float
) -> None:
    row = world.rows[0]
    if row.people is None:
        return
    first = int(row.people * part)
    halves = (
        replace(row, people=first),
        replace(row, people=row.people - first, line=len(world.rows) + 2),
    )
    split = replace(world, rows=(*halves, *world.rows[1:]))
    before, after = ask(engine, world), None
    names = ("group", "value", "share", "share_with_others", "share_min", "share_max")
    wanted = [[row[name] for name in names] for row in before("composition", stage="all").rows]
    people = before("people", stage="all").rows
    places = before("countries", stage="all", country_rule="any").rows
    after = ask(engine, split)
    found = [[row[name] for name in names] for row in after("composition", stage="all").rows]
    assert found == wanted
    # Repeated rows of one group are summed first, so not even the floor moves.
    assert after("people", stage="all").rows == people
    assert after("countries", stage="all", country_rule="any").rows == places


@few
@given(world=worlds(), scheme=st.sampled_from(["broad", "detailed", "monitor"]))
def test_shares_of_all(engine: Refillable, world: World, scheme: str) -> None:
    asked = ask(engine, world)
    found = asked("composition", scheme=scheme, denominator="all", stage="all")
    shares = [row["share"] for row in found.rows if row["share"] is not None]
    if found.coverage["all_value"]:
        assert sum(shares) == pytest.approx(1, rel=1e-12)
    for unit in UNITS:
        for row in asked("composition", unit=unit, scheme=scheme, denominator="all").rows:
            if row["is_class"] or row["share_min"] is None:
                continue
            assert row["share_min"] == row["share"] <= row["share_max"] + 1e-15
            if row["share_with_others"] is not None:
                assert row["share"] <= row["share_with_others"] <= row["share_max"] + 1e-15
            assert row["share_max"] <= 1 + 1e-15


@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(world=worlds(), number=st.integers(0, 10**9))
def test_from_the_files_to_the_answer(
    tmp_path_factory: pytest.TempPathFactory, world: World, number: int
) -> None:
    """The same through real files, the real reading, and the real build."""
    spoken = {
        "GBR": "U.K.",
        "USA": "U.S.",
        "KEN": "Kenya",
        "KOR": "Republic of Korea",
        "IRN": "Iran (Islamic Republic of)",
    }
    rows = [
        Row(
            row.accession,
            row.stage,
            row.people,
            row.cell,
            ", ".join([*(spoken[code] for code in row.countries), *(["NR"] * row.partly)]),
        )
        for row in world.rows
    ]
    folder: Path = tmp_path_factory.mktemp(f"world{number}")
    files = write_catalogue(folder / "files", rows, world.studies, world.mappings)
    build(Store(folder / "store"), files, options=Options(partial=True))
    release = open_release(store=folder / "store")
    seen = see(rows, list(world.studies), list(world.mappings))
    choices = {"unit": "participations", "denominator": "recorded"}
    for name, figures in groups.traits(seen, scheme="broad", **choices).items():
        found = release.traits(stage="all", **choices).rows
        same_figures([row for row in found if row["trait_parent"] == name], figures)
    expected = others.countries(seen, rule="single")
    for row in release.countries(stage="all").rows:
        wanted = expected[row["iso3"]][0] if row["iso3"] else expected[row["name"]]
        assert row["value"] == wanted
    people = {row["group"]: row["ceiling"] for row in release.people(stage="all").rows}
    assert people == {name: line["ceiling"] for name, line in others.people(seen, "broad").items()}
