"""The description of the API (OpenAPI 3.1): what django-ninja gathers, made complete.

Ninja knows addresses and parameters. Forms of the answers, problems and examples are the
same for every operation, so they are added here, once.
"""

import json
from collections.abc import Iterable, Mapping
from copy import deepcopy
from functools import cache
from importlib import resources
from importlib.metadata import version
from typing import Any

from everygenome.web.api.formats import FORMATS
from everygenome.web.api.operation import Operation
from everygenome.web.api.problems import MEDIA_TYPE

BASE = "/api/v1"
INFO = {
    "title": "everygenome",
    "version": version("everygenome"),
    "description": "Who takes part in published genetic studies: the same numbers as the pages, "
    "each with its unit, stage, counting rule, denominator, release and caveats. Every number is "
    "of one release, which its body and the header `Everygenome-Release` name. The entries of the "
    "collections (tools, terms, evidence, datasets) are of no release: each says when it changed.",
}
_PROBLEMS = {
    "404": "No such release, trait, study or address.",
    "406": "The Accept header names no form that there is.",
    "422": "A parameter was not understood; `valid` lists what would be.",
    "429": "Too many requests from one address; `Retry-After` says when to try again.",
    "503": "There is no release, it cannot be read, or the question takes too long.",
}
_TEXT = {"type": "string"}
_NOTE = {
    "type": "object",
    "required": ["id", "text"],
    "properties": {"id": _TEXT, "text": {"type": "string", "description": "For the public."}},
}
SCHEMAS: dict[str, Any] = {
    "Answer": {
        "type": "object",
        "description": "Rows and everything needed to read them.",
        "required": [
            "measure",
            "release",
            "unit",
            "stage",
            "scheme",
            "denominator",
            "rule",
            "filters",
            "caveats",
            "coverage",
            "rows",
        ],
        "properties": {
            "measure": _TEXT,
            "release": {
                "type": "object",
                "required": ["id", "date", "demonstration", "inferred"],
                "properties": {
                    "id": _TEXT,
                    "date": {"type": "string", "format": "date"},
                    "demonstration": {
                        "type": "boolean",
                        "description": "The data were made up by the software.",
                    },
                    "inferred": {
                        "type": "boolean",
                        "description": "The date is that of the newest record.",
                    },
                },
            },
            "unit": {"type": "string", "description": "What is counted."},
            "stage": _TEXT,
            "scheme": {"type": "string", "description": "How groups are made."},
            "denominator": {"type": "string", "description": "What shares are of."},
            "rule": _TEXT,
            "filters": {"type": "object", "description": "What was selected."},
            "caveats": {"type": "array", "items": _NOTE},
            "coverage": {"type": "object", "description": "What the shares leave out."},
            "rows": {
                "type": "array",
                "items": {"type": "object"},
                "description": "Shares are 0 to 1; what is not known is null, never 0.",
            },
        },
    },
    "Problem": {
        "type": "object",
        "description": "What went wrong (RFC 9457).",
        "required": ["type", "title", "status", "detail", "instance"],
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": _TEXT,
            "status": {"type": "integer"},
            "detail": _TEXT,
            "instance": _TEXT,
            "parameter": _TEXT,
            "valid": {"type": "array"},
        },
    },
}
_HEADERS = {
    "Everygenome-Release": {"description": "The release that was asked.", "schema": _TEXT},
    "ETag": {"description": "Names release, question and software.", "schema": _TEXT},
    "Link": {"description": "The next page, where there is one.", "schema": _TEXT},
}


@cache
def examples() -> Mapping[str, Any]:
    """An answer of every operation, from the demonstration catalogue; rows cut short."""
    text = resources.files("everygenome.web.api").joinpath("examples.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def parameters_of(operation: Operation) -> list[dict[str, Any]]:
    """The parameters in an operation's query; ninja adds those in its path."""
    listed = []
    for item in operation.query:
        told = {
            "name": item.name,
            "in": "query",
            "required": item.required,
            "description": item.description,
            "schema": item.schema(),
        }
        if item.example is not None:
            told["example"] = item.example
        listed.append(told)
    return listed


def described(found: dict[str, Any], operations: Iterable[Operation]) -> dict[str, Any]:
    """The description that ninja made, with answers, problems and examples."""
    made = deepcopy(dict(found))
    by_path = {BASE + operation.path: operation for operation in operations}
    schemas = dict(SCHEMAS)
    for operation in by_path.values():
        schemas |= operation.defines
    made["components"] = {"schemas": schemas}
    made["servers"] = [{"url": "/"}]
    # HEAD answers as GET does, and needs no description of its own.
    made["paths"] = {path: {"get": of["get"]} for path, of in made["paths"].items()}
    for path, of in made["paths"].items():
        operation = by_path[path]
        told = of["get"]
        known = {item.name: item for item in operation.in_path}
        for parameter in told["parameters"]:
            if parameter["in"] == "path":
                item = known[parameter["name"]]
                parameter |= {
                    "description": item.description,
                    "schema": item.schema(),
                    "example": item.example,
                }
        told["responses"] = _responses(operation)
    return made


def _responses(operation: Operation) -> dict[str, Any]:
    kept = examples().get(operation.name)
    json_form: dict[str, Any] = {
        "schema": {"$ref": "#/components/schemas/Answer"}
        if operation.tables
        else dict(operation.answer)
    }
    if kept is not None:
        json_form["example"] = kept
    content = {"application/json": json_form}
    if operation.tables:
        binary = {"schema": {"type": "string", "format": "binary"}}
        content |= {
            item.media_type: {"schema": _TEXT} if item.name == "csv" else binary
            for item in FORMATS.values()
            if item.name != "json"
        }
    problem = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        "200": {"description": operation.summary, "headers": _HEADERS, "content": content},
        "304": {"description": "What `If-None-Match` names still holds."},
        **{
            code: {"description": why, "content": problem}
            for code, why in sorted((_PROBLEMS | dict(operation.problems)).items())
        },
    }
