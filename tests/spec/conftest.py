"""A paragraph's small table in, and an open release out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from everygenome.queries.answer import Answer
from tests.factories.reference.world import see
from tests.factories.refill import Refillable, ask, refillable
from tests.factories.release import Mapping, Study, ancestry_rows, studies_of, tiny_release

Asked = Callable[..., Answer]


@pytest.fixture(scope="session")
def _engine(tmp_path_factory: pytest.TempPathFactory) -> Refillable:
    return refillable(tmp_path_factory.mktemp("spec"))


@pytest.fixture
def given(_engine: Refillable) -> Callable[..., Asked]:
    """Fill a release: `given("GCST000001 discovery 100 European", ...)` answers questions."""

    def fill(
        *lines: str, studies: list[Study] | None = None, mappings: list[Mapping] | None = None
    ) -> Asked:
        rows = ancestry_rows(*lines)
        return ask(_engine, see(rows, studies or studies_of(rows), mappings or []))

    return fill


def table(answer: Answer, *columns: str) -> list[tuple[Any, ...]]:
    """The rows of an answer that say something: those with a value, in the columns asked."""
    return [tuple(row[name] for name in columns) for row in answer.rows if row["value"]]


@pytest.fixture
def build_in(tmp_path: Path) -> Callable[..., Any]:
    """Build a release from files in a folder of its own, through everything."""

    def build(*lines: str, **rest: Any) -> Any:
        return tiny_release(tmp_path, *lines, **rest)

    return build
