"""Bad input gets one clear paragraph, an exit code by its kind, and changes nothing."""

import gzip
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.factories.release import ancestry_rows, write_catalogue

STUDIES, ANCESTRY = "studies.tsv", "ancestry.tsv"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = ancestry_rows(
        "GCST000001 discovery 100 European @ U.K.",
        "GCST000002 discovery 50 East Asian @ Japan",
        "GCST000002 replication 20 European, NR",
    )
    return write_catalogue(tmp_path / "files", rows)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first test leaves its store for the others to copy."""
    return tmp_path_factory.mktemp("kept") / "store"


@pytest.fixture
def store(tmp_path: Path, folder: Path, run: Run, kept: Path) -> Path:
    """A store with one good release, which nothing below may touch."""
    if not kept.exists():
        code, _, err = run("sync", "--from", folder, "--store", kept)
        assert code == 0, err
    return Path(shutil.copytree(kept, tmp_path / "store", symlinks=True))


def picture(store: Path) -> dict[str, tuple[int, bytes]]:
    """Every file of the store but the lock, with size and content."""
    return {
        str(path.relative_to(store)): (path.stat().st_size, path.read_bytes())
        for path in sorted(store.rglob("*"))
        if path.is_file() and path.name != "lock"
    }


def spoil(folder: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    path = folder / name
    path.write_bytes(change(path.read_bytes()))


def replace_second_line(new: bytes) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        lines = data.split(b"\n")
        return b"\n".join([lines[0], new, *lines[2:]])

    return change


LONG_CELL = b"x" * 10_000_000
CASES: dict[str, tuple[str, Callable[[bytes], bytes], int, tuple[str, ...]]] = {
    "an empty file": (STUDIES, lambda _: b"", 3, ("studies.tsv", "is empty", "Download it again")),
    "a header alone": (
        ANCESTRY,
        lambda data: data.split(b"\n")[0] + b"\n",
        3,
        ("ancestry.tsv", "no rows"),
    ),
    "a web page": (
        STUDIES,
        lambda _: b"<!DOCTYPE html><html><body>Moved</body></html>",
        3,
        ("studies.tsv", "web page", "line 1"),
    ),
    "another layout": (
        ANCESTRY,
        lambda data: data.replace(b"NUMBER OF INDIVIDUALS", b"PEOPLE COUNTED"),
        3,
        ("ancestry.tsv, line 1", "NUMBER OF INDIVIDUALS", "PEOPLE COUNTED", "columns.toml"),
    ),
    "NUL bytes": (
        ANCESTRY,
        replace_second_line(
            b"GCST000001\t1\tA\t2010-01-01\t\t\tini\0tial\t5\tEuropean\tNR\tU.K.\t"
        ),
        3,
        ("ancestry.tsv, line 2, column 7 (STAGE)", "NUL byte"),
    ),
    "Latin-1 bytes": (
        STUDIES,
        lambda data: data.replace(b"Title", b"\xc9tude"),
        3,
        ("studies.tsv, line 2, column 7 (STUDY)", "0xC9", "UTF-8"),
    ),
    "10 MB in one cell": (
        ANCESTRY,
        replace_second_line(b"GCST000001\t1\t" + LONG_CELL + b"\t2010"),
        3,
        ("ancestry.tsv, line 2, column 3", "one cell", "1,048,576"),
    ),
    "a negative number of individuals": (
        ANCESTRY,
        lambda data: data.replace(b"\t100\t", b"\t-100\t"),
        4,
        ("line 2", "participations_stated", "'-100'", "corrections.yml", "--allow-unreviewed"),
    ),
    "an absurd number of individuals": (
        ANCESTRY,
        lambda data: data.replace(b"\t100\t", b"\t99999999999\t"),
        4,
        ("line 2", "'99999999999'"),
    ),
    "an unknown ancestry label": (
        ANCESTRY,
        lambda data: data.replace(b"East Asian", b"Martian"),
        4,
        ("line 3", "'Martian'", "vocabulary/ancestry.py", "--allow-unreviewed"),
    ),
    "an unknown country": (
        ANCESTRY,
        lambda data: data.replace(b"Japan", b"Atlantis"),
        4,
        ("line 3", "'Atlantis'", "country_spellings.csv"),
    ),
    "an unknown stage": (
        ANCESTRY,
        lambda data: data.replace(b"replication\t", b"rehearsal\t"),
        4,
        ("'rehearsal'", "stage_stated"),
    ),
    "studies that the ancestry file does not know": (
        ANCESTRY,
        lambda data: data.replace(b"GCST00000", b"GCST00009"),
        3,
        ("do not belong together", "--partial"),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_spoilt_file_is_named_with_its_place_and_the_store_is_untouched(
    case: str, folder: Path, store: Path, run: Run
) -> None:
    name, change, code, words = CASES[case]
    before = picture(store)
    spoil(folder, name, change)
    found, out, err = run("sync", "--from", folder, "--store", store)
    assert found == code, err
    assert out == ""
    for word in words:
        assert word in err
    assert "Traceback" not in err
    assert len(err.strip().splitlines()) == 1
    assert len(err) < 2000
    assert picture(store) == before


def test_a_missing_file_of_the_trio_stops_without_partial(
    folder: Path, store: Path, run: Run
) -> None:
    (folder / ANCESTRY).unlink()
    code, _, err = run("sync", "--from", folder, "--store", store)
    assert code == 3
    assert "lacks ancestry" in err
    assert "--partial" in err
    code, out, _ = run("sync", "--from", folder, "--store", store, "--partial")
    assert code == 0
    assert "Missing: ancestry" in out


def test_a_truncated_gzip_is_damaged_not_short(folder: Path, store: Path, run: Run) -> None:
    data = gzip.compress((folder / STUDIES).read_bytes() * 50)
    (folder / STUDIES).unlink()
    (folder / "studies.tsv.gz").write_bytes(data[: len(data) // 2])
    code, _, err = run("sync", "--from", folder, "--store", store)
    assert code == 3
    assert "studies.tsv.gz" in err


def test_files_named_for_different_releases_stop(folder: Path, store: Path, run: Run) -> None:
    (folder / STUDIES).rename(folder / "gwas_catalog-studies_r2024-01-08.tsv")
    (folder / ANCESTRY).rename(folder / "gwas_catalog-ancestry_r2024-02-12.tsv")
    code, _, err = run("sync", "--from", folder, "--store", store)
    assert code == 3
    assert "2024-01-08" in err
    assert "2024-02-12" in err


def test_a_file_named_for_a_release_before_its_newest_study_holds_other_bytes(
    folder: Path, store: Path, run: Run
) -> None:
    (folder / STUDIES).rename(folder / "studies_r2001-01-01.tsv")
    code, _, err = run("sync", "--from", folder, "--store", store)
    assert code == 3
    assert "2001-01-01" in err
    assert "later release" in err


def test_two_files_of_one_kind_are_not_guessed_between(folder: Path, store: Path, run: Run) -> None:
    shutil.copy(folder / STUDIES, folder / "studies_again.tsv")
    code, _, err = run("sync", "--from", folder, "--store", store)
    assert code == 3
    assert "two studies files" in err


def test_a_folder_that_is_not_there(store: Path, tmp_path: Path, run: Run) -> None:
    code, _, err = run("sync", "--from", tmp_path / "nowhere", "--store", store)
    assert code == 7
    assert "nowhere" in err


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="needs setpriv")
def test_a_store_that_may_not_be_written(folder: Path, tmp_path: Path, run: Run) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere; the message is tested in tests/unit/store")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    code, _, err = run("sync", "--from", folder, "--store", closed / "store")
    assert code == 6
    assert "may not be read or written" in err


def test_a_store_in_a_place_that_is_a_file(folder: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "file").write_text("no folder")
    code, _, err = run("sync", "--from", folder, "--store", tmp_path / "file")
    assert code == 6
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (("show", "composition", "--country", "XX1"), 7, "XX1"),
        (("show", "composition", "--trait", "EFO_9999999"), 7, "EFO_9999999"),
        (("show", "composition", "--trait-parent", "Cancers"), 7, "Cancers"),
        (("show", "composition", "--release", "1999-01-01"), 7, "1999-01-01"),
        (("show", "composition", "--reference", "nowhere"), 7, "nowhere"),
        (("show", "composition", "--year", "2010", "--from-year", "2009"), 2, "--year"),
        (("show", "composition", "--from-year", "2012", "--to-year", "2010"), 2, "2012"),
        (("show", "composition", "--rule", "monitor2020"), 2, "--broad-dictionary"),
        (("show", "countries", "--unit", "studies", "--country-rule", "split"), 2, "split"),
        (("show", "countries", "--unit", "associations"), 2, "Associations"),
        (("show", "people", "--unit", "studies"), 2, "People"),
        (("show", "trend", "--reference", "un_wpp2024_subregions"), 2, "--reference"),
        (("show", "concentration", "--top", "0"), 2, "top 0"),
        (
            ("show", "composition", "--reference", "un_wpp2024_subregions", "--scheme", "detailed"),
            2,
            "crosswalk",
        ),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(
    arguments: tuple[str, ...], code: int, word: str, store: Path, run: Run
) -> None:
    found, out, err = run(*arguments, "--store", store)
    assert found == code, err
    assert word in err
    assert out == ""


def test_hostile_words_are_only_words(store: Path, run: Run) -> None:
    code, _, err = run(
        "show", "composition", "--trait-parent", "x'; DROP TABLE ancestry; --", "--store", store
    )
    assert code == 7
    assert "DROP TABLE" in err
    code, _, _ = run("show", "composition", "--store", store)
    assert code == 0


def test_allow_unreviewed_publishes_the_rows_as_a_class_of_their_own(
    folder: Path, store: Path, run: Run
) -> None:
    import json

    spoil(folder, ANCESTRY, lambda data: data.replace(b"\tEast Asian\t", b"\tMartian\t"))
    code, _, err = run("sync", "--from", folder, "--store", store, "--allow-unreviewed")
    assert code == 0, err
    _, out, _ = run("show", "composition", "--stage", "all", "--format", "json", "--store", store)
    answer = json.loads(out)
    rows = {row["group"]: row for row in answer["rows"]}
    assert rows["Unreviewed"]["value"] == 50
    assert rows["Unreviewed"]["share"] is None
    assert rows["East Asian"]["value"] == 0
    assert "unreviewed_labels" in {caveat["id"] for caveat in answer["caveats"]}
