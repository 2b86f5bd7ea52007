"""Grants and portfolios on the command line, from files and from a server on this machine."""

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from everygenome.queries.history import as_released
from everygenome.queries.measures import question
from everygenome.store.folder import Store
from everygenome.store.manifest import read_manifest
from tests.factories.release import (
    Study,
    ancestry_rows,
    engine_warning,
    write_catalogue,
    write_grants,
)
from tests.fixtures.server import FakeServer, Reply
from tests.functional.cli.conftest import Run
from tests.integration.pubmed_grants.servers import asked, europe_pmc, ncbi

pytestmark = [engine_warning, pytest.mark.slow]
PAPERS = 250
NHLBI, WELLCOME = ("NHLBI NIH HHS", "United States"), ("Wellcome Trust", "United Kingdom")
# By the last digits of the publication: what the table of grants says of it.
LISTS: tuple[Any, ...] = ((WELLCOME,), (NHLBI, WELLCOME), (), None)
NUMBERS = [str(1001 + at) for at in range(PAPERS)]
WITH = 126
EFETCH, SEARCH = "/efetch.fcgi", "/search"


def studies_here() -> list[Study]:
    return [
        Study(
            f"GCST{at:06}",
            NUMBERS[at],
            journal="Nature" if at % 3 else "Nat Genet",
            grants=LISTS[at % 4],
        )
        for at in range(PAPERS)
    ]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("grants")
    lines = [
        f"GCST{at:06} discovery {10 + at} {'European' if at % 2 else 'East Asian'} @ U.K."
        for at in range(PAPERS)
    ]
    write_catalogue(folder / "files", ancestry_rows(*lines), studies_here())
    write_grants(folder / "grants_2020-01-01.tsv", studies_here())
    return folder


@pytest.fixture(scope="module")
def _plain(files: Path) -> Path:
    """A store with a release that has no grants."""
    from everygenome.pipeline.build import build

    build(Store(files / "plain"), files / "files")
    return files / "plain"


@pytest.fixture(scope="module")
def _granted(files: Path, _plain: Path) -> Path:
    from everygenome.pipeline.build import Options
    from everygenome.pipeline.grants import Wanted
    from everygenome.pipeline.sync import CURRENT, sync

    shutil.copytree(_plain, files / "granted")
    wanted = Options(grants=Wanted(str(files / "grants_2020-01-01.tsv")))
    sync(Store(files / "granted"), CURRENT, options=wanted)
    return files / "granted"


@pytest.fixture
def plain(_plain: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(_plain, tmp_path / "store"))


@pytest.fixture
def granted(_granted: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(_granted, tmp_path / "store"))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with FakeServer() as fake:
        fake.on(EFETCH, ncbi())
        fake.on(SEARCH, europe_pmc())
        yield fake


def table(files: Path) -> Path:
    return files / "grants_2020-01-01.tsv"


def shown(run: Run, store: Path, *arguments: object) -> dict[str, Any]:
    code, out, err = run("show", *arguments, "--format", "json", "--store", store)
    assert code == 0, err
    found: dict[str, Any] = json.loads(out)
    return found


def covered(run: Run, store: Path) -> dict[str, Any]:
    found: dict[str, Any] = shown(run, store, "portfolio", "--kind", "funder")["coverage"]["grants"]
    return found


def synced(run: Run, store: Path, *arguments: object) -> None:
    code, _, err = run("sync", *arguments, "--store", store)
    assert code == 0, err


def picture(store: Path) -> dict[str, bytes]:
    """Every file that is published, and the pointer."""
    return {
        str(path.relative_to(store)): path.read_bytes()
        for path in sorted(store.rglob("*"))
        if path.is_file() and (path.name == "current" or "releases" in path.parts)
    }


