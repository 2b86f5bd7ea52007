"""Both servers played on this machine: they know some publications, and fail as told."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs

from everygenome.snapshots.policy import Policy
from everygenome.sources.pubmed_grants.cache import GrantCache
from everygenome.sources.pubmed_grants.endpoints import Endpoints
from everygenome.sources.pubmed_grants.fetch import bring_up_to_date
from everygenome.sources.pubmed_grants.records import Record
from tests.fixtures.server import FakeServer, Reply, Request, Route

HEAD = (
    '<?xml version="1.0" ?><!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st '
    'January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">'
)
GRANT = (
    "<GrantList><Grant><GrantID>P1</GrantID><Agency>NCI</Agency><Country>US</Country></Grant>"
    "</GrantList>"
)


def xml(pubmed_ids: Iterable[str], *, bare: Iterable[str] = ()) -> bytes:
    """An answer of EFetch; those in `bare` have no grants."""
    without = set(bare)
    return (
        f"{HEAD}<PubmedArticleSet>"
        + "".join(
            f"<PubmedArticle><MedlineCitation><PMID>{each}</PMID><Article>"
            f"{'' if each in without else GRANT}</Article></MedlineCitation></PubmedArticle>"
            for each in pubmed_ids
        )
        + "</PubmedArticleSet>"
    ).encode()


def asked(request: Request) -> list[str]:
    """The publications that a request asks for, of either server."""
    if request.method == "POST":
        return parse_qs(request.body.decode())["id"][0].split(",")
    return re.findall(r"ext_id:(\d+)", parse_qs(request.query)["query"][0])


def ncbi(*, lacks: Iterable[str] = (), bare: Iterable[str] = ()) -> Route:
    lacking = set(lacks)
    return lambda request: Reply(
        body=xml([each for each in asked(request) if each not in lacking], bare=bare)
    )


def europe_pmc(*, lacks: Iterable[str] = ()) -> Route:
    lacking = set(lacks)

    def route(request: Request) -> Reply:
        listed = {"grant": [{"grantId": "E1", "agency": "MRC"}]}
        found = [each for each in asked(request) if each not in lacking]
        results = [{"id": each, "source": "MED", "grantsList": listed} for each in found]
        return Reply(body=json.dumps({"resultList": {"result": results}}).encode())

    return route


@dataclass
class World:
    """A server, a cache, and a clock that moves only when somebody sleeps."""

    server: FakeServer
    cache: GrantCache
    waits: list[float] = field(default_factory=list)
    told: list[tuple[Any, ...]] = field(default_factory=list)
    now: float = 0.0

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds

    def fetch(self, pubmed_ids: Iterable[str], **more: Any) -> dict[str, Record]:
        limits = more.pop("limits", {})
        # Backing off is long, so that it is not taken for the limit on questions.
        policy = replace(Policy(sleep=self.sleep, attempts=3, first_wait_s=8.0), **limits)
        return bring_up_to_date(
            pubmed_ids,
            self.cache,
            policy=policy,
            endpoints=Endpoints.below(self.server.url("/")),
            progress=lambda *said: self.told.append(said),
            clock=lambda: self.now,
            **more,
        )

    def questions(self, path: str) -> list[list[str]]:
        return [asked(request) for request in self.server.seen(path)]
