"""What `serve` finds, or makes, to serve."""

from pathlib import Path

import pytest

import everygenome.pipeline.sync
from everygenome.__main__ import _first_release
from everygenome.errors import DownloadError
from everygenome.pipeline.build import Outcome, build
from everygenome.store.folder import Store
from tests.factories.release import ancestry_rows, write_catalogue


def quiet(*_args: object, **_kw: object) -> None:
    """No progress bars."""


def test_without_a_network_it_says_so_in_one_line_and_shows_a_demonstration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def unreachable(*_args: object, **_kw: object) -> Outcome:
        raise DownloadError("No connection.")

    monkeypatch.setattr(everygenome.pipeline.sync, "sync", unreachable)
    store = Store(tmp_path)
    _first_release(store, None, quiet)
    said = capfd.readouterr().err.strip().splitlines()
    assert len(said) == 1
    assert "demonstration" in said[0]
    assert [manifest.demonstration for manifest in store.manifests()] == [True]


def test_a_demonstration_gives_way_to_the_catalogue_once_it_can_be_reached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "store")
    everygenome.pipeline.sync.sync_demonstration(store)
    files = write_catalogue(tmp_path / "files", ancestry_rows("GCST000001 discovery 5 European"))
    monkeypatch.setattr(
        everygenome.pipeline.sync, "sync", lambda place, *_a, **_k: build(place, files)
    )
    _first_release(store, None, quiet)
    assert len(store.ids()) == 2
    current = next(m for m in store.manifests() if m.id == store.current())
    assert not current.demonstration


def test_what_is_there_is_served_without_asking_anybody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "store")
    rows = ancestry_rows("GCST000001 discovery 5 European")
    build(store, write_catalogue(tmp_path / "files", rows))

    def forbidden(*_args: object, **_kw: object) -> Outcome:
        raise AssertionError("nobody was to be asked")

    monkeypatch.setattr(everygenome.pipeline.sync, "sync", forbidden)
    _first_release(store, None, quiet)
    assert len(store.ids()) == 1


def test_files_that_are_named_are_built_first(tmp_path: Path) -> None:
    rows = ancestry_rows("GCST000001 discovery 5 European")
    files = write_catalogue(tmp_path / "files", rows)
    store = Store(tmp_path / "store")
    _first_release(store, str(files), quiet)
    assert len(store.ids()) == 1
