"""What the tests of the audit send, and how they read what comes back."""

from typing import Any

from tests.functional.web.database import gate
from tests.functional.web.page import Page

PAGE, FILE = "/audit/", "/audit/file/"
COUNTS = (
    ("European", 48_210), ("East Asian", 3_120), ("South Asian", 1_204), ("African", 313),
    ("Hispanic or Latin American", 6), ("Other", 9), ("Indigenous and Oceanian", 0),
)  # fmt: skip
FIELDS = {
    "source": "Coast & cohort",
    "counts": "group,people\n" + "\n".join(f"{group},{people}" for group, people in COUNTS),
    "kind": "genetic ancestry category",
    "missing": "812",
    "refused": "77",
    "several": "45",
    "assigned_by": "a computer",
    "suppress": "10",
    "round_to": "1",
}
COMPARED = FIELDS | {
    "reference": "un_wpp2024_subregions",
    "crosswalk": "un_subregions_to_broad",
}


def asked(web: Any, fields: dict[str, Any], **more: Any) -> Any:
    """Send the form."""
    return web.post(PAGE, {**gate(), **fields, "make": "1", **more})


def carried(page: Page) -> str:
    """What the page of an audit holds of the form."""
    (held,) = [e for e in page.all("input") if e["attrs"].get("name") == "carried"]
    value: str = held["attrs"]["value"]
    return value


def taken(web: Any, page: Page, form: str) -> Any:
    """Take the audit of a page away as a file."""
    return web.post(FILE, {**gate(), "carried": carried(page), "form": form})


def value_of(page: Page, name: str) -> str:
    """What stands in a control of a page."""
    (found,) = [e for e in page.all("input", "textarea") if e["attrs"].get("name") == name]
    value: str = found["text"].strip() or found["attrs"].get("value", "")
    return value


def wrong(page: Page) -> dict[str, str]:
    """What is said to be wrong: the message beside each field, by its id."""
    return {
        e["attrs"]["id"].removesuffix("-wrong"): e["text"]
        for e in page.elements
        if e["attrs"].get("class") == "error"
    }
