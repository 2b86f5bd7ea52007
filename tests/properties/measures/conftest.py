"""One engine for all invented worlds of a run."""

from pathlib import Path

import pytest

from tests.factories.refill import Refillable, refillable


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Refillable:
    """An open release whose rows are replaced for each world."""
    return refillable(tmp_path_factory.mktemp("refillable"))


@pytest.fixture(scope="session")
def dictionary_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dictionary of the 2020 rules with a repeated key, and with cells that it lacks."""
    path = tmp_path_factory.mktemp("dictionary") / "dictionary.tsv"
    lines = ["BROAD ANCESTRAL\tBroader", *("\t".join(line) for line in DICTIONARY)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


DICTIONARY = [
    ("European", "European"),
    ("East Asian", "Asian"),
    ("East Asian", "Asian"),
    ("European, East Asian", "Other/Mixed"),
    ("European, NR", "In Part Not Recorded"),
    ("NR", "In Part Not Recorded"),
    ("Oceanian", ""),
]
