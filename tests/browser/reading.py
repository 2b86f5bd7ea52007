"""Read a page of the monitor as a visitor does, and hold it against Python's answers."""

import re
from typing import Any

from playwright.sync_api import expect


def table(page: Any, figure: str) -> list[list[str]]:
    """The rows of a figure's table, as text, whether or not it is opened."""
    return page.locator(f"#{figure} details.table tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent.trim()))"
    )


def says(text: str, share: float | None) -> bool:
    """Whether a percentage on a page is that share, to its last digit."""
    if text == "<0.1%":
        return share is not None and 0 < share < 0.001
    if text == ">99.9%":
        return share is not None and 0.999 < share < 1
    found = re.fullmatch(r"(\d+)(?:\.(\d+))?%", text)
    if not found or share is None:
        return False
    digits = len(found[2] or "")
    return abs(share * 100 - float(text[:-1])) <= 0.5 * 10**-digits + 1e-9


def same_composition(page: Any, answer: Any) -> bool:
    """Whether the table of the composition holds exactly the numbers of an answer."""
    shown = table(page, "composition")
    if [row[0] for row in shown] != [row["group"] for row in answer.rows]:
        return False
    for (_, alone, others, low, high, value, records), row in zip(shown, answer.rows, strict=True):
        counted = "no figure" if row["value"] is None else f"{row['value']:,.0f}"
        if (value, records) != (counted, f"{row['rows']:,}"):
            return False
        if row["rows"] and row["share"] is not None and not says(alone, row["share"]):
            return False
        if row["rows_with_others"] and not row["is_class"]:
            named = zip((others, low, high), ("with_others", "min", "max"), strict=True)
            if not all(says(text, row[f"share_{name}"]) for text, name in named):
                return False
    return True


def choose(page: Any, name: str, value: object) -> None:
    """Choose with the control, and wait until the page has answered."""
    page.evaluate("document.getElementById('main').dataset.old = 'yes'")
    field = page.locator(f"#choose-{name}")
    more = page.locator("details.more")
    if not field.is_visible():
        more.locator("summary").click()
    field.focus()
    if field.evaluate("field => field.tagName") == "SELECT":
        field.select_option(str(value))
    else:
        field.fill(str(value))
        field.press("Enter")
    answered(page)


def answered(page: Any) -> None:
    """Wait for the new main part."""
    expect(page.locator("main:not([data-old])")).to_have_count(1)
    page.locator("picture.waiting").first.wait_for(state="detached")


def query(page: Any) -> str:
    """What stands after the question mark."""
    return page.evaluate("location.search")
