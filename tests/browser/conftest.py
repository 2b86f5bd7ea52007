"""A real server in a process of its own, and a real browser."""

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.functional.web import stores

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_SERVE = """
import sys
from pathlib import Path
from everygenome.web.serve import serve
serve(store=Path(sys.argv[1]), host="127.0.0.1", port=0,
      on_ready=lambda address: print(address, flush=True))
"""


def _missing(reason: str) -> None:
    if os.environ.get("EVERYGENOME_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Chromium, from EVERYGENOME_CHROMIUM or where Debian puts it."""
    path = Path(os.environ.get("EVERYGENOME_CHROMIUM", "/usr/bin/chromium"))
    if not path.is_file():
        _missing(f"no Chromium at {path}; install it or set EVERYGENOME_CHROMIUM")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("playwright is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(path), args=list(ARGUMENTS))
        yield browser
        browser.close()


def _serving(store: Path) -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVE, str(store)],
        stdout=subprocess.PIPE,
        text=True,
        env={k: v for k, v in os.environ.items() if k != "DATABASE_URL"},
    )
    try:
        address = process.stdout.readline().strip()
        # A worker answers when it has prepared the first page.
        with urllib.request.urlopen(address + "health", timeout=60) as response:
            assert response.status == 200
        yield address
    finally:
        process.terminate()
        process.stdout.close()
        assert process.wait(timeout=20) == 0


@pytest.fixture(scope="session")
def demonstration_site(tmp_path_factory: pytest.TempPathFactory, chromium: Any) -> Iterator[str]:
    """The address of a site over the demonstration catalogue."""
    yield from _serving(stores.demonstration_store(tmp_path_factory.mktemp("site")))


@pytest.fixture(scope="session")
def real_site(
    tmp_path_factory: pytest.TempPathFactory, chromium: Any, catalogue: Path
) -> Iterator[str]:
    """The address of a site over real releases."""
    yield from _serving(stores.real_store(tmp_path_factory.mktemp("real"), catalogue))
