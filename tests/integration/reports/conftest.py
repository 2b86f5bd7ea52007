"""The demonstration catalogue, built once, and the real release with its grants."""

import fcntl
from pathlib import Path

import pytest

from everygenome.pipeline.build import Options, build
from everygenome.pipeline.grants import Wanted
from everygenome.pipeline.sync import sync_demonstration
from everygenome.queries.release import Release, open_release
from everygenome.store.folder import Store


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Release:
    root = tmp_path_factory.mktemp("reports") / "store"
    sync_demonstration(Store(root))
    return open_release(store=root)


@pytest.fixture(scope="session")
def funded(test_data: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Release:
    """The release of 2019-12-06 with the grants of 2022-10-30, built once for a run."""
    base = tmp_path_factory.getbasetemp()
    # The folder in which the tests of real portfolios build the same one.
    folder = (base if worker_id == "master" else base.parent) / "real_portfolios"
    folder.mkdir(exist_ok=True)
    store = Store(folder / "store")
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not store.ids():
            grants = test_data / "grants" / "paper_grants_2022-10-30.tsv.gz"
            files = test_data / "gwas_catalog" / "releases" / "2019-12-06"
            build(store, files, options=Options(grants=Wanted(str(grants))))
    return open_release(store=store.root)
