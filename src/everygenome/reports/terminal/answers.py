"""Print an answer so that a newcomer reads something true, and sees what it leaves out."""

from collections.abc import Callable
from typing import Any

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from everygenome.queries.answer import Answer
from everygenome.reports.terminal.cells import (
    BAR_WIDTH,
    MISSING,
    NARROW_BAR,
    bar,
    between,
    number,
    plain,
    share,
    short,
    table_of,
)
from everygenome.reports.terminal.findings import finding
from everygenome.reports.terminal.portfolios import (
    gaps_table,
    peers_table,
    portfolio_table,
    standardised_table,
)

Builder = Callable[[Answer, bool], RenderableType]
# From this width on, full names and every column have room.
WIDE = 112
COLUMNS_NARROW = 5
_CAVEATS_SHOWN = 12


class View:
    """An answer as it looks in a console of some width."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The finding, the table, what it is, and what to know of it."""
        answer = self.answer
        narrow = options.max_width < WIDE
        caveats = Table.grid(padding=(0, 1))
        for item in answer.caveats[:_CAVEATS_SHOWN]:
            caveats.add_row(Text("•"), Text(item.text))
        yield Text(finding(answer), style="bold")
        yield Text("")
        yield _TABLES.get(answer.measure, _plain)(answer, narrow)
        yield Text(answer.caption, style="dim")
        yield Text("")
        yield Text("What to know", style="bold")
        yield Padding(caveats, (0, 0, 0, 1))


def _composition(answer: Answer, narrow: bool) -> RenderableType:
    compared = any("ratio" in row for row in answer.rows)
    # A comparison in a narrow terminal keeps what the comparison needs.
    brief = narrow and compared
    table = table_of("Group", "", "Share")
    if not brief:
        table.add_column("Lowest to highest", justify="right", no_wrap=True)
    if not narrow:
        table.add_column("With others", justify="right")
    if not brief:
        table.add_column(answer.unit.capitalize(), justify="right")
    if compared:
        for name in ("Reference", "Ratio", "Low to high"):
            table.add_column(name, justify="right", no_wrap=True)
    rows = answer.rows
    largest = max((row["share"] or 0 for row in rows), default=0)
    width = NARROW_BAR if narrow or compared else BAR_WIDTH
    for row in rows:
        name = short(row["group"]) if narrow else row["group"]
        cells: list[RenderableType] = [
            Text(name, style="italic" if row.get("is_class") else ""),
            bar(row["share"], largest, width=width),
            share(row["share"]),
        ]
        if not brief:
            cells.append(between(row.get("share_min"), row.get("share_max"), share))
        if not narrow:
            cells.append("" if row.get("is_class") else share(row.get("share_with_others")))
        if not brief:
            cells.append(number(row["value"]))
        if compared:
            ratio = row.get("ratio")
            cells += [
                "" if ratio is None else share(row["reference_share"]),
                "" if ratio is None else f"{ratio:.2f}",
                between(row.get("ratio_low"), row.get("ratio_high"), "{:.2f}".format),
            ]
        table.add_row(*cells)
    return table


def _by(column: str, title: str) -> Builder:
    """A wide table: one line per year or subject, one column per group."""

    def build(answer: Answer, narrow: bool) -> RenderableType:
        shares: dict[Any, dict[str, float | None]] = {}
        for row in answer.rows:
            shares.setdefault(row[column], {})[row["group"]] = row.get("share")
        groups = list(
            dict.fromkeys(row["group"] for row in answer.rows if row.get("share") is not None)
        )
        shown = groups
        if narrow and len(groups) > COLUMNS_NARROW:
            highest = {g: max(line.get(g) or 0 for line in shares.values()) for g in groups}
            largest = sorted(groups, key=lambda group: -highest[group])[:COLUMNS_NARROW]
            shown = [group for group in groups if group in largest]
        table = table_of(title)
        for group in shown:
            # Spaces after a stroke let a long name break over lines.
            table.add_column(short(group).replace("/", "/ "), justify="right")
        for name, line in shares.items():
            table.add_row(str(name), *[share(line.get(group)) for group in shown])
        left = len(groups) - len(shown)
        if not left:
            return table
        return Group(
            table,
            Text(f"{left} more groups in a wider terminal, or with --format csv", style="dim"),
        )

    return build


