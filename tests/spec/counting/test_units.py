"""The same rows give other shares in other units, so every number says its unit.

A participation is one person's data counted once in one study. A study is an accession of the
catalogue, a publication a PubMed number, and each association counts once.
"""

from collections.abc import Callable

from tests.factories.release import Study, engine_warning
from tests.spec.conftest import Asked, table

pytestmark = engine_warning
title = "Participations, studies, publications, associations"
ROWS = (
    "GCST000001 discovery 900 European",
    "GCST000002 discovery 50 East Asian",
    "GCST000003 discovery 30 European",
    "GCST000003 discovery 20 East Asian",
)
STUDIES = [
    Study("GCST000001", "11", associations=6),
    Study("GCST000002", "12", associations=2),
    Study("GCST000003", "12", associations=4),
]


def test_participations(given: Callable[..., Asked]) -> None:
    """Participations add up: 930 of 1,000."""
    found = given(*ROWS, studies=STUDIES)("composition")
    assert table(found, "group", "value", "share") == [
        ("European", 930, 0.93),
        ("East Asian", 70, 0.07),
    ]


def test_studies_overlap(given: Callable[..., Asked]) -> None:
    """A study with rows of two groups counts for both, so shares of studies pass one."""
    found = given(*ROWS, studies=STUDIES)("composition", unit="studies")
    assert table(found, "group", "value", "share") == [
        ("European", 2, 2 / 3),
        ("East Asian", 2, 2 / 3),
    ]
    assert "shares_do_not_add_up" in {note.id for note in found.caveats}


def test_publications(given: Callable[..., Asked]) -> None:
    """Two studies of one publication are one publication."""
    found = given(*ROWS, studies=STUDIES)("composition", unit="publications")
    assert table(found, "group", "value", "share") == [("European", 2, 1.0), ("East Asian", 1, 0.5)]


def test_associations_count_once(given: Callable[..., Asked]) -> None:
    """A study's associations count once, however many rows it has."""
    found = given(*ROWS, studies=STUDIES)("composition", unit="associations")
    assert table(found, "group", "value", "share") == [
        ("European", 10, 10 / 12),
        ("East Asian", 6, 6 / 12),
    ]
    assert found.coverage["all_value"] == 12


def test_missing_is_not_zero(given: Callable[..., Asked]) -> None:
    """A group whose rows state no number has no value, and no share; it is not zero.

    A group that no row names is a true zero.
    """
    found = given("GCST000001 discovery 100 European", "GCST000001 discovery ? East Asian")
    rows = {row["group"]: row for row in found("composition").rows}
    for name in ("value", "share", "share_with_others", "share_min"):
        assert rows["East Asian"][name] is None
        assert rows["African"][name] == 0
    assert rows["East Asian"]["rows"] == 1
