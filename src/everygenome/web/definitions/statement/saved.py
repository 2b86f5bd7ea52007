"""A worksheet as a file of JSON, and back: the only place where it is kept is with its owner."""

import json
from collections.abc import Mapping
from typing import Any

from everygenome.errors import InputError
from everygenome.web.definitions.statement.form import FORM, Filled, filled

FORMAT = "everygenome diverse data statement: worksheet"
VERSION = 1
MOST_BYTES = 200_000
_TOLD = 5
_OURS = "Load a worksheet that was saved on this page."


def saved(data: Mapping[str, Any]) -> str:
    """The fields of a worksheet, cleaned, as the text of a file."""
    kept = {field.name: data[field.name] for field in FORM if field.name in data}
    made = {"format": FORMAT, "version": VERSION, "worksheet": kept}
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def loaded(content: bytes) -> Filled:
    """A worksheet from a file; parts of it may be missing, but nothing in it is wrong.

    Raises:
        InputError: it is too large, no JSON in UTF-8, no worksheet, or holds what no form can.
    """
    if len(content) > MOST_BYTES:
        raise InputError(
            f"The file is larger than {MOST_BYTES // 1000} kilobytes, so it is no worksheet.",
            remedy=_OURS,
        )
    try:
        read = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError("The file is not text in UTF-8.", remedy=_OURS) from error
    # A number may be too long to read, and lists too deep.
    except (ValueError, RecursionError) as error:
        raise InputError("The file is no JSON.", remedy=_OURS) from error
    if not isinstance(read, dict) or read.get("format") != FORMAT:
        raise InputError("The file is no worksheet of a statement.", remedy=_OURS)
    if read.get("version") != VERSION:
        raise InputError("The file is of another version of the worksheet.", remedy=_OURS)
    values = read.get("worksheet")
    if not isinstance(values, dict):
        raise InputError("The file holds no worksheet.", remedy=_OURS)
    found = filled(values, finished=False)
    if found.errors:
        raise InputError(
            "The file was changed, and holds what the form cannot: " + _told(found),
            remedy=_OURS,
        )
    return Filled(found.data, found.data, found.counts, {})


def _told(found: Filled) -> str:
    labels = {field.name: field.label for field in FORM}
    told = [
        f"{labels.get(place.split('-')[0], place[:40])}: {message}"
        for place, messages in found.errors.items()
        for message in messages
    ]
    return " ".join(told[:_TOLD])
