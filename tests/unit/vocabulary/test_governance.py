"""The statements of peoples who decline or govern research are complete, sourced and plain."""

import re
from dataclasses import fields
from datetime import date

import pytest

from everygenome.vocabulary.ancestry import LABELS
from everygenome.vocabulary.governance import (
    NOT_COMPLETE,
    Extent,
    Kind,
    Statement,
    extent,
    statements,
    statements_about,
)
from everygenome.vocabulary.schemes import BROAD, DETAILED, MONITOR, SCHEMES

each = pytest.mark.parametrize("item", statements(), ids=lambda item: item.id)


@each
def test_every_field_is_filled_in(item: Statement) -> None:
    for field in fields(item):
        if field.name != "categories":
            assert getattr(item, field.name), field.name


@each
def test_it_has_a_source_that_can_be_opened_and_a_year(item: Statement) -> None:
    assert re.fullmatch(r"https://[^\s]+", item.url)
    assert re.search(r"\b(19|20)\d\d\b", item.citation)
    assert item.citation.endswith(".")
    assert 1990 <= item.since <= 2100
    if item.checked != "unknown":
        assert date.fromisoformat(item.checked).year >= item.since


@each
def test_its_categories_are_the_catalogues(item: Statement) -> None:
    assert set(item.categories) <= set(LABELS) - {"NR", "Other", "Other admixed ancestry"}
    assert len(set(item.categories)) == len(item.categories)


@each
def test_it_is_said_plainly_and_calls_nobody_never_studied(item: Statement) -> None:
    said = f"{item.statement} {item.by}"
    assert item.statement.endswith(".")
    assert len(item.statement) <= 220
    assert not re.search(r"never studied|Caucasian|\brace\b|primitive|isolate", said)


def test_names_and_places_are_known_once_each() -> None:
    ids = [item.id for item in statements()]
    assert len(set(ids)) == len(ids) == 8
    assert [item.id for item in statements() if item.kind is Kind.DECLINED] == [
        "navajo_nation_moratorium"
    ]


def test_it_says_that_it_is_not_complete() -> None:
    assert "not complete" in NOT_COMPLETE
    assert "no single person" in NOT_COMPLETE


def test_a_group_is_governed_when_all_its_categories_are() -> None:
    governed = {
        (scheme.name, group): extent(scheme, group).value
        for scheme in SCHEMES.values()
        for group in scheme.groups
        if extent(scheme, group) is not Extent.NONE
    }
    assert governed == {
        ("detailed", "Native American"): "whole",
        ("detailed", "Oceanian"): "whole",
        ("detailed", "Aboriginal Australian"): "whole",
        ("broad", "Indigenous and Oceanian"): "whole",
        ("monitor", "Other/Mixed"): "part",
    }


def test_a_people_that_is_a_small_part_of_a_label_does_not_speak_for_it() -> None:
    assert extent(DETAILED, "Sub-Saharan African") is Extent.NONE
    assert statements_about(DETAILED, "Sub-Saharan African") == ()


def test_a_group_has_the_statements_of_its_categories() -> None:
    assert [item.id for item in statements_about(DETAILED, "Aboriginal Australian")] == [
        "australia_nhmrc_guidelines",
        "australia_aiatsis_code",
        "care_principles",
    ]
    about = [item for item in statements() if item.categories]
    assert list(statements_about(BROAD, "Indigenous and Oceanian")) == about
    assert statements_about(MONITOR, "European") == ()
