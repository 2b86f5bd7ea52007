"""Print a disease model: the bar, what it rests on, and who could show that an allele is rarer."""

from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from everygenome.reports.terminal.cells import named, number, share, table_of
from everygenome.variants.explaining import Explained, Reach

_SIMILARITY = (
    "Groups are genetic similarity to reference panels, not a person's identity. People are those "
    "sampled in all; at a site fewer are covered, and its own AN counts."
)
_COLUMNS = (
    "AN: chromosomes. AC: the most copies that fit. Seen: the chance that an allele at the bar was "
    "seen at least once. Absence: whether no copy shows that an allele is rarer than the bar, or "
    "how many more chromosomes that takes."
)


def model_dict(told: Explained) -> dict[str, Any]:
    """A model explained, ready for JSON: frequencies 0-1, copies and chromosomes as counts."""
    return {
        "model": asdict(told.model),
        "formula": told.formula,
        "formula_with_figures": told.filled,
        "maximum_credible_frequency": told.frequency,
        "bar_source": told.bars.source,
        "chromosomes_to_show_absence": told.needed,
        "tolerated": [asdict(one) for one in told.tolerated],
        "groups_source": told.source,
        "groups": [asdict(one) for one in told.groups],
        "assumptions": list(told.assumptions),
        "cautions": list(told.cautions),
        "notes": [_SIMILARITY],
    }


def model_table(told: Explained) -> RenderableType:
    """The bar first, then who can show what, then what it rests on."""
    genes = f" ({', '.join(told.model.genes)})" if told.model.genes else ""
    parts: list[RenderableType] = [
        named(
            f"Maximum credible allele frequency{genes}: {told.frequency:.3g}, "
            f"or 1 in {number(round(1 / told.frequency))}",
            style="bold",
        ),
        Text(f"  {told.formula}"),
        Text(f"  {told.filled}"),
        *(named(f"! {one}", style="yellow") for one in told.cautions),
        Text(
            f"\nWith no copy seen on {number(told.needed)} chromosomes, an allele is shown to be "
            "rarer than this, at 95%."
        ),
    ]
    if told.tolerated:
        parts.append(_asked(told))
    parts += [Text(f"\nIf everybody in {told.source} were covered:"), _groups(told)]
    rest = (*told.assumptions, _SIMILARITY)
    return Group(
        *parts, Text("\nThis rests on:", style="dim"), *(Text(f"- {s}", style="dim") for s in rest)
    )


def _asked(told: Explained) -> RenderableType:
    table = table_of("Chromosomes (AN)", "Tolerated copies (AC)")
    for one in told.tolerated:
        table.add_row(number(one.chromosomes), number(one.copies))
    return Group(Text(""), table)


def _groups(told: Explained) -> RenderableType:
    table = table_of("Group", "People", "AN", "AC", "Seen", "Absence")
    for one in told.groups:
        table.add_row(*_cells(one))
    sampled = [f"{one.group}: {one.sampled}" for one in told.groups if one.shows_absence]
    return Group(table, Text(_COLUMNS, style="dim"), *(Text(one, style="dim") for one in sampled))


def _cells(one: Reach) -> list[RenderableType]:
    return [
        named(f"{one.label} ({one.group})"),
        number(one.people),
        number(one.chromosomes),
        number(one.tolerated),
        share(one.p_seen),
        "tells" if one.shows_absence else f"{number(one.missing)} more",
    ]
