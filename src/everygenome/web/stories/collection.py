"""Stories as a collection: those that everybody may read, on a shelf that no backup holds."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.text import slugify

from everygenome.web.collections.registry import Collection, facets_of
from everygenome.web.stories import words
from everygenome.web.stories.notes import notes_of
from everygenome.web.stories.schema import SHOWN

if TYPE_CHECKING:
    from everygenome.web.collections.models import Item

_SUMMED = 240
_WORDS = ("text", "transcript", "translations", "media", "summary", "by", "note")


def _title(data: Mapping[str, Any]) -> str:
    return str(data.get("title") or "")


def _summary(data: Mapping[str, Any]) -> str:
    """Its teller's summary, or where it was published, or how it begins."""
    if summary := data.get("summary"):
        return str(summary)
    if data.get("url") or data.get("outlet"):
        parts = [data.get("author"), data.get("outlet"), data.get("date")]
        return ". ".join(str(part) for part in parts if part)
    text = " ".join(str(data.get("text", "")).split())
    return text if len(text) <= _SUMMED else text[:_SUMMED].rsplit(" ", 1)[0] + " …"


def _warned(data: Mapping[str, Any]) -> str:
    found = notes_of(data)
    return f"It speaks of: {'; '.join(found)}." if found else ""


def _json_ld(item: "Item", base: str) -> Mapping[str, Any]:
    data = item.data
    made: dict[str, Any] = {
        "@type": "CreativeWork",
        "name": item.title,
        "headline": item.title[:110],
        "description": " ".join(part for part in (_warned(data), _summary(data)) if part),
        "url": base + item.address,
        "inLanguage": data.get("language", "en"),
        "about": [words.THEMES[theme] for theme in data.get("themes", [])],
        "dateModified": item.changed_at.isoformat(),
    }
    if data.get("url"):
        made["isBasedOn"] = {"@type": "CreativeWork", "name": item.title, "url": data["url"]}
    if data.get("author") or data.get("by"):
        made["author"] = {"@type": "Person", "name": data.get("author") or data["by"]}
    if page := words.LICENCE_PAGES.get(data.get("licence", "")):
        made["license"] = page
    return made


def _context(item: "Item") -> Mapping[str, Any]:
    # Needs models, which are not loaded yet while collections are made known.
    from everygenome.web.stories.shown import context

    return context(item)


def _list_context(items: "list[Item]", *_: Any) -> Mapping[str, Any]:
    from everygenome.web.stories.shown import list_context

    return list_context(items)


def _stored(item: "Item") -> None:
    from everygenome.web.stories.shelving import stored

    stored(item)


def _is_closed(slug: str, data: Mapping[str, Any]) -> bool:
    """A file is older than what its teller chose since, and it may be of what was withdrawn."""
    from everygenome.web.collections.alike import bare
    from everygenome.web.stories.models import Standing, Story

    for story in Story.objects.filter(slug__in={slug, slugify(slug)}):
        if story.contribution is not None or story.standing != Standing.PUBLIC:
            return True
    # Of what was told here and withdrawn nothing is left by which it could be known again.
    if data.get("licence") != "linked":
        return True
    down = Story.objects.filter(standing=Standing.HIDDEN)
    addresses = {bare(story.sealed.get("data", {}).get("url")) for story in down}
    return bare(data.get("url")) in addresses - {""}


def _portable(data: Mapping[str, Any]) -> dict[str, Any]:
    """Files are copies. Of a story for this site only they say that it is here, and no more.

    Pictures and recordings are in none: they stand on the story's page.
    """
    left = _WORDS if data.get("licence") == "site-only" else ("media",)
    return {name: value for name, value in data.items() if name not in left}


COLLECTION = Collection(
    name="stories",
    title="Stories",
    lead="What genomics looks like from where people stand: told here by those who lived it, or "
    "linked where it was published. Whoever tells a story can change it and take it back.",
    one="a story",
    many="stories",
    schema=SHOWN,
    title_of=_title,
    summary_of=_summary,
    json_ld=_json_ld,
    facets=facets_of(SHOWN),
    warned=_warned,
    page="stories/item.html",
    list_page="stories/list.html",
    context=_context,
    list_context=_list_context,
    per_page=24,
    links=(
        ("/stories/offer/", "Tell a story, or link to one"),
        ("/stories/safety/", "How we look after those who tell"),
    ),
    licence="each story's own",
    portable=_portable,
    apart=True,
    stored=_stored,
    is_closed=_is_closed,
)
