"""The public Python names: signatures and docstrings."""

import inspect
import re
from typing import Any

import everygenome
from everygenome.queries.answer import Answer, Note, ReleaseLabel
from everygenome.queries.measures import MEASURES
from everygenome.queries.question import Question
from everygenome.queries.release import Release
from generator.text import code, docstring

_MODULE = re.compile(r"(?:[a-z_]+\.)+(?=[A-Z])|(?<=[^a-z])(?:pyarrow\.lib)(?=\.)")


def body() -> str:
    """Functions first, then the classes that they return."""
    parts = [code("import everygenome as eg", "python"), _function("open_release")]
    parts += [_function("list_releases"), "## Release", docstring(Release), *_members(Release)]
    parts += ["## Choices of a question", docstring(Question)]
    parts += ["## Answer", docstring(Answer), *_members(Answer)]
    parts += ["## ReleaseLabel", docstring(ReleaseLabel), *_fields(ReleaseLabel)]
    parts += ["## Note", docstring(Note), *_fields(Note)]
    return "\n\n".join(parts)


def _function(name: str) -> str:
    thing = getattr(everygenome, name)
    return f"## {name}\n\n{_signature(f'eg.{name}', thing)}\n\n{docstring(thing)}"


def _members(kind: type[Any]) -> list[str]:
    parts = []
    for name, member in vars(kind).items():
        if name.startswith("_") or not (inspect.getdoc(member) or ""):
            continue
        if inspect.isfunction(member):
            parts += [f"### {kind.__name__}.{name}", _signature(name, member)]
            # What the rows hold is told where the measure is put together.
            parts.append(docstring(MEASURES.get(name, member) if kind is Release else member))
        elif isinstance(member, property) or hasattr(member, "func"):
            parts += [f"### {kind.__name__}.{name}", f"A property. {docstring(member)}"]
    return parts


def _fields(kind: Any) -> list[str]:
    return ["\n".join(f"- `{name}`: {field.type.__name__}" for name, field in _types(kind))]


def _types(kind: Any) -> list[tuple[str, Any]]:
    return list(kind.__dataclass_fields__.items())


def _signature(name: str, thing: Any) -> str:
    signature = inspect.signature(thing)
    shown = [p for p in signature.parameters.values() if p.name != "self"]
    text = str(signature.replace(parameters=shown)).replace("'", "")
    return code(f"{name}{_MODULE.sub('', text)}", "python")
