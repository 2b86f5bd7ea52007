"""Figures that the design states, from a sites file to the answer."""

import csv
import gzip
from pathlib import Path

import pytest

from everygenome.sources.variation.preparing.prepare import prepare
from everygenome.variants.asking import ask, ask_file
from everygenome.variants.bars import one_bar
from everygenome.variants.result import Evidence, Status, VariantEvidence
from everygenome.variants.verdict import Verdict
from tests.factories.sites import EVERYBODY, Site, sites_text

# Sampled in version 4 of gnomAD.
PEOPLE = {"nfe": 590_031, "sas": 45_546, "afr": 37_545, "fin": 32_026, "remaining": 31_256,
          "amr": 30_019, "eas": 22_448, "asj": 14_804, "mid": 3_031, "ami": 456}  # fmt: skip
# Columns of the browser's tables, and the codes of our mapping file.
BROWSER = {"African": "afr", "East Asian": "eas", "European (Non-Finnish)": "nfe",
           "European (Finnish)": "fin", "Latino": "amr", "South Asian": "sas",
           "Ashkenazi Jewish": "asj", "Other": "oth"}  # fmt: skip


@pytest.fixture(scope="module")
def covered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One variant that nobody has, where everybody was looked at."""
    folder = tmp_path_factory.mktemp("covered")
    whole = {EVERYBODY: (0, 2 * sum(PEOPLE.values()))}
    nobody = Site(
        pos=55_051_215, ref="G", alt="GA",
        counts={**whole, **{code: (0, 2 * people) for code, people in PEOPLE.items()}},
    )  # fmt: skip
    (folder / "sites.vcf").write_text(sites_text(tuple(PEOPLE), [nobody]), encoding="utf-8")
    prepare([folder / "sites.vcf"], folder / "store")
    return folder / "store"


def test_who_can_show_absence_at_4e_5(covered: Path) -> None:
    bars = one_bar(4e-5, source="typed")
    told = ask(["1-55051215-G-GA"], frequencies=covered, bars=bars).variants[0]
    assert told.status is Status.FOUND
    seen = {one.group: round(one.p_seen or 0, 3) for one in told.groups}
    assert (seen["nfe"], seen["eas"], seen["mid"]) == (1.000, 0.834, 0.215)
    rare = {one.group for one in told.groups if one.verdict is Verdict.RARE}
    assert rare == {"nfe", "sas", "afr"} == {one.group for one in told.groups if not one.needed}
    others = {one.verdict for one in told.groups if one.group not in rare}
    assert others == {Verdict.NOT_EVALUABLE}
    assert next(one for one in told.groups if one.group == "mid").needed == 74_894 - 6_062
    # The background is unknown: who is of a group that is not evaluable is not told "rare".
    assert (told.verdict, told.criterion) == (Verdict.NOT_EVALUABLE, "")
    assert next(one.group for one in told.groups) == "ami"
    of_nfe = ask(["1-55051215-G-GA"], frequencies=covered, bars=bars, groups=["nfe"]).variants[0]
    assert (of_nfe.verdict, of_nfe.criterion) == (Verdict.RARE, "PM2_supporting")


@pytest.fixture(scope="module")
def hearts(test_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    """Two genes of the heart muscle, from the browser's tables, by a mapping file."""
    folder = tmp_path_factory.mktemp("hearts")
    fields = {"Allele Count": "AC", "Allele Number": "AN", "Homozygote Count": "HOM"}
    head = ["##fileformat=VCFv4.2"]
    mapping = ['name = "Browser tables"', 'build = "GRCh37"', "[all]", 'ac = "AC"', 'an = "AN"']
    for code in ("", *BROWSER.values()):
        for field in fields.values():
            number = "1" if field == "AN" else "A"
            name = f"{field}_{code}".rstrip("_")
            head.append(f'##INFO=<ID={name},Number={number},Type=Integer,Description="a">')
        if code:
            mapping += [f"[groups.{code}]", f'label = "{code.upper()}"']
            mapping += [f'ac = "AC_{code}"', f'an = "AN_{code}"', f'nhomalt = "HOM_{code}"']
    lines = []
    for gene in ("MYBPC3", "TNNI3"):
        path = test_data / "variants" / "hcm" / f"gnomad_{gene}.csv.gz"
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                info = [f"AC={row['Allele Count']}", f"AN={row['Allele Number']}"]
                for column, field in fields.items():
                    info += [f"{field}_{c}={row[f'{column} {n}']}" for n, c in BROWSER.items()]
                cells = (row["Chrom"], row["Position"], row["RSID"], row["Reference"],
                         row["Alternate"], ".", ".", ";".join(info))  # fmt: skip
                lines.append("\t".join(cells))
    columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"
    (folder / "sites.vcf").write_text("\n".join([*head, columns, *lines]) + "\n", "utf-8")
    (folder / "map.toml").write_text("\n".join(mapping) + "\n", "utf-8")
    prepare([folder / "sites.vcf"], folder / "store", mapping=folder / "map.toml")
    return ask_file(
        ["19-55667607-G-A", "11-47369220-C-T"],
        frequencies=folder / "store",
        bars=one_bar(4e-5, source="typed"),
        summarised=True,
    )


def _flagged(hearts: Evidence, place: int, group: str) -> tuple[VariantEvidence, str]:
    told = hearts.variants[place]
    (sentence,) = [one for one in told.flags if one.startswith("Rare overall")]
    flags = {one.group: one.flags for one in told.groups}
    assert "rare overall, common in this group" in flags[group]
    assert "rare overall, common in another group" in flags["nfe"]
    return told, sentence


def test_tnni3_pro82ser_raises_the_disparity_flag(hearts: Evidence) -> None:
    told, sentence = _flagged(hearts, 0, "afr")
    assert sentence == (
        "Rare overall (550/269,362), but common in AFR: 518/22,562, against 32/246,800 elsewhere."
    )
    assert (told.verdict, told.criterion) == (Verdict.MORE_THAN_EXPECTED, "BS1")
    assert (told.fafmax95_group, told.grpmax) == ("afr", "afr")


def test_mybpc3_gly278glu_raises_the_disparity_flag(hearts: Evidence) -> None:
    told, sentence = _flagged(hearts, 1, "afr")
    assert sentence == (
        "Rare overall (287/212,772), but common in AFR: 258/18,858, against 29/193,914 elsewhere."
    )
    assert told.verdict is Verdict.MORE_THAN_EXPECTED
    assert hearts.summary is not None
    assert hearts.summary.disparity == 2
