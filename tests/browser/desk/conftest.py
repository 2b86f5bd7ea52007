"""A site with people who work on it, and tools that wait, for the tests that drive its desk."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import serving
from tests.fixtures.mail import FakeMailServer

CURATOR, EDITOR = "ada@staff.example", "eve@staff.example"
ROLES = ((CURATOR, "curator"), (EDITOR, "editor"), (EDITOR, "panel"), (EDITOR, "administrator"))
# The seeds, those who work on the site, and eighteen tools that wait, each with its receipt code.
_FILL = """
import json, sys
from pathlib import Path
from everygenome.web.start import start
start(Path(sys.argv[1]))
from everygenome.web.collections.seeds import seed
from everygenome.web.people.accounts import invite
seed()
for email, role in json.loads(sys.argv[2]):
    name = email.split("@")[0].capitalize()
    invite(email=email, name=name, role=role, reason="for a test", by=None)
from everygenome.web.moderation.actions.offering import Offer, offer
from everygenome.web.moderation.models import Purpose
made = []
for number in range(1, 19):
    values = {
        "name": f"Lantern {number:02}",
        "purpose": "Shows which people a score was tried on.",
        "url": f"https://lantern{number}.example.org/",
        "kind": "software",
        "stages": ["analysis"],
        "audiences": ["researcher"],
        "tasks": ["judging-a-risk-score"],
    }
    offered = Offer(kind="toolbox", purpose=Purpose.NEW, values=values)
    found = offer(offered=offered, send=True)
    made.append([found.contribution.pk, found.receipt, f"/contributions/{found.secret}/"])
print(json.dumps(made))
"""


@pytest.fixture(scope="module")
def mails() -> Iterator[FakeMailServer]:
    with FakeMailServer() as server:
        yield server


@pytest.fixture(scope="module")
def desk(
    chromium: Any, demonstration: Path, mails: FakeMailServer, tmp_path_factory: Any
) -> Iterator[Any]:
    """A site with a curator and eighteen tools that wait: (address, [(number, code, page)])."""
    store = tmp_path_factory.mktemp("desk") / "store"
    # Without the database of a site that other tests contribute to: their tools would wait here.
    shutil.copytree(demonstration, store, ignore=shutil.ignore_patterns("web"))
    ours = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    command = [sys.executable, "-c", _FILL, store, json.dumps(ROLES)]
    told = subprocess.run(command, check=True, env=ours, stdout=subprocess.PIPE)
    offered = json.loads(told.stdout.splitlines()[-1])
    before = os.environ.get("EVERYGENOME_MAIL_URL")
    os.environ["EVERYGENOME_MAIL_URL"] = f"smtp://127.0.0.1:{mails.port}"
    try:
        for address in serving(store):
            yield address.replace("127.0.0.1", "localhost"), offered
    finally:
        os.environ.pop("EVERYGENOME_MAIL_URL")
        if before is not None:
            os.environ["EVERYGENOME_MAIL_URL"] = before


@pytest.fixture
def log_in(chromium: Any, desk: Any, mails: FakeMailServer) -> Iterator[Any]:
    """A page of somebody who logs in by the code that is mailed."""
    site, _ = desk
    contexts = []

    def logged_in(email: str) -> Any:
        context = chromium.new_context(viewport={"width": 1440, "height": 900})
        contexts.append(context)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.goto(f"{site}people/login/")
        page.fill("#email", email)
        page.keyboard.press("Enter")
        page.wait_for_url("**/people/login/code/")
        text = mails.mails[-1].message.get_content()
        page.fill("#code", re.search(r"^[B-Z]{4}-[B-Z]{4}\r?$", text, re.MULTILINE)[0].strip())
        page.keyboard.press("Enter")
        page.wait_for_url("**/desk/")
        return page

    yield logged_in
    for context in contexts:
        context.close()


@pytest.fixture
def curator(log_in: Any) -> Any:
    return log_in(CURATOR)
