"""What is known of the grants of one publication, and how surely."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from everygenome.vocabulary.flags import GRANT_FLAGS

FLAGS: Final = GRANT_FLAGS


class Source(StrEnum):
    """Who said so."""

    NCBI = "ncbi"
    EUROPE_PMC = "europe_pmc"
    TABLE = "table"


class Status(StrEnum):
    """What became of the question; only the first two are answers."""

    WITH_GRANTS = "with grants"
    WITHOUT_GRANTS = "returned without grants"
    NOT_RETURNED = "not returned"


@dataclass(frozen=True, slots=True)
class Grant:
    """One grant as stated, without outer blanks; None where the source says nothing.

    Attributes:
        grant_id: the number that the agency gave it; sometimes several in one text.
        acronym: two letters or so; for the US National Institutes of Health, the institute's.
        agency: who paid.
        country: of the agency. Europe PMC never says it.
    """

    grant_id: str | None
    acronym: str | None
    agency: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Record:
    """What one source said of one publication.

    Attributes:
        pubmed_id: digits.
        status: with grants, returned without, or not returned.
        grants: in the source's order; none unless the status is `WITH_GRANTS`.
        source: who said so.
        retrieved_at: when, with a time zone.
        flags: names in `FLAGS`.
        origin: the address or file name, and the SHA-256 of the bytes that were read.
    """

    pubmed_id: str
    status: Status
    grants: tuple[Grant, ...]
    source: Source
    retrieved_at: datetime
    flags: tuple[str, ...] = ()
    origin: str = ""


def is_pubmed_id(text: str) -> bool:
    """Whether this can be a PubMed number: 1 to 9 digits, the first of them not 0.

    Example:
        >>> is_pubmed_id("34023362"), is_pubmed_id("034"), is_pubmed_id("PMC12"), is_pubmed_id("")
        (True, False, False, False)
    """
    return text.isascii() and text.isdigit() and len(text) <= 9 and not text.startswith("0")


def stated(text: str | None) -> str | None:
    """The text without outer blanks; None when nothing is left.

    Example:
        >>> stated(" CIHR"), stated("  "), stated(None)
        ('CIHR', None, None)
    """
    return (text or "").strip() or None


def returned(
    pubmed_id: str,
    grants: Iterable[Grant],
    *,
    source: Source,
    retrieved_at: datetime,
    origin: str,
    flags: Iterable[str] = (),
) -> Record:
    """The record of a publication that a source returned, with grants or without.

    Entries that say nothing at all are no grants: they are left out, and the record is flagged.

    Example:
        >>> from datetime import UTC
        >>> at = datetime(2025, 1, 1, tzinfo=UTC)
        >>> blank = Grant(None, None, None, None)
        >>> found = returned("12", [blank], source=Source.NCBI, retrieved_at=at, origin="")
        >>> found.status.value, found.grants, found.flags
        ('returned without grants', (), ('grant_says_nothing',))
    """
    every = tuple(grants)
    kept = tuple(grant for grant in every if grant != Grant(None, None, None, None))
    noted = (*flags, "grant_says_nothing") if len(kept) < len(every) else tuple(flags)
    status = Status.WITH_GRANTS if kept else Status.WITHOUT_GRANTS
    return Record(pubmed_id, status, kept, source, retrieved_at, noted, origin)


def united(first: Record, second: Record) -> Record:
    """One record of two about the same publication from the same source.

    The same grants twice are the same record. Otherwise the second adds what the first lacks
    (a grant that it lists more often, as often), and the record is flagged.
    """
    flags = tuple(dict.fromkeys(first.flags + second.flags))
    if first.grants == second.grants:
        return replace(first, flags=flags)
    before, added = Counter(first.grants), []
    for grant in second.grants:
        if before[grant] > 0:
            before[grant] -= 1
        else:
            added.append(grant)
    flags = tuple(dict.fromkeys((*flags, "grant_answers_differ")))
    grants = (*first.grants, *added)
    status = Status.WITH_GRANTS if grants else Status.WITHOUT_GRANTS
    return replace(first, status=status, grants=grants, flags=flags)
