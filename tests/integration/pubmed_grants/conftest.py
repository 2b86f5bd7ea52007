"""A server that plays both sources, and a cache."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from everygenome.sources.pubmed_grants.cache import GrantCache
from tests.fixtures.server import FakeServer
from tests.integration.pubmed_grants.servers import World, europe_pmc, ncbi


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[World]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with FakeServer() as server:
        server.on("/efetch.fcgi", ncbi())
        server.on("/search", europe_pmc())
        yield World(server, GrantCache(tmp_path / "grants"))
