"""The page that explains the API: every operation, how to ask it, and what it answers."""

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from everygenome.errors import EverygenomeError
from everygenome.web.api.openapi import BASE, INFO, examples
from everygenome.web.api.operation import Operation
from everygenome.web.api.problems import KINDS
from everygenome.web.site.page import base_context, render
from everygenome.web.site.prepared import PANTRY, Prepared
from everygenome.web.site.releases import SHELF
from everygenome.web.site.templatetags.figures import coded

_SHOWN_VALUES = 12


def page(origin: str) -> Prepared:
    """The page, with examples that ask the site under the name it was called by."""
    # Here, because a page is no place to start the API.
    from everygenome.web.api.routes import OPERATIONS

    return PANTRY.get(("api docs", origin), lambda: _page(origin, OPERATIONS))


def address_of(operation: Operation) -> str:
    """The path and query of an operation's example."""
    known = {item.name: item.example for item in operation.in_path}
    known |= dict(operation.example)
    in_path = {item.name for item in operation.in_path}
    query = {name: value for name, value in known.items() if name not in in_path}
    path = BASE + operation.path.format(**known)
    return f"{path}?{urlencode(query)}" if query else path


def _page(origin: str, operations: Iterable[Operation]) -> Prepared:
    chapters: dict[str, list[dict[str, Any]]] = {}
    for operation in operations:
        chapters.setdefault(operation.tag, []).append(_told(operation, origin))
    try:
        listed = SHELF.listed()
        release = SHELF.open(listed.current) if listed.current else None
        context = base_context(listed, release)
    except EverygenomeError:
        # The page explains the API also where there is nothing to ask.
        context = base_context(None, None)
    context |= {
        "here": "api",
        "about": coded(INFO["description"]),
        "origin": origin,
        "chapters": chapters.items(),
        "problems": [
            {"status": status, "kind": kind, "title": title}
            for status, (kind, title) in KINDS.items()
        ],
    }
    return render("api/docs", context)


def _told(operation: Operation, origin: str) -> dict[str, Any]:
    address = address_of(operation)
    return {
        "name": operation.name,
        "path": BASE + operation.path,
        "summary": operation.summary,
        "paragraphs": [coded(part) for part in operation.description.split("\n\n")],
        "parameters": [
            _parameter(
                item.name, item.description, item.schema(), in_path=item in operation.in_path
            )
            for item in (*operation.in_path, *operation.query)
        ],
        "address": address,
        "curl": f'curl "{origin}{address}"',
        "python": f'import httpx\n\nanswer = httpx.get("{origin}{address}").json()',
        "example": json.dumps(examples().get(operation.name), indent=2, ensure_ascii=False),
    }


def _parameter(
    name: str, description: str, schema: Mapping[str, Any], *, in_path: bool
) -> dict[str, Any]:
    one = schema.get("items", schema)
    values = [str(value) for value in one.get("enum", ())]
    more = len(values) - _SHOWN_VALUES
    if more > 0:
        values = [*values[:_SHOWN_VALUES], f"and {more} more"]
    bounds = [str(schema[name]) for name in ("minimum", "maximum") if name in schema]
    return {
        "name": name,
        "in_path": in_path,
        "description": coded(description),
        "values": ", ".join(values) or " to ".join(bounds) or schema["type"],
        "default": schema.get("default"),
    }
