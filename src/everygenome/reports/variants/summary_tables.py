"""The tables of a report on a whole file."""

from collections.abc import Mapping

from everygenome.reports.documents.model import Grid
from everygenome.reports.variants import amounts
from everygenome.variants.result import FileSummary, GroupSummary
from everygenome.variants.verdict import Verdict


def summary_grid(summary: FileSummary) -> Grid:
    """How a file fares in each group."""
    return Grid(
        head=(
            "Group",
            "Held to a bar",
            "Absence could be told",
            "Pass a plain filter",
            "Of these, only because too few were sampled",
            "AN, median",
        ),
        rows=tuple(_summary(group) for group in summary.groups),
        caption="Variants of the file, by group. A plain rarity filter lets through whatever has a "
        "frequency below the bar, however few were looked at.",
        numbers=frozenset(range(1, 6)),
        small=True,
        widths=(6, 3, 5, 4, 6, 4),
    )


def _summary(group: GroupSummary) -> tuple[str, ...]:
    return (
        group.label or group.group,
        f"{group.with_bar:,}",
        part(group.evaluable, group.with_bar),
        f"{group.passes:,}",
        part(group.undersampled, group.passes),
        amounts.MISSING if group.median_an is None else f"{group.median_an:,.0f}",
    )


def part(some: int, of: int) -> str:
    """A count with its share; only the count where there is nothing to be a share of.

    Example:
        >>> part(3, 12), part(0, 0)
        ('3 (25%)', '0')
    """
    return f"{some:,} ({amounts.chance(some / of)})" if of else f"{some:,}"


def verdicts_grid(summary: FileSummary) -> Grid | None:
    """Variants by verdict in each group; None where there is no group."""
    met = [one for one in Verdict if any(group.verdicts.get(one) for group in summary.groups)]
    if not met:
        return None
    return Grid(
        head=("Group", *(one.value.capitalize() for one in met)),
        rows=tuple(
            (group.label or group.group, *(f"{group.verdicts.get(one, 0):,}" for one in met))
            for group in summary.groups
        ),
        caption="Variants by verdict in each group.",
        numbers=frozenset(range(1, len(met) + 1)),
        small=True,
    )


def counts_grid(first: str, counts: Mapping[str, int], caption: str) -> Grid:
    """What was counted, the most first."""
    rows = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return Grid(
        head=(first, "Variants" if first == "Status" else "Met"),
        rows=tuple((str(name), f"{many:,}") for name, many in rows),
        caption=caption,
        numbers=frozenset({1}),
        small=True,
        widths=(5, 1),
    )
