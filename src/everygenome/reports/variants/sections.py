"""One variant in a report: its first page, or its section."""

from collections.abc import Iterator

from everygenome.reports.documents.model import (
    Block,
    Callout,
    Figures,
    Heading,
    Notes,
    Paragraph,
    Part,
    Points,
)
from everygenome.reports.variants import amounts, tables, verdicts, words
from everygenome.reports.variants.pictures import frequency_picture
from everygenome.variants.bars import Bars
from everygenome.variants.result import Evidence, VariantEvidence


def first_page(variant: VariantEvidence, evidence: Evidence, limits: Points) -> tuple[Block, ...]:
    """What can be told of one variant and what limits it, then the picture and the table."""
    return (
        Heading("What can be told, and what cannot"),
        Paragraph(verdicts.headline(variant, evidence), lead=True),
        Figures(tuple(_large(variant, evidence))),
        *_told(variant, evidence),
        limits,
        Heading("The evidence"),
        *_evidence(variant, evidence),
    )


def variant_blocks(
    variant: VariantEvidence, evidence: Evidence, *, level: int, with_bars: bool
) -> Iterator[Block]:
    """The same as a section of a list; its headings are of `level`."""
    yield Paragraph(verdicts.headline(variant, evidence), lead=True)
    yield from _told(variant, evidence)
    yield from _evidence(variant, evidence)
    if with_bars:
        yield from bars_blocks(variant.bars, of=words.called(variant), level=level)


def _large(variant: VariantEvidence, evidence: Evidence) -> Iterator[tuple[str, str]]:
    groups = verdicts.asked_about(variant, evidence)
    whom = "background unknown or several" if not evidence.asked else "for the groups asked for"
    given = words.verdict(variant.verdict, variant.criterion)
    yield given[:1].upper() + given[1:], f"verdict, {whom}"
    if groups and variant.bars is not None:
        sure = sum(one.needed == 0 for one in groups)
        yield f"{sure} of {len(groups)}", "groups in which absence could be told"
    for one in verdicts.lacking(variant, evidence)[:1]:
        men = variant.bars is not None and variant.bars.absent_in_males
        whose = ", of people with one X" if men else ""
        yield f"{one.needed:,}", f"more chromosomes needed{whose}: {words.label(one)}"
    if variant.fafmax95:
        code = variant.fafmax95_group
        beside = f", in {words.group_name(evidence, code)}" if code else ""
        yield amounts.frequency(variant.fafmax95), f"or more: largest FAF95{beside}"


def _told(variant: VariantEvidence, evidence: Evidence) -> Iterator[Block]:
    said = [verdicts.looked_at(variant), *verdicts.by_verdict(variant, evidence)]
    if (more := verdicts.to_show_absence(variant, evidence)) != "":
        said.append(more)
    if variant.filters:
        failed = ", ".join(map(words.name, variant.filters))
        said.append(f"It failed filters of the source: {failed}. Its counts may be wrong.")
    yield Points(tuple(said))
    if variant.flags:
        yield Callout(" ".join(map(words.sentence, variant.flags)), "look closer")
    if (unsure := verdicts.unsure(variant, evidence)) != "":
        yield Callout(unsure, "what this means for a patient")


def _evidence(variant: VariantEvidence, evidence: Evidence) -> Iterator[Block]:
    if not variant.groups and variant.everybody is None:
        yield Paragraph("The source gives no numbers for it.")
        return
    yield frequency_picture(variant, evidence.asked)
    yield tables.groups_grid(variant, evidence.asked)
    marked = words.flagged(variant.groups)
    if marked:
        yield Notes(marked)


def bars_blocks(bars: Bars | None, *, of: str = "", level: int = 2) -> Iterator[Block]:
    """What it was held against, where that comes from, and of whom it was derived."""
    yield Heading("What it was held against", level=level)
    if bars is None:
        yield Paragraph(
            "No bar was given, or none is known for this gene. Give a disease model, the bars of "
            "the gene, or a frequency."
        )
        return
    yield tables.bars_grid(bars, of=of)
    source = words.sentence(bars.source) or "Where the bars come from was not stated."
    yield Paragraph(f"Source of the bars: {source}" if bars.source else source)
    least = [
        f"AN of {bars.least_chromosomes:,}" if bars.least_chromosomes else "",
        f"AC of {bars.least_copies:,}" if bars.least_copies else "",
    ]
    if any(least):
        told = " and ".join(one for one in least if one)
        yield Paragraph(f"A group's frequency counts from {told} on.")
    if bars.population:
        yield Callout(
            f"{words.sentence(bars.population)} Whether they fit a patient of another background "
            "is not known.",
            "whom the bars were derived from",
        )
    else:
        yield Paragraph("Whom the bars were derived from was not stated.")


def sampled(evidence: Evidence) -> Iterator[Part]:
    """Whom the source samples under each name."""
    found: dict[str, str] = {}
    for variant in evidence.variants:
        for group in variant.groups:
            if group.sampled:
                found.setdefault(f"{words.label(group)} ({group.group})", group.sampled)
    if found:
        yield Heading("Whom it samples under each name", level=3)
        yield Notes(tuple((name, words.sentence(said)) for name, said in found.items()))