def test_from_files_and_a_table_at_once(run: Run, files: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    arguments = ("--from", files / "files", "--grants", table(files))
    synced(run, store, *arguments)
    told = covered(run, store)
    assert (told["publications"], told["with_grants"], told["without_grants"]) == (250, 126, 62)
    assert (told["not_asked"], told["naming_a_funder"]) == (62, 126)
    # One run makes one release, and the same again makes none.
    before = picture(store)
    assert len(Store(store).ids()) == 1
    synced(run, store, *arguments)
    synced(run, store, "--from", files / "files")
    assert picture(store) == before


@pytest.mark.parametrize("arguments", [(), ("--from", "current")])
def test_grants_for_the_release_that_is_there(
    run: Run, files: Path, plain: Path, arguments: tuple[str, ...]
) -> None:
    """A store that was filled from files asks no catalogue; its own files stay as they are."""
    (first,) = Store(plain).ids()
    before = picture(plain)
    synced(run, plain, *arguments, "--grants", table(files))
    after = picture(plain)
    assert {name: after[name] for name in before if name != "current"} == {
        name: data for name, data in before.items() if name != "current"
    }
    (second,) = set(Store(plain).ids()) - {first}
    assert Store(plain).current() == second
    assert covered(run, plain)["with_grants"] == WITH
    synced(run, plain, *arguments, "--grants", table(files))
    assert picture(plain) == after
    for name in ("ancestry", "studies"):
        one, two = (plain / "releases" / each / f"{name}.parquet" for each in (first, second))
        assert one.read_bytes() == two.read_bytes()


def test_without_grants_again_and_back(run: Run, files: Path, granted: Path) -> None:
    with_grants = Store(granted).current()
    synced(run, granted, "--from", "current", "--grants", "none")
    assert Store(granted).current() != with_grants
    code, _, err = run("show", "portfolio", "--kind", "funder", "--store", granted)
    assert (code, "made without grants" in err, "--grants" in err) == (7, True, True)
    # What was asked for once is kept, and comes back with the next sync.
    synced(run, granted, "--from", files / "files")
    assert Store(granted).current() == with_grants
    assert len(Store(granted).ids()) == 2


def test_a_date_means_the_newer_of_two_of_the_same_files(run: Run, granted: Path) -> None:
    newer = Store(granted).current()
    assert Store(granted).resolve("2020-01-01").name == newer
    code, out, _ = run("releases", "--format", "json", "--store", granted)
    rows = {row["id"]: row for row in json.loads(out)["rows"]}
    assert code == 0
    assert {name: (row["superseded"], row["current"]) for name, row in rows.items()} == {
        name: (name != newer, name == newer) for name in Store(granted).ids()
    }
    assert [bool(row["grants"]) for row in rows.values() if row["superseded"]] == [False]
    assert [bool(row["grants"]) for row in rows.values() if not row["superseded"]] == [True]
    found = as_released(question(), store=granted)
    assert {row["release"] for row in found.rows} == {newer}
    # The older one is still there for whoever names it.
    (older,) = set(rows) - {newer}
    assert shown(run, granted, "composition", "--release", older)["release"]["id"] == older


def test_from_a_server(run: Run, plain: Path, server: FakeServer) -> None:
    synced(run, plain, "--from", "current", "--grants", server.url("/"))
    questions = [asked(request) for request in server.seen(EFETCH)]
    assert questions == [NUMBERS[:200], NUMBERS[200:]]
    assert covered(run, plain)["with_grants"] == PAPERS
    rows = shown(run, plain, "portfolio", "--kind", "funder")["rows"]
    assert {row["id"]: row["publications"] for row in rows}["nci"] == PAPERS
    server.requests.clear()
    before = picture(plain)
    synced(run, plain, "--grants", server.url("/"))
    assert (server.requests, picture(plain)) == ([], before)


def test_a_server_that_dies(run: Run, plain: Path, server: FakeServer) -> None:
    """One line and exit code 5; the store is as it was, and the next run asks for the rest."""
    server.on(EFETCH, ncbi(), Reply(status=403))
    server.on(SEARCH, Reply(status=403))
    before = picture(plain)
    code, out, err = run("sync", "--grants", server.url("/"), "--store", plain)
    assert (code, out) == (5, "")
    assert "Traceback" not in err
    assert "grants of 50 publications" in err
    assert "only the rest" in err
    assert picture(plain) == before
    server.requests.clear()
    server.on(EFETCH, ncbi())
    synced(run, plain, "--grants", server.url("/"))
    assert [asked(request) for request in server.requests] == [NUMBERS[200:]]
    assert covered(run, plain)["with_grants"] == PAPERS


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda text: text.replace("Agency\t", "Payer\t", 1), ("line 1", "'Payer'")),
        (lambda text: text.replace("\n1001\t", "\nx1001\t"), ("line 2", "'x1001'")),
        (lambda text: text.replace("\n1002\t", "\n1002\t\t"), ("line 3", "6 values, not 5")),
        (lambda text: text.replace("Wellcome", "\0", 1), ("line 2", "NUL byte")),
        (lambda _: "", ("is empty",)),
    ],
    ids=["header", "number", "columns", "NUL", "empty"],
)
def test_a_broken_table_is_named_with_its_line(
    run: Run, files: Path, plain: Path, tmp_path: Path, spoil: Any, words: tuple[str, ...]
) -> None:
    broken = tmp_path / "broken.tsv"
    broken.write_text(spoil(table(files).read_text("utf-8")), "utf-8")
    before = picture(plain)
    code, out, err = run("sync", "--grants", broken, "--store", plain)
    assert (code, out, picture(plain)) == (3, "", before)
    for word in ("broken.tsv", *words):
        assert word in err
    assert "Traceback" not in err
    assert len(err.strip().splitlines()) == 1


