"""What the browser's tests of collections, contributing and the desk share."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.test_looks import _ALL, _OF_LOOKS, objections, too_wide

# A page that is asked for and is not there says so in the console; that is no fault.
_SAID = ("status of 400", "status of 403", "status of 404", "status of 409", "status of 410")


def tab_to(page: Any, selector: str, *, most: int = 400) -> None:
    """Press Tab until what a selector names has the focus."""
    matches = "s => document.activeElement?.matches(s) ?? false"
    for _ in range(most):
        if page.evaluate(matches, selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not reach {selector}")


def sent(page: Any, press: Callable[[], None]) -> None:
    """Press a form's button; as often as the form says that this was too quick for people."""
    for _ in range(100):
        with page.expect_navigation():
            press()
        if not page.get_by_text("That was very quick").is_visible():
            return
    pytest.fail("the form is never taken")


def quiet(page: Any, site: str) -> None:
    """Nobody else was asked for anything, nothing is wrong in the console, no cookie is set."""
    strangers = [one.url for one in page.requested if not one.url.startswith((site, "data:"))]
    assert strangers == []
    assert [said for said in page.faults if not any(part in said for part in _SAID)] == []
    assert page.context.cookies() == []


def looks_right(page: Any, *, open_all: bool = True) -> None:
    """Wide and narrow, light and dark: nothing sideways, nothing that axe objects to.

    The page is left wide and light.
    """
    if open_all:
        page.evaluate("document.querySelectorAll('details').forEach(item => item.open = true)")
    assert objections(page, _ALL) == []
    asked = (page.viewport_size["width"], _scheme(page))
    for width in (360, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert too_wide(page) == [], width
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)
            # Of this one everything was asked.
            if (width, scheme) != asked:
                assert objections(page, _OF_LOOKS) == [], (width, scheme)


def _scheme(page: Any) -> str:
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    return "dark" if dark else "light"
