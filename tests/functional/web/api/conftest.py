"""The API over any store, without a limit of requests."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

Get = Callable[..., Any]
BASE = "/api/v1"


@dataclass(frozen=True)
class Asked:
    """Ask the API over a store."""

    get: Get
    store: Path

    def __call__(self, path: str, **query: Any) -> Any:
        return self.get(BASE + path, query)

    def json(self, path: str, **query: Any) -> Any:
        response = self(path, **query)
        assert response.status_code == 200, response.content
        return response.json()

    def problem(self, path: str, **query: Any) -> dict[str, Any]:
        return problem(self(path, **query))


def problem(response: Any) -> dict[str, Any]:
    """The problem that a response is, checked for what every problem has."""
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    assert response["Access-Control-Allow-Origin"] == "*"
    told = json.loads(response.content)
    assert told["status"] == response.status_code
    assert told["type"].startswith("/api/v1/docs#problem-")
    assert told["title"]
    assert told["detail"]
    return told


@pytest.fixture
def over(site: Callable[[Path], Get]) -> Iterator[Callable[[Path], Asked]]:
    from django.test import override_settings

    with override_settings(API_RATE_LIMIT=0):
        yield lambda store: Asked(site(store), store)


@pytest.fixture
def api(over: Callable[[Path], Asked], demonstration: Path) -> Asked:
    return over(demonstration)
