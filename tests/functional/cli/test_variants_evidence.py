"""`everygenome variants evidence` as a laboratory types it, on a part of gnomAD."""

import csv
import gzip
import io
import json
import os
from pathlib import Path

import pyarrow.parquet as pq
import pysam
import pytest

from tests.functional.cli.conftest import Run

LONG = [
    "chrom",
    "pos",
    "ref",
    "alt",
    "group",
    "ac",
    "an",
    "af",
    "nhomalt",
    "af_low",
    "af_high",
    "faf95",
    "faf99",
    "p_seen",
    "verdict",
    "flags",
]
GROUPS = ["afr", "amr", "asj", "eas", "fin", "mid", "nfe", "remaining", "sas"]
ONE = "1-55039894-G-C"
HEADER = """##fileformat=VCFv4.2
##contig=<ID=chr1,length=248956422>
##contig=<ID=chrX,length=156040895>
##INFO=<ID=DP,Number=1,Type=Integer,Description="Depth">
##INFO=<ID=GENE,Number=1,Type=String,Description="Gene">
##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
"""
RECORDS = [
    "chr1 55039894 rs1 G C 50 PASS DP=7;GENE=PCSK9 GT 0/1",
    "chr1 55039894 . G GCTC,GCTGCTGCTC,* 9.5 LowQ DP=8 GT 1/2",
    "chr1 55039895 . C G . . . GT 0/1",
    "chr1 55039951 . C <DEL> . PASS DP=9;GENE=MYH7 GT 0/1",
]
BARS = "gene,BA1,BS1,PM2_supporting,basis\nPCSK9,0.001,0.0002,0.00004,FAF\n"


