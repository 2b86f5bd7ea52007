"""Entries that may be the same thing as what is proposed: same title or same address."""

from collections.abc import Mapping
from typing import Any

from everygenome.web.collections.models import Item
from everygenome.web.collections.registry import Collection
from everygenome.web.collections.search.words import words_of
from everygenome.web.collections.shelf import shown_of

_MOST = 5


def alike(collection: Collection, proposed: Mapping[str, Any]) -> list[Item]:
    """At most five entries that may be meant already."""
    title = " ".join(words_of(collection.title_of(proposed)))
    url = bare(proposed.get("url"))
    # Collections hold hundreds of entries; one look at all costs less than a rule to keep.
    found = []
    for item in shown_of(collection):
        same_title = title and title == " ".join(words_of(item.title))
        if same_title or (url and url == bare(item.data.get("url"))):
            found.append(item)
    return found[:_MOST]


def bare(address: Any) -> str:
    """An address as it is compared: without scheme, `www`, and what Git and browsers add.

    Example:
        >>> bare("https://www.Example.org/tool.git/#readme")
        'example.org/tool'
    """
    text = str(address or "").lower().split("://", 1)[-1].removeprefix("www.")
    return text.split("#", 1)[0].rstrip("/").removesuffix(".git")