def test_a_table_that_is_not_there(run: Run, plain: Path, tmp_path: Path) -> None:
    code, _, err = run("sync", "--grants", tmp_path / "nowhere.tsv", "--store", plain)
    assert (code in (3, 7), "nowhere.tsv" in err, "Traceback" in err) == (True, True, False)


def test_killed_while_grants_are_written(files: Path, plain: Path) -> None:
    """A reader finds the whole release without grants or the whole one with them."""
    script = Path(__file__).with_name("killed_grants.py")
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", str(script), str(plain), str(table(files))],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        cwd=Path(__file__).parents[3],
    )
    assert ran.returncode == 0, ran.stderr
    steps = [json.loads(line) for line in ran.stdout.splitlines()]
    # Four tables, and both sides of three renames: lists that are kept, release and pointer.
    assert len(steps) >= 9
    assert [step["code"] for step in steps] == [-signal.SIGKILL] * (len(steps) - 1) + [0]
    (old,) = Store(plain).ids()
    new = steps[-1]["after_again"]["current"]
    everybody = sum(range(10, 10 + PAPERS))
    for step in steps:
        found = step["after_kill"]
        assert sorted(found["manifests"]) == found["ids"]
        assert set(found["ids"]) <= {old, new}
        assert found["value"] == everybody
        assert (step["again"], step["after_again"]["current"]) == (0, new)
        assert sorted(step["after_again"]["ids"]) == sorted({old, new})
        assert step["left"] == ["current", "lock", "releases", "snapshots"]
    assert {step["after_kill"]["current"] for step in steps} == {old, new}


@pytest.fixture
def version_1(plain: Path) -> Path:
    """A store as an earlier everygenome left it."""
    folder = Store(plain).resolve()
    manifest = read_manifest(folder)
    gone = ("entities", "study_cohort", "publication_journal")
    tables = {name: rows for name, rows in manifest.tables.items() if name not in gone}
    changes = {
        "tables_version": 1,
        "tables": tables,
        "names": {},
        # The version is part of it.
        "content_hash": "1" * 64,
    }
    manifest.model_copy(update=changes).write(folder)
    for name in gone:
        (folder / f"{name}.parquet").unlink()
    return plain


def test_a_release_of_the_first_version_says_what_it_lacks(
    run: Run, files: Path, version_1: Path
) -> None:
    rows = shown(run, version_1, "composition")["rows"]
    assert sum(row["value"] for row in rows) == sum(range(10, 10 + PAPERS))
    for kind, word in (
        ("journal", "before journals were read"),
        ("cohort", "which cohorts its studies used"),
        ("funder", "without grants"),
    ):
        for arguments in (("portfolio", "--kind", kind), ("composition", f"--{kind}", "nature")):
            code, out, err = run("show", *arguments, "--store", version_1)
            assert (code, out) == (7, "")
            assert word in err
            assert "Traceback" not in err
    countries = shown(run, version_1, "portfolio", "--kind", "country")["rows"]
    assert [(row["id"], row["publications"]) for row in countries] == [("GBR", PAPERS)]
    # Grants are added to it as they are to any.
    synced(run, version_1, "--from", "current", "--grants", table(files))
    assert covered(run, version_1)["with_grants"] == WITH
    # And its files make a release of today, which takes its place.
    synced(run, version_1, "--from", files / "files")
    journals = shown(run, version_1, "portfolio", "--kind", "journal")["rows"]
    assert [row["name"] for row in journals] == ["Nat Genet", "Nature"]
    found = as_released(question(), store=version_1)
    assert {row["release"] for row in found.rows} == {Store(version_1).current()}


def test_a_list_of_portfolios_has_each_once(run: Run, granted: Path) -> None:
    found = shown(run, granted, "portfolio", "--kind", "funder")
    rows = found["rows"]
    assert {"name", "group", "publications", "observed_share"} <= set(rows[0])
    names = [row["name"] for row in rows]
    assert names == sorted(set(names), key=str.casefold)
    assert {row["id"]: row["publications"] for row in rows} == {
        "wellcome-trust": 126,
        "funders-gbr": 126,
        "nhlbi": 63,
        "nih": 63,
        "funders-usa": 63,
    }
    # Odd papers are European, with 10 people and more: NHLBI is named by every fourth.
    row = next(row for row in rows if row["id"] == "nhlbi")
    assert (row["group"], row["observed_share"]) == ("European", 1.0)
    assert row["participations"] == sum(10 + at for at in range(1, PAPERS, 4))