@pytest.fixture
def vcf(tmp_path: Path) -> Path:
    """Six alleles in four records, as a laboratory has them."""
    path = tmp_path / "lab.vcf"
    head = "#CHROM POS ID REF ALT QUAL FILTER INFO FORMAT S1"
    lines = [line.replace(" ", "\t") for line in (head, *RECORDS)]
    path.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def published(test_data: Path) -> dict[str, str]:
    """INFO of chr1:55039894 G>C."""
    name = "freqs__grch38__v4.0__gnomad-exomes.1.vcf.gz"
    with gzip.open(test_data / "variants" / "gnomad_vcf" / name, "rt") as file:
        line = next(line for line in file if line.startswith("chr1\t55039894\trs1271212224\tG\tC"))
    return dict(one.split("=", 1) for one in line.split("\t")[7].split(";") if "=" in one)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_one_variant_on_the_screen(run: Run, gnomad: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    asked = ("--frequencies", gnomad, "--threshold", "1/10000")
    code, out, err = run("variants", "evidence", "chr1:55039894 G>C", *asked)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "chr1:55039894 G>C"
    assert lines[1] == "Background: unknown, or several."
    # Of people, not of a file: no summary, and the most uncertain group first.
    assert "records" not in out
    table = lines[next(n for n, line in enumerate(lines) if line.startswith("Group ")) + 1 :]
    assert [line.split("  ")[0] for line in table[:2]] == ["Middle Eastern", "Ashkenazi Jewish"]
    assert table[0].split()[-6:] == ["24,980", "0", "4,978", "up", "to", "0.06%"]
    for said in ("medical device", "reference panels"):
        assert out.replace("\n", " ").count(said) == 1


def test_without_a_bar_nothing_is_rare(run: Run, gnomad: Path) -> None:
    _, out, _ = run("variants", "evidence", ONE, "--frequencies", gnomad)
    assert "No bar was given for it, so neither “rare” nor “too common” can be told." in " ".join(
        out.split()
    )
    assert "PM2" not in out


def test_rows_for_programs(run: Run, gnomad: Path, published: dict[str, str]) -> None:
    asked = ("--frequencies", gnomad, "--threshold", "0.0001", "--format", "csv")
    code, out, err = run("variants", "evidence", ONE, *asked)
    assert code == 0
    assert out.splitlines()[0].split(",")[:16] == LONG
    rows = rows_of(out)
    assert [row["group"] for row in rows] == GROUPS
    for row in rows:
        group = row["group"]
        assert [int(row[key]) for key in ("ac", "an", "nhomalt")] == [
            int(published[f"{key}_{group}"]) for key in ("AC", "AN", "nhomalt")
        ]
    afr, mid = rows[0], rows[5]
    assert round(float(afr["af"]), 9) == 0.000153487
    assert float(afr["faf95"]) == pytest.approx(float(published["faf95_afr"]), abs=1e-6)
    assert (afr["chrom"], afr["pos"], afr["ref"], afr["alt"]) == ("1", "55039894", "G", "C")
    assert (afr["verdict"], mid["verdict"]) == ("indeterminate", "not evaluable")
    assert mid["flags"] == "would pass a plain filter only because too few were sampled"
    # 1 - (1 - 1e-4)^4978
    assert round(float(mid["p_seen"]), 4) == 0.3921
    assert "never makes one" in err


def test_rows_in_a_file(run: Run, gnomad: Path, vcf: Path, tmp_path: Path) -> None:
    out = tmp_path / "rows.parquet"
    asked = ("--frequencies", gnomad, "--threshold", "0.0001")
    code, printed, err = run("variants", "evidence", vcf, *asked, "--out", out)
    assert (code, printed) == (0, "")
    assert err.splitlines()[-1] == f"54 rows: {out}"
    table = pq.read_table(out)
    assert table.column_names[:16] == LONG
    assert table.num_rows == 6 * len(GROUPS)
    about = json.loads(table.schema.metadata[b"everygenome"])
    assert about["source"]["name"] == "gnomAD v4.0 exomes"
    assert about["bars"][""]["rare"] == 0.0001
    code, printed, _ = run("variants", "evidence", vcf, *asked, "--format", "csv")
    assert [row["verdict"] for row in rows_of(printed)] == table["verdict"].to_pylist()


def test_a_row_for_each_variant(run: Run, gnomad: Path, vcf: Path) -> None:
    asked = ("--frequencies", gnomad, "--format", "csv", "--rows", "variant")
    code, out, err = run("variants", "evidence", vcf, *asked, "--threshold", "0.0001")
    assert code == 0
    rows = rows_of(out)
    told = [(row["ref"], row["alt"], row["status"], row["ac"], row["an"]) for row in rows]
    assert ("G", "C", "found", "6", "1413132") in told
    statuses = {one[1]: one[2] for one in told if one[:1] + one[2:3] != ("C", "")}
    assert (statuses["*"], statuses["<DEL>"]) == ("not compared", "not compared")
    assert (statuses["GCTC"], statuses["GCTGCTGCTC"]) == ("found", "found")
    assert len(told) == 6
    assert next(row for row in rows if row["alt"] == "GCTGCTGCTC")["filters"] == "AC0"
    assert "1 records with several alternate alleles, which were split" in err
    assert "1 spanning deletion (*)" in err


def test_a_vcf_comes_back_with_fields(run: Run, gnomad: Path, vcf: Path, tmp_path: Path) -> None:
    out = tmp_path / "told.vcf.gz"
    asked = ("--frequencies", gnomad, "--threshold", "0.0001", "--group", "afr")
    code, printed, err = run("variants", "evidence", vcf, *asked, "--out", out)
    assert (code, printed) == (0, "")
    assert f"Written: {out}" in err
    with pysam.VariantFile(str(out)) as file:
        ours = [name for name in file.header.info if name.startswith("EG_")]
        assert {"EG_STATUS", "EG_VERDICT", "EG_FLAGS", "EG_AN_afr", "EG_FAF95_afr"} <= set(ours)
        assert "EG_AN_nfe" not in ours
        for name in ours:
            assert file.header.info[name].number == "A"
            assert file.header.info[name].description
        records = list(file)
    assert [len(one.info["EG_STATUS"]) for one in records] == [1, 3, 1, 1]
    assert records[0].info["EG_AN_afr"] == (32576,)
    assert records[1].info["EG_STATUS"][2] == "not_compared"
    # All else is as it was.
    with_fields = [line for line in pysam.BGZFile(str(out)) if not line.startswith(b"#")]
    for before, after in zip(RECORDS, with_fields, strict=True):
        cells, now = before.split(" "), after.decode().split("\t")
        assert now[:7] + now[8:] == cells[:7] + cells[8:]
        if cells[7] != ".":
            assert now[7].startswith(f"{cells[7]};EG_STATUS=")


def test_a_vcf_on_the_screen_has_nothing_else(run: Run, gnomad: Path, vcf: Path) -> None:
    code, out, _ = run("variants", "evidence", vcf, "--frequencies", gnomad, "--format", "vcf")
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == "##fileformat=VCFv4.2"
    assert len([line for line in lines if not line.startswith("#")]) == len(RECORDS)


@pytest.mark.slow
def test_json_and_reports(run: Run, gnomad: Path, vcf: Path, tmp_path: Path) -> None:
    asked = ("--frequencies", gnomad, "--threshold", "0.0001")
    code, out, err = run("variants", "evidence", vcf, *asked, "--format", "json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert told["format"] == "everygenome/variants/evidence/1"
    assert told["summary"]["records"] == 4
    assert sum(told["summary"]["statuses"].values()) == 6
    code, out, _ = run("variants", "evidence", ONE, *asked, "--format", "md")
    assert (code, out.splitlines()[0][:2]) == (0, "# ")
    code, out, _ = run("variants", "evidence", ONE, *asked, "--out", tmp_path / "one.html")
    assert (code, out) == (0, f"{tmp_path / 'one.html'}\n")
    assert b"<title>" in (tmp_path / "one.html").read_bytes()
    code, out, _ = run(
        "variants", "evidence", ONE, *asked, "--out", tmp_path / "all", "--format", "pdf",
        "--format", "json",
    )  # fmt: skip
    assert code == 0
    assert sorted(path.name for path in (tmp_path / "all").iterdir()) == [
        "evidence.json",
        "evidence.pdf",
    ]
    assert (tmp_path / "all" / "evidence.pdf").read_bytes().startswith(b"%PDF-")


def test_a_file_on_a_narrow_screen(
    run: Run, gnomad: Path, vcf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    asked = ("--frequencies", gnomad, "--threshold", "0.0001")
    code, out, err = run("variants", "evidence", vcf, *asked)
    assert (code, err) == (0, "")
    assert max(map(len, out.splitlines())) <= 40
    assert out.startswith("lab.vcf\n")
    # How the file fares comes before any of its variants.
    assert out.index("6 variants in 4 records") < out.index("chr1-55039894-G-C")


@pytest.mark.parametrize(
    "text",
    [
        f"NC_000001.11:g.55039894G>C\n# a remark\n{ONE}\n",
        "#CHROM\tPOS\tREF\tALT\r\n1\t55039894\tG\tC\r\n",
    ],
)
def test_lists(run: Run, gnomad: Path, tmp_path: Path, text: str) -> None:
    path = tmp_path / "a list.txt"
    path.write_text(text, newline="")
    asked = ("--frequencies", gnomad, "--format", "csv")
    code, out, _ = run("variants", "evidence", path, *asked)
    assert code == 0
    assert [row["an"] for row in rows_of(out)][:2] == ["32576", "37058"]


def test_standard_input(run: Run, gnomad: Path, vcf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("--frequencies", gnomad, "--format", "csv", "--rows", "variant")
    with vcf.open("rb") as stream:
        before = os.dup(0)
        os.dup2(stream.fileno(), 0)
        try:
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.FileIO(0, closefd=False)))
            code, out, _ = run("variants", "evidence", "-", *asked)
        finally:
            os.dup2(before, 0)
            os.close(before)
    assert (code, len(rows_of(out))) == (0, 6)


@pytest.mark.slow
@pytest.mark.parametrize("way", ["info", "list", "bed"])
def test_bars_find_their_gene(run: Run, gnomad: Path, vcf: Path, tmp_path: Path, way: str) -> None:
    bars = tmp_path / "bars.csv"
    bars.write_text(BARS)
    given: dict[str, tuple[object, ...]] = {
        "info": (vcf,),
        "list": (tmp_path / "list.csv",),
        "bed": (ONE, "--genes", tmp_path / "genes.bed"),
    }
    (tmp_path / "list.csv").write_text("chrom,pos,ref,alt,gene\n1,55039894,G,C,PCSK9\n")
    (tmp_path / "genes.bed").write_text("chr1\t55039000\t55064000\tPCSK9\n")
    asked = ("--frequencies", gnomad, "--gene-bars", bars, "--format", "json")
    code, out, _ = run("variants", "evidence", *given[way], *asked)
    assert code == 0
    told = {one["alt"]: one for one in json.loads(out)["variants"]}
    assert told["C"]["gene"] == "PCSK9"
    assert told["C"]["bars"]["rare"] == 0.00004
    # FAF95 of afr, 6.05e-05, is below 0.0002; 2.996 / 0.00004 = 74,894 chromosomes show absence.
    by_group = {one["group"]: one["verdict"] for one in told["C"]["groups"]}
    assert by_group["sas"] == "rare"
    assert by_group["eas"] == "not evaluable"
    if way == "info":
        other = told["GCTC"]
        assert (other["bars"], other["gene"]) == (None, "")
        assert "no bar for this gene, or the gene is not known" in " ".join(other["flags"])


def test_a_gene_without_a_bar_is_told(run: Run, gnomad: Path, vcf: Path, tmp_path: Path) -> None:
    bars = tmp_path / "bars.csv"
    bars.write_text(BARS.replace("PCSK9", "TTN"))
    code, out, _ = run("variants", "evidence", vcf, "--frequencies", gnomad, "--gene-bars", bars)
    assert code == 0
    assert "No variant is known to be in a gene that has a bar" in " ".join(out.split())


def test_a_model_is_a_bar(run: Run, gnomad: Path, tmp_path: Path) -> None:
    _, template, _ = run("variants", "model", "--template")
    model = tmp_path / "model.toml"
    model.write_text(template)
    asked = ("--frequencies", gnomad, "--model", model, "--format", "json")
    code, out, _ = run("variants", "evidence", ONE, *asked)
    assert code == 0
    assert json.loads(out)["variants"][0]["bars"]["rare"] == pytest.approx(4.008e-5, rel=1e-3)


def test_groups_that_are_asked_about(run: Run, gnomad: Path) -> None:
    asked = ("--frequencies", gnomad, "--threshold", "0.0001", "--group", "nfe", "--group", "sas")
    _, out, _ = run("variants", "evidence", ONE, *asked, "--format", "csv")
    assert [(row["group"], row["verdict"]) for row in rows_of(out)] == [
        ("nfe", "rare"),
        ("sas", "rare"),
    ]


def test_many_variants_on_the_screen(run: Run, gnomad: Path, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("".join(f"1-{55039000 + n}-A-C\n" for n in range(500)))
    code, out, _ = run("variants", "evidence", path, "--frequencies", gnomad)
    assert code == 0
    assert sum(line.startswith("1-5503") for line in out.splitlines()) == 200
    assert "and 300 more" in out


NOT_THERE = "no/such/folder"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("1-5-A-C",), 2, "frequencies"),
        (("1-5-A-C", "--frequencies", NOT_THERE), 3, "no store of frequencies"),
        ((ONE, "--frequencies", "GNOMAD", "--group", "AFRICAN"), 2, "It has: afr, amr"),
        ((ONE, "--frequencies", "GNOMAD", "--threshold", "5%"), 2, "such as 0.002"),
        ((ONE, "--frequencies", "GNOMAD", "--threshold", "nan"), 2, "such as 0.002"),
        ((ONE, "--frequencies", "GNOMAD", "--threshold", "0"), 2, "such as 0.002"),
        (
            (ONE, "--frequencies", "GNOMAD", "--threshold", "0.1", "--model", "m.toml"),
            2,
            "--threshold and --model are both given.",
        ),
        ((ONE, "--frequencies", "GNOMAD", "--model", "none.toml"), 3, "none.toml cannot be read"),
        ((ONE, "--frequencies", "GNOMAD", "--gene-bars", "none.csv"), 3, "none.csv cannot be read"),
        ((ONE, "--frequencies", "GNOMAD", "--genes", "none.bed"), 3, "none.bed is not there"),
        ((ONE, "--frequencies", "GNOMAD", "--fasta", "none.fa"), 3, "none.fa is not there"),
        ((ONE, "--frequencies", "GNOMAD", "--build", "T2T"), 2, "Use GRCh37"),
        ((ONE, "--frequencies", "GNOMAD", "--build", "GRCh37"), 2, "on GRCh37"),
        ((ONE, "--frequencies", "GNOMAD", "--rows", "variant"), 2, "--rows is for CSV"),
        ((ONE, "--frequencies", "GNOMAD", "--format", "vcf"), 2, "to a VCF or BCF only"),
        (
            (ONE, "--frequencies", "GNOMAD", "--format", "csv", "--format", "html"),
            2,
            "csv and html are both asked for.",
        ),
        (
            (ONE, "--frequencies", "GNOMAD", "--format", "md", "--format", "html"),
            2,
            "The screen takes one form",
        ),
        (
            (ONE, "--frequencies", "GNOMAD", "--out", f"{NOT_THERE}/rows.csv"),
            2,
            "There is no folder no/such/folder.",
        ),
        (("lab.vcf.gz", "--frequencies", "GNOMAD"), 2, "There is no file 'lab.vcf.gz'."),
        (("rs11591147", "--frequencies", "GNOMAD"), 3, "is an rs number"),
        (("NM_174936.4:c.137G>T", "--frequencies", "GNOMAD"), 3, "a change of a transcript"),
        (("p.Arg46Leu", "--frequencies", "GNOMAD"), 3, "a change of a protein"),
        (("NC_000001.10:g.55505647G>T", "--frequencies", "GNOMAD"), 3, "is on GRCh37"),
        (
            ("NC_000001.11:g.55039894del", "--frequencies", "GNOMAD"),
            3,
            "Give the genome as a FASTA",
        ),
        (("nonsense", "--frequencies", "GNOMAD"), 3, "'nonsense' is not understood."),
        (("\x1b[31m[red]", "--frequencies", "GNOMAD"), 3, "is not understood."),
        (("", "--frequencies", "GNOMAD"), 2, "No variant was given."),
        ((f"1-5-{'A' * 9000}-C.vcf", "--frequencies", "GNOMAD"), 2, "There is no file"),
        ((ONE, "1-5-A", "--frequencies", "GNOMAD"), 3, "variant 2: '1-5-A' is not understood."),
        (("GNOMAD", ONE, "--frequencies", "GNOMAD"), 2, "is a file, and something else"),
        (("GNOMAD", "--frequencies", "GNOMAD"), 3, "is a folder"),
    ],
)
def test_what_stops(
    run: Run,
    gnomad: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    given = [gnomad if one == "GNOMAD" else one for one in arguments]
    found, out, err = run("variants", "evidence", *given)
    assert (found, out) == (code, "")
    assert said in " ".join(err.split())
    assert "fault of ours" not in err
    assert "Traceback" not in err
    assert "\x1b" not in err
    assert list(tmp_path.iterdir()) == []


def test_another_build(run: Run, gnomad_37: Path, vcf: Path) -> None:
    code, out, err = run("variants", "evidence", vcf, "--frequencies", gnomad_37)
    assert (code, out) == (3, "")
    assert "lab.vcf is on GRCh38 by the lengths of its chromosomes" in err


@pytest.mark.slow
def test_names_from_outside_steer_nothing(run: Run, gnomad: Path, tmp_path: Path) -> None:
    path = tmp_path / "[red]odd\x1b[31m.csv"
    path.write_text(
        "chrom,pos,ref,alt,gene,name\n"
        '1,55039894,G,C,"=HYPERLINK(""x"")",\x1b]0;owned\x07[bold]<script>alert(1)</script>\n'
        "=1+1,5,G,=cmd|' /C calc'!A0,-1,@x\n"
    )
    asked = ("--frequencies", gnomad, "--threshold", "0.0001")
    code, out, err = run("variants", "evidence", path, *asked)
    assert code == 0
    assert not set("\x1b\x07") & set(out + err)
    assert "[bold]<script>" in out
    code, out, err = run("variants", "evidence", path, *asked, "--format", "csv")
    assert code == 0
    assert not set("\x1b\x07") & set(err)
    for line in csv.reader(io.StringIO(out)):
        assert not any(cell[:1] in ("=", "+", "-", "@") for cell in line)
    code, out, _ = run("variants", "evidence", path, *asked, "--format", "html")
    assert code == 0
    assert "<script>alert(1)" not in out
    path.write_text("nonsense\n")
    code, out, err = run("variants", "evidence", path, *asked)
    assert (code, out) == (3, "")
    assert "\x1b" not in err
