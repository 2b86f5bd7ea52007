"""The list of every entity of a kind: asked, narrowed, and written down."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from everygenome.queries.answer import Answer
from everygenome.queries.measures.compared_portfolios import MINIMUM
from everygenome.queries.measures.portfolio import Order
from everygenome.queries.release import Release
from everygenome.web.dashboard.figures.figure import choices
from everygenome.web.dashboard.portfolios.kinds import KINDS, LEVELS
from everygenome.web.dashboard.portfolios.paths import UnknownEntityError, entity_of
from everygenome.web.site.state import View

NAME = "directory"
ORDERS = {
    Order.NAME.value: "by name",
    Order.PUBLICATIONS.value: "most publications first",
}
LEAST = {
    str(MINIMUM): f"{MINIMUM} or more publications",
    "10": "10 or more",
    "50": "50 or more",
    "100": "100 or more",
    "200": "200 or more",
}
FEW = {"shown": "show them too, marked", "hidden": "leave them out"}
# Choices of its own, as on the page and in the address of the file.
EXTRA: Mapping[str, tuple[str, ...]] = {
    "search": (),
    "group": (),
    "min_publications": tuple(LEAST),
    "order": tuple(ORDERS),
    "few": tuple(FEW),
    "level": ("any", *LEVELS),
}
FILE_EXTRA: Mapping[str, tuple[str, ...]] = {"kind": tuple(KINDS), **EXTRA}
# Portfolios are listed in participations, and always with the shares of clear records.
_FIXED = {"unit": None, "denominator": None, "reference": None}


@dataclass(frozen=True, slots=True)
class Directory:
    """The list under a view.

    Attributes:
        answer: its rows, without those that the search, the level or the choice leaves out.
        every: how many rows there are without these.
    """

    answer: Answer
    every: int


def asked(release: Release, view: View, kind: str) -> Directory:
    """The list of a kind as a view asks for it.

    Raises:
        UsageError: there is no such group, or the choices cannot be combined.
        NotFoundError: the release knows nothing of that kind.
    """
    answer = release.portfolio(
        kind,
        group=view.get("group") or None,
        min_publications=int(view.get("min_publications") or MINIMUM),
        order=view.get("order") or Order.NAME.value,
        **choices(view) | _FIXED,
    )
    meant = _meant(release, view, kind)
    rows = answer.rows
    kept = [place for place, row in enumerate(rows) if _fits(row, view, meant)]
    said = {name: view.get(name) for name in ("search", "level", "few") if view.get(name)}
    narrowed = replace(
        answer, filters={**answer.filters, **said}, table=answer.table.take(pa.array(kept, "int64"))
    )
    return Directory(narrowed, len(rows))


def file_answer(release: Release, view: View) -> Answer:
    """The list for a file: all of it, as the page has it in parts."""
    return asked(release, view, view.get("kind") or next(iter(KINDS))).answer


def _fits(row: Mapping[str, Any], view: View, meant: str) -> bool:
    if view.get("few") == "hidden" and row["small"]:
        return False
    if view.get("level") and row["level"] != view.get("level"):
        return False
    names = f"{row['name']} {row['id']}".casefold()
    return all(word in names for word in view.get("search").casefold().split()) or (
        row["id"] == meant
    )


def _meant(release: Release, view: View, kind: str) -> str:
    """The identifier that a search means by another name: an abbreviation, an old name."""
    wanted = view.get("search")
    if not wanted:
        return ""
    try:
        return entity_of(release, kind, wanted).id
    except UnknownEntityError:
        return ""
