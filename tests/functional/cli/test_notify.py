"""`everygenome notify`, as a user runs it: in a process of its own, over a store of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from everygenome.pipeline.build import build
from everygenome.store.folder import Store
from tests.fixtures.mail import FakeMailServer

pytestmark = pytest.mark.slow
SITE = "https://monitor.example.org"
# Somebody asked for an alert, and confirmed it, when the earlier release was the current one.
_ASK = """
import sys
from decimal import Decimal
from pathlib import Path
from everygenome.web.start import start
start(Path(sys.argv[1]))
from django.utils import timezone
from everygenome.web.alerts.models import Recipient
from everygenome.web.site.findings import finding, question_of
from everygenome.web.site.releases import SHELF
release = SHELF.open(sys.argv[2])
reader = Recipient.objects.create(address="ada@reader.example")
reader.alerts.create(view="", watch="above", group="European", threshold=Decimal("90.5"),
                     asked_at=timezone.now(), confirmed_at=timezone.now(),
                     told_release=release.label.id,
                     told=finding(release, question_of("")).to_dict())
"""


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("EVERYGENOME_", "DATABASE"))}
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        check=False,
        capture_output=True,
        text=True,
        env=kept | environment,
    )


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory, catalogue: Path) -> Path:
    """Two releases, and somebody who asked for an alert at the first."""
    made = Store(tmp_path_factory.mktemp("asked") / "store")
    for name in ("2019-07-12", "2019-12-06"):
        build(made, catalogue / "releases" / name)
    done = run("-c", _ASK, made.root, made.ids()[0])
    assert done.returncode == 0, done.stderr
    return made.root


@pytest.fixture
def store(asked: Path, tmp_path: Path) -> Store:
    """A store of its own, in which nobody was told yet."""
    return Store(shutil.copytree(asked, tmp_path / "store", symlinks=True))


def test_tells_who_asked_once_and_says_what_it_did(store: Store) -> None:
    late = store.ids()[1]
    notify = ("-m", "everygenome", "notify", "--store", store.root)
    with FakeMailServer() as server:
        settings = {
            "EVERYGENOME_SITE_URL": SITE,
            "EVERYGENOME_MAIL_URL": f"smtp://127.0.0.1:{server.port}",
            "EVERYGENOME_MAIL_FROM": "everygenome <alerts@monitor.example.org>",
        }
        tried = run(*notify, "--dry-run", **settings)
        assert (tried.returncode, server.mails) == (0, [])
        assert "went up by 0.5 percentage points" in tried.stderr
        assert "reader.example" not in tried.stdout + tried.stderr
        done = run(*notify, **settings)
        assert done.returncode == 0, done.stderr
        assert done.stdout == (
            f"Release {late}: 1 told, 0 without news, 0 that it cannot answer, 0 failed, "
            "0 erased.\n"
        )
        again = run(*notify, **settings)
        assert "0 told" in again.stdout
        (mail,) = server.mails
    assert mail.sender == "alerts@monitor.example.org"
    assert mail.recipients == ("ada@reader.example",)
    assert mail.message["From"] == "everygenome <alerts@monitor.example.org>"


def test_a_server_that_is_not_there_ends_with_5_and_no_traceback(store: Store) -> None:
    done = run(
        *("-m", "everygenome", "notify", "--store", store.root),
        EVERYGENOME_SITE_URL=SITE,
        EVERYGENOME_MAIL_URL="smtp://127.0.0.1:1",
    )
    assert done.returncode == 5
    assert "The mail server cannot be reached (ConnectionRefusedError)" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_the_address_of_the_site_it_says_what_to_set(store: Store) -> None:
    done = run("-m", "everygenome", "notify", "--store", store.root)
    assert done.returncode == 2
    assert "EVERYGENOME_SITE_URL" in done.stderr


def test_a_wrong_mail_address_is_told_and_not_repeated(tmp_path: Path) -> None:
    done = run(
        *("-m", "everygenome", "notify", "--store", tmp_path / "store"),
        EVERYGENOME_MAIL_URL="smtp://me:word@mail.example",
    )
    assert done.returncode == 2
    assert "others on the way can read" in done.stderr
    assert "word@" not in done.stderr
