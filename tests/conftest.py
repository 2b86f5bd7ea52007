"""What every test may ask for."""

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fixtures.compiled import compiled_once

# Playwright's synchronous interface leaves an event loop in its thread, and Django then takes
# every later test in that worker for asynchronous code. Ours is not.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

ROOT = Path(__file__).parent.parent


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: no search for garbage looks at it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 10, 10)


def pytest_unconfigure() -> None:
    """At the end it is garbage like all else: libraries count what they are not given back."""
    gc.unfreeze()


@pytest.fixture(scope="session", autouse=True)
def _no_waiting_for_the_disk() -> Iterator[None]:
    """No test loses power: whatever is written is there, also before the disk says so."""
    with pytest.MonkeyPatch.context() as patched:
        # It still wants an open file.
        patched.setattr(os, "fsync", os.fstat)
        yield


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Iterator[None]:
    # Where nothing that was collected uses the engine, importing it would take longer.
    if "ibis" not in sys.modules:
        yield
        return
    with pytest.MonkeyPatch.context() as patched:
        compiled_once(patched)
        yield


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder of real files, from EVERYGENOME_TEST_DATA or beside the checkout.

    Absent, the test is skipped with the reason; with EVERYGENOME_REQUIRE_TEST_DATA=1
    it fails, so that continuous integration cannot pass by skipping.
    """
    folder = Path(os.environ.get("EVERYGENOME_TEST_DATA") or ROOT.parent / "shared" / "data")
    if not (folder / "gwas_catalog").is_dir():
        message = f"no real test data at {folder}; set EVERYGENOME_TEST_DATA to the folder"
        if os.environ.get("EVERYGENOME_REQUIRE_TEST_DATA") == "1":
            pytest.fail(message)
        pytest.skip(message)
    return folder


@pytest.fixture(scope="session")
def catalogue(test_data: Path) -> Path:
    """Real GWAS Catalog files."""
    return test_data / "gwas_catalog"
