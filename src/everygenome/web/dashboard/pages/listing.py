"""Lists that go on: links to the next page, and choices of one list."""

from typing import Any

from everygenome.errors import UsageError
from everygenome.queries.answer import Answer
from everygenome.web.dashboard.controls import Control
from everygenome.web.dashboard.pages.page import Asked


def text_control(asked: Asked, name: str, label: str) -> Control:
    """A field for words."""
    return Control(name, label, "text", asked.view.get(name), "", (), f"choose-{name}")


def next_page(asked: Asked, answer: Answer, path: str) -> str:
    """The address of the next page of a list, or nothing on the last."""
    cursor = answer.coverage.get("next")
    return f"{path}{asked.view.address(after=cursor)}" if cursor else ""


def first_page(asked: Asked, path: str) -> str:
    """The address of the first page, or nothing where this is the first."""
    return f"{path}{asked.view.address(after=None)}" if asked.view.get("after") else ""


def asked_list(ask: Any, **given: Any) -> tuple[Answer | None, str]:
    """An answer, or why there is none: a list's own words can be mistaken too."""
    try:
        return ask(**{name: value for name, value in given.items() if value not in ("", None)}), ""
    except UsageError as error:
        return None, str(error)
