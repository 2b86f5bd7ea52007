"""The reviewed tables are whole: a linting test, and what each lint says."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from everygenome.errors import InputError, UsageError
from everygenome.vocabulary.countries import COUNTRIES
from everygenome.vocabulary.entities import data
from everygenome.vocabulary.entities.data import COHORT_COLUMNS, reviewed, rows_of
from everygenome.vocabulary.entities.graph import by_id
from everygenome.vocabulary.entities.index import Index
from everygenome.vocabulary.entities.model import Alias, Entity
from everygenome.vocabulary.entities.normal import normal
from everygenome.vocabulary.entities.resolve import Names

FOLDER = Path(data.__file__).parent
KINDS = pytest.mark.parametrize("kind", ["funder", "cohort"])


def entity(id: str, **others: object) -> Entity:
    values: dict[str, object] = {
        "kind": "funder",
        "name": id,
        "level": "agency",
        "parent": None,
        "country_iso3": None,
        "ror": None,
        "crossref": None,
        "source": "here",
        "reviewed": True,
    }
    return Entity(id=id, **{**values, **others})  # type: ignore[arg-type]


def alias(stated: str, entity_id: str, country: str | None = None, **others: object) -> Alias:
    return Alias("funder", stated, country, entity_id, "here", "2026-11-26", **others)  # type: ignore[arg-type]


@KINDS
def test_the_tables_pass_their_lints(kind: str) -> None:
    names = Names(kind)
    assert set(names.known) == {one.id for one in reviewed(kind).entities}
    for one in names.known.values():
        assert one.reviewed
        assert one.kind == kind
        assert re.fullmatch(r"(https://\S+|ISO 3166-1)", one.source), one
        assert one.country_iso3 is None or one.country_iso3 in COUNTRIES
    for row in reviewed(kind).aliases:
        assert row.entity_id in names.known
        assert date.fromisoformat(row.reviewed_on) <= date(2100, 1, 1)
        found = names.resolve(row.stated, country=row.country)
        assert found is not None
        assert (found.entity.id, found.how) == (row.entity_id, "alias")


@KINDS
def test_every_entity_is_found_by_its_own_name_in_its_country(kind: str) -> None:
    names = Names(kind)
    for one in names.known.values():
        found = names.resolve(one.name, country=one.country_iso3)
        assert found is not None
        assert found.entity.id == one.id, one


def test_how_many_there_are() -> None:
    funders = reviewed("funder")
    levels = Counter(one.level for one in funders.entities)
    assert levels == {"agency": 233, "institute": 57, "country": 38}
    assert len(funders.aliases) == 611
    assert len(reviewed("cohort").entities) == 78
    assert len(reviewed("journal").entities) == 0


def test_registry_numbers_are_used_once() -> None:
    for field in ("ror", "crossref"):
        values = [getattr(one, field) for one in reviewed("funder").entities]
        used = [value for value in values if value]
        assert len(used) == len(set(used)) > 20


def test_the_numbers_that_everybody_knows() -> None:
    known = Names("funder").known
    assert {
        one: (known[one].crossref, known[one].ror)
        for one in ("nih", "nhlbi", "wellcome-trust", "mrc")
    } == {
        "nih": ("100000002", "01cwqze88"),
        "nhlbi": ("100000050", "012pb6c26"),
        "wellcome-trust": ("100004440", "029chgv08"),
        "mrc": ("501100000265", "03x94j517"),
    }


def test_files_have_no_alias_that_differs_by_nothing() -> None:
    for kind in ("funder", "cohort"):
        keys = [(normal(row.stated), row.country) for row in reviewed(kind).aliases]
        assert [key for key, times in Counter(keys).items() if times > 1] == []
    assert sorted(path.name for path in FOLDER.glob("*.csv")) == [
        "cohort_names.csv",
        "cohorts.csv",
        "funder_names.csv",
        "funders.csv",
    ]


@pytest.mark.parametrize(
    ("entities", "message"),
    [
        ([entity("a"), entity("a")], "'a' is there twice"),
        ([entity("A b")], "other signs"),
        ([entity("a", name="")], "no name"),
        ([entity("a", parent="b")], "'b' is not there"),
        ([entity("a", level="")], "the level is ''"),
        ([entity("a", level="institute")], "level institute stands under nobody"),
        ([entity("a", parent="b"), entity("b", parent="a")], "level agency stands under b"),
        ([entity("a", parent="a")], "level agency stands under a"),
        ([entity("a", ror="01cwqzo88")], "no ROR"),
        ([entity("a", crossref="12")], "no Crossref"),
        (
            [entity("a", parent="b", level="institute", country_iso3="KEN"), entity("b")],
            "of another country",
        ),
    ],
)
def test_entities_that_are_wrong(entities: list[Entity], message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        by_id(entities, file_name="funders.csv")


@pytest.mark.parametrize(
    ("aliases", "message"),
    [
        ([alias("X", "c")], "leads to 'c', which is not there"),
        ([alias("X", "a"), alias("x ", "a")], "there twice"),
        ([alias(".", "a")], "says nothing"),
        ([alias("X", "a"), alias("X", "b", "KEN")], "means a, but in KEN another"),
    ],
)
def test_names_that_are_wrong(aliases: list[Alias], message: str) -> None:
    known = {"a": entity("a", country_iso3="KEN"), "b": entity("b", country_iso3="KEN")}
    with pytest.raises(InputError, match=re.escape(message)):
        Index(known, aliases, ())


def test_one_name_of_two_entities_needs_rows() -> None:
    known = {one: entity(one, name="Council") for one in ("a", "b")}
    with pytest.raises(InputError, match="the name of two: a and b"):
        Index(known, (), ())
    index = Index(known, [alias("Council", "a", "KEN"), alias("Council", "b", "GHA")], ())
    assert index.find("council", country=None) is None
    assert index.find("council", country="GHA") is known["b"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id,name\n", "needs id,name,country_iso3"),
        ("{head}\na,A,KEN,s\n", "line 2: 4 cells under 5"),
        ("{head}\na,A,KEN,,2026-11-26\n", "line 2: no source"),
        ("{head}\na,A,KEN,s,26.11.2026\n", "line 2: reviewed_on is '26.11.2026'"),
        ("{head}\na,A,XYZ,s,2026-11-26\n", "no country has the code 'XYZ'"),
        ("{head}\na, A,KEN,s,2026-11-26\n", "line 2: blanks at an end of name"),
    ],
)
def test_rows_that_are_wrong(text: str, message: str) -> None:
    table = text.replace("{head}", ",".join(COHORT_COLUMNS))
    with pytest.raises(InputError, match=re.escape(message)):
        list(rows_of(table, file_name="cohorts.csv", columns=COHORT_COLUMNS))


def test_decisions_of_another_kind_and_of_two_minds() -> None:
    with pytest.raises(UsageError, match="decided as a funder, among cohorts"):
        Names("cohort", extra=[alias("X", "nih")])
    with pytest.raises(InputError, match="known already"):
        Names("funder", extra=[alias("X", "nih", name="NIH", level="agency")])
    with pytest.raises(UsageError, match="'person'"):
        Names("person")
