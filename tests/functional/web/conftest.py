"""A web site in this process, over any store."""

import json
import os
import subprocess
import sys
from collections import OrderedDict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.functional.web import database, stores

POSTGRES = "EVERYGENOME_TEST_POSTGRES"
# Set to `postgresql`, the whole web suite runs over a database made for it on that server.
ENGINE = "EVERYGENOME_TEST_WEB_ENGINE"
Get = Callable[..., Any]


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    return stores.built_once(
        tmp_path_factory, worker_id, "demonstration", stores.demonstration_store
    )


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory, worker_id: str, catalogue: Path) -> Path:
    return stores.built_once(
        tmp_path_factory, worker_id, "real", lambda folder: stores.real_store(folder, catalogue)
    )


@pytest.fixture(scope="session")
def incomplete(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return stores.incomplete_store(tmp_path_factory.mktemp("incomplete"))


@pytest.fixture(scope="session")
def django(demonstration: Path) -> Iterator[None]:
    """Django set up once, without leaving our environment behind for other tests."""
    from everygenome.settings import settings

    before = dict(os.environ)
    os.environ.update(
        EVERYGENOME_STORE=str(demonstration),
        DJANGO_SETTINGS_MODULE="everygenome.web.settings",
    )
    os.environ.pop("DATABASE_URL", None)
    on_postgresql = before.get(ENGINE) == "postgresql"
    if on_postgresql:
        os.environ["DATABASE_URL"] = database.created(before[POSTGRES])
    settings.cache_clear()
    try:
        import django as package

        package.setup()
        from django.core.management import call_command

        from everygenome.web.start import migrated

        migrated()
        call_command("collectstatic", interactive=False, verbosity=0)
    finally:
        os.environ.clear()
        os.environ.update(before)
        settings.cache_clear()
    yield
    if on_postgresql:
        from django.db import connections

        connections.close_all()
        database.dropped(before[POSTGRES])


_OPEN: OrderedDict[Path, OrderedDict[str, Any]] = OrderedDict()
_STORES_KEPT = 2


def _kept(store: Path) -> OrderedDict[str, Any]:
    """The open releases of a store: opening takes longer than most tests do."""
    found = _OPEN.setdefault(store, OrderedDict())
    _OPEN.move_to_end(store)
    while len(_OPEN) > _STORES_KEPT:
        _OPEN.popitem(last=False)
    return found


@pytest.fixture
def site(django: None) -> Iterator[Callable[[Path], Get]]:
    """Give it a store, and it gives a function that gets addresses from the site over it."""
    from django.test import Client, override_settings

    from everygenome.web.site.releases import SHELF

    opened = []

    def over(store: Path) -> Get:
        override = override_settings(STORE=store)
        override.enable()
        opened.append(override)
        SHELF.forget()
        SHELF._open = _kept(store)
        client = Client(headers={"host": "localhost"}, raise_request_exception=False)
        return client.get

    yield over
    for override in reversed(opened):
        override.disable()
    # What is kept for later tests is not let go with the rest.
    SHELF._open = OrderedDict()
    SHELF.forget()


@pytest.fixture
def get(site: Callable[[Path], Get], demonstration: Path) -> Get:
    """Get an address from the site over the demonstration catalogue."""
    return site(demonstration)


@pytest.fixture
def on_postgresql(demonstration: Path) -> Iterator[Callable[[str], dict[str, Any]]]:
    """Run a script in a process of its own over PostgreSQL; it prints one JSON object."""
    server = os.environ.get(POSTGRES)
    if not server:
        pytest.skip(f"no PostgreSQL: set {POSTGRES} to the address of a database")
    # A database of its own: two processes that fill one at the same moment stand in each
    # other's way.
    address = database.created(server, "script")

    def run(script: str) -> dict[str, Any]:
        done = subprocess.run(
            [sys.executable, "-c", script],
            check=False,
            capture_output=True,
            text=True,
            env=os.environ
            | {
                "DATABASE_URL": address,
                "EVERYGENOME_STORE": str(demonstration),
                "DJANGO_SETTINGS_MODULE": "everygenome.web.settings",
            },
        )
        assert done.returncode == 0, done.stderr
        told: dict[str, Any] = json.loads(done.stdout)
        return told

    yield run
    database.dropped(server, "script")


@pytest.fixture(scope="session")
def seeded(django: None) -> None:
    """The collections hold the project's own seeds."""
    from django.core.management import call_command

    call_command("seed", verbosity=0)


@pytest.fixture
def rolled_back(django: None) -> Iterator[None]:
    """Whatever the test stores is gone afterwards.

    Its transaction is never committed, so what waits for a commit waits for `web` or
    `committed`, which do after each request or block what a commit would do.
    """
    from django.db import transaction

    with transaction.atomic(), transaction.atomic(using="apart"):
        yield
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="apart")


@pytest.fixture
def web(rolled_back: None, get: Get) -> Any:
    """A reader's program over the demonstration catalogue; nothing that it stores stays."""
    return database.client()


@pytest.fixture
def outbox() -> Iterator[list[Any]]:
    """Mails that were sent."""
    from django.core import mail
    from django.test import override_settings

    mail.outbox = []
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        yield mail.outbox
