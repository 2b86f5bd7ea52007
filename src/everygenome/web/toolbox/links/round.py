"""One round of the link monitor: the addresses that waited longest, host by host, with pauses."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import httpx
from django.db.models import F
from django.utils import timezone

from everygenome.web.collections.models import SHOWN, Item
from everygenome.web.toolbox.links.asking import FAULTS, agent, ask, client, once
from everygenome.web.toolbox.links.guard import ForbiddenError
from everygenome.web.toolbox.models import MISSES, Link

# Seconds between two requests to one host.
PAUSE = 5.0
LIMIT = 200
Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Round:
    """What a round came to."""

    asked: int = 0
    answered: int = 0
    missed: int = 0
    skipped: int = 0
    failing: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Manners:
    """How politely: injected in tests, where nobody waits and the server is this machine."""

    sleep: Callable[[float], None]
    clock: Callable[[], float]
    inside: bool = False
    seconds: float = 10.0


def check(
    *, limit: int, contact: str, manners: Manners, progress: Progress = lambda *_: None
) -> Round:
    """Ask the addresses that were not asked for longest, at most `limit` of them."""
    know(_addresses())
    waiting = list(Link.objects.order_by(F("asked_at").asc(nulls_first=True), "url")[:limit])
    done = Round()
    last: dict[str, float] = {}
    rules: dict[str, RobotFileParser | None] = {}
    with client(contact, seconds=manners.seconds) as by:
        for count, link in enumerate(_spread(waiting), 1):
            host = urlsplit(link.url).netloc
            if host in last:
                manners.sleep(max(0.0, PAUSE - (manners.clock() - last[host])))
            if host not in rules:
                rules[host] = _rules(link.url, by, inside=manners.inside)
            last[host] = manners.clock()
            _one(link, by, rules=rules[host], contact=contact, manners=manners, done=done)
            progress("links", count, len(waiting))
    done.failing = list(
        Link.objects.filter(misses__gte=MISSES).order_by("url").values_list("url", flat=True)
    )
    return done


def know(addresses: Iterable[str]) -> None:
    """Keep a row for every address that an entry gives, and for no other."""
    wanted = {url for url in addresses if url}
    Link.objects.exclude(url__in=wanted).delete()
    known = set(Link.objects.values_list("url", flat=True))
    Link.objects.bulk_create([Link(url=url) for url in sorted(wanted - known)])


def _addresses() -> Iterable[str]:
    for item in Item.objects.filter(collection="toolbox", standing__in=SHOWN):
        yield item.data.get("url", "")
        yield item.data.get("repository", "")


def _spread(links: list[Link]) -> list[Link]:
    """One of each host in turn, so that few have to be waited for."""
    by_host: dict[str, list[Link]] = {}
    for link in links:
        by_host.setdefault(urlsplit(link.url).netloc, []).append(link)
    found = []
    while by_host:
        for host in list(by_host):
            found.append(by_host[host].pop(0))
            if not by_host[host]:
                del by_host[host]
    return found


def _rules(url: str, by: httpx.Client, *, inside: bool) -> RobotFileParser | None:
    """What a host allows; None where it could not say, and is left alone this time."""
    parts = urlsplit(url)
    rules = RobotFileParser()
    try:
        address = f"{parts.scheme}://{parts.netloc}/robots.txt"
        response, text = once("GET", address, by, {"Accept-Encoding": "identity"}, inside=inside)
        if response.is_server_error:
            return None
        if not response.is_success:
            text = b""
    except (ForbiddenError, *FAULTS):
        # Asking the address itself will say what is wrong.
        text = b""
    rules.parse(text.decode("utf-8", "replace").splitlines())
    return rules


def _one(
    link: Link,
    by: httpx.Client,
    *,
    rules: RobotFileParser | None,
    contact: str,
    manners: Manners,
    done: Round,
) -> None:
    now = timezone.now()
    if rules is None or not rules.can_fetch(agent(contact), link.url):
        done.skipped += 1
        link.asked_at = now
        link.status = "not asked: its host asks programs to stay away"
        link.save(update_fields=["asked_at", "status"])
        return
    answer = ask(link.url, by=by, etag=link.etag, modified=link.modified, inside=manners.inside)
    done.asked += 1
    done.answered += answer.ok
    done.missed += not answer.ok
    noted(link, ok=answer.ok, at=now)
    link.status = answer.status[:200]
    link.moved_to = answer.moved_to
    if answer.ok:
        link.etag, link.modified = answer.etag, answer.modified
    link.save()


def noted(link: Link, *, ok: bool, at: datetime) -> None:
    """Note an answer or a miss; the first failure of a row stays until it answers again."""
    link.asked_at = at
    if ok:
        link.misses, link.first_failure_at, link.last_ok_at = 0, None, at
        return
    link.misses += 1
    link.first_failure_at = link.first_failure_at or at
    link.last_failure_at = at
