"""Read YAML and JSON that come from elsewhere: bounded in size, depth and number of parts."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from everygenome.errors import InputError

LARGEST_BYTES = 5_000_000
_DEEPEST = 40
_MOST_PARTS = 500_000
# Written in C where the package was built with it, which is many times quicker.
_TEXT_ONLY = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_TYPED = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PACKED = {b"PK\x03\x04": "a ZIP file", b"\x1f\x8b": "a gzip file", b"%PDF": "a PDF file"}


def text_of(path: Path) -> str:
    """The text of a file.

    Raises:
        InputError: it cannot be read, is too large, packed, or not UTF-8.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            raise InputError(
                f"{path.name} has {size / 1e6:,.1f} MB; at most {LARGEST_BYTES / 1e6:,.0f} MB are "
                "read.",
                remedy="Split it into several files.",
            )
        with path.open("rb") as opened:
            # No more than that, whatever the file became in between.
            raw = opened.read(LARGEST_BYTES)
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror or error}.",
            remedy="Check its name, and that you may read it.",
        ) from error
    for begin, what in _PACKED.items():
        if raw.startswith(begin):
            raise InputError(f"{path.name} is {what}.", remedy="Unpack it and give the file in it.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path.name} is not UTF-8 text (byte {error.start}).", remedy="Save it as UTF-8."
        ) from error


def from_json(text: str) -> Any:
    """JSON as it stands.

    Raises:
        InputError: it is none, or is nested too deeply.
    """

    def refuse(word: str) -> Any:
        raise ValueError(f"{word} is no number")

    try:
        return json.loads(text, parse_constant=refuse)
    except RecursionError:
        raise InputError("The JSON is nested too deeply.") from None
    except ValueError as error:
        raise InputError(f"This is not JSON: {error}.") from error


def from_yaml(text: str, *, typed: bool = False) -> Any:
    """YAML as it stands; with `typed`, numbers and yes or no as such, and not as text.

    Raises:
        InputError: it is none, refers to itself, or is too deep or has too many parts.
    """
    return _yaml(text, _TYPED if typed else _TEXT_ONLY)


def _yaml(text: str, loader: Callable[[str], Any]) -> Any:
    # The parts are looked at one by one before anything is built of them: a few lines that
    # refer to each other could otherwise become more than any memory holds.
    depth = parts = 0
    try:
        for event in yaml.parse(text, Loader=loader):
            parts += 1
            if isinstance(event, yaml.AliasEvent):
                raise InputError(
                    f"Line {event.start_mark.line + 1} refers to another part of the YAML "
                    f"(*{event.anchor}).",
                    remedy="Write out what is meant.",
                )
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > _DEEPEST or parts > _MOST_PARTS:
                raise InputError("The YAML is nested too deeply, or has too many parts.")
        return yaml.load(text, Loader=loader)  # noqa: S506 - both loaders build plain values
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 1})" if mark else ""
        problem = getattr(error, "problem", None) or "it cannot be read"
        raise InputError(f"This is not YAML: {problem}{where}.") from error
    except (ValueError, OverflowError, RecursionError) as error:
        raise InputError("The YAML holds a value that cannot be read.") from error
