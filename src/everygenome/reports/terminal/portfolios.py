"""Print portfolios, their comparison with the field, and gaps."""

from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from everygenome.queries.answer import Answer
from everygenome.reports.terminal.cells import MISSING, between, number, share, short, table_of

_SHOWN = 200


def portfolio_table(answer: Answer, narrow: bool) -> RenderableType:
    """Every portfolio of a kind with counts and the share of a group; or one, group by group."""
    if "balanced_ratio" in answer.table.column_names:
        return standardised_table(answer, narrow)
    rows = answer.rows
    table = table_of("Name", "Publications")
    if not narrow:
        for name in ("Divided", "Studies", "Participations"):
            table.add_column(name, justify="right")
    table.add_column(_of(short(answer.filters["group"])), justify="right")
    table.add_column("Interval", justify="right", no_wrap=True)
    for row in rows[:_SHOWN]:
        cells = [Text(row["name"], style="italic" if row["small"] else "")]
        cells.append(Text(number(row["publications"])))
        if not narrow:
            cells += [
                Text(number(row[name]))
                for name in ("publications_fractional", "studies", "participations")
            ]
        table.add_row(
            *cells,
            # Under the minimum nothing is compared.
            MISSING if row["small"] else share(row["observed_share"]),
            "" if row["small"] else between(row["observed_low"], row["observed_high"], share),
        )
    minimum = answer.filters["min_publications"]
    below = [Text(f"In italics: fewer than {minimum} publications, not compared", style="dim")]
    if len(rows) > _SHOWN:
        below.append(Text(f"{number(len(rows) - _SHOWN)} more, with --format csv", style="dim"))
    return Group(table, *below)


def standardised_table(answer: Answer, narrow: bool) -> RenderableType:
    """Balanced ratios with their intervals, and the plain ones beside them."""
    rows = answer.rows
    several = len({row["name"] for row in rows}) > 1
    table = table_of("Name", "Group") if several else table_of("Group")
    if several:
        table.columns[1].justify = "left"
    own = "share" in answer.table.column_names
    for name in ("Share", "Like for like", "Interval", "Plain"):
        table.add_column(name, justify="right", no_wrap=True)
    if not narrow:
        table.add_column("Expected", justify="right")
        table.add_column("Publications", justify="right")
    for row in rows[: _SHOWN * 5]:
        group = short(row["group"]) if narrow else row["group"]
        cells = [row["name"], group] if several else [group]
        cells += [
            share(row["share"] if own else row["crude_share"]),
            _ratio(row["balanced_ratio"]),
            between(row["balanced_low"], row["balanced_high"], _ratio),
            _ratio(row["crude_ratio"]),
        ]
        if not narrow:
            cells += [share(row["balanced_expected_share"]), number(row["publications_of_group"])]
        table.add_row(*[Text(cell, style="italic" if row["is_class"] else "") for cell in cells])
    told = "Ratios: share here by the share expected from the rest of the field; 1 is alike"
    return Group(table, Text(told, style="dim"))


def peers_table(answer: Answer, narrow: bool) -> RenderableType:
    """One line a year: here and expected, for the groups with the largest shares."""
    totals: dict[str, float] = {}
    for row in answer.rows:
        totals[row["group"]] = totals.get(row["group"], 0.0) + (row["observed_share"] or 0.0)
    most = 2 if narrow else 4
    shown = sorted(totals, key=lambda group: -totals[group])[:most]
    found = {(row["year"], row["group"]): row for row in answer.rows}
    table = table_of("Year")
    for group in shown:
        table.add_column(_of(short(group)), justify="right")
        table.add_column("Expected", justify="right")
    for year in sorted({row["year"] for row in answer.rows}):
        cells = []
        for group in shown:
            row = found.get((year, group), {})
            cells += [share(row.get("observed_share")), share(row.get("expected_share"))]
        table.add_row(str(year), *cells)
    left = len(totals) - len(shown)
    told = f"{left} more groups, and the intervals, with --format csv"
    return Group(table, Text(told, style="dim")) if left > 0 else table


def gaps_table(answer: Answer, narrow: bool) -> RenderableType:
    """Subjects and groups, with how many studies there are and how many name the group."""
    table = table_of("Subject", "Group", "State")
    table.columns[1].justify = table.columns[2].justify = "left"
    for name in ("Studies", "Name it") if narrow else ("Studies", "Name it", "Unclear", "Last"):
        table.add_column(name, justify="right")
    for row in answer.rows:
        cells = [
            row["trait"] or row["trait_id"],
            short(row["group"]),
            row["state"],
            number(row["studies_of_trait"]),
            number(row["studies_naming_with_others"]),
        ]
        if not narrow:
            cells += [number(row["unclear_studies"]), _year(row["last_year"])]
        table.add_row(*map(Text, cells))
    rest = answer.coverage["found"] - len(answer.rows)
    return Group(table, Text(f"{number(rest)} more", style="dim")) if rest > 0 else table


def _of(group: str) -> str:
    # Spaces after a stroke let a long name break over lines.
    return group.replace("/", "/ ")


def _year(value: Any) -> str:
    return MISSING if value is None else str(value)


def _ratio(value: float | None) -> str:
    """A ratio with two places; a smaller one keeps two figures.

    >>> [_ratio(value) for value in (None, 0.0, 0.0041, 0.282, 12.3)]
    ['–', 'none', '0.0041', '0.28', '12.30']
    """
    if value is None:
        return MISSING
    return "none" if value == 0 else f"{value:.2g}" if value < 0.1 else f"{value:,.2f}"
