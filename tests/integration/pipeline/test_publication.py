"""A release appears whole or not at all, whenever the writer is killed."""

import errno
import json
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from everygenome.errors import InputError, NotFoundError, StoreError
from everygenome.pipeline.build import Options, build
from everygenome.pipeline.writing import Core
from everygenome.queries.release import open_release
from everygenome.store.folder import Store
from tests.factories.release import ancestry_rows, write_catalogue

pytestmark = [pytest.mark.slow]

BEFORE = ("GCST000001 discovery 100 European @ U.K.", "GCST000002 discovery 50 East Asian")
AFTER = (*BEFORE, "GCST000003 discovery 7 African unspecified @ Ghana")


@pytest.mark.slow
def test_killed_at_any_step_a_reader_sees_a_whole_release_and_the_next_run_recovers(
    tmp_path: Path,
) -> None:
    store = tmp_path / "store"
    old = build(Store(store), write_catalogue(tmp_path / "old", ancestry_rows(*BEFORE)))
    files = write_catalogue(tmp_path / "new", ancestry_rows(*AFTER))
    script = Path(__file__).with_name("killed_builds.py")
    ran = subprocess.run(
        [sys.executable, str(script), str(store), str(files)],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
        cwd=Path(__file__).parents[3],
    )
    steps = [json.loads(line) for line in ran.stdout.splitlines()]
    # Reading three files, writing eleven tables, and both sides of two renames.
    assert len(steps) >= 20
    assert [step["code"] for step in steps[:-1]] == [-signal.SIGKILL] * (len(steps) - 1)
    assert steps[-1]["code"] == 0
    new = steps[-1]["after_again"]["current"]
    for step in steps:
        found = step["after_kill"]
        assert sorted(found["manifests"]) == found["ids"]
        assert set(found["ids"]) <= {old.manifest.id, new}
        # Half a release would give another sum, or none.
        assert found["value"] == {old.manifest.id: 150, new: 157}[found["current"]]
        assert step["again"] == 0
        assert step["after_again"]["current"] == new
        assert step["after_again"]["value"] == 157
        assert step["left"] == ["current", "lock", "releases"]
    # The release and the pointer are two renames: both orders were seen.
    assert any(
        step["after_kill"]["current"] == old.manifest.id and new in step["after_kill"]["ids"]
        for step in steps
    )


def test_the_same_files_again_are_the_same_release(tmp_path: Path) -> None:
    files = write_catalogue(tmp_path / "files", ancestry_rows(*BEFORE))
    first = build(Store(tmp_path / "store"), files)
    again = build(Store(tmp_path / "store"), files)
    assert (first.new, again.new) == (True, False)
    assert again.manifest == first.manifest
    assert Store(tmp_path / "store").ids() == [first.manifest.id]


def test_going_back_to_earlier_files_points_to_their_release(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    one = build(store, write_catalogue(tmp_path / "one", ancestry_rows(*BEFORE)))
    two = build(store, write_catalogue(tmp_path / "two", ancestry_rows(*AFTER)))
    assert store.current() == two.manifest.id
    build(store, tmp_path / "one")
    assert store.current() == one.manifest.id
    assert len(store.ids()) == 2


def test_only_one_process_writes(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    files = write_catalogue(tmp_path / "files", ancestry_rows(*BEFORE))
    with store.writing(), pytest.raises(StoreError, match="Another process is writing"):
        build(Store(tmp_path / "store"), files)


def test_retention_keeps_the_newest_and_the_current(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    for number in range(4):
        rows = ancestry_rows(f"GCST00000{number} discovery {100 + number} European")
        build(store, write_catalogue(tmp_path / str(number), rows), options=Options(keep=2))
    assert len(store.ids()) == 2
    assert store.current() in store.ids()


def test_an_empty_store_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="everygenome sync"):
        Store(tmp_path).resolve()


def test_a_date_names_its_release_and_an_unknown_one_lists_those_there(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    made = build(store, write_catalogue(tmp_path / "files", ancestry_rows(*BEFORE)))
    assert store.resolve("2020-01-01").name == made.manifest.id
    with pytest.raises(NotFoundError, match=made.manifest.id):
        store.resolve("2021-01-01")


def test_a_release_of_another_version_of_the_tables_is_not_misread(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    made = build(store, write_catalogue(tmp_path / "files", ancestry_rows(*BEFORE)))
    folder = store.resolve(made.manifest.id)
    made.manifest.model_copy(update={"tables_version": 0}).write(folder)
    with pytest.raises(StoreError, match="tables of version 0"):
        open_release(store=store.root)


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (duckdb.IOException("IO Error: No space left on device"), 6, "is full"),
        (duckdb.IOException("IO Error: Could not read"), 6, "cannot read or write"),
        (duckdb.OutOfMemoryException("Out of Memory Error: failed"), 6, "out of memory"),
        (OSError(errno.ENOSPC, "No space left on device"), 6, "is full"),
        (OSError(errno.EROFS, "Read-only file system"), 6, "may not be read or written"),
    ],
)
def test_a_disk_or_memory_that_gives_out_leaves_the_store_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, code: int, words: str
) -> None:
    store = Store(tmp_path / "store")
    old = build(store, write_catalogue(tmp_path / "old", ancestry_rows(*BEFORE)))

    def fail(*_args: object, **_kw: object) -> None:
        raise error

    monkeypatch.setattr(Core, "write", fail)
    with pytest.raises(StoreError, match=words) as caught:
        build(store, write_catalogue(tmp_path / "new", ancestry_rows(*AFTER)))
    assert caught.value.exit_code == code
    assert "Traceback" not in str(caught.value)
    assert store.ids() == [old.manifest.id]
    assert not list(store.building.glob("*"))


def test_a_file_that_is_written_while_it_is_read_stops_the_build(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    files = write_catalogue(tmp_path / "files", ancestry_rows(*BEFORE))

    def meddle(stage: str, *_args: object, **_kw: object) -> None:
        if stage == "writing studies":
            with (files / "ancestry.tsv").open("a") as file:
                file.write("more\n")

    with pytest.raises(InputError, match=r"ancestry\.tsv"):
        build(store, files, progress=meddle)
    assert store.ids() == []
