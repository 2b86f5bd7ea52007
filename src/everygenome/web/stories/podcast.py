"""The recordings that are kept here, as a podcast: RSS 2.0, with what its programs look for.

Each has its size, its length and its transcript; nothing in it is on another host.
"""

from io import BytesIO
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.feedgenerator import Enclosure

from everygenome.web.collections.feeds import FORMATS, tag
from everygenome.web.collections.shelf import shown_of
from everygenome.web.site import absolute
from everygenome.web.site.prepared import Prepared
from everygenome.web.stories.collection import COLLECTION
from everygenome.web.stories.notes import notes_of
from everygenome.web.stories.words import LICENCE_PAGES

_NEWEST = 100
_ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_PODCAST = "https://podcastindex.org/namespace/1.0"


class _Podcast(FORMATS["rss"]):
    """Our RSS, with what programs for podcasts look for."""

    def rss_attributes(self) -> dict[str, str]:
        """The names."""
        return super().rss_attributes() | {"xmlns:itunes": _ITUNES, "xmlns:podcast": _PODCAST}

    def add_root_elements(self, handler: Any) -> None:
        """Of the whole."""
        super().add_root_elements(handler)
        handler.addQuickElement("itunes:author", "everygenome")
        handler.addQuickElement("itunes:explicit", "false")
        handler.addQuickElement("itunes:image", "", {"href": self.feed["picture"]})
        handler.addQuickElement("itunes:category", "", {"text": "Science"})
        handler.addQuickElement("itunes:type", "episodic")
        handler.addQuickElement("podcast:locked", "no")

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Of one recording."""
        super().add_item_elements(handler, item)
        handler.addQuickElement("itunes:duration", str(item["seconds"]))
        handler.addQuickElement("itunes:explicit", "true" if item["notes"] else "false")
        handler.addQuickElement(
            "podcast:transcript",
            "",
            {"url": item["transcript"], "type": "text/html", "language": item["language"]},
        )


def respond(request: HttpRequest) -> HttpResponse:
    """The feed."""
    base = absolute.base(request)
    made = _Podcast(
        title="everygenome: Stories to hear",
        link=f"{base}/stories/?format=podcast",
        feed_url=base + reverse("stories-podcast"),
        description="Stories of genomics and fairness, told by those who lived them. Each with "
        "its words in writing.",
        language="en-gb",
        feed_guid=tag("stories", "podcast"),
        picture=base + static("stories/podcast.png"),
    )
    # A podcast is copied by every program that follows it, so it holds what may be copied.
    free = shown_of(COLLECTION).filter(data__licence__in=list(LICENCE_PAGES))
    for item in free.order_by("-made_at", "-pk")[:_NEWEST]:
        for said in item.data.get("media", ()):
            if said["kind"] != "picture":
                _add(made, item, said, base)
    out = BytesIO()
    made.write(out, "utf-8")
    prepared = Prepared.of(out.getvalue(), made.media_type)
    return prepared.respond(request, dated=False)


def _add(made: Any, item: Any, said: dict[str, Any], base: str) -> None:
    notes = notes_of(item.data)
    parts = (COLLECTION.warned(item.data), COLLECTION.summary_of(item.data))
    made.add_item(
        title=item.title,
        link=base + item.address,
        description=" ".join(part for part in parts if part),
        unique_id=tag("stories", item.slug, said["id"]),
        unique_id_is_permalink=False,
        pubdate=item.made_at,
        enclosures=[
            Enclosure(f"{base}{item.address}media/{said['id']}", str(said["size"]), said["type"])
        ],
        seconds=round(said.get("seconds", 0)),
        notes=notes,
        transcript=f"{base}{item.address}#transcript",
        language=item.data.get("language", "en"),
    )
