"""A whole file in a report: how many variants anything can be told of."""

from collections.abc import Iterator

from everygenome.charts.figures import number
from everygenome.reports.documents.model import Block, Callout, Figures, Heading, Paragraph, Points
from everygenome.reports.variants import amounts, words
from everygenome.reports.variants import summary_tables as tables
from everygenome.reports.variants.pictures import evaluable_picture
from everygenome.reports.variants.verdicts import not_the_patient
from everygenome.variants.result import Evidence, FileSummary, GroupSummary, Status

_MEANING = {
    Status.NOT_COVERED: "nobody was looked at there",
    Status.COVERAGE_UNKNOWN: "no record, and nothing says how many were looked at",
}


def summary_blocks(evidence: Evidence, summary: FileSummary, limits: Points) -> Iterator[Block]:
    """The leading number, what limits it, the picture and the tables."""
    yield Heading("What can be told, and what cannot")
    yield Paragraph(headline(evidence, summary), lead=True)
    yield Figures(tuple(_large(evidence, summary)))
    yield Points(tuple(_told(evidence, summary)))
    group = leading(evidence, summary)
    if group is not None and group.undersampled:
        told = not_the_patient(f"these in {group.label or group.group}")
        yield Callout(told, "what this means for a patient")
    yield Heading("Limits of every answer", level=3)
    yield limits
    yield Heading("The evidence")
    if (drawn := evaluable_picture(summary)) is not None:
        yield drawn
    if summary.groups:
        yield tables.summary_grid(summary)
    if (grid := tables.verdicts_grid(summary)) is not None:
        yield grid
    statuses = {status.value: many for status, many in summary.statuses.items() if many}
    caption = "Variants by what the source says of them; together they are all of the file."
    yield tables.counts_grid("Status", statuses, caption)
    if summary.classes:
        caption = "What was met on the way, and counted; nothing was left out without a count."
        yield tables.counts_grid("Met on the way", summary.classes, caption)


def leading(evidence: Evidence, summary: FileSummary) -> GroupSummary | None:
    """Of the groups asked for, or of all, the one in which most pass for want of people."""
    groups = [one for one in summary.groups if not evidence.asked or one.group in evidence.asked]
    return max(groups, key=lambda one: one.undersampled, default=None)


def headline(evidence: Evidence, summary: FileSummary) -> str:
    """How many pass a plain filter only because too few were sampled."""
    group = leading(evidence, summary)
    if group is None or not any(one.with_bar for one in summary.groups):
        if any(evidence.bars):
            return (
                "No variant is known to be in a gene that has a bar, so neither “rare” nor “too "
                "common” can be told."
            )
        return "No bar was given, so neither “rare” nor “too common” can be told of any variant."
    name = group.label or group.group
    if not group.undersampled:
        return (
            f"No variant passes a plain rarity filter only because too few were sampled ({name})."
        )
    return (
        f"{group.undersampled:,} of {summary.variants:,} variants pass a plain rarity filter in "
        f"{name} only because too few people were sampled there."
    )


def _large(evidence: Evidence, summary: FileSummary) -> Iterator[tuple[str, str]]:
    group = leading(evidence, summary)
    if group is not None and group.with_bar:
        name = group.label or group.group
        yield f"{group.undersampled:,}", f"pass only because too few were sampled: {name}"
        share = amounts.chance(group.evaluable / group.with_bar)
        yield share, f"of variants with a bar: absence could be told in {name}"
    yield f"{summary.variants:,}", f"variants, in {summary.records:,} records"
    yield f"{summary.disparity:,}", "rare in all together, and common in one group"


def _told(evidence: Evidence, summary: FileSummary) -> Iterator[str]:
    groups = [one for one in summary.groups if not evidence.asked or one.group in evidence.asked]
    for group in sorted(groups, key=lambda one: -one.undersampled):
        if group.with_bar:
            short = number(group.undersampled) if group.undersampled else "none"
            yield (
                f"{group.label or group.group}: a plain rarity filter passes "
                f"{number(group.passes)} of {number(group.with_bar)} variants; for {short} of "
                "these too few were sampled to tell."
            )
    for status, why in _MEANING.items():
        if many := summary.statuses.get(status, 0):
            yield f"{many:,} variants: {status.value}. {words.sentence(why)} That is not absence."
    if summary.classes:
        yield "What was met on the way in the file is counted below, each kind by itself."
