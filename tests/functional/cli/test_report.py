"""Portfolio reports on the command line."""

import os
import sys
from pathlib import Path

import pytest

from everygenome.pipeline.sync import sync_demonstration
from everygenome.reports.portfolio import files
from everygenome.store.folder import Store
from tests.factories.release import Study, engine_warning, tiny_release
from tests.functional.cli.conftest import Run

pytestmark = [engine_warning, pytest.mark.slow]
NAME = "everygenome-portfolio-journal-demonstration-reports"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report") / "store"
    sync_demonstration(Store(folder))
    return folder


@pytest.mark.parametrize(("suffix", "start"), [("pdf", b"%PDF"), ("html", b"<!do"), ("md", b"# D")])
def test_a_report_has_a_name_of_its_own(
    run: Run, store: Path, tmp_path: Path, suffix: str, start: bytes
) -> None:
    arguments = ("journal", "Demonstration Reports", "--format", suffix)
    code, out, err = run("report", *arguments, "--output", tmp_path, "--store", store)
    assert code == 0, err
    made = Path(out.replace("\n", ""))
    release = Store(store).current()
    assert made.name == f"{NAME}-{release}.{suffix}"
    assert made.read_bytes().startswith(start)
    assert os.listdir(tmp_path) == [made.name]


def test_it_goes_where_it_is_sent_and_into_this_folder_otherwise(
    run: Run, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mine.md"
    ours = ("report", "funder", "Demonstration Trust", "--format", "md", "--store", store)
    code, out, _ = run(*ours, "--output", file)
    assert (code, out) == (0, f"{file}\n")
    monkeypatch.chdir(tmp_path)
    code, out, _ = run(*ours, "--scheme", "detailed", "--from-year", 2015)
    assert code == 0
    assert "demonstration-trust-from-year-2015-scheme-detailed-" in out
    assert "from 2015" in (tmp_path / out.strip()).read_text("utf-8")


def test_what_is_refused(run: Run, store: Path, tmp_path: Path) -> None:
    ours = ("--format", "md", "--store", store)
    code, _, err = run("report", "funder", "Demonstration Trus", *ours)
    assert (code, "Did you mean Demonstration Trust (demonstration-trust)" in err) == (7, True)
    code, _, err = run("report", "country", "Tuvalu", *ours)
    assert (code, "nothing to report" in err) == (7, True)
    code, _, err = run("report", "funder", '"; rm -rf / #[]\x1b[31m\n', *ours)
    assert (code, err.count("\n") <= 2) == (7, True)
    trust = ("report", "funder", "demonstration-trust", *ours)
    code, _, err = run(*trust, "--output", tmp_path / "none" / "a.md")
    assert (code, f"there is no folder {tmp_path / 'none'}" in err) == (6, True)
    code, _, err = run(*trust, "--from-year", 2018, "--to-year", 2015)
    assert (code, "hold no year" in err) == (2, True)
    code, _, err = run(*trust, "--reply", tmp_path / "none.txt")
    assert (code, "cannot be read" in err) == (3, True)
    (tmp_path / "reply.txt").write_bytes(b"\xff\xfe")
    code, _, err = run(*trust, "--reply", tmp_path / "reply.txt")
    assert (code, "is not UTF-8 text" in err) == (3, True)


def test_a_release_without_grants_has_no_funders(run: Run, tmp_path: Path) -> None:
    tiny_release(tmp_path, "GCST000001 discovery 9 European", studies=[Study("GCST000001", "1")])
    place = ("--format", "md", "--store", tmp_path / "store")
    code, _, err = run("report", "funder", "Anybody", *place)
    assert (code, "--grants" in err) == (7, True)


def test_without_typst_there_is_no_pdf(
    run: Run, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    for which in (("funder", "Demonstration Trust"), ("all", "--kind", "funder", "--folder", "x")):
        code, _, err = run("report", *which, "--store", store)
        assert (code, "extra `reports`" in err) == (2, True)
    place = ("--output", tmp_path, "--format", "html", "--store", store)
    assert run("report", "funder", "Demonstration Trust", *place)[0] == 0


def test_a_reply_stands_in_the_report(run: Run, store: Path, tmp_path: Path) -> None:
    (tmp_path / "reply.txt").write_text("We have <b>changed</b> our rules.", "utf-8")
    code, out, _ = run(
        *("report", "funder", "Demonstration Trust", "--format", "html", "--store", store),
        *("--reply", tmp_path / "reply.txt", "--output", tmp_path),
    )
    assert code == 0
    page = Path(out.replace("\n", "")).read_text("utf-8")
    assert "We have &lt;b&gt;changed&lt;/b&gt; our rules." in page
    assert "has not done so yet" not in page


def test_all_of_a_kind_and_again(run: Run, store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    ours = ("report", "all", "--kind", "cohort", "--folder", folder, "--format", "md")
    code, out, _ = run(*ours, "--store", store, "--min-publications", 60)
    assert (code, out) == (0, f"3 written to {folder}, 0 there before, 0 failed.\n")
    code, out, _ = run(*ours, "--store", store)
    assert (code, out) == (0, f"3 written to {folder}, 3 there before, 0 failed.\n")
    code, out, _ = run(*ours, "--store", store, "--again")
    assert (code, out.startswith("6 written")) == (0, True)


def test_a_failed_one_is_told_and_the_exit_code_says_so(
    run: Run, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = files.portfolio_document

    def fails(release: object, kind: str, name: str, **more: object) -> object:
        if name == "demonstration-reports":
            raise ValueError("broken")
        return right(release, kind, name, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(files, "portfolio_document", fails)
    code, out, err = run(
        *("report", "all", "--kind", "journal", "--folder", tmp_path, "--format", "md"),
        *("--store", store),
    )
    assert code == 1
    assert "2 written" in out
    assert "1 failed" in out
    assert "No report on Demonstration Reports: a fault of ours (ValueError: broken)" in err
    assert "Traceback" not in err


def test_a_folder_that_cannot_be_made(run: Run, store: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    code, _, err = run(
        *("report", "all", "--kind", "journal", "--folder", tmp_path / "file" / "x"),
        *("--format", "md", "--store", store),
    )
    assert (code, "cannot be written" in err) == (6, True)
