"""Talking points as a collection: made by anybody, read by curators, for conversations."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from everygenome.web.collections.registry import Collection, facets_of
from everygenome.web.moderation.fields import Choices, Lines, Schema, Text, Words
from everygenome.web.stories import words

if TYPE_CHECKING:
    from everygenome.web.collections.models import Item

SCHEMA = Schema(
    (
        Text(
            name="finding",
            label="The finding",
            help="One plain sentence that you would say aloud.",
            required=True,
            searched=3,
            longest=200,
        ),
        Lines(
            name="say",
            label="What to say about it",
            help="A few sentences. Do not quote a story here, link to it below: its teller can "
            "take it back.",
            searched=1,
            longest=3000,
        ),
        Words(
            name="stories",
            label="Stories",
            help="Their addresses on this site, one a line, such as /stories/k3v9qm2x/.",
            most=8,
        ),
        Text(
            name="evidence",
            label="Evidence card",
            help="Its address on this site, such as /evidence/a-card/.",
        ),
        Text(name="tool", label="Tool", help="Its address on this site, such as /toolbox/a-tool/."),
        Words(name="ask", label="Questions to begin with", searched=1),
        Choices(name="themes", label="Themes", choices=words.THEMES, facet=True),
        Text(name="illustration_by", label="Who made the picture, if one is shown"),
    )
)


def _context(item: "Item") -> Mapping[str, Any]:
    # Needs models, which are not loaded yet while collections are made known.
    from everygenome.web.stories.talking.shown import context

    return context(item)


COLLECTION = Collection(
    name="talking-points",
    title="Talking points",
    lead="To begin a conversation: a finding, the stories of people whom it touches, the evidence "
    "for it, and a tool that helps.",
    one="talking points",
    many="talking points",
    schema=SCHEMA,
    title_of=lambda data: str(data.get("finding") or ""),
    summary_of=lambda data: str(data.get("say") or "")[:300],
    json_ld=lambda item, base: {
        "@type": "CreativeWork",
        "name": item.title,
        "url": base + item.address,
        "dateModified": item.changed_at.isoformat(),
    },
    facets=facets_of(SCHEMA),
    page="stories/talking/item.html",
    context=_context,
    links=(("/stories/", "All stories"),),
    app="stories",
    seeds="talking/seeds.yaml",
    kept=False,
)
