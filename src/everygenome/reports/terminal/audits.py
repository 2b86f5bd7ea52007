"""Print an audit."""

from rich.console import Group, RenderableType
from rich.text import Text

from everygenome.audit.composition import Table
from everygenome.audit.result import Audit
from everygenome.audit.tabulating import RECORDED
from everygenome.reports.audit import words
from everygenome.reports.audit.findings import findings
from everygenome.reports.terminal.cells import named, table_of

_CROSSED_SHOWN = 40


def audit_view(audit: Audit) -> RenderableType:
    """Findings, people by each dimension, the comparison, and what the groups can show."""
    parts: list[RenderableType] = [named(f"• {said}") for said in findings(audit)]
    parts += [Text(""), _composition(audit, audit.groups)]
    if audit.comparison is not None:
        parts += [Text(""), _comparison(audit)]
    parts += [Text(""), _can_show(audit)]
    for table in audit.composition[1:]:
        parts += [Text(""), _composition(audit, table)]
    for table in audit.crossings:
        if len(table.rows) <= _CROSSED_SHOWN:
            parts += [Text(""), _crossed(audit, table)]
        else:
            by = " and ".join(words.label(name) for name in table.by)
            parts += [Text(f"\n{len(table.rows)} rows by {by}: with --format json or --out")]
    parts += [Text("")]
    parts += [named(said, "dim") for said in audit.notes.values()]
    return Group(*parts)


def _composition(audit: Audit, made: Table) -> RenderableType:
    name = made.by[0]
    table = table_of(words.label(name).capitalize(), "People", "Share", "95% interval", "Of all")
    for row in made.rows:
        table.add_row(
            named(row.values[name], "dim" if row.is_class else ""),
            words.people(row.count, row.hidden, audit.threshold),
            words.percent(row.share),
            words.between(row.low, row.high),
            words.percent(row.share_of_all),
        )
    for title, shown in ((RECORDED, made.recorded), ("Everybody", made.total)):
        if shown is not None:
            count = words.people(shown.count, shown.hidden, audit.threshold)
            table.add_row(Text(title, style="dim"), count, "", "", "")
    return table


def _comparison(audit: Audit) -> RenderableType:
    table = table_of("Beside the reference", "Share", "Reference", "Ratio", "People short")
    table.columns[-1].no_wrap = False
    for row in audit.comparison.rows if audit.comparison else ():
        table.add_row(
            named(row.group),
            words.percent(row.share),
            words.percent(row.reference_share),
            words.ratio(row),
            words.needed(row),
        )
    return table


def _can_show(audit: Audit) -> RenderableType:
    powers = [f"{frequency:.0%}" for frequency in audit.assumed.frequencies]
    table = table_of("Power by allele frequency", "Rarest allele seen", *powers)
    for one in (*audit.capabilities, audit.everybody):
        table.add_row(
            named(one.group),
            words.frequency(one.rarest),
            *(words.percent(power) for power in one.power.values()),
        )
    return table


def _crossed(audit: Audit, made: Table) -> RenderableType:
    heads = [words.label(name).capitalize() for name in made.by]
    table = table_of(heads[0], *heads[1:], "People", "Share of group")
    for column in table.columns[: len(heads)]:
        column.justify = "left"
    for row in made.rows:
        table.add_row(
            *(named(row.values[name]) for name in made.by),
            words.people(row.count, row.hidden, audit.threshold),
            words.percent(row.share),
        )
    return table
