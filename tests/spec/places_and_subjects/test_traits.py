"""What was studied: terms of an ontology, each under one parent or several.

A study of several subjects counts once under each, so subjects cannot be added up; "All
traits" is counted before a study is spread.
"""

from collections.abc import Callable

from tests.factories.release import Mapping, Study, engine_warning
from tests.spec.conftest import Asked, table

pytestmark = engine_warning
title = "Subjects"
ASTHMA, SICKLE = "http://x.org/EFO_0000270", "http://x.org/EFO_0000697"
ROWS = (
    "GCST000001 discovery 70 European",
    "GCST000002 discovery 20 European",
    "GCST000003 discovery 10 European",
)
STUDIES = [
    Study("GCST000001", "11", uris=f"{ASTHMA}, {SICKLE}"),
    Study("GCST000002", "12", trait="Asthma, severe"),
    Study("GCST000003", "13", trait="Nothing that is mapped"),
]
MAPPINGS = [
    Mapping("Asthma", ASTHMA, "Lung disease"),
    Mapping("Asthma", ASTHMA, "Immune system disorder"),
    Mapping("Sickle cell anemia", SICKLE, "Immune system disorder"),
    Mapping("Asthma, severe", ASTHMA, "Lung disease"),
]


def test_once_under_each_parent(given: Callable[..., Asked]) -> None:
    """A study whose two terms share a parent counts once there; all traits are 100, not 260."""
    found = given(*ROWS, studies=STUDIES, mappings=MAPPINGS)("traits")
    assert table(found, "trait_parent", "value") == [
        ("All traits", 100),
        ("Immune system disorder", 90),
        ("Lung disease", 90),
        ("No mapped trait", 10),
    ]


def test_the_unmapped_share_is_published(given: Callable[..., Asked]) -> None:
    """Studies without a term are a line of their own, and their share is said."""
    found = given(*ROWS, studies=STUDIES, mappings=MAPPINGS)("traits")
    assert found.coverage["unmapped_share"] == 0.1
    assert "10.0% of the participations" in next(
        note.text for note in found.caveats if note.id == "unmapped_traits"
    )


def test_an_unknown_unmapped_share_is_not_given(given: Callable[..., Asked]) -> None:
    """Where no unmapped study states a number of people, their share is unknown, not zero."""
    found = given(*ROWS[:2], "GCST000003 discovery ? European", studies=STUDIES, mappings=MAPPINGS)(
        "traits"
    )
    assert "unmapped_share" not in found.coverage
    unmapped = [row for row in found.rows if row["trait_parent"] == "No mapped trait"]
    assert (unmapped[0]["group"], unmapped[0]["value"]) == ("European", None)


def test_the_reported_words_are_a_fallback(given: Callable[..., Asked]) -> None:
    """A study without a term of its own is found by the words that its authors reported.

    The words hold commas; they are compared whole.
    """
    found = given(*ROWS, studies=STUDIES, mappings=MAPPINGS)("composition", trait="EFO_0000270")
    assert table(found, "group", "value") == [("European", 90)]


def test_within_a_parent(given: Callable[..., Asked]) -> None:
    """Within one parent, the terms; the first line is again counted before any spreading."""
    found = given(*ROWS, studies=STUDIES, mappings=MAPPINGS)(
        "traits", trait_parent="Immune system disorder"
    )
    assert table(found, "trait_id", "value") == [
        (None, 90),
        ("EFO_0000270", 90),
        ("EFO_0000697", 70),
    ]
