"""Pages that list every funder, cohort, journal or country: by name, with intervals, unranked."""

from functools import partial
from typing import Any

from everygenome.charts.findings.directory import directory_finding
from everygenome.charts.rows import percent
from everygenome.errors import UsageError
from everygenome.queries.answer import Answer
from everygenome.vocabulary.schemes import MULTIPLE_GROUP
from everygenome.web.dashboard import controls
from everygenome.web.dashboard.controls import own_control
from everygenome.web.dashboard.figures.figure import Bar, Cell, Table, cells
from everygenome.web.dashboard.figures.text import count, share
from everygenome.web.dashboard.pages.listing import text_control
from everygenome.web.dashboard.pages.page import Asked, Page
from everygenome.web.dashboard.portfolios import directory
from everygenome.web.dashboard.portfolios.coverage import coverage_sentence
from everygenome.web.dashboard.portfolios.kinds import KINDS, LEVELS, home
from everygenome.web.dashboard.portfolios.overview import tabs
from everygenome.web.dashboard.shown import counted, notes

SHOWN = 50


def _more(asked: Asked, *, kind: str) -> dict[str, Any]:
    release, view, path = asked.release, asked.view, home(kind)
    release.tables.entities.need(kind)
    context: dict[str, Any] = {
        "kind": KINDS[kind],
        "tabs": tabs(asked, kind),
        # One form: the list's own choices first, and behind them what narrows every view.
        "main_controls": _controls(asked, kind),
        "more_controls": [
            *controls.controls(release, view, _narrowing(kind)),
            controls.release_control(asked.listed, view),
        ],
        "more_named": "stage, years, subject, trait, country, grouping, ",
        "kept": [],
    }
    try:
        found = directory.asked(release, view, kind)
    except UsageError as error:
        return context | {"refused": str(error)}
    answer = found.answer
    rows, group = answer.rows, answer.filters["group"]
    last = max(1, -(-len(rows) // SHOWN))
    page = min(_number(view.get("page")), last)
    pinned = view.pinned(kind=kind, page=None)
    return context | {
        "group": group,
        "chosen_group": bool(view.get("group")),
        "finding": directory_finding(
            rows, kind=kind, group=group, minimum=answer.filters["min_publications"]
        ),
        "found": len(rows),
        "every": found.every,
        "coverage": coverage_sentence(release, view, kind, answer),
        "table": _table(answer, asked, kind, rows[(page - 1) * SHOWN : page * SHOWN]),
        "number": page,
        "last": last,
        "before": f"{path}{view.address(page=page - 1 if page > 2 else None)}" if page > 1 else "",
        "next": f"{path}{view.address(page=page + 1)}" if page < last else "",
        "files": [
            (label, f"/data/{directory.NAME}.{ending}{pinned}")
            for label, ending in (("CSV", "csv"), ("JSON, with caveats", "json"))
        ],
        "list_counted": counted(answer),
        "list_notes": notes(answer),
    }


def _narrowing(kind: str) -> tuple[str, ...]:
    left_out = ("unit", "denominator", "reference", kind)
    return tuple(name for name in controls.EVERY if name not in left_out)


def _controls(asked: Asked, kind: str) -> list[Any]:
    view = asked.view
    groups = (*view.question.grouping.groups, MULTIPLE_GROUP)
    made = [
        text_control(asked, "search", f"Name of a {KINDS[kind].one}"),
        own_control(view, "group", "Share of", {"": "the largest group", **{g: g for g in groups}}),
        own_control(view, "min_publications", "Compare those with", directory.LEAST),
        own_control(view, "few", "Those with fewer", directory.FEW),
        own_control(view, "order", "Order", directory.ORDERS),
    ]
    if kind == "funder":
        levels = {"any": "any level"} | LEVELS
        made.insert(1, own_control(view, "level", "Level", levels))
    return made


def _number(text: str) -> int:
    """The number of a page; what is none is the first."""
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _table(answer: Answer, asked: Asked, kind: str, rows: list[dict[str, Any]]) -> Table:
    words = KINDS[kind]
    minimum = answer.filters["min_publications"]
    query = asked.view.only(()).address(**{kind: None})
    known = asked.release.tables.entities.of(kind)

    def row(item: dict[str, Any]) -> tuple[Cell, ...]:
        parent = known.get(item["parent"] or "")
        level = LEVELS.get(item["level"] or "", "")
        return cells(
            Cell(
                item["name"],
                f"{home(kind)}{item['id']}/{query}",
                more=level + (f", part of {parent.name}" if parent else ""),
            ),
            _share(item, minimum),
            _count(item, "publications", words.divided, ",.1f"),
            count(item["studies"]),
            _count(item, "participations", words.divided, ",.0f"),
        )

    return Table(
        caption=f"Each {words.one} that is linked to a study selected here, in no order of merit. "
        "In the pictures the thin line runs from 0% to 100%; the mark is the share among clear "
        "records, the bar its interval."
        + (
            f" “Divided”: each study divided equally between the {words.divided} linked to it; "
            "the numbers above count it in full for each."
            if words.divided
            else ""
        ),
        head=(
            words.one.capitalize(),
            f"Share recorded as “{answer.filters['group']}”",
            "Publications",
            "Studies",
            "Participations",
        ),
        rows=tuple(row(item) for item in rows),
        numbers=frozenset({2, 3, 4}),
        quiet=frozenset(place for place, item in enumerate(rows) if item["small"]),
    )


def _count(row: dict[str, Any], name: str, divided: str, form: str) -> Cell:
    """A count in full, and beneath it divided between those that are linked to the same."""
    part = row[f"{name}_fractional"]
    return Cell(
        count(row[name]), more=f"{part:{form}} divided" if divided and part is not None else ""
    )


def _share(row: dict[str, Any], minimum: int) -> Cell:
    """A share with its interval, and whether it may be compared at all."""
    value, low, high = (row[f"observed_{name}"] for name in ("share", "low", "high"))
    told = f"under {minimum} publications: " if row["small"] else ""
    if value is None:
        text, why = "no clear record", "not compared" if told else ""
    elif low is None:
        text = percent(value)
        why = "no interval, not compared" if told else "too few publications for an interval"
    else:
        text = f"{percent(value)} ({share(low)} to {share(high)})"
        why = "not compared" if told else ""
    return Cell(text, more=told + why, bar=Bar.of(low, value, high))


DIRECTORIES = tuple(
    Page(
        name=words.many,
        path=home(kind),
        title=words.title,
        lead=words.lead,
        controls=_narrowing(kind),
        extra={
            name: values
            for name, values in {**directory.EXTRA, "page": ()}.items()
            if name != "level" or kind == "funder"
        },
        more=partial(_more, kind=kind),
        template="dashboard/directory",
    )
    for kind, words in KINDS.items()
)
