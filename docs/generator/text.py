"""Markdown from plain values."""

import inspect
import re
from collections.abc import Iterable, Sequence
from typing import Any

_SECTION = re.compile(r"(Args|Returns|Raises|Attributes|Example)( \([a-z ]+\))?:")
MADE = "<!-- Made from the code by docs/generate.py: edit the code, not this page. -->"
_NAMED = re.compile(r"(\w+(?:, \w+)*): ")


def page(title: str, body: str) -> str:
    """A whole page."""
    lines = [line.rstrip() for line in body.strip().splitlines()]
    return f"{MADE}\n\n# {title}\n\n" + "\n".join(lines) + "\n"


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; strokes in cells are escaped, line ends become spaces."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(_cell(value) for value in line) + " |" for line in lines)


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")


def code(text: str, language: str = "") -> str:
    """A block of code."""
    return f"```{language}\n{text.strip()}\n```"


def docstring(thing: Any) -> str:
    """A docstring as Markdown: sections (Args, Returns) in bold, indented lines as code."""
    lines: list[str] = []
    in_section = in_code = False
    for line in (inspect.getdoc(thing) or "").splitlines():
        indented = line.startswith("    ")
        if in_code and not indented and line:
            while not lines[-1]:
                lines.pop()
            lines += ["```", ""]
            in_code = False
        if _SECTION.fullmatch(line):
            in_section = True
            lines += [f"**{line.removesuffix(':')}**", ""]
        elif indented and not in_section:
            lines += ([] if in_code else ["```"]) + [line[4:]]
            in_code = True
        elif line.startswith("        "):
            lines.append("  " + line.strip())
        elif indented:
            lines.append(_item(line.strip()))
        else:
            lines.append(line)
    return "\n".join([*lines, "```"] if in_code else lines)


def _item(text: str) -> str:
    found = _NAMED.match(text)
    return f"- `{found[1]}`: {text[found.end() :]}" if found else text
