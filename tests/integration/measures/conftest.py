"""Real releases, built once for all workers of a run."""

import fcntl
from collections.abc import Callable
from pathlib import Path

import pytest

from everygenome.pipeline.build import build
from everygenome.queries.release import Release, open_release
from everygenome.store.folder import Store


@pytest.fixture(scope="session")
def real(
    catalogue: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Callable[[str], Release]:
    """`real("2019-12-06")` opens that release, and builds it where no worker has yet."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "real_releases"
    folder.mkdir(exist_ok=True)
    opened: dict[str, Release] = {}

    def get(day: str) -> Release:
        if day not in opened:
            # A store for each release, so that workers wait only for the one they need.
            store = Store(folder / day)
            with (folder / f"{day}.lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                if not store.ids():
                    build(store, catalogue / "releases" / day)
            opened[day] = open_release(store=store.root)
        return opened[day]

    return get


@pytest.fixture(scope="session")
def published(catalogue: Path) -> Path:
    """Figures that the GWAS Diversity Monitor published in January 2020."""
    return catalogue / "monitor_2020-01"


@pytest.fixture(scope="session")
def dictionary(published: Path) -> Path:
    """The dictionary that it published with them."""
    return published / "broad_category_dictionary.tsv"
