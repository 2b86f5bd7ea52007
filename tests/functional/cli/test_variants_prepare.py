"""`everygenome variants prepare` as a user and a script see it."""

import json
from pathlib import Path

import pytest

from tests.functional.cli.conftest import Run

MAPPED = """##fileformat=VCFv4.2
##contig=<ID=1,length=249250621>
##INFO=<ID=AC,Number=A,Type=Integer,Description="Copies">
##INFO=<ID=AN,Number=1,Type=Integer,Description="Chromosomes">
##INFO=<ID=NORTH_AC,Number=A,Type=Integer,Description="Copies">
##INFO=<ID=NORTH_AN,Number=1,Type=Integer,Description="Chromosomes">
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO
1\t100\t.\tA\tC\t.\tPASS\tAC=3;AN=100;NORTH_AC=2;NORTH_AN=40
"""


@pytest.fixture
def sites(test_data: Path) -> Path:
    return test_data / "variants" / "gnomad_vcf"


def test_what_was_made_is_told(run: Run, sites: Path, tmp_path: Path) -> None:
    out = tmp_path / "older"
    code, printed, err = run(
        "variants", "prepare", sites / "freqs__grch37__v2.1__gnomad-exomes.1.vcf.gz", "--out", out
    )
    assert (code, err) == (0, "")
    lines = printed.splitlines()
    assert lines[0].startswith("gnomAD v2.1 exomes, GRCh37: ")
    assert lines[0].endswith(f"variants of one file, in {out}.")
    # The defect of this version.
    assert "The fields faf99 hold the value at 95%: 297 of 331" in printed
    assert '"coverage unknown"' in printed
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["build"] == "GRCh37"
    assert sum(manifest["contigs"].values()) == manifest["variants"]
    again, printed, err = run(
        "variants", "prepare", sites / "freqs__grch37__v2.1__gnomad-exomes.1.vcf.gz", "--out", out
    )
    assert (again, printed) == (2, "")
    assert "older" in err


def test_other_fields_by_a_map(run: Run, tmp_path: Path) -> None:
    code, template, err = run("variants", "prepare", "--template")
    assert (code, err) == (0, "")
    assert "[groups" in template
    (tmp_path / "own.vcf").write_text(MAPPED)
    code, out, err = run("variants", "prepare", tmp_path / "own.vcf", "--out", tmp_path / "own")
    assert (code, out) == (3, "")
    assert "--map" in err
    (tmp_path / "map.toml").write_text(
        'name = "Own"\nversion = "1"\nbuild = "GRCh37"\n[all]\nac = "AC"\nan = "AN"\n'
        '[groups.north]\nlabel = "North"\nac = "NORTH_AC"\nan = "NORTH_AN"\n'
    )
    code, out, err = run(
        "variants", "prepare", tmp_path / "own.vcf", "--map", tmp_path / "map.toml", "--out",
        tmp_path / "own",
    )  # fmt: skip
    assert (code, err) == (0, ""), err
    assert out.startswith("Own 1, GRCh37: 1 variants of one file")
    # A group that is sampled so little cannot show anything rare.
    asked = ("--frequencies", tmp_path / "own", "--threshold", "0.01", "--format", "csv")
    code, out, _ = run("variants", "evidence", "1-100-A-C", *asked)
    assert code == 0
    assert out.splitlines()[1].replace('"', "").startswith("1,100,A,C,north,2,40,0.05,")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "No sites file is given."),
        (("SITES",), 2, "It is not said where the store goes."),
        (("none.vcf.gz", "--out", "x"), 3, "none.vcf.gz"),
        (("SITES", "--out", "x", "--build", "GRCh37"), 3, "GRCh38"),
        (("SITES", "--out", "x", "--map", "none.toml"), 3, "none.toml"),
        (("SITES", "SITES", "--out", "x"), 2, "named twice"),
    ],
)
def test_what_stops(
    run: Run,
    sites: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    file = sites / "freqs__grch38__v4.0__gnomad-genomes.1.vcf.gz"
    given = [file if one == "SITES" else one for one in arguments]
    found, out, err = run("variants", "prepare", *given)
    assert (found, out) == (code, ""), err
    assert said in err
    assert "fault of ours" not in err
