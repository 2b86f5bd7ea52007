"""What the pages tell people to type runs, and prints what they say."""

import gzip
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from everygenome.__main__ import main
from everygenome.settings import settings
from tests.docs.pages import ROOT, Command, as_printed, commands

pytestmark = [pytest.mark.slow]

Type = Callable[..., list[str]]


@pytest.fixture
def type_(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Type:
    """Run a command of a page in an empty folder, with a store of its own: the lines printed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EVERYGENOME_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(sys, "argv", ["everygenome"])  # the help says how it was called
    settings.cache_clear()

    def run(command: Command, *, ends: tuple[int, ...] = (0,)) -> list[str]:
        uv, word, program, *arguments = shlex.split(command.words)
        assert (uv, word) == ("uv", "run"), command.words
        if program == "python":
            subprocess.run([sys.executable, *arguments], check=True)
            code: object = 0
        else:
            assert program == "everygenome", command.words
            with pytest.raises(SystemExit) as end:
                main(arguments)
            code = end.value.code
        out, err = capfd.readouterr()
        assert code in (None, *ends), err
        return out.splitlines()

    yield run
    settings.cache_clear()


def check(page: Path, run: Type, **of: object) -> int:
    """Type every command of a page, in order; how many there were."""
    count = 0
    for command in commands(page):
        found = run(command, **of)
        assert as_printed(command.printed, found), f"{command.words} prints:\n" + "\n".join(found)
        count += 1
    return count


def test_the_first_steps(type_: Type) -> None:
    assert check(ROOT / "docs" / "tutorials" / "first-steps.md", type_) >= 6


def test_the_readme(type_: Type, catalogue: Path, tmp_path: Path) -> None:
    (tmp_path / "catalogue").symlink_to(catalogue / "releases" / "2019-12-06")
    grants = catalogue.parent / "grants" / "paper_grants_2022-10-30.tsv.gz"
    (tmp_path / "grants.tsv.gz").symlink_to(grants)
    assert check(ROOT / "README.md", type_) >= 4


@pytest.mark.parametrize("name", ["plan-a-call.md", "report-an-award.md"])
def test_planning_and_reporting(name: str, type_: Type, catalogue: Path, tmp_path: Path) -> None:
    folder = ROOT / "docs" / "how-to"
    grants = catalogue.parent / "grants" / "paper_grants_2022-10-30.tsv.gz"
    files = catalogue / "releases" / "2019-12-06"
    type_(Command(f"uv run everygenome sync --from '{files}' --grants '{grants}'", ()))
    # The files that the pages show, under the names that they give them.
    for page, kind, file in (
        ("plan-a-call.md", "csv", "call.csv"),
        ("report-an-award.md", "toml", "statement.toml"),
    ):
        text = (folder / page).read_text("utf-8")
        (tmp_path / file).write_text(text.split(f"```{kind}\n")[1].split("```")[0], "utf-8")
    assert check(folder / name, type_) >= 1
    assert (tmp_path / "report.pdf").is_file() is (name == "report-an-award.md")


def test_auditing_a_dataset(type_: Type, test_data: Path, tmp_path: Path) -> None:
    panel = test_data / "thousand_genomes" / "integrated_call_samples_v3.2504.panel"
    (tmp_path / "panel.tsv").symlink_to(panel)
    page = ROOT / "docs" / "how-to" / "audit-a-dataset.md"
    made = page.read_text("utf-8").split("```toml\n")[1].split("```")[0]
    (tmp_path / "map.toml").write_text(made, "utf-8")
    assert check(page, type_) == 5
    assert (tmp_path / "report" / "audit.pdf").read_bytes().startswith(b"%PDF-")


def test_judging_a_variant(type_: Type, test_data: Path, tmp_path: Path) -> None:
    folder = test_data / "variants" / "gnomad_vcf"
    for contig in ("1", "X"):
        file = folder / f"freqs__grch38__v4.0__gnomad-exomes.{contig}.vcf.gz"
        (tmp_path / f"gnomad.exomes.chr{contig}.vcf.gz").symlink_to(file)
    # A laboratory's file: what stands in another part of gnomAD, without its counts.
    with gzip.open(folder / "freqs__grch38__v4.0__gnomad-genomes.1.vcf.gz", "rt") as stream:
        told = [line.rstrip("\n").split("\t")[:8] for line in stream]
    kept = [line for line in told if line[0].startswith(("##contig", "##fileformat", "#CHROM"))]
    kept += [[*line[:7], "."] for line in told if not line[0].startswith("#")]
    (tmp_path / "lab.vcf").write_text("".join("\t".join(line) + "\n" for line in kept), "utf-8")
    page = ROOT / "docs" / "how-to" / "judge-a-variant.md"
    text = page.read_text("utf-8")
    for kind, name in (
        ("csv", "bars.csv"),
        ("vcf", "own.vcf"),
        ("toml", "map.toml"),
        ("tsv", "an.tsv"),
    ):
        made = text.split(f"```{kind}\n")[1].split("```")[0]
        (tmp_path / name).write_text(made, "utf-8")
    assert check(page, type_, ends=(0, 10)) == 14
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")
    assert (tmp_path / "rows.csv").read_text("utf-8").startswith("chrom,pos,ref,alt,group,")


def test_the_readme_has_two_set_up_commands() -> None:
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    indented = [line.strip() for line in lines if line.startswith("    ")]
    assert indented == ["uv run everygenome serve", "uv run pytest"]


def test_lines_are_compared_to_the_letter() -> None:
    assert as_printed(("a", "...", "c"), ["a", "b", "b", "c "])
    assert as_printed(("a", "..."), ["a"])
    assert not as_printed(("a", "c"), ["a", "b", "c"])
    assert not as_printed(("a",), ["a", "b"])
