"""Stores for the web tests: the demonstration catalogue, real releases, and none."""

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from everygenome.pipeline.build import Options, build
from everygenome.pipeline.grants import MADE_UP, Wanted
from everygenome.sources.gwas_catalog.demonstration.write import write_demonstration
from everygenome.store.folder import Store


def demonstration_store(folder: Path) -> Path:
    """A store that holds the demonstration catalogue."""
    files = folder / "files"
    write_demonstration(files)
    build(Store(folder / "store"), files, options=Options(grants=Wanted(MADE_UP)))
    return folder / "store"


def incomplete_store(folder: Path) -> Path:
    """A store whose only release was made without its ancestry file."""
    files = folder / "files"
    write_demonstration(files)
    next(files.glob("*ancestry*")).unlink()
    build(Store(folder / "store"), files, options=Options(partial=True))
    return folder / "store"


def real_store(folder: Path, catalogue: Path) -> Path:
    """A store with an early and a late real release; the late one is current, with grants."""
    store, releases = Store(folder / "store"), catalogue / "releases"
    grants = catalogue.parent / "grants" / "paper_grants_2022-10-30.tsv.gz"
    build(store, releases / "2019-07-12")
    build(store, releases / "2019-12-06", options=Options(grants=Wanted(str(grants))))
    return store.root


def built_once(
    temporary: pytest.TempPathFactory, worker: str, name: str, make: Callable[[Path], Path]
) -> Path:
    """A store that one worker of a run builds for all; each has a copy of its own.

    Args:
        temporary: where the folders of this worker are.
        worker: its name.
        name: of the store.
        make: builds the store in a folder, and gives it back.
    """
    base = temporary.getbasetemp()
    shared = (base if worker == "master" else base.parent) / f"built_{name}"
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "whole").exists():
            make(shared).rename(shared / "whole")
    return shutil.copytree(shared / "whole", temporary.mktemp(name) / "store", symlinks=True)
