"""A real server in a process of its own, and a real browser."""

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from everygenome.queries.release import Release, open_release
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


def serving(store: Path) -> Iterator[str]:
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
def demonstration(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A store of the demonstration catalogue."""
    return stores.built_once(
        tmp_path_factory, worker_id, "demonstration", stores.demonstration_store
    )


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory, worker_id: str, catalogue: Path) -> Path:
    """A store of two real releases."""
    return stores.built_once(
        tmp_path_factory, worker_id, "real", lambda folder: stores.real_store(folder, catalogue)
    )


@pytest.fixture(scope="session")
def demonstration_site(demonstration: Path, chromium: Any) -> Iterator[str]:
    """The address of a site over the demonstration catalogue, with a slash at its end."""
    yield from serving(demonstration)


@pytest.fixture(scope="session")
def real_site(real: Path, chromium: Any) -> Iterator[str]:
    """The address of a site over real releases, with a slash at its end."""
    yield from serving(real)


@pytest.fixture(scope="session")
def release(demonstration: Path) -> Release:
    """The release that `demonstration_site` shows, to ask the same of it in Python."""
    return open_release(store=demonstration)


@pytest.fixture(scope="module")
def contexts(chromium: Any) -> Iterator[Any]:
    """A browser profile for each set of options, shared by the tests of a module."""
    made: dict[Any, Any] = {}

    def profile(name: str, **options: Any) -> Any:
        key = (name, repr(sorted(options.items())))
        if key not in made:
            made[key] = chromium.new_context(**options)
            made[key].set_default_timeout(15_000)
            made[key].add_init_script(_HEAR)
        return made[key]

    yield profile
    for context in made.values():
        context.close()


_HEAR = """addEventListener("securitypolicyviolation", (event) =>
    console.error("refused:", event.violatedDirective, event.blockedURI, event.sample))"""


@pytest.fixture
def open_page(contexts: Any) -> Iterator[Any]:
    """Open an address. The page has `requested`, `faults` (nothing to be heard) and `status`."""
    pages = []

    def opened(
        address: str, *, width: int = 1440, scheme: str = "light", fresh: str = "", **options: Any
    ) -> Any:
        size = {"width": width, "height": 900}
        # A profile of its own name has an empty cache.
        context = contexts(fresh, viewport=size, color_scheme=scheme, **options)
        page = context.new_page()
        pages.append(page)
        page.requested, page.faults = [], []

        # Playwright marks the functions it is given, so they must be ours.
        def note(request: Any) -> None:
            page.requested.append(request)

        def hear(said: Any) -> None:
            if said.type in ("error", "warning"):
                page.faults.append(said.text)

        def broken(error: Any) -> None:
            page.faults.append(str(error))

        page.on("request", note)
        page.on("console", hear)
        page.on("pageerror", broken)
        page.status = page.goto(address).status
        return page

    yield opened
    for page in pages:
        page.close()
