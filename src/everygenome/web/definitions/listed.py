"""What the list of terms shows besides: advice, letters, and all of it as a set of terms."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from everygenome.web.collections import json_ld
from everygenome.web.definitions.shown import advice, from_toolkit, letter_of
from everygenome.web.definitions.words import SHAPES, STATUSES

if TYPE_CHECKING:
    from everygenome.web.collections.listing import Asked
    from everygenome.web.collections.models import Item


def context(items: list["Item"], asked: "Asked", base: str) -> Mapping[str, Any]:
    """What the list's template needs; each term is given the advice on it, and its letter."""
    for item in items:
        item.advice = advice(item.data)
    in_order = asked.sort == "title" and not asked.query
    return {
        "letters": _letters(items) if in_order else [],
        "advices": [(word, SHAPES[word], label) for word, label in STATUSES.items()],
        "from_toolkit": any(from_toolkit(item.data) for item in items),
        "term_set": json_ld.written(_set(items, base)),
    }


def _letters(items: list["Item"]) -> list[str]:
    """The letters that there are; the first term of each is marked with it."""
    found: list[str] = []
    for item in items:
        letter = letter_of(item)
        if letter not in found:
            found.append(letter)
            item.letter = letter
    return found


def _set(items: list["Item"], base: str) -> dict[str, Any]:
    """The terms as a set, as schema.org describes it."""
    address = f"{base}/definitions/"
    return {
        "@context": json_ld.CONTEXT,
        "@type": "DefinedTermSet",
        "@id": address,
        "name": "Words about people and their genomes",
        "url": address,
        "hasDefinedTerm": [
            {
                "@type": "DefinedTerm",
                "name": item.title,
                "description": item.data.get("simple", ""),
                "url": base + item.address,
            }
            for item in items
        ],
    }
