"""What the tests of the page on variants send."""

from typing import Any
from urllib.parse import urlencode

PAGE = "/variants/"


def file_at(form: str) -> str:
    """The address of an answer as a file."""
    return f"/variants/evidence.{form}"


def asked(web: Any, variants: str, *, at: str = PAGE, **fields: Any) -> Any:
    """Send the form."""
    return web.post(at, {"variants": variants, "ask": "1", **fields})


def linked(web: Any, *variants: str, at: str = PAGE, **fields: Any) -> Any:
    """Ask by an address."""
    query = [("variants", one) for one in variants]
    for name, value in fields.items():
        query += [(name, one) for one in (value if isinstance(value, list) else [value])]
    return web.get(f"{at}?{urlencode(query)}")
