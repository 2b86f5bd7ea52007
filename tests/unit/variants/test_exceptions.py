"""The nine variants that the generic BA1 rule does not hold for."""

import csv
import gzip
import re
from pathlib import Path

import pytest

from everygenome.errors import UsageError
from everygenome.variants.exceptions import exception_at, exceptions, is_exception


def test_they_are_the_nine_of_the_paper(test_data: Path) -> None:
    path = test_data / "variants" / "clingen" / "ba1_exceptions_ghosh2018.csv"
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [tuple(row.values()) for row in rows] == [
        (one.gene, one.hgvs_c, one.protein) for one in exceptions()
    ]


@pytest.mark.parametrize(
    ("gene", "name", "exempt"),
    [
        ("HFE", "c.845G>A", True),
        ("hfe", "NM_000410.4:c.845g>a", True),
        ("HFE", "NM_000410.4(HFE):c.845G>A", True),
        ("HFE", "c.845G>T", False),
        ("MEFV", "c.845G>A", False),
        ("ACAD9", "NM_014049.5:c.-44_-41dupTAAG", True),
        ("ACAD9", "c.-45_-44insTAAG", True),
        ("BTD", "ENST00000643237.3:c.1270G>C", True),
        ("HFE", "", False),
    ],
)
def test_by_name(gene: str, name: str, exempt: bool) -> None:
    assert is_exception(gene, name) is exempt


def test_by_place() -> None:
    found = exception_at("GRCh37", "3-128598490-C-CTAAG")
    assert found is not None
    assert found.gene == "ACAD9"
    assert exception_at("GRCh38", "3-128598490-C-CTAAG") is None
    for one in exceptions():
        assert exception_at("GRCh37", one.grch37) is one
        assert exception_at("GRCh38", one.grch38) is one
    with pytest.raises(UsageError, match="'hg19' is no build"):
        exception_at("hg19", "3-128598490-C-CTAAG")


def test_places_are_those_of_clinvar(test_data: Path) -> None:
    wanted = {one.grch37: one for one in exceptions()}
    genes: dict[str, str] = {}
    path = test_data / "variants" / "clinvar" / "clinvar_2014-06-04.vcf.gz"
    with gzip.open(path, "rt") as file:
        for line in file:
            chrom, pos, _, ref, alt, rest = line.split("\t", 5) if line[0] != "#" else ("",) * 6
            for one in alt.split(","):
                if (place := f"{chrom}-{pos}-{ref}-{one}") in wanted:
                    gene = re.search(r"GENEINFO=(\w+)", rest)
                    genes[place] = gene[1] if gene else ""
    assert {place: one.gene for place, one in wanted.items() if one.gene != "PIBF1"} == genes
