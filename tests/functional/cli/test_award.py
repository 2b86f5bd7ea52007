"""`everygenome report award`: the report as files."""

from collections.abc import Callable
from pathlib import Path

import pytest

from everygenome.pipeline.build import Options, build
from everygenome.pipeline.grants import Wanted
from everygenome.store.folder import Store
from tests.factories.release import Study, ancestry_rows, engine_warning, write_catalogue

pytestmark = engine_warning
Run = Callable[..., tuple[int, str, str]]
ROWS = (
    "GCST000001 discovery 90 European @ U.K.",
    "GCST000001 replication 7 East Asian @ Kenya",
    "GCST000002 discovery 10 NR @ U.K., U.S.",
    "GCST000003 discovery 100 East Asian",
)
GRANTS = (
    "PUBMEDID\tAcronym\tAgency\tCountry\tGrantID\n"
    "11\tHL\tNHLBI NIH HHS\tUnited States\tR01 HL071250-03\n"
)
STATEMENT = """recruitment = "At <b>nine</b> hospitals | and #one clinic."
shared = "All summary statistics."
by = "A. Awardee"
date = 2020-02-01
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("award")
    studies = [Study(f"GCST00000{n}", f"1{n}") for n in (1, 2, 3)]
    files = write_catalogue(folder / "files", ancestry_rows(*ROWS), studies)
    grants = folder / "grants_2022-10-30.tsv"
    grants.write_text(GRANTS, "utf-8")
    build(Store(folder / "store"), files, options=Options(grants=Wanted(str(grants))))
    return folder / "store"


@pytest.fixture
def asked(run: Run, store: Path, tmp_path: Path) -> Callable[..., tuple[int, str, str]]:
    plan, statement = tmp_path / "plan.csv", tmp_path / "statement.toml"
    plan.write_text("group,participants\nAfrican,50\nEuropean,50\n", "utf-8")
    statement.write_text(STATEMENT, "utf-8")

    def call(*more: object) -> tuple[int, str, str]:
        return run(
            *("report", "award", "--title", "Lungs & lipids", "--grant", "5R01HL071250-01"),
            *("--publication", "12", "--publication", "77", "--study", "GCST000009"),
            *("--plan", plan, "--statement", statement, "--store", store, *more),
        )

    return call


def test_markdown_says_everything(asked: Callable[..., tuple[int, str, str]]) -> None:
    code, out, err = asked("--format", "md")
    assert (code, err) == (0, "")
    assert out.startswith("# Diversity report: Lungs \\& lipids\n")
    assert (
        "2 studies of this award are in the catalogue; 2 of the 4 numbers given lead to none" in out
    )
    for line in (
        "| 77 | PubMed number | not in this release |",
        "| GCST000009 | accession | not in this release |",
        "| 5R01HL071250-01 | grant | 1 study in 1 publication |",
        "| European | 90 | 100.0% | 0 | 0% | 47.4% |",
        "| East Asian | 0 | 0% | 7 | 100.0% | 52.6% |",
        "| Not reported | 10 | – | 0 | – | – |",
        "| Discovery | African | 50 | 50.0% | 0 | 0% |",
        "| Kenya | 7 | 6.5% |",
        "| Several countries | 10 | 9.3% |",
    ):
        assert line in out.splitlines(), line
    assert "Under 20, nothing is compared like for like" in out
    assert "10 participations do not say who took part" in out
    # Their words are theirs, and letters without a meaning.
    assert "The words below are the awardee's own (A. Awardee, 2020-02-01)" in out
    assert "“At \\<b\\>nine\\</b\\> hospitals \\| and \\#one clinic.”" in out
    assert "**What hindered** Not stated." in out
    assert "doi:10.1093/nar/gkae1070" in out


def test_html_and_pdf_are_files(asked: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    page = tmp_path / "award.html"
    assert asked("--output", page)[:2] == (0, "")
    text = page.read_text("utf-8")
    assert "<h1>Diversity report: Lungs &amp; lipids</h1>" in text
    assert "<b>nine" not in text
    paper = tmp_path / "award.pdf"
    assert asked("--format", "pdf", "--output", paper)[:2] == (0, "")
    data = paper.read_bytes()
    assert data.startswith(b"%PDF-")
    again = tmp_path / "again.pdf"
    asked("--format", "pdf", "--output", again)
    assert again.read_bytes() == data


def test_nothing_found_is_a_report(run: Run, store: Path) -> None:
    code, out, err = run(
        *("report", "award", "--title", "T", "--study", "GCST000009", "--format", "md"),
        *("--store", store),
    )
    assert (code, err) == (0, "")
    assert "leads to no study in this release. That says nothing about whether" in out
    assert "The awardee has stated nothing yet." in out
    assert "Who took part in" in out
    assert "## Who took part" not in out


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("recruitment = 3\n", "recruitment: found 3, which is no text"),
        ("weather = 'fine'\n", "has 'weather'"),
        ("recruitment", "is no TOML"),
        (f"shared = '{'x' * 2001}'\n", "shared: 2,001 letters"),
    ],
)
def test_a_statement_with_a_slip(
    run: Run, store: Path, tmp_path: Path, text: str, message: str
) -> None:
    path = tmp_path / "s.toml"
    path.write_text(text, "utf-8")
    code, out, err = run(
        *("report", "award", "--title", "T", "--publication", "11"),
        *("--statement", path, "--store", store),
    )
    assert (code, out) == (3, "")
    assert message in err


def test_what_must_be_given(run: Run, store: Path) -> None:
    code, _, err = run("report", "award", "--title", "T", "--store", store)
    assert code == 2
    assert "No study of the award was named" in err
    code, _, err = run("report", "award", "--title", " ", "--study", "x", "--store", store)
    assert code == 2
    assert "letters" in err
