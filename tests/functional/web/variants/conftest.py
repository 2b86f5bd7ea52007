"""The page on variants over a small engine."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.functional.web.variants import engine


@pytest.fixture
def over(get: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Any]]:
    """Give it names of folders, and it gives a reader's program over a site that has these."""
    from django.core.cache import caches
    from django.test import override_settings

    from tests.functional.web.database import client

    modules: dict[str, Any] = {}
    engine.install(modules)
    for name, module in modules.items():
        monkeypatch.setitem(sys.modules, name, module)
    opened = []

    def site(*folders: str, genes: Path | None = None) -> Any:
        paths = tuple(Path("/nowhere") / name for name in folders)
        override = override_settings(FREQUENCIES=paths, GENE_BARS=genes)
        override.enable()
        opened.append(override)
        return client()

    yield site
    for override in reversed(opened):
        override.disable()
    caches["rate"].clear()


@pytest.fixture
def web(over: Callable[..., Any]) -> Any:
    """A reader's program over a site with one folder of frequencies."""
    return over("gnomad")
