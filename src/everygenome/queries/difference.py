"""What changed between two releases: studies, publications, and the measures themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from everygenome.errors import UsageError
from everygenome.queries.answer import ReleaseLabel
from everygenome.queries.changes import KINDS, Changes, changes
from everygenome.queries.kept import Kept
from everygenome.queries.measures import study_cursor
from everygenome.queries.release import Release, folder_of, label_of, open_release
from everygenome.store.manifest import read_manifest

LIMITS = range(1, 1001)
# Releases never change, and two pairs of today's size hold a few megabytes.
_kept = Kept(newest=2)


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from one release to another.

    Attributes:
        before: the earlier release.
        after: the later release.
        totals: `studies_added`, `studies_removed`, `studies_changed`, `studies_before`,
            `studies_after`, `publications_added`, `publications_removed`, and, of both
            stages, `participations_added` (in added studies), `participations_removed`,
            `participations_before`, `participations_after` (missing without an ancestry file).
        measures: rows of `unit`, `group`, `share_before`, `share_after`, `change` (0-1;
            discovery, broad groups, shares of recorded).
        studies: this page's rows of `change` (added, removed, changed), `study_accession`,
            `pubmed_id`, `trait_reported` and `what` (the names of the columns that changed).
        found: how many studies fit, on all pages.
        next: where the next page begins; None on the last.
    """

    before: ReleaseLabel
    after: ReleaseLabel
    totals: dict[str, int | None]
    measures: list[dict[str, Any]]
    studies: list[dict[str, Any]]
    found: int
    next: str | None

    def counts(self) -> dict[str, int]:
        """How many studies were added, removed and changed."""
        return {kind: self.totals[f"studies_{kind}"] or 0 for kind in KINDS}

    def words(self) -> list[str]:
        """The changes as sentences for the public."""
        told = {name: f"{value or 0:,}" for name, value in self.totals.items()}
        said = [
            f"From {self.before.date} to {self.after.date}, {told['studies_added']} studies were "
            f"added, {told['studies_removed']} removed and {told['studies_changed']} changed.",
            f"{told['publications_added']} publications are new, and "
            f"{told['publications_removed']} are gone.",
        ]
        if self.totals["participations_added"] is not None:
            said.append(
                f"The added studies hold {told['participations_added']} participations. One "
                "person's data can count many times."
            )
        moved = [row for row in self.measures if row["unit"] == "participations" and row["change"]]
        for row in sorted(moved, key=lambda row: -abs(row["change"]))[:3]:
            said.append(
                f"The share of {row['group']} in participations went from "
                f"{row['share_before']:.2%} to {row['share_after']:.2%}."
            )
        return said

    def to_dict(self) -> dict[str, Any]:
        """Everything, ready for JSON."""
        return {
            "before": {"id": self.before.id, "date": self.before.date},
            "after": {"id": self.after.id, "date": self.after.date},
            "counts": self.counts(),
            "totals": self.totals,
            "words": self.words(),
            "measures": self.measures,
            "found": self.found,
            "next": self.next,
            "studies": self.studies,
        }


def difference(
    before: str,
    after: str,
    *,
    store: Path | str | None = None,
    change: str | None = None,
    limit: int | None = None,
    start: str | None = None,
    opener: Callable[[str], Release] | None = None,
) -> Difference:
    """Compare two releases; what two have been asked before takes milliseconds.

    Args:
        before: identifier or date of the earlier release.
        after: that of the later one.
        store: the store's folder; None takes it from the settings.
        change: only studies that were `added`, `removed` or `changed`.
        limit: rows of studies, 1 to 1000; None lists them all.
        start: `next` of the page before.
        opener: opens a release by its identifier, and keeps it open for others; without it
            the two are opened here, and closed again.

    Raises:
        NotFoundError: there is no such release.
        UsageError: an unknown kind of change, a limit out of bounds, a start of another list,
            or a demonstration beside a real release.
        StoreError: a release cannot be read.
    """
    if change not in (None, *KINDS):
        raise UsageError(f"{change!r} is no kind of change.", remedy=f"Use {', '.join(KINDS)}.")
    if limit is not None and limit not in LIMITS:
        raise UsageError(f"{limit} studies cannot be shown.", remedy="Use a number from 1 to 1000.")
    folders = [folder_of(name, store=store) for name in (before, after)]
    old, new = (label_of(read_manifest(folder)) for folder in folders)
    if old.demonstration is not new.demonstration:
        raise UsageError(
            "One of these releases is a demonstration, made by this software; what it has and a "
            "real release lacks means nothing.",
            remedy="Choose two real releases; `everygenome releases` marks the demonstration.",
        )
    found = _kept.newest(tuple(map(str, folders)), lambda: _found(old.id, new.id, store, opener))
    listed = found.studies
    if change is not None:
        listed = listed.filter(pc.equal(listed["change"], change))
    list_of = ("difference", old.id, new.id, change)
    first = 0 if start is None else _after(listed, study_cursor.read(list_of, start), start)
    page = listed.slice(first, limit)
    more = first + page.num_rows < listed.num_rows
    return Difference(
        before=old,
        after=new,
        totals=found.totals,
        measures=found.measures,
        studies=page.to_pylist(),
        found=listed.num_rows,
        next=study_cursor.written(list_of, page["study_accession"][-1].as_py()) if more else None,
    )


def _found(
    old: str, new: str, store: Path | str | None, opener: Callable[[str], Release] | None
) -> Changes:
    if opener is not None:
        return changes(opener(old), opener(new))
    opened: list[Release] = []
    try:
        for name in (old, new):
            opened.append(open_release(name, store=store))
        return changes(*opened)
    finally:
        for release in opened:
            release.tables.opened.close()


def _after(listed: pa.Table, accession: str, start: str) -> int:
    # A study is added, removed or changed: an accession stands in the list once.
    at = np.flatnonzero(pc.equal(listed["study_accession"], accession).to_numpy())
    if not len(at):
        raise study_cursor.unknown(start)
    return int(at[0]) + 1
