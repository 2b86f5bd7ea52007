"""Each release and the one before it, and what changed between them, reckoned once for ever.

A pair of releases never changes, and opening two takes a second: so the totals of a pair are
kept in a small file in the store, beside the site's other files, for every process and restart.
"""

import itertools
import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django import conf

from everygenome.errors import EverygenomeError
from everygenome.queries.difference import difference
from everygenome.web.site.releases import SHELF, Listed
from everygenome.web.site.turns import BusyError, turn

# Raise this when the same pair gives another summary than before.
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Pair:
    """A release, and the one before it; both as the list has them."""

    after: Mapping[str, Any]
    before: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Summary:
    """What changed from one release to another, without the studies themselves.

    Attributes:
        totals: see `queries.difference.Difference`.
        measures: likewise.
    """

    totals: Mapping[str, int | None]
    measures: Sequence[Mapping[str, Any]]


def pairs(listed: Listed) -> list[Pair]:
    """Every release, newest first, with the one before it; a demonstration has none."""
    newest_first = list(listed.each)
    real = [item for item in newest_first if not item["demonstration"]]
    before = {later["id"]: earlier for later, earlier in itertools.pairwise(real)}
    return [Pair(item, before.get(item["id"])) for item in newest_first]


def known(before: str, after: str) -> Summary | None:
    """What is kept of a pair, or None."""
    try:
        return Summary(**json.loads(_file(before, after).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def summary(before: str, after: str) -> Summary:
    """What changed: as it is kept, or reckoned now.

    Raises:
        NotFoundError: there is no such release.
        UsageError: only one of the two is a demonstration.
        StoreError: a release cannot be read.
        BusyError: another comparison takes long.
    """
    found = known(before, after)
    if found is not None:
        return found
    with turn():
        found = known(before, after)
        if found is None:
            counted = difference(
                before, after, store=conf.settings.STORE, limit=1, opener=SHELF.open
            )
            found = Summary(counted.totals, counted.measures)
            _keep(_file(before, after), found)
        return found


def summaries(wanted: Sequence[Pair], *, at_most: int) -> list[Summary | None]:
    """The summary of each pair, of which at most so many are reckoned now.

    None where there is nothing before, where a release cannot be read, and where it is left to
    a later request: nobody waits for the whole history of a store at once.
    """
    made: list[Summary | None] = []
    for pair in wanted:
        found = None
        if pair.before is not None:
            ids = (pair.before["id"], pair.after["id"])
            found = known(*ids)
            if found is None and at_most > 0:
                at_most -= 1
                try:
                    found = summary(*ids)
                except (EverygenomeError, BusyError):
                    found = None
        made.append(found)
    return made


def _file(before: str, after: str) -> Path:
    folder = Path(conf.settings.STORE) / "web" / "changes"
    return folder / f"{before}..{after}..{version('everygenome')}.{FORMAT}.json"


def _keep(path: Path, found: Summary) -> None:
    made = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        made.write_text(json.dumps(asdict(found)), "utf-8")
        os.replace(made, path)
    except OSError:
        # A store that cannot be written, or is full, only makes the next request slower.
        with suppress(OSError):
            made.unlink()
