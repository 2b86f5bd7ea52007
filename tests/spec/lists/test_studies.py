"""The list of studies: everything that a question selects, and nothing twice.

A list is read page by page. Each page says where the next one begins; that place belongs to one
list of one release, and to no other.
"""

from collections.abc import Callable
from typing import Any

import pytest

from everygenome.errors import UsageError
from tests.factories.release import Study, engine_warning
from tests.spec.conftest import Asked

pytestmark = engine_warning
title = "Lists of studies"
ROWS = (
    "GCST000001 discovery 100 European @ U.K.",
    "GCST000001 discovery 40 East Asian, European @ U.K., U.S.",
    "GCST000001 replication 7 Sub-Saharan African @ Kenya",
    "GCST000002 discovery ? NR",
    "GCST000003 discovery 100 African unspecified @ Kenya",
    "GCST000004 replication 9 European @ U.S.",
)
STUDIES = [
    Study("GCST000001", "11", year=2010, title="Height, 100% of it", associations=4),
    Study("GCST000002", "12", year=2020, title="Sleep", associations=None),
    Study("GCST000003", "13", year=None, title="Ménière’s disease", author="O'Neil B"),
    Study("GCST000004", "14", year=2020, title="Weight_x"),
]


@pytest.fixture
def asked(given: Callable[..., Asked]) -> Asked:
    return given(*ROWS, studies=STUDIES)


def names(asked: Asked, **choices: Any) -> list[str]:
    return [row["study_accession"][-1] for row in asked("studies", **choices).rows]


def test_a_study_is_listed_with_what_its_selected_rows_say(asked: Asked) -> None:
    """Rows of the other stage add nothing to it."""
    row = next(r for r in asked("studies").rows if r["study_accession"] == "GCST000001")
    assert row["participations"] == 140
    assert row["groups"] == ["European", "Multiple"]
    assert row["groups_with_others"] == ["East Asian"]
    assert row["countries"] == ["GBR", "USA"]
    row = next(r for r in asked("studies", stage="all").rows if r["study_accession"][-1] == "1")
    assert (row["participations"], row["countries"]) == (147, ["GBR", "KEN", "USA"])


def test_a_study_without_a_selected_row_is_not_listed(asked: Asked) -> None:
    assert "4" not in names(asked)
    assert names(asked, stage="replication") == ["4", "1"]


def test_no_number_stated_is_missing_and_not_zero(asked: Asked) -> None:
    row = next(r for r in asked("studies").rows if r["study_accession"] == "GCST000002")
    assert (row["participations"], row["rows_without_number"]) == (None, 1)


def test_orders(asked: Asked) -> None:
    """What lacks the value comes last either way; equals stay in the order of accessions."""
    assert names(asked, order="newest") == ["2", "1", "3"]
    assert names(asked, order="oldest") == ["1", "2", "3"]
    assert names(asked, order="largest") == ["1", "3", "2"]
    assert names(asked, order="smallest") == ["3", "1", "2"]
    assert names(asked, order="most_associations") == ["1", "3", "2"]


def test_a_group_means_the_studies_that_the_composition_counts_for_it(asked: Asked) -> None:
    """Alone, unless those that name it among others are asked for too."""
    assert names(asked, group="African") == ["3"]
    assert names(asked, group="Multiple") == ["1"]
    assert names(asked, group="East Asian") == []
    assert names(asked, group="East Asian", with_others=True) == ["1"]


def test_a_search_is_in_text_with_no_wildcards(asked: Asked) -> None:
    """Case and accents do not matter; percent signs and underscores are only themselves."""
    assert names(asked, search="HEIGHT") == ["2", "1", "3"]  # the reported trait of all three
    assert names(asked, search="100%") == ["1"]
    assert names(asked, search="%") == ["1"]
    assert names(asked, search="_", stage="all") == ["4"]
    assert names(asked, search="meniere") == ["3"]
    assert names(asked, search="o'neil") == ["3"]
    assert names(asked, search="gcst000002") == ["2"]
    assert names(asked, search="sleep   ") == ["2"]


def test_pages(asked: Asked) -> None:
    """Each page says where the next begins; the last one says nothing."""
    first = asked("studies", order="largest", limit=2)
    assert [row["study_accession"][-1] for row in first.rows] == ["1", "3"]
    assert (first.coverage["studies"], first.coverage["studies_selected"]) == (3, 3)
    last = asked("studies", order="largest", limit=2, after=first.coverage["next"])
    assert [row["study_accession"][-1] for row in last.rows] == ["2"]
    assert last.coverage["next"] is None


@pytest.mark.parametrize("after", ["", "x", "é", "W10", "WyJhIl0", "bnVsbA", "[" * 9000, "\x00"])
def test_a_place_that_no_page_gave_is_refused(asked: Asked, after: str) -> None:
    with pytest.raises(UsageError) as caught:
        asked("studies", after=after)
    assert "none that a page gave" in caught.value.what
    assert "first page" in caught.value.remedy


@pytest.mark.parametrize(
    "other",
    [
        {"order": "oldest"},
        {"stage": "all"},
        {"group": "European"},
        {"search": "height"},
        {"scheme": "detailed"},
        {"from_year": 2000},
    ],
)
def test_a_place_in_another_list_is_refused(asked: Asked, other: dict[str, Any]) -> None:
    after = asked("studies", limit=1).coverage["next"]
    with pytest.raises(UsageError) as caught:
        asked("studies", limit=1, after=after, **other)
    assert "another list" in caught.value.what


def test_the_unit_changes_no_row(asked: Asked) -> None:
    """A page goes on whichever unit is asked, and shows no shares that could be added up."""
    after = asked("studies", limit=1).coverage["next"]
    found = asked("studies", limit=1, after=after, unit="publications")
    assert found.rows == asked("studies", limit=1, after=after).rows
    assert "shares_do_not_add_up" not in {note.id for note in found.caveats}
    assert "participations_are_not_people" in {note.id for note in found.caveats}


@pytest.mark.parametrize(
    "wrong", [{"limit": 0}, {"limit": 1001}, {"order": "best"}, {"group": "Atlantean"}]
)
def test_other_choices_are_refused(asked: Asked, wrong: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as caught:
        asked("studies", **wrong)
    assert caught.value.remedy


def test_a_country_divided(asked: Asked) -> None:
    """Under `split` a row counts its country's part, in whole participations."""
    found = asked("studies", country="GBR", country_rule="split")
    assert [(row["study_accession"], row["participations"]) for row in found.rows] == [
        ("GCST000001", 120)
    ]
