"""What the tests of contributing share: a tool as a form, an entry, and the steps of a flow."""

import re
from typing import Any

from tests.functional.web import database
from tests.functional.web.page import read

TOOL: dict[str, Any] = {
    "name": "Lantern",
    "purpose": "Shows which people a score was tried on.",
    "url": "https://lantern.example.org/",
    "kind": "software",
    "stages": ["analysis"],
    "audiences": ["researcher", "clinician"],
    "tasks": ["judging-a-risk-score"],
    "sources-rows": "1",
    "sources-0-title": "Its own page",
    "sources-0-url": "https://lantern.example.org/about",
}
STORED: dict[str, Any] = {
    "name": "Tractor",
    "purpose": "Runs association studies in people of mixed ancestry.",
    "url": "https://tractor.example.org/start",
    "repository": "https://github.com/someone/tractor",
    "kind": "software",
    "stages": ["analysis"],
    "audiences": ["researcher"],
    "tasks": ["association-study"],
    "populations_tested": [
        {"population": "African American", "sample_size": 4309, "source": "https://doi.org/10.1/x"}
    ],
    "licence": {"id": "MIT"},
    "languages": ["English", "Spanish"],
    "checked": "repo",
    "evidence": ["a-claim"],
}


def entry() -> Any:
    """An entry of the toolbox: /toolbox/tractor/."""
    from everygenome.web.collections.models import Speaker
    from everygenome.web.collections.storing import Saying, store
    from everygenome.web.toolbox.collection import COLLECTION

    data, errors = COLLECTION.schema.clean(STORED)
    assert errors == {}
    return store(
        COLLECTION, data, slug="tractor", saying=Saying(speaker=Speaker.SEED, why="for a test")
    )[0]


def contributions() -> list[Any]:
    from everygenome.web.moderation.models import Contribution

    return list(Contribution.objects.order_by("made_at", "pk"))


def send(web: Any, path: str = "/contribute/toolbox/", button: str = "send", **changes: Any) -> Any:
    """Fill in the form of a tool and press a button; a change to None leaves a field out."""
    form = database.gate() | TOOL | changes | {button: "1"}
    return web.post(path, {name: value for name, value in form.items() if value is not None})


def form_of(response: Any) -> dict[str, list[str]]:
    """What a browser would send of a page's forms, as they are, without a button."""
    found: dict[str, list[str]] = {}
    select = ""
    for element in read(response).elements:
        attrs, value = element["attrs"], None
        name, kind = attrs.get("name", ""), attrs.get("type", "text")
        if element["tag"] == "select":
            select = name
        elif element["tag"] == "option" and "selected" in attrs:
            name, value = select, attrs["value"]
        elif element["tag"] == "textarea":
            value = element["text"].removeprefix("\n")
        elif element["tag"] == "input" and (
            kind not in ("checkbox", "radio") or "checked" in attrs
        ):
            value = attrs.get("value", "")
        if name and value is not None:
            found.setdefault(name, []).append(value)
    return found | {name: [value] for name, value in database.gate().items()}


def heading(page: Any) -> str:
    """The page's heading; the reader of pages sets a space after some elements."""
    return re.sub(r" (?=[:”])", "", " ".join(page.one("h1")["text"].split()))


def receipt_of(web: Any, response: Any) -> str:
    """The receipt code on the page that a sent form leads to."""
    assert response.status_code == 303, read(response).text
    shown = web.get(response["Location"])
    assert shown.status_code == 200
    (code,) = re.findall(r"<code>([0-9A-Z-]{24})</code>", shown.content.decode())
    return str(code)


def open_by(web: Any, receipt: str) -> str:
    """The path of the contributor's own page, by the receipt code."""
    response = web.post("/contributions/", database.gate() | {"by": "code", "code": receipt})
    assert response.status_code == 303
    return str(response["Location"])


def links(mail: Any) -> list[str]:
    """Paths of contributions in a mail."""
    return re.findall(r"^https?://[^/]+(/contributions/[\w-]{20,}/)$", mail.body, re.M)


def act(web: Any, path: str, **fields: Any) -> Any:
    """Press a button of an own page."""
    (now,) = contributions()[-1:]
    return web.post(path, database.gate() | {"version": str(now.version)} | fields)


def change(action: str, contribution: Any, *, role: str = "editor", **words: Any) -> Any:
    """A reviewer or curator does something with it."""
    from everygenome.web.moderation.actions import answering, holding, reviewing

    module = next(m for m in (reviewing, holding, answering) if hasattr(m, action))
    with database.committed():
        return getattr(module, action)(contribution=contribution, by=staff(role), **words)


def staff(role: str) -> Any:
    from everygenome.web.people.models import Account

    found = Account.objects.filter(email=f"{role}@staff.example").first()
    return found or database.account(role)
