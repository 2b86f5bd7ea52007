"""What a story's page and the list of stories show beside the fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify

from everygenome.web.collections import search
from everygenome.web.collections.models import Item
from everygenome.web.collections.registry import Collection, collection_of
from everygenome.web.collections.shelf import shown_of
from everygenome.web.stories import words
from everygenome.web.stories.notes import notes_of
from everygenome.web.stories.talking import points_of

# What is looked for in other collections, beside stories of a theme.
_LOOKED_FOR: Mapping[str, str] = {
    "trust": "trust", "consent": "consent", "diagnosis": "diagnosis", "clinic": "variant",
    "medicines": "pharmacogenomics", "family": "family", "identity": "ancestry",
    "racism": "race", "history": "eugenics", "ownership": "sovereignty", "language": "language",
    "data-gaps": "diversity", "reference-genome": "reference", "polygenic-scores": "polygenic",
    "taking-part": "recruitment", "feedback": "return", "community": "community",
    "workforce": "workforce", "policy": "policy", "practice": "reporting", "tools": "standards",
}  # fmt: skip
_RELATED = 3
_MOST = 6


@dataclass(frozen=True, slots=True)
class Medium:
    """A picture or recording on a page."""

    said: Mapping[str, Any]
    base: str

    @property
    def address(self) -> str:
        """Of the whole file."""
        return f"{self.base}{self.said['id']}"

    @property
    def small(self) -> str:
        """Of the small picture, or of the whole one."""
        return f"{self.base}{self.said.get('small', self.said['id'])}"

    @property
    def is_picture(self) -> bool:
        """It is looked at, and not played."""
        return self.said["kind"] == "picture"

    @property
    def length(self) -> str:
        """How long it plays, as people say it."""
        seconds = round(self.said.get("seconds", 0))
        minutes, left = divmod(seconds, 60)
        return f"{minutes} min {left:02} s" if minutes else f"{left} s"

    @property
    def megabytes(self) -> str:
        """How much is loaded when it is played."""
        return f"{self.said['size'] / 1e6:.1f} MB"


def context(item: Item, *, media: str = "") -> dict[str, Any]:
    """What `stories/item.html` needs besides.

    Args:
        item: the story.
        media: the address under which its files are, where that is not its own page.
    """
    data = item.data
    base = media or f"{item.address}media/"
    found = [Medium(said, base) for said in data.get("media", ())]
    return {
        "media": found,
        "notes": notes_of(data),
        "format": words.FORMATS.get(data.get("format", ""), ""),
        "themes": [(word, words.THEMES[word]) for word in data.get("themes", ())],
        "region": words.REGIONS.get(data.get("region", ""), ""),
        "lang": data.get("language", "und"),
        "language": words.LANGUAGES.get(data.get("language", ""), ""),
        "licence": words.LICENCES.get(data.get("licence", ""), ""),
        "licence_page": words.LICENCE_PAGES.get(data.get("licence", ""), ""),
        "translations": [
            row | {"name": words.LANGUAGES[row["language"]], "id": f"in-{slugify(row['language'])}"}
            for row in data.get("translations", ())
        ],
        "points": points_of(item.slug) if item.pk else [],
        "related": related(data),
    }


def list_context(items: list[Item]) -> dict[str, Any]:
    """What `stories/list.html` needs besides: notes and a small picture of each story."""
    for item in items:
        item.notes = notes_of(item.data)
        item.format = words.FORMATS.get(item.data.get("format", ""), "")
        pictures = [m for m in item.data.get("media", ()) if m["kind"] == "picture"]
        item.picture = Medium(pictures[0], f"{item.address}media/") if pictures else None
    return {}


def related(data: Mapping[str, Any]) -> list[tuple[Collection, list[Item]]]:
    """Evidence and tools on the same themes: (their collection, at most six of them)."""
    made = []
    for name in ("evidence", "toolbox"):
        collection = collection_of(name)
        found: dict[int, Item] = {}
        for theme in data.get("themes", ()):
            if asked := _LOOKED_FOR.get(theme):
                hits = search.matching(shown_of(collection), asked).order_by("behind", "sort", "pk")
                found |= {hit.pk: hit for hit in hits[:_RELATED]}
        if found:
            made.append((collection, list(found.values())[:_MOST]))
    return made
