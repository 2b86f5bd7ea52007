"""The list of releases, and the page of two of them."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import conf

from everygenome.charts.figures import points
from everygenome.queries.difference import difference
from everygenome.web.changes import sentences
from everygenome.web.changes.pairs import pairs, summaries, summary
from everygenome.web.site.page import base_context, render
from everygenome.web.site.prepared import PANTRY, Prepared
from everygenome.web.site.releases import SHELF, Listed
from everygenome.web.site.turns import turn

ON_A_PAGE = 20
STUDIES_ON_A_PAGE = 50
RECKONED_AT_ONCE = 4
KINDS = ("added", "removed", "changed")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the page of two releases shows.

    Attributes:
        before: identifier of one release.
        after: identifier of the other.
        change: only studies that were `added`, `removed` or `changed`; empty for all.
        start: where the page of studies begins; empty for the first.
    """

    before: str
    after: str
    change: str
    start: str

    def address(self, **changes: str) -> str:
        """The page's address, with some choices changed."""
        chosen = {"change": self.change, "start": self.start} | changes
        query = urlencode({name: value for name, value in chosen.items() if value})
        return f"/changes/{self.before}/{self.after}/{f'?{query}' if query else ''}"


def list_page(listed: Listed, number: int) -> Prepared:
    """Releases, newest first, with what changed from each to the next."""
    every = pairs(listed)
    first = (number - 1) * ON_A_PAGE
    shown = every[first : first + ON_A_PAGE]
    found = summaries(shown, at_most=RECKONED_AT_ONCE)
    rows = [
        {
            "release": pair.after,
            "before": pair.before,
            "sentence": sentences.in_one(item) if item else None,
            "current": pair.after["id"] == listed.current,
        }
        for pair, item in zip(shown, found, strict=True)
    ]
    context = base_context(listed, SHELF.open(str(listed.current))) | {
        "here": "changes",
        "rows": rows,
        "unfinished": any(row["before"] and not row["sentence"] for row in rows),
        "newer": number - 1,
        "older": number + 1 if first + ON_A_PAGE < len(every) else 0,
        "from_id": (every[0].before or every[0].after)["id"],
        "to_id": every[0].after["id"],
    }
    return render("changes/list", context)


def pair_page(listed: Listed, wanted: Wanted) -> Prepared:
    """What changed from one release to another.

    Raises:
        NotFoundError: there is no such release.
        UsageError: one of the two is a demonstration, or the page of studies is none.
        StoreError: a release cannot be read.
        BusyError: another comparison takes long.
    """
    # Outside the pantry, whose door one at a time goes through: it takes seconds.
    found = summary(wanted.before, wanted.after)
    with turn():
        studies = difference(
            wanted.before,
            wanted.after,
            store=conf.settings.STORE,
            change=wanted.change or None,
            limit=STUDIES_ON_A_PAGE,
            start=wanted.start or None,
            opener=SHELF.open,
        )

    def make() -> Prepared:
        release = SHELF.open(wanted.after)
        before, after = listed.about(wanted.before), listed.about(wanted.after)
        context: dict[str, Any] = base_context(listed, release) | {
            # Of two releases neither is "the earlier one that you are looking at".
            "earlier": False,
            "here": "changes",
            "before": before,
            "after": after,
            "from_id": wanted.before,
            "to_id": wanted.after,
            "backwards": before["date"] > after["date"],
            "sentence": sentences.in_one(found),
            "totals": found.totals,
            "publications": [
                SHELF.open(name).manifest.tables.get("publications")
                for name in (wanted.before, wanted.after)
            ],
            "units": [
                (unit, [dict(row) | {"points": points(row["change"])} for row in rows])
                for unit, rows in sentences.by_unit(found)
            ],
            "wanted": wanted,
            "kinds": [
                (kind, found.totals[f"studies_{kind}"], wanted.address(change=kind, start=""))
                for kind in KINDS
            ],
            "everything": wanted.address(change="", start=""),
            "found": studies.found,
            "studies": sentences.told_rows(studies.studies),
            "next": wanted.address(start=studies.next) if studies.next else "",
            "first": wanted.address(start="") if wanted.start else "",
        }
        return render("changes/pair", context)

    return PANTRY.get(("changes", wanted, listed.fingerprint), make)
