"""Atom feeds (RFC 4287): one of all releases, and one for any view.

Identifiers are tag URIs (RFC 4151) of the site's configured name and the release: they stay
the same under whatever name a feed is fetched, and however often.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from django import conf
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date

from everygenome.charts.rows import percent
from everygenome.errors import EverygenomeError
from everygenome.queries.kept import Kept
from everygenome.queries.question import Question
from everygenome.web.changes import sentences
from everygenome.web.changes.pairs import Pair, Summary
from everygenome.web.site.findings import Finding, finding, moves, total_moved
from everygenome.web.site.prepared import Prepared
from everygenome.web.site.releases import SHELF
from everygenome.web.site.templatetags.figures import day
from everygenome.web.site.turns import turn

ATOM = "application/atom+xml; charset=utf-8"
# Tags need a day on which the name was ours; this one is the format's own, and never changes.
_SINCE = "2026"
# Feeds are asked for every hour, and findings are small: a new release costs one opening.
_kept = Kept(newest=1024)
_BEFORE = datetime(2026, 1, 1, tzinfo=UTC)


def releases_feed(found: list[tuple[Pair, Summary | None]], *, base: str) -> Prepared:
    """One entry for each release that was compared with the one before it."""
    feed = _Feed(
        title="everygenome: what changed",
        link=f"{base}/changes/",
        feed_url=f"{base}/changes/feed.atom",
        description="Each release of the GWAS Catalog, and what changed since the one before.",
        feed_guid=_tag("changes"),
        **_COMMON,
    )
    for pair, changed in found:
        if changed is None or pair.before is None:
            continue
        before, after = pair.before, pair.after
        feed.add_item(
            title=f"Release of {day(after['date'])}",
            link=f"{base}/changes/{before['id']}/{after['id']}/",
            description=f"Since the release of {day(before['date'])}, " + sentences.in_one(changed),
            unique_id=_tag("changes", after["id"]),
            **_dated(after),
        )
    return _prepared(feed)


def view_findings(
    releases: list[Mapping[str, Any]], question: Question
) -> list[tuple[Mapping[str, Any], Finding | None]]:
    """What a view shows in each release; None where the release cannot say.

    Raises:
        BusyError: another comparison takes long.
    """
    found: dict[str, Finding | None] = {}
    # The oldest first: the newest releases are those that stay open.
    with turn():
        for item in reversed(releases):
            found[item["id"]] = _kept.newest(
                (item["id"], question), partial(_of, item["id"], question)
            )
    return [(item, found[item["id"]]) for item in releases]


def _of(release_id: str, question: Question) -> Finding | None:
    try:
        return finding(SHELF.open(release_id), question)
    except EverygenomeError:
        return None


def view_feed(
    found: list[tuple[Mapping[str, Any], Finding | None]],
    *,
    described: str,
    query: str,
    unit: str,
    base: str,
    page: str,
) -> Prepared:
    """One entry for each release that can say what a view shows."""
    name = _tag("view", query.removeprefix("?"))
    feed = _Feed(
        title=f"everygenome: {described}",
        link=f"{base}{page}{query}",
        feed_url=f"{base}/changes/view.atom{query}",
        description="What this view shows in each release of the GWAS Catalog.",
        feed_guid=name,
        **_COMMON,
    )
    said = [(item, one) for item, one in found if one is not None]
    for place, (item, now) in enumerate(said):
        before = said[place + 1][1] if place + 1 < len(said) else None
        mark = "Demonstration data, not real: " if now.demonstration else ""
        pinned = f"{query}&release={item['id']}" if query else f"?release={item['id']}"
        feed.add_item(
            title=f"{mark}{now.title} (release of {day(item['date'])})",
            link=f"{base}{page}{pinned}",
            description=_told(now, before, unit),
            unique_id=f"{name}:{item['id']}",
            **_dated(item),
        )
    return _prepared(feed)


def _told(now: Finding, before: Finding | None, unit: str) -> str:
    if before is None:
        groups = [f"{group} {percent(share)}" for group, share in now.shares.items() if share]
        told = [f"{now.title}.", f"Shares: {', '.join(groups)}." if groups else ""]
    else:
        total = total_moved(unit, before.total, now.total)
        told = [f"{now.title}. Since the release of {day(before.date)}:", total or ""]
        told += moves(before, now) or ["No share moved so that it shows."]
    return " ".join(sentence for sentence in [*told, *now.notes] if sentence)


_COMMON = {"language": "en-gb", "author_name": "everygenome", "feed_copyright": None}


def _tag(*parts: str) -> str:
    name = urlsplit(conf.settings.SITE_URL).hostname or "everygenome"
    return ":".join((f"tag:{name},{_SINCE}", *parts))


def _dated(item: Mapping[str, Any]) -> dict[str, datetime]:
    # The release's own day: the same wherever and whenever it was built.
    moment = datetime.fromisoformat(item["date"]).replace(tzinfo=UTC)
    return {"pubdate": moment, "updateddate": moment}


class _Feed(Atom1Feed):
    """Django's, for text: it calls a summary HTML, in which `<` has to be written otherwise."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """One entry."""
        super().add_item_elements(handler, item | {"description": escape(item["description"])})

    def latest_post_date(self) -> datetime:
        """When the feed changed last; one without entries has not changed yet."""
        return super().latest_post_date() if self.items else _BEFORE


def _prepared(feed: Atom1Feed) -> Prepared:
    written = BytesIO()
    feed.write(written, "utf-8")
    changed = http_date(feed.latest_post_date().timestamp())
    return Prepared.of(written.getvalue(), ATOM, headers={"Last-Modified": changed})
