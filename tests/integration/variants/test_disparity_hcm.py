"""Alleles of heart-muscle genes that are rare overall and common in one group, in gnomAD v2."""

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from everygenome.variants.disparity import (
    Disparity,
    Kind,
    chromosomes_of_one_group,
    common_in_one_group,
    copies_of_one_group,
    disparities,
)
from everygenome.variants.frequency import filtering_frequency

GROUPS = {
    "African": "afr",
    "Ashkenazi Jewish": "asj",
    "East Asian": "eas",
    "European (Finnish)": "fin",
    "European (Non-Finnish)": "nfe",
    "Latino": "amr",
    "South Asian": "sas",
}
# One of the files has shorter column names.
SHORT = {"Count": "Allele Count", "Conseq.": "Consequence", "Annot.": "Annotation"}
Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def rows(test_data: Path) -> Rows:
    found: Rows = []
    for path in sorted((test_data / "variants" / "hcm").glob("gnomad_*.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            gene = path.name.removeprefix("gnomad_").removesuffix(".csv.gz")
            reader = csv.reader(file)
            names = [SHORT.get(name, name) for name in next(reader)]
            found += [{**dict(zip(names, row, strict=True)), "gene": gene} for row in reader]
    return found


def counts(rows: Rows, what: str) -> NDArray[np.float64]:
    return np.array([[int(row[f"Allele {what} {name}"]) for name in GROUPS] for row in rows], float)


def everybody(rows: Rows, what: str) -> NDArray[np.float64]:
    return np.array([[int(row[f"Allele {what}"])] for row in rows], float)


def of(rows: Rows, gene: str, change: str) -> tuple[Disparity, ...]:
    row = next(row for row in rows if (row["gene"], row["Consequence"]) == (gene, change))
    return disparities(
        {
            code: (int(row[f"Allele Count {name}"]), int(row[f"Allele Number {name}"]))
            for name, code in GROUPS.items()
        },
        (int(row["Allele Count"]), int(row["Allele Number"])),
    )


@pytest.mark.parametrize(
    ("gene", "change", "ac", "an"),
    [("TNNI3", "p.Pro82Ser", 518, 22_562), ("MYBPC3", "p.Gly278Glu", 258, 18_858)],
)
def test_the_alleles_of_manrai(rows: Rows, gene: str, change: str, ac: int, an: int) -> None:
    found = of(rows, gene, change)[0]
    assert (found.kind, found.group) == (Kind.COMMON_IN_ONE_GROUP, "afr")
    assert (found.ac, found.an) == (ac, an)


def test_how_many_raise_it(rows: Rows) -> None:
    ac, an = counts(rows, "Count"), counts(rows, "Number")
    whole = (everybody(rows, "Count"), everybody(rows, "Number"))
    faf = filtering_frequency(ac, an)
    common = common_in_one_group(ac, an, faf, *whole)
    copies = copies_of_one_group(ac, an, faf, *whole)
    alone = chromosomes_of_one_group(an, whole[1])
    by_group = dict(zip(GROUPS.values(), common.sum(axis=0).tolist(), strict=True))
    assert len(rows) == 19_222
    assert by_group == {
        "afr": 196,
        "asj": 23,
        "eas": 68,
        "fin": 20,
        "nfe": 1,
        "amr": 15,
        "sas": 21,
    }
    assert common.any(axis=1).sum() == 340
    assert copies.sum(axis=0).tolist() == [764, 7, 227, 29, 137, 170, 246]
    assert alone.sum() == 0
    raised = [row for row, any_ in zip(rows, common.any(axis=1), strict=True) if any_]
    missense = [row["gene"] + " " + row["Consequence"] for row in raised]
    missense = [name for name, row in zip(missense, raised, strict=True) if _missense(row)]
    assert len(missense) == 27
    assert {"TNNI3 p.Pro82Ser", "MYBPC3 p.Gly278Glu"} < set(missense)
    # Common in one group is not harmless: this one causes a heart disease in those who have it.
    assert "TTR p.Val142Ile" in missense


def test_the_rule_does_not_hang_on_its_bar(rows: Rows) -> None:
    ac, an = counts(rows, "Count"), counts(rows, "Number")
    whole = (everybody(rows, "Count"), everybody(rows, "Number"))
    faf = filtering_frequency(ac, an)
    raised = [
        common_in_one_group(ac, an, faf, *whole, bar=bar).any(axis=1).sum()
        for bar in (0.001, 0.005, 0.01)
    ]
    assert raised == [546, 340, 253]


def _missense(row: dict[str, str]) -> bool:
    return row["Annotation"] == "missense"
