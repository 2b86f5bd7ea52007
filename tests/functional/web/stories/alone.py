"""Scripts in a process and store of their own: what other tests store is never committed."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.functional.web import database
from tests.functional.web.conftest import POSTGRES

_BEGIN = """
import json, sys
from pathlib import Path
from everygenome.web.start import start
folder = Path(sys.argv[1])
start(folder)
from everygenome.web.moderation.actions import offering
from tests.functional.web.stories import tellers

def holding(word, files="*"):
    return [path.name for path in (folder / "web" / "apart").rglob(files)
            if path.is_file() and word.encode() in path.read_bytes().lower()]
"""


def alone(script: str, folder: Path) -> Any:
    """What a script prints last, as JSON; it is given `folder`, a new site in it, and `holding`."""
    done = subprocess.run(
        [sys.executable, "-c", _BEGIN + script, str(folder)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def over(engine: str, module: str, folder: Path, *, name: str) -> Iterator[tuple[Any, str]]:
    """What a module prints last, as JSON, over a database of its own; and what it logged.

    Args:
        engine: `sqlite` or `postgresql`; without a PostgreSQL the test is skipped.
        module: its name among the tests of stories; it is given `folder`.
        folder: for its store.
        name: of the database.
    """
    environ = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    environ |= {"DJANGO_SETTINGS_MODULE": "everygenome.web.settings"}
    server = os.environ.get(POSTGRES)
    if engine == "postgresql":
        if not server:
            pytest.skip(f"no PostgreSQL: set {POSTGRES} to the address of a database")
        environ["DATABASE_URL"] = database.created(server, name)
    try:
        command = [sys.executable, "-m", f"tests.functional.web.stories.{module}", str(folder)]
        done = subprocess.run(command, check=False, capture_output=True, text=True, env=environ)
        assert done.returncode == 0, done.stderr
        yield json.loads(done.stdout.splitlines()[-1]), done.stderr
    finally:
        if engine == "postgresql" and server:
            database.dropped(server, name)
