"""Feeds of a list: the entries that changed last, as Atom (RFC 4287) and as RSS 2.0.

Identifiers are tag URIs (RFC 4151): the same under whatever name a feed is fetched.
"""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from django import conf
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.http import http_date

from everygenome.web.collections.listing import Asked
from everygenome.web.collections.models import Item, Standing
from everygenome.web.site.prepared import Prepared

NEWEST = 50
_SINCE = "2026"
# A feed without entries has not changed yet.
_BEFORE = datetime(2026, 1, 1, tzinfo=UTC)
_NOTES = {Standing.RETIRED: "Retired. ", Standing.SUPERSEDED: "Replaced by another entry. "}


class _Plain:
    """Summaries are text: both formats call them HTML, in which `<` has to be written otherwise."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """One entry."""
        super().add_item_elements(handler, item | {"description": escape(item["description"])})

    def latest_post_date(self) -> datetime:
        """When the feed changed last."""
        return super().latest_post_date() if self.items else _BEFORE


class _Atom(_Plain, Atom1Feed):
    media_type = "application/atom+xml; charset=utf-8"


class _Rss(_Plain, Rss201rev2Feed):
    media_type = "application/rss+xml; charset=utf-8"


FORMATS = {"atom": _Atom, "rss": _Rss}


def feed(asked: Asked, kind: str, base: str) -> Prepared:
    """The entries of a list that changed last.

    Args:
        asked: the list; its order does not matter.
        kind: a word of `FORMATS`.
        base: the site's address.
    """
    collection, query = asked.collection, asked.address(sort="")
    narrowed = f": {described(asked)}" if asked.is_narrowed else ""
    made = FORMATS[kind](
        title=f"everygenome: {collection.title}{narrowed}",
        link=f"{base}/{collection.name}/{query}",
        feed_url=f"{base}/{collection.name}/feed.{kind}{query}",
        description=collection.lead,
        feed_guid=tag(collection.name, query.removeprefix("?")),
        language="en-gb",
        author_name="everygenome",
    )

    def told(item: Item) -> str:
        # Feeds are copies: of what is for this site only they say that it is here.
        data = collection.portable(item.data)
        parts = (collection.warned(data), collection.summary_of(data))
        return _NOTES.get(item.standing, "") + " ".join(part for part in parts if part)

    for item in asked.items().order_by("-changed_at", "-pk")[:NEWEST]:
        made.add_item(
            title=item.title,
            link=base + item.address,
            description=told(item),
            unique_id=tag(collection.name, item.slug),
            unique_id_is_permalink=False,
            pubdate=item.made_at,
            updateddate=item.changed_at,
        )
    out = BytesIO()
    made.write(out, "utf-8")
    changed = http_date(made.latest_post_date().timestamp())
    headers = {"Last-Modified": changed, "Access-Control-Allow-Origin": "*"}
    return Prepared.of(out.getvalue(), made.media_type, headers=headers)


def described(asked: Asked) -> str:
    """What a list is narrowed to, in words."""
    facets = {facet.name: facet for facet in asked.collection.facets}
    said = [f"“{asked.query}”"] if asked.query else []
    for name, values in asked.chosen.items():
        shown = " or ".join(facets[name].shown(value) for value in values)
        said.append(f"{facets[name].label.lower()} {shown}")
    return "; ".join(said)


def tag(*parts: str) -> str:
    """An identifier that stays the same under whatever name a feed is fetched."""
    name = urlsplit(conf.settings.SITE_URL).hostname or "everygenome"
    return ":".join((f"tag:{name},{_SINCE}", *(part for part in parts if part)))
