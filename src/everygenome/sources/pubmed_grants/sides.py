"""The two servers that are asked for grants, and the order in which they are asked."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from everygenome.errors import DownloadError
from everygenome.snapshots.redirects import AddressError
from everygenome.sources.pubmed_grants.endpoints import EDIT_HINT
from everygenome.sources.pubmed_grants.pubmed_xml import Article
from everygenome.sources.pubmed_grants.records import Record, Source, Status, returned, united

Progress = Callable[..., None]
# Asks with these parameters, and gives what the reader makes of the answer.
Ask = Callable[[Mapping[str, str], Callable[[bytes], Any]], Any]


@dataclass
class Side:
    """One server that is asked.

    Attributes:
        source: which one it is.
        url: its address, for messages and origins.
        ask: asks it.
        question: the parameters that ask for publications.
        read: the publications in an answer.
        batch: most publications in one question.
        progress: told of publications that nobody asked for.
        fault: why it is of no use any more; None while it answers.
        absent: the origin of the answer that lacked a publication, by PubMed number.
    """

    source: Source
    url: str
    ask: Ask
    question: Callable[[Sequence[str]], dict[str, str]]
    read: Callable[[bytes], list[Article]]
    batch: int
    progress: Progress
    fault: str | None = None
    absent: dict[str, str] = field(default_factory=dict)

    def records(self, pubmed_ids: Sequence[str]) -> Iterator[list[Record]]:
        """What it returns of these publications, answer by answer, until it fails.

        Raises:
            DownloadError: the time is up, or the server sent something that is not safe to read.
        """
        for start in range(0, len(pubmed_ids), self.batch):
            asked = pubmed_ids[start : start + self.batch]
            if self.fault is not None:
                return
            try:
                articles, digest = self.ask(
                    self.question(asked), lambda body: (self.read(body), sha256(body).hexdigest())
                )
            except AddressError as why:
                self.fault = str(why)
                return
            origin = f"{self.url} sha256:{digest}"
            found = self._records(articles, asked=set(asked), origin=origin)
            self.absent |= dict.fromkeys((each for each in asked if each not in found), origin)
            yield list(found.values())

    def _records(
        self, articles: Iterable[Article], *, asked: set[str], origin: str
    ) -> dict[str, Record]:
        every = list(articles)
        others = sum(article.pubmed_id not in asked for article in every)
        if others:
            self.progress("leaving out publications that nobody asked for", others, None)
        now = datetime.now(UTC)
        found: dict[str, Record] = {}
        for article in every:
            if article.pubmed_id not in asked:
                continue
            record = returned(
                article.pubmed_id,
                article.grants,
                source=self.source,
                retrieved_at=now,
                origin=origin,
                flags=("grant_answer_held_others",) if others else (),
            )
            before = found.get(article.pubmed_id)
            found[article.pubmed_id] = record if before is None else united(before, record)
        return found


def ask_both(pubmed_ids: Sequence[str], *, ncbi: Side, europe_pmc: Side) -> Iterator[list[Record]]:
    """A record of each publication, in portions as the answers arrive.

    NCBI is asked; then once more for what its answer lacked, in case it was cut short; then
    Europe PMC for what is still missing. While NCBI does not answer, Europe PMC is asked twice
    in its place.

    Raises:
        DownloadError: neither answers (everything before has been yielded), the time is up, or
            a server sent something that is not safe to read.
    """
    missing = list(pubmed_ids)
    for side in _turns(ncbi, europe_pmc):
        for portion in side.records(missing):
            yield portion
            found = {record.pubmed_id for record in portion}
            missing = [each for each in missing if each not in found]
    if not missing:
        return
    if ncbi.fault is not None and europe_pmc.fault is not None:
        raise DownloadError(
            f"Could not fetch the grants of {len(missing):,} publications, {missing[0]} the first. "
            f"Tried: {ncbi.url} ({ncbi.fault}); {europe_pmc.url} ({europe_pmc.fault}).",
            remedy=f"If an address has moved, correct it in {EDIT_HINT}. Check the network and "
            "try again: what has arrived is kept, and only the rest is asked for.",
        )
    last = ncbi if ncbi.fault is None else europe_pmc
    flags = () if europe_pmc.fault is None else ("grant_second_source_unavailable",)
    now = datetime.now(UTC)
    yield [
        Record(each, Status.NOT_RETURNED, (), last.source, now, flags, last.absent.get(each, ""))
        for each in missing
    ]


def _turns(ncbi: Side, europe_pmc: Side) -> Iterator[Side]:
    yield from (ncbi, ncbi, europe_pmc)
    if ncbi.fault is not None:  # looked at when it is its turn
        yield europe_pmc
