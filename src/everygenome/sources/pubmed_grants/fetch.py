"""Bring the grant records of publications up to date: NCBI first, then Europe PMC."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from everygenome.snapshots.deadline import Deadline
from everygenome.snapshots.policy import DEFAULT, Policy
from everygenome.sources.pubmed_grants import efetch, europe_pmc
from everygenome.sources.pubmed_grants.asking import Asker
from everygenome.sources.pubmed_grants.cache import GrantCache
from everygenome.sources.pubmed_grants.endpoints import Endpoints
from everygenome.sources.pubmed_grants.limiter import Limiter
from everygenome.sources.pubmed_grants.records import Record, Source, Status, is_pubmed_id
from everygenome.sources.pubmed_grants.sides import Progress, Side, ask_both


def _silent(*_said: object, **_more: object) -> None:
    """Progress that nobody watches."""


def bring_up_to_date(
    pubmed_ids: Iterable[str],
    cache: GrantCache,
    *,
    policy: Policy = DEFAULT,
    api_key: str | None = None,
    contact: str | None = None,
    older_than: datetime | None = None,
    endpoints: Endpoints | None = None,
    progress: Progress = _silent,
    clock: Callable[[], float] = time.monotonic,
) -> dict[str, Record]:
    """Fetch what the cache lacks of these publications, and keep each answer as it arrives.

    After an error the next call asks for the rest only.

    Args:
        pubmed_ids: which publications; repeated ones count once. What is no PubMed number is
            not asked for, has no record, and is told to `progress`.
        cache: what is known already; the caller holds the store's lock.
        policy: how patient to be.
        api_key: allows 10 questions a second to NCBI in place of 3.
        contact: an e-mail address, so that NCBI can write before it blocks.
        older_than: records from before this moment are asked for again.
        endpoints: where to ask; None for the real addresses.
        progress: called with what is being done, how many are done, and how many there are.
        clock: seconds that only grow, for the limit on questions.

    Returns:
        The records of the publications that were asked for, by PubMed number.

    Raises:
        DownloadError: neither source answers, the time is up, the key is not accepted, or an
            answer is not safe to read.
        StoreError: the cache is damaged or cannot be written.

    Source: https://www.ncbi.nlm.nih.gov/books/NBK25497/ (E-utilities: usage guidelines).
    """
    given = set(pubmed_ids)
    asked = sorted(filter(is_pubmed_id, given), key=int)
    if len(asked) < len(given):
        progress("leaving out what is no PubMed number", len(given) - len(asked), None)
    known = cache.read()
    due = [each for each in asked if _due(known.get(each), older_than)]
    where = endpoints or Endpoints.live()
    secret = {"api_key": api_key or "", "email": contact or ""}
    with _sides(where, policy, secret, progress=progress, clock=clock) as (ncbi, second):
        done = 0
        for start in range(0, len(due), where.ncbi_batch):
            progress("asking for grants", done, len(due))
            batch = due[start : start + where.ncbi_batch]
            for portion in ask_both(batch, ncbi=ncbi, europe_pmc=second):
                kept = [_best(record, known.get(record.pubmed_id)) for record in portion]
                cache.add(kept)
                known |= {record.pubmed_id: record for record in kept}
                done += len(kept)
        progress("asking for grants", done, len(due))
    return {each: known[each] for each in asked}


def _due(record: Record | None, older_than: datetime | None) -> bool:
    if record is None or "grant_second_source_unavailable" in record.flags:
        return True
    return older_than is not None and record.retrieved_at < older_than


def _best(new: Record, old: Record | None) -> Record:
    """The new record, unless it would put "not returned" in the place of an answer."""
    if old is None or new.status is not Status.NOT_RETURNED or old.status is Status.NOT_RETURNED:
        return new
    flags = tuple(dict.fromkeys((*old.flags, "grant_not_returned_again")))
    return replace(old, flags=flags)


@contextmanager
def _sides(
    where: Endpoints,
    policy: Policy,
    secret: dict[str, str],
    *,
    progress: Progress,
    clock: Callable[[], float],
) -> Iterator[tuple[Side, Side]]:
    import httpx

    timeout = httpx.Timeout(policy.idle_timeout_s, connect=policy.connect_timeout_s)
    with Deadline(policy.total_timeout_s) as deadline, httpx.Client(timeout=timeout) as client:

        def asker(url: str, per_second: int, secret: dict[str, str]) -> Asker:
            return Asker(
                client,
                url,
                limiter=Limiter(per_second, clock=clock, sleep=policy.sleep),
                policy=policy,
                deadline=deadline,
                largest_bytes=where.largest_answer_bytes,
                secret=secret,
            )

        given = {name: value for name, value in secret.items() if value}
        quick = where.ncbi_per_second_with_key if "api_key" in given else where.ncbi_per_second
        yield (
            Side(
                source=Source.NCBI,
                url=where.ncbi,
                ask=asker(where.ncbi, quick, given).post,
                question=efetch.question,
                read=lambda body: efetch.read_answer(body, url=where.ncbi),
                batch=where.ncbi_batch,
                progress=progress,
            ),
            Side(
                source=Source.EUROPE_PMC,
                url=where.europe_pmc,
                ask=asker(where.europe_pmc, where.europe_pmc_per_second, {}).get,
                question=europe_pmc.question,
                read=europe_pmc.read_answer,
                batch=where.europe_pmc_batch,
                progress=progress,
            ),
        )
