"""Made-up grant lists for the demonstration catalogue, which describe nobody.

Drawn by a hash of each publication's number: the same on every machine.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from everygenome.sources.pubmed_grants.records import Grant, Record, Source, Status, returned

# Invented names and weights; the countries stay unsaid, since no real one funds them.
FUNDERS: dict[str, int] = {
    "Demonstration Health Agency": 30,
    "Demonstration Heart Institute": 18,
    "Demonstration Cancer Institute": 16,
    "Demonstration Science Council": 14,
    "Demonstration Trust": 12,
    "Demonstration Mind Foundation": 8,
    "Demonstration Children's Fund": 5,
    "Demonstration Bone and Joint Charity": 3,
    "Demonstration Fund for Neglected Questions": 1,
}
_MADE_ON = datetime(2025, 6, 30, tzinfo=UTC)
ORIGIN = "made up by this software"


def demonstration_records(publications: Iterable[str]) -> list[Record]:
    """Grant lists for made-up publications: three in four have one to three grants.

    Example:
        >>> record = demonstration_records(["DEMO1"])[0]
        >>> record.status.value, [grant.agency for grant in record.grants]
        ('with grants', ["Demonstration Children's Fund"])
    """
    return [_record(number) for number in publications]


def _record(number: str) -> Record:
    draws = _draws(number)
    fate = next(draws) % 100
    if fate < 3:
        return Record(number, Status.NOT_RETURNED, (), Source.TABLE, _MADE_ON, (), ORIGIN)
    count = 0 if fate < 25 else 1 + next(draws) % 3
    grants = [
        Grant(f"DEMO-{next(draws) % 900 + 100}", None, _funder(next(draws)), None)
        for _ in range(count)
    ]
    return returned(number, grants, source=Source.TABLE, retrieved_at=_MADE_ON, origin=ORIGIN)


def _funder(draw: int) -> str:
    at = draw % sum(FUNDERS.values())
    for name, weight in FUNDERS.items():
        at -= weight
        if at < 0:
            return name
    raise IndexError(draw)


def _draws(number: str) -> Iterator[int]:
    """Whole numbers that follow from a text."""
    step = 0
    while True:
        digest = hashlib.sha256(f"{number} {step}".encode()).digest()
        yield int.from_bytes(digest[:4], "big")
        step += 1
