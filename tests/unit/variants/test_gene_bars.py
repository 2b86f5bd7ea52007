"""Bars of genes, from a table like ClinGen's: what is read, and what stops."""

from pathlib import Path

import pytest

from everygenome.errors import InputError
from everygenome.variants.bars import Bars, Statistic
from everygenome.variants.gene_bars import read_gene_bars

HEADER = "gene,vcep,BA1,BS1,PM2_supporting,basis,note"


def read(folder: Path, *rows: str, header: str = HEADER, end: str = "\n") -> dict[str, Bars]:
    path = folder / "bars.csv"
    path.write_bytes(end.join((header, *rows, "")).encode())
    return dict(read_gene_bars(path))


@pytest.fixture
def panels(test_data: Path) -> dict[str, Bars]:
    path = test_data / "variants" / "clingen" / "vcep_frequency_bars_selected.csv"
    return dict(read_gene_bars(path))


def test_every_gene_of_the_panels(panels: dict[str, Bars]) -> None:
    assert len(panels) == 20
    assert sum(one.statistic is Statistic.FAF for one in panels.values()) == 13
    assert (panels["MYH7"].rare, panels["MYH7"].expected, panels["MYH7"].common) == (
        0.00004,
        0.0001,
        0.001,
    )
    # A bar above the generic 5% is right where a panel says so.
    assert panels["ABCA4"].common == 0.163
    assert panels["ACADVL"].least_chromosomes == 2001
    assert panels["ACADVL"].rare == 0.0035
    assert "No PM2 bar is given" in panels["ACADVL"].source
    assert not panels["ACADVL"].states_rare
    assert all(one.states_rare for gene, one in panels.items() if "No PM2 bar" not in one.source)
    assert (panels["DICER1"].least_chromosomes, panels["DICER1"].least_copies) == (2001, 5)
    assert [gene for gene, one in panels.items() if one.absent] == [
        "BRCA1",
        "BRCA2",
        "BRAF",
        "NRAS",
    ]
    assert [gene for gene, one in panels.items() if one.absent_in_males] == ["F9"]
    assert panels["F9"].rare == panels["F9"].expected == 0.00000556
    northern = [gene for gene, one in panels.items() if one.population]
    assert northern == ["MYH7", "MYBPC3", "ACTC1", "MYL2", "MYL3"]
    assert panels["MYL3"].population == "Northern European populations"
    assert panels["BRCA1"].source.endswith("Note: mean depth >=25.")
    assert panels["MYL3"].source.startswith("ClinGen panel Cardiomyopathy, GN103, AD: for MYL3")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_ways_to_write_a_table(tmp_path: Path, end: str, mark: str, delimiter: str) -> None:
    header = mark + HEADER.replace(",", delimiter)
    row = " HFE ,P,0.05,0.01,0.001,Grpmax FAF,".replace(",", delimiter)
    found = read(tmp_path, row, "", header=header, end=end)
    assert (found["HFE"].rare, found["HFE"].common) == (0.001, 0.05)


@pytest.mark.parametrize(
    ("basis", "chromosomes", "copies"),
    [
        ("highest MAF in continental pop with >2000 alleles", 2001, 0),
        ("highest MAF in continental pop with >= 2,000 alleles", 2000, 0),
        ("subpop >2000 alleles and >=5 alleles present", 2001, 5),
        ("subpop >=2000 alleles and >5 alleles present", 2000, 6),
    ],
)
def test_more_than_and_at_least_are_as_the_panel_wrote_them(
    tmp_path: Path, basis: str, chromosomes: int, copies: int
) -> None:
    one = read(tmp_path, f'A,P,0.05,0.01,0.001,"{basis}",')["A"]
    assert (one.least_chromosomes, one.least_copies) == (chromosomes, copies)


def test_the_generic_rule_stands_where_there_is_no_ba1(tmp_path: Path) -> None:
    assert read(tmp_path, "A,P,,0.01,0.001,AF,")["A"].common is None


