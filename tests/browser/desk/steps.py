"""Steps that the tests of the desk share."""

import re
from typing import Any


def begun(page: Any, site: str) -> int:
    """The number of something that waits and whose review has begun."""
    page.goto(f"{site}desk/")
    page.locator("ol.queue h3 a").first.click()
    number = int(re.search(r"/desk/(\d+)/", page.url)[1])
    if page.locator("form[action$='/take/']").count():
        with page.expect_navigation():
            page.locator("form[action$='/take/'] button").click()
    return number


def decided(page: Any, site: str, number: int, act: str, *, reason: str) -> None:
    """Open a decision on the page of a contribution, say why, and press its button."""
    page.goto(f"{site}desk/{number}/")
    page.locator(f"#do-{act} > summary").click()
    page.locator(f"#do-{act}-reason").fill(reason)
    with page.expect_navigation():
        page.locator(f"#do-{act} form button").click()
    assert "Done: you" in page.locator("main").inner_text()


def main_text(page: Any, address: str) -> str:
    """What stands on a page."""
    page.goto(address)
    return str(page.locator("main").inner_text())
