"""Log in with a real browser: by a mailed code, and by a passkey of a made-up device."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import serving
from tests.fixtures.mail import FakeMailServer

pytestmark = pytest.mark.browser
ADDRESS = "ada@staff.example"
_INVITE = """
import sys
from pathlib import Path
from everygenome.web.start import start
start(Path(sys.argv[1]))
from everygenome.web.people.accounts import invite
invite(email=sys.argv[2], name="Ada", role="curator", reason="for a test", by=None)
"""
_DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def mails() -> Iterator[FakeMailServer]:
    with FakeMailServer() as server:
        yield server


@pytest.fixture(scope="module")
def site(
    chromium: Any, demonstration: Path, mails: FakeMailServer, tmp_path_factory: Any
) -> Iterator[str]:
    """A site of its own, under a name that passkeys can be made for."""
    import subprocess
    import sys

    store = tmp_path_factory.mktemp("login") / "store"
    shutil.copytree(demonstration, store, ignore=shutil.ignore_patterns("web"))
    kept = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    subprocess.run([sys.executable, "-c", _INVITE, store, ADDRESS], check=True, env=kept)
    before = os.environ.get("EVERYGENOME_MAIL_URL")
    os.environ["EVERYGENOME_MAIL_URL"] = f"smtp://127.0.0.1:{mails.port}"
    try:
        for address in serving(store):
            yield address.replace("127.0.0.1", "localhost")
    finally:
        os.environ.pop("EVERYGENOME_MAIL_URL")
        if before is not None:
            os.environ["EVERYGENOME_MAIL_URL"] = before


@pytest.fixture
def visitor(chromium: Any) -> Iterator[Any]:
    """A page in a browser of its own, with a device that holds passkeys."""
    context = chromium.new_context(viewport={"width": 360, "height": 800})
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on(
        "console",
        lambda said: page.faults.append(said.text) if "Security" in said.text else None,
    )
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    page.key = device.send("WebAuthn.addVirtualAuthenticator", {"options": _DEVICE})
    page.device = device
    yield page
    assert page.faults == []
    context.close()


def by_code(page: Any, site: str, mails: FakeMailServer) -> None:
    page.goto(f"{site}people/login/")
    page.fill("#email", ADDRESS)
    page.click("text=Send me a code")
    page.wait_for_url("**/people/login/code/")
    text = mails.mails[-1].message.get_content()
    page.fill("#code", re.search(r"^[B-Z]{4}-[B-Z]{4}\r?$", text, re.MULTILINE)[0].strip())
    page.click("main button")
    page.wait_for_url("**/desk/")


def fine(page: Any) -> None:
    """No rule of WCAG is broken, and nothing is wider than a telephone."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_passkey_is_made_used_and_removed(visitor: Any, site: str, mails: Any) -> None:
    visitor.goto(f"{site}people/login/")
    assert visitor.context.cookies() == []
    fine(visitor)
    by_code(visitor, site, mails)
    visitor.goto(f"{site}people/passkeys/")
    fine(visitor)
    visitor.click("text=Add a passkey")
    fine(visitor)
    visitor.fill("#name", "my phone")
    visitor.press("#name", "Enter")
    visitor.wait_for_url("**/people/passkeys/?done=added")
    assert "my phone" in visitor.inner_text("main")
    # Its owner is told, in case it was somebody else.
    assert "“my phone”" in mails.mails[-1].message.get_content()
    # Not twice on one device.
    visitor.click("text=Add a passkey")
    visitor.click("text=Make a passkey")
    visitor.wait_for_selector("text=holds a passkey for you already")
    visitor.goto(f"{site}desk/")
    visitor.click("text=Log out")
    visitor.wait_for_url(site)
    assert visitor.context.cookies() == []
    visitor.goto(f"{site}people/login/")
    visitor.click("text=Log in with a passkey")
    visitor.wait_for_url("**/desk/")
    visitor.goto(f"{site}people/passkeys/")
    assert "last used on" in visitor.inner_text("main")
    visitor.click("text=Remove")
    fine(visitor)
    visitor.click("button:has-text('Remove it')")
    visitor.wait_for_url("**/people/passkeys/?done=removed")
    visitor.context.clear_cookies()
    # The device offers it still; here it opens nothing.
    visitor.goto(f"{site}people/login/")
    visitor.click("text=Log in with a passkey")
    visitor.wait_for_url("**/people/login/?why=passkey")
    assert "was not accepted" in visitor.inner_text("main")
    fine(visitor)


def test_who_closes_the_browsers_window_can_try_again(visitor: Any, site: str) -> None:
    visitor.goto(f"{site}people/login/")
    given = {**visitor.key, "isUserVerified": False}
    visitor.device.send("WebAuthn.setUserVerified", given)
    visitor.click("text=Log in with a passkey")
    visitor.wait_for_selector("text=You can try again")
    assert visitor.is_enabled("text=Log in with a passkey")


def test_without_scripts_the_code_is_enough(chromium: Any, site: str, mails: Any) -> None:
    context = chromium.new_context(java_script_enabled=False)
    context.set_default_timeout(15_000)
    try:
        page = context.new_page()
        page.goto(f"{site}people/login/")
        assert not page.is_visible("text=Log in with a passkey")
        by_code(page, site, mails)
        page.goto(f"{site}people/passkeys/add/")
        assert "This needs JavaScript" in page.content()
    finally:
        context.close()