def _countries(answer: Answer, narrow: bool) -> RenderableType:
    table = table_of("Country", "", "Share", "Share of all")
    table.add_column(answer.unit.capitalize(), justify="right")
    rows = [row for row in answer.rows if row["iso3"]]
    largest = max((row["share"] or 0 for row in rows), default=0)
    shown = rows[:20]
    width = NARROW_BAR if narrow else BAR_WIDTH
    for row in shown:
        table.add_row(
            row["name"],
            bar(row["share"], largest, width=width),
            share(row["share"]),
            share(row["share_of_all"]),
            number(row["value"]),
        )
    if len(rows) > len(shown):
        table.add_row(Text(f"and {len(rows) - len(shown)} more countries", style="dim"))
    for row in [row for row in answer.rows if not row["iso3"]]:
        table.add_row(
            Text(row["name"], style="italic"),
            "",
            "",
            share(row["share_of_all"]),
            number(row["value"]),
        )
    return table


def _people(answer: Answer, narrow: bool) -> RenderableType:  # noqa: ARG001
    table = table_of("Group")
    for name in ("Lowest", "By publication", "By cohort", "Highest"):
        table.add_column(name, justify="right")
    for row in answer.rows:
        table.add_row(
            row["group"],
            number(row["floor"]),
            number(row["publication_estimate"]),
            number(row["cohort_estimate"]),
            number(row["ceiling"]),
        )
    return table


def _concentration(answer: Answer, narrow: bool) -> RenderableType:  # noqa: ARG001
    table = table_of("", "Largest", "Share", "Running share")
    table.add_column("Participations", justify="right")
    kind = ""
    for row in answer.rows:
        if row["kind"] != kind and kind:
            table.add_section()
        kind = row["kind"]
        table.add_row(
            f"{kind} {row['rank']}",
            row["name"] or row["id"],
            share(row["share"]),
            share(row["cumulative_share"]),
            number(row["value"]),
        )
    return table


def _summary(answer: Answer, narrow: bool) -> RenderableType:  # noqa: ARG001
    table = table_of("", "Figure", "Of")
    for row in answer.rows:
        is_share = row["unit"].startswith("share")
        value = share(row["value"]) if is_share else number(row["value"])
        table.add_row(row["label"], value, row["unit"].removeprefix("share of "))
    return table


def _studies(answer: Answer, narrow: bool) -> RenderableType:
    table = table_of("Study", "Published", "First author", "Trait")
    table.columns[2].justify = table.columns[3].justify = "left"
    table.columns[3].no_wrap = False
    if not narrow:
        table.add_column("Groups")
        table.add_column("Countries")
    table.add_column("Participations", justify="right")
    for row in answer.rows:
        cells = [
            row["study_accession"],
            plain(row["publication_date"]),
            row["first_author"] or MISSING,
            row["trait_reported"] or MISSING,
        ]
        if not narrow:
            cells += [plain([short(name) for name in row["groups"]]), plain(row["countries"])]
        table.add_row(*cells, number(row["participations"]))
    rest = answer.coverage["studies"] - len(answer.rows)
    return Group(table, Text(f"{number(rest)} more studies", style="dim")) if rest else table


def _beneath(answer: Answer, narrow: bool) -> RenderableType:  # noqa: ARG001
    table = table_of("", "Share")
    table.add_column("Participations", justify="right")
    table.add_column("Records", justify="right")
    kind = ""
    for row in answer.rows:
        if row["kind"] != kind:
            table.add_section()
            kind = row["kind"]
            table.add_row(Text(kind.capitalize(), style="bold"))
        name = Text(row["name"], style="" if row["is_named"] else "italic")
        table.add_row(name, share(row["share"]), number(row["value"]), number(row["rows"]))
    return table


def _plain(answer: Answer, narrow: bool) -> RenderableType:  # noqa: ARG001
    names = answer.table.column_names
    table = table_of(*names)
    for row in answer.rows[:200]:
        table.add_row(*[plain(row[name]) for name in names])
    return table


_TABLES: dict[str, Builder] = {
    "composition": _composition,
    "trend": _by("year", "Year"),
    "traits": _by("trait", "Subject"),
    "countries": _countries,
    "people": _people,
    "concentration": _concentration,
    "summary": _summary,
    "studies": _studies,
    "beneath": _beneath,
    "portfolio": portfolio_table,
    "standardised": standardised_table,
    "peers": peers_table,
    "gaps": gaps_table,
}