def test_one_portfolio(run: Run, granted: Path) -> None:
    found = shown(run, granted, "portfolio", "--kind", "funder", "--name", "Wellcome Trust")
    rows = {row["group"]: row for row in found["rows"]}
    assert {row["name"] for row in rows.values()} == {"Wellcome Trust"}
    ours = {at for at in range(PAPERS) if at % 4 in (0, 1)}
    people = {at: 10 + at for at in ours}
    share = sum(n for at, n in people.items() if at % 2) / sum(people.values())
    assert rows["European"]["share"] == pytest.approx(share)
    assert rows["European"]["crude_share"] == pytest.approx(share)
    assert rows["European"]["publications"] == 126
    assert found["coverage"]["grants"]["publications"] == PAPERS


def test_like_for_like_of_all_funders_at_once(run: Run, granted: Path) -> None:
    found = shown(run, granted, "standardised", "--kind", "funder")
    wanted = ("name", "group", "publications", "observed_share", "expected_share")
    rows = found["rows"]
    for row in rows:
        assert {*wanted, "ratio", "ratio_low", "ratio_high"} <= set(row)
    pairs = [(row["name"], row["group"]) for row in rows]
    assert len(set(pairs)) == len(pairs)
    assert len({row["id"] for row in rows}) == 5
    row = next(r for r in rows if (r["id"], r["group"]) == ("nhlbi", "European"))
    others = [at for at in range(PAPERS) if at % 4 != 1]
    european = sum(10 + at for at in others if at % 2)
    expected = european / sum(10 + at for at in others)
    # One trait, one year, one stage: like for like is the rest of the field.
    assert row["observed_share"] == 1
    assert row["expected_share"] == pytest.approx(expected)
    assert row["ratio"] == pytest.approx(1 / expected)
    assert row["ratio_low"] < row["ratio"] < row["ratio_high"]


def test_filters_of_several_kinds(run: Run, granted: Path) -> None:
    found = shown(
        run,
        granted,
        *("composition", "--unit", "studies", "--funder", "NHLBI", "--funder", "Wellcome Trust"),
        *("--journal", "Nat Genet"),
    )
    fitting = [at for at in range(PAPERS) if at % 4 in (0, 1) and at % 3 == 0]
    rows = {row["group"]: row["value"] for row in found["rows"]}
    assert rows["European"] == sum(at % 2 for at in fitting)
    assert rows["East Asian"] == sum(at % 2 == 0 for at in fitting)
    assert found["filters"] == {"funder": "nhlbi;wellcome-trust", "journal": "nat-genet"}
    assert found["coverage"]["grants"]["publications"] == len(range(0, PAPERS, 3))


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--funder", "Welcome Trust"), "Wellcome Trust (wellcome-trust)"),
        (("--journal", "Natur"), "Nature (nature)"),
        (("--funder", "Wellcome Trust", "--funder", "zzzz"), "'zzzz'"),
        (("--country", "XX1"), "XX1"),
    ],
)
def test_an_unknown_name_gets_suggestions(
    run: Run, granted: Path, arguments: tuple[str, ...], word: str
) -> None:
    code, out, err = run("show", "composition", *arguments, "--store", granted)
    assert (code, out, word in err, "Traceback" in err) == (7, "", True, False)


def test_what_a_release_lacks_is_told_with_the_remedy(run: Run, plain: Path) -> None:
    for arguments in (
        ("portfolio", "--kind", "funder"),
        ("standardised", "--kind", "funder"),
        ("composition", "--funder", "Wellcome Trust"),
    ):
        code, out, err = run("show", *arguments, "--store", plain)
        assert (code, out) == (7, "")
        assert "without grants" in err
        assert "--grants" in err
    code, _, err = run("show", "portfolio", "--kind", "cohort", "--store", plain)
    assert (code, "which cohorts" in err, "v1.0.2.1" in err) == (7, True, True)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("portfolio",), "needs --kind"),
        (("composition", "--kind", "funder"), "does not take --kind"),
        (("standardised", "--kind", "trait", "--name", "x"), "trait"),
        (("standardised", "--kind", "field"), "--inclusive"),
        (("standardised", "--kind", "country"), "--name"),
        (("portfolio", "--kind", "funder", "--unit", "studies"), "studies"),
        (("portfolio", "--kind", "funder", "--order", "best"), "best"),
        (("portfolio", "--kind", "funder", "--min-publications", "0"), "0"),
        (("portfolio", "--kind", "field"), "field"),
    ],
)
def test_what_cannot_be_asked(
    run: Run, granted: Path, arguments: tuple[str, ...], word: str
) -> None:
    code, out, err = run("show", *arguments, "--store", granted)
    assert (code, out, word in err, "Traceback" in err) == (2, "", True, False)
