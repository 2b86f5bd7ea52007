"""The counts that Whiffin and others published in 2017, from their inputs."""

import csv
from pathlib import Path

import pytest

from everygenome.variants.disease import (
    Inheritance,
    Model,
    max_credible_frequency,
    tolerated_copies,
    upper_share,
)

EXAC = 121_412


def _odds(text: str) -> float:
    one, of = text.replace(",", "").split("/")
    return int(one) / int(of)


@pytest.fixture
def tables(test_data: Path) -> Path:
    return test_data / "variants" / "whiffin2017"


def test_counts_of_the_commonest_variants(tables: Path) -> None:
    with (tables / "Table1.txt").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert len(rows) == 5
    for row in rows:
        cases, of = (int(n) for n in row["Case count"].split("/"))
        model = Model(
            inheritance=Inheritance.DOMINANT,
            prevalence=_odds(row["Prevalence"]),
            # The upper end: with the share itself the counts come out smaller.
            max_contribution=upper_share(cases, of),
            penetrance=float(row["Penetrance*"]),
        )
        found = tolerated_copies(max_credible_frequency(model), EXAC)
        assert found == int(row["Model predicted maximum ExAC AC"]), row["Disease"]


def test_counts_of_diseases_without_a_series(tables: Path) -> None:
    with (tables / "Table2.txt").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert len(rows) == 4
    for row in rows:
        model = Model(
            inheritance=Inheritance.DOMINANT,
            prevalence=_odds(row["Prevalence"]),
            max_contribution=float(row["Maximum allelic contribution"]),
            penetrance=float(row["Penetrance*"]),
        )
        found = tolerated_copies(max_credible_frequency(model), EXAC)
        assert found == int(row["Maximum tolerated ExAC allele count"]), row["Disease"]
