"""Discovery and replication are never mixed silently; years are years of publication.

History read from one release is reconstructed: the catalogue fills in earlier years later.
"""

from collections.abc import Callable

from tests.factories.release import Study, engine_warning
from tests.spec.conftest import Asked, table

pytestmark = engine_warning
title = "Stages and years"
ROWS = (
    "GCST000001 discovery 100 European",
    "GCST000001 replication 40 East Asian",
    "GCST000002 discovery 50 European",
    "GCST000002 discovery 50 East Asian",
)
STUDIES = [Study("GCST000001", "11", year=2010), Study("GCST000002", "12", year=2020)]


def test_discovery_is_the_default(given: Callable[..., Asked]) -> None:
    """A question that names no stage is about discovery, and the answer says so."""
    found = given(*ROWS, studies=STUDIES)("composition")
    assert table(found, "group", "value") == [("European", 150), ("East Asian", 50)]
    assert found.stage == "discovery"


def test_replication_and_all(given: Callable[..., Asked]) -> None:
    """The others are asked for by name."""
    asked = given(*ROWS, studies=STUDIES)
    assert table(asked("composition", stage="replication"), "group", "value") == [
        ("East Asian", 40)
    ]
    assert table(asked("composition", stage="all"), "group", "value") == [
        ("European", 150),
        ("East Asian", 90),
    ]


def test_years(given: Callable[..., Asked]) -> None:
    """Each year has shares of its own; the caveat says that history is reconstructed."""
    found = given(*ROWS, studies=STUDIES)("trend")
    assert table(found, "year", "group", "share") == [
        (2010, "European", 1.0),
        (2020, "European", 0.5),
        (2020, "East Asian", 0.5),
    ]
    assert {"reconstructed_history"} <= {note.id for note in found.caveats}


def test_a_study_without_a_date_has_no_year(given: Callable[..., Asked]) -> None:
    """It is in no year, and the coverage counts it; no year is guessed."""
    found = given(*ROWS, studies=[STUDIES[0], Study("GCST000002", "12", year=None)])("trend")
    assert {row["year"] for row in found.rows} == {2010}
    assert found.coverage["rows_without_year"] == 2
