"""What every test may ask for."""

import os
from pathlib import Path

import pytest

# Playwright's synchronous interface leaves an event loop in its thread, and Django then takes
# every later test in that worker for asynchronous code. Ours is not.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

ROOT = Path(__file__).parent.parent


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
