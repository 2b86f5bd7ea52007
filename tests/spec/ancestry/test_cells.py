"""The catalogue writes the ancestry of a group of people as a list of labels.

There are 17 labels, and one of them holds commas, so a list is read with the known labels and
never cut at its commas. What the list says decides what the row can be counted for.
"""

from collections.abc import Callable
from typing import Any

import pytest

from everygenome.errors import UnreviewedError
from everygenome.pipeline.build import Options
from everygenome.vocabulary.ancestry import scan
from everygenome.vocabulary.schemes import BROAD, DETAILED, members
from tests.factories.release import engine_warning
from tests.spec.conftest import Asked, table

pytestmark = engine_warning
title = "Reading an ancestry cell"
MIDDLE_EAST = "Greater Middle Eastern (Middle Eastern, North African or Persian)"


def test_one_label_is_single(given: Callable[..., Asked]) -> None:
    """A row with one label counts for that group alone."""
    found = given("GCST000001 discovery 100 European")("composition")
    assert table(found, "group", "value", "share") == [("European", 100, 1.0)]


def test_two_labels_are_multiple(given: Callable[..., Asked]) -> None:
    """A row that names two groups counts as "Multiple", and in neither alone.

    Beside each of the two it stands in the share "alone or with others".
    """
    found = given(
        "GCST000001 discovery 100 European", "GCST000001 discovery 60 European, East Asian"
    )("composition")
    assert table(found, "group", "value", "share") == [
        ("European", 100, 0.625),
        ("Multiple", 60, 0.375),
    ]
    shares = {row["group"]: row["share_with_others"] for row in found.rows}
    assert (shares["European"], shares["East Asian"]) == (1.0, 0.375)


def test_nr_beside_a_label_is_partly_reported(given: Callable[..., Asked]) -> None:
    """ "European, NR" names a group and leaves another open: it is a class of its own."""
    found = given("GCST000001 discovery 80 European", "GCST000001 discovery 20 European, NR")(
        "composition", denominator="all"
    )
    assert table(found, "group", "value", "share") == [
        ("European", 80, 0.8),
        ("Partly reported", 20, 0.2),
    ]


@pytest.mark.parametrize("cell", ["NR", ""])
def test_nr_and_nothing_are_not_reported(given: Callable[..., Asked], cell: str) -> None:
    """ "NR" and an empty cell say the same: nobody wrote it down."""
    found = given(f"GCST000001 discovery 20 {cell}".strip())("composition", denominator="all")
    assert table(found, "group", "value", "share") == [("Not reported", 20, 1.0)]


def test_map_first_then_classify() -> None:
    """Labels are put into groups first, and counted then.

    "Central Asian, South East Asian" names two labels of one broad group: it is single in the
    broad scheme, and multiple in the detailed one.
    """
    cell = scan("Central Asian, South East Asian").categories
    assert [item.group for item in members(BROAD, cell)] == ["Other Asian"]
    assert [item.group for item in members(DETAILED, cell)] == [
        "Multiple",
        "Central Asian",
        "South East Asian",
    ]


def test_the_label_with_commas() -> None:
    """The label that holds commas is one label, wherever it stands in the list."""
    for cell in (f"{MIDDLE_EAST}, European", f"European, {MIDDLE_EAST}"):
        assert scan(cell).categories == {MIDDLE_EAST, "European"}
        assert scan(cell).unknown == ()


def test_order_and_repetition_mean_nothing() -> None:
    """A list in another order, or with a label twice, is the same set."""
    assert scan("East Asian, European, East Asian") == scan("European, East Asian")


@pytest.mark.parametrize("cell", ["European, Martian", ",", ", ,"])
def test_an_unknown_label_stops_publication(build_in: Callable[..., Any], cell: str) -> None:
    """A label that nobody has reviewed is never guessed: nothing is published.

    A cell of commas alone is such a cell.
    """
    with pytest.raises(UnreviewedError, match="nobody has reviewed"):
        build_in(f"GCST000001 discovery 100 {cell}")


def test_unreviewed_rows_are_a_class_of_their_own(build_in: Callable[..., Any]) -> None:
    """Published by explicit wish, such rows count in no group, and widen every interval."""
    release = build_in(
        "GCST000001 discovery 75 European",
        "GCST000001 discovery 25 ,",
        options=Options(partial=True, allow_unreviewed=True),
    )
    found = release.composition(denominator="all")
    assert table(found, "group", "value") == [("European", 75), ("Unreviewed", 25)]
    east_asian = next(row for row in found.rows if row["group"] == "East Asian")
    assert (east_asian["share_min"], east_asian["share_max"]) == (0.0, 0.25)
