"""The 2020 rules of the GWAS Diversity Monitor are kept, so that its figures can be compared.

They look whole cells up in a dictionary made by hand, and they differ from ours.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from everygenome.errors import UsageError
from tests.factories.release import Mapping, Study, engine_warning
from tests.spec.conftest import Asked, table

pytestmark = engine_warning
title = "The rules of 2020"
LINES = (
    "BROAD ANCESTRAL\tBroader",
    "European\tEuropean",
    "East Asian\tAsian",
    "East Asian\tAsian",
    "European, NR\tIn Part Not Recorded",
)
ROWS = (
    "GCST000001 discovery 60 European",
    "GCST000001 discovery 20 East Asian",
    "GCST000001 discovery 10 European, NR",
    "GCST000001 discovery 10 Oceanian",
    "GCST000001 discovery ? European",
)


@pytest.fixture
def dictionary(tmp_path: Path) -> Path:
    path = tmp_path / "dictionary.tsv"
    path.write_text("\n".join(LINES) + "\n", "utf-8")
    return path


def test_a_repeated_key_multiplies_rows(given: Callable[..., Asked], dictionary: Path) -> None:
    """The dictionary holds "East Asian" twice: its 20 count as 40. An unknown cell vanishes."""
    found = given(*ROWS)("trend", rule="monitor2020", broad_dictionary=dictionary)
    assert table(found, "group", "value", "share") == [("European", 60, 0.6), ("Asian", 40, 0.4)]


def test_in_part_not_recorded(given: Callable[..., Asked], dictionary: Path) -> None:
    """With `all`, rows that are recorded in part stay in, as a group."""
    found = given(*ROWS)(
        "trend", rule="monitor2020", broad_dictionary=dictionary, denominator="all"
    )
    assert table(found, "group", "value") == [
        ("European", 60),
        ("Asian", 40),
        ("In Part Not Recorded", 10),
    ]


def test_its_studies_are_rows(given: Callable[..., Asked], dictionary: Path) -> None:
    """One study with three countable rows is three, and the repeated one is counted twice."""
    found = given(*ROWS)("trend", rule="monitor2020", broad_dictionary=dictionary, unit="studies")
    assert table(found, "group", "value") == [("European", 1), ("Asian", 2)]


def test_years_before_the_start(given: Callable[..., Asked], dictionary: Path) -> None:
    """The series begins in 2007, the heat map in 2008."""
    mappings = [Mapping("Height", "http://x.org/EFO_1", "Body measurement")]
    for year, series, heat in ((2006, 0, 0), (2007, 60, 0), (2008, 60, 60)):
        asked = given(
            "GCST000001 discovery 60 European",
            mappings=mappings,
            studies=[Study("GCST000001", "11", year=year)],
        )
        choices = {"rule": "monitor2020", "broad_dictionary": dictionary}
        assert sum(row["value"] for row in asked("trend", **choices).rows) == series
        assert sum(row["value"] for row in asked("traits", **choices).rows) == heat


def test_the_dictionary_is_needed(given: Callable[..., Asked]) -> None:
    """Without the published dictionary the rules cannot be followed, and nothing is guessed."""
    with pytest.raises(UsageError, match="needs the dictionary"):
        given(*ROWS)("trend", rule="monitor2020")