def test_same_caveat_is_that_of_the_same_panel(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "A,P,0.05,0.01,0.001,AF,derived from studies in Finnish populations",
        "B,Q,0.05,0.01,0.001,AF,mean depth 20",
        "C,P,0.05,0.01,0.001,AF,same caveat",
    )
    assert [one.population for one in found.values()] == [
        "Finnish populations",
        "",
        "Finnish populations",
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("A,P,5%,0.01,0.001,AF,", "line 2: A: BA1 is '5%'"),
        ("A,P,0.05,0.01,<0.001,AF,", "line 2: A: PM2_supporting is '<0.001'"),
        ("A,P,0.05,NaN,0.001,AF,", "line 2: A: BS1 is 'NaN'"),
        ("A,P,0.05,-0.01,0.001,AF,", "line 2: A: BS1 is '-0.01'"),
        ("A,P,1.5,0.01,0.001,AF,", "line 2: A: BA1 is '1.5'"),
        ("A,P,inf,0.01,0.001,AF,", "line 2: A: BA1 is 'inf'"),
        ("A,P,0.05,0,0.001,AF,", "line 2: A: BS1 is '0'"),
        ("A,P,0.05,1_0e-3,0.001,AF,", "line 2: A: BS1 is '1_0e-3'"),
        ("A,P,0.05,,0.001,AF,", "line 2: A has no BS1"),
        ("A,P,0.01,0.05,0.001,AF,", "line 2: A: BS1 (0.05) is above BA1 (0.01)"),
        ("A,P,0.05,0.01,0.02,AF,", "line 2: A: PM2_supporting (0.02) is above BS1 (0.01)"),
        ("A,P,0.05,0.01,0.001,FAF99,", "line 2: A: the basis 'FAF99' is not known"),
        ("A,P,0.05,0.01,0.001,AF (not FAF),", "the basis 'AF (not FAF)' is not known"),
        ("A,P,0.05,0.01,0.001,,", "line 2: A: the basis '' is not known"),
        ("A,P,0.05,0.01,0.001,AF,same caveat", "no row above, of the panel 'P', has a note"),
        (",P,0.05,0.01,0.001,AF,", "line 2 names no gene"),
        ("A,P,0.05,0.01,0.001,AF", "line 2 has 6 cells, but there are 7 columns"),
        ('A,P,0.05,0.01,0.001,AF,"open', "cannot be read as a table"),
        ("A,P,0.05,0.01,0.001,AF,\0", "holds a byte 0"),
    ],
)
def test_what_is_no_bar_stops(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(InputError) as stopped:
        read(tmp_path, row)
    assert said in stopped.value.what
    assert stopped.value.remedy


def test_a_basis_that_is_not_known_says_what_is(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="carrier frequency") as stopped:
        read(tmp_path, "A,P,0.05,0.01,0.001,carrier frequency,")
    assert "Grpmax AF" in stopped.value.remedy


def test_a_gene_stands_once(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"line 3: hfe stands in line 2 already"):
        read(tmp_path, "HFE,P,0.05,0.01,0.001,AF,", "hfe,P,0.05,0.01,0.001,AF,")


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("HFE,P,0.05,0.01,0.001,AF,", "has no column gene"),
        ("gene|BA1|BS1", "has no column gene"),
        ("gene,BA1,BS1,PM2,basis", "has no column PM2_supporting"),
        (HEADER + ",bs1", "has the column BS1 twice"),
        ("", "holds no gene"),
        (HEADER, "holds no gene"),
    ],
)
def test_columns_are_needed(tmp_path: Path, header: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read(tmp_path, header=header)


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(6_000_000)
    with pytest.raises(InputError, match="larger than 5,000,000 bytes"):
        read_gene_bars(path)
    path.write_text(f"{HEADER}\nA,P,0.05,0.01,0.001,AF,{'x' * 200_000}\n")
    with pytest.raises(InputError, match="field larger than field limit"):
        read_gene_bars(path)
    with pytest.raises(InputError, match="cannot be read"):
        read_gene_bars(tmp_path / "none.csv")
