"""Stores for the web tests: the demonstration catalogue, real releases, and none."""

from pathlib import Path

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
