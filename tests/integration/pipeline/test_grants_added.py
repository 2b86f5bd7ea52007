"""A release with grants is the same tables under another name, on any kind of disk."""

import os
from pathlib import Path

import pytest

from everygenome.pipeline import grants
from everygenome.pipeline.build import Options, build
from everygenome.pipeline.grants import MADE_UP, NONE, Wanted
from everygenome.sources.gwas_catalog.demonstration.write import write_demonstration
from everygenome.store.folder import Store


def test_a_disk_without_second_names_gets_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_names: object) -> None:
        raise OSError(1, "Operation not permitted")

    files, store = tmp_path / "files", Store(tmp_path / "store")
    write_demonstration(files)
    plain = build(store, files, options=Options(grants=Wanted(NONE))).manifest
    monkeypatch.setattr(os, "link", refuse)
    added = build(store, files, options=Options(grants=Wanted(MADE_UP))).manifest
    assert added.has_grants
    assert not plain.has_grants
    assert added.tables.keys() - plain.tables.keys() == set(grants.TABLES)
    for name, rows in plain.tables.items():
        assert added.tables[name] == rows
        both = [store.releases_folder / item.id / f"{name}.parquet" for item in (plain, added)]
        assert both[0].read_bytes() == both[1].read_bytes()
        assert both[0].stat().st_ino != both[1].stat().st_ino


def test_what_the_lists_say_is_measured_and_named(tmp_path: Path) -> None:
    files, store = tmp_path / "files", Store(tmp_path / "store")
    write_demonstration(files)
    one = build(store, files, options=Options(grants=Wanted(MADE_UP))).manifest
    [lists] = [item for item in one.inputs if item.kind == "grants"]
    assert lists.rows_in == lists.rows_core == one.tables["publications"] == 600
    # Some fifty bytes for each publication and grant: never nothing.
    assert lists.size_bytes > 30 * lists.rows_in
    again = build(store, files, options=Options(grants=Wanted(MADE_UP)))
    assert (again.new, again.manifest.id) == (False, one.id)
