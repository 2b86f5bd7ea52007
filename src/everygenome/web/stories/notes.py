"""What readers should know before they read a story."""

from collections.abc import Mapping
from typing import Any

from everygenome.web.stories import words


def notes_of(data: Mapping[str, Any]) -> list[str]:
    """The content notes of a story, in words.

    Example:
        >>> notes_of({"notes": ["racism"], "note": "a hospital"})
        ['Racism', 'a hospital']
    """
    found = [words.NOTES[word] for word in data.get("notes", ())]
    return [*found, data["note"]] if data.get("note") else found
