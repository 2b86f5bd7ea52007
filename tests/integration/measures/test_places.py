"""One statement serves every value of a filter, and gives each its own numbers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from everygenome.queries.measures import MEASURES, OTHERS
from everygenome.queries.places import without_values
from everygenome.queries.question import Question
from everygenome.queries.release import Release, open_release
from tests.factories.release import engine_warning

pytestmark = engine_warning
VALUES = {
    "trait_parent": ("Cancer", "Body measurement"),
    "trait": ("EFO_0000305", "EFO_0004340"),
    "country": ("GBR", "JPN"),
    "from_year": (2009, 2017),
    "to_year": (2016, 2010),
}
# What some measures must be told, and those that are about the whole release.
OPTIONS = {
    "beneath": {"group": "European"},
    "study": {"accession": "GCST000854"},
    "trait_search": {"text": "asthma"},
    "portfolio": {"kind": "journal"},
    "standardised": {"kind": "journal", "name": "Nat Genet"},
    "peers": {"kind": "journal", "name": "Nat Genet"},
}
NOT_FILTERED = ("study", "trait_search")


@pytest.fixture(scope="module")
def opened(real: object) -> Release:
    release: Release = real("2019-12-06")  # type: ignore[operator]
    return release


@pytest.fixture(scope="module", params=VALUES)
def choice(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def fresh(opened: Release, choice: str) -> Iterator[Release]:
    """A release that has never been asked for the first value of a choice."""
    release = open_release(opened.label.id, store=opened.tables.opened.folder.parent.parent)
    yield release
    release.tables.opened.close()


@pytest.mark.slow
@pytest.mark.parametrize("measure", sorted(MEASURES | OTHERS))
def test_second_value_has_its_own_numbers(
    opened: Release, fresh: Release, measure: str, choice: str
) -> None:
    first, second = (Question(**{choice: value}) for value in VALUES[choice])  # type: ignore[arg-type]
    options = OPTIONS.get(measure, {})
    opened.ask(measure, first, **options)
    told = opened.ask(measure, second, **options).to_dict()
    assert told == fresh.ask(measure, second, **options).to_dict()
    if measure in NOT_FILTERED:
        return
    assert told["filters"][choice] == VALUES[choice][1]
    assert opened.ask(measure, first, **options).to_dict() != told


def test_values_need_no_second_statement(opened: Release) -> None:
    opened.composition(trait="EFO_0000305", from_year=2010)
    known = len(opened.tables.opened._statements)
    opened.composition(trait="EFO_0004340", from_year=2012)
    assert len(opened.tables.opened._statements) == known


def test_text_of_a_value_is_only_text(opened: Release, tmp_path: Path) -> None:
    parent = next(name for name in opened.tables.parents if "other" in name.lower())
    quoted = Question(trait_parent=parent)
    assert opened.ask("composition", quoted).coverage["rows"] > 0
    found = opened.tables.opened.run(
        ("hostile",),
        lambda: opened.tables.selected(quoted).count().as_table(),
        shape=("hostile shape",),
        values=dict.fromkeys(without_values((quoted.selection,))[1], "'); DROP TABLE ancestry; --"),
    )
    assert found.to_pylist()[0].popitem()[1] == 0
    assert opened.composition().coverage["rows"] > 8000


def test_place_without_a_value_is_no_silent_zero(opened: Release) -> None:
    rows = opened.tables.selected(Question(trait="EFO_0000305"))
    with pytest.raises(ValueError, match="place without a value"):
        opened.tables.run("a key that names no selection", lambda: rows.count().as_table())


def test_two_selections_have_places_of_their_own(opened: Release) -> None:
    one, other = Question(trait="EFO_0000305"), Question(trait="EFO_0004340")

    def build() -> object:
        first = opened.tables.selected(one).study_accession.nunique().name("a").as_table()
        second = opened.tables.selected(other, side="b").study_accession.nunique().name("b")
        return first.cross_join(second.as_table())

    key = ("both", one.selection, other.selection)
    found = opened.tables.run(key, build).to_pylist()[0]  # type: ignore[arg-type]
    alone = [opened.composition(unit="studies", trait=q.trait) for q in (one, other)]
    assert [found["a"], found["b"]] == [answer.coverage["all_value"] for answer in alone]
    assert found["a"] != found["b"]
