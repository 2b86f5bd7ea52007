"""Evidence as a document: one variant, a list, or a whole file."""

from importlib.metadata import version

from everygenome.reports.documents.model import (
    Block,
    Columns,
    Document,
    Heading,
    Paragraph,
    Points,
)
from everygenome.reports.variants import amounts, tables, words
from everygenome.reports.variants.method import (
    GROUPS,
    IS_NOT,
    method_notes,
    source_notes,
)
from everygenome.reports.variants.sections import bars_blocks, first_page, sampled, variant_blocks
from everygenome.reports.variants.summary import summary_blocks
from everygenome.variants.result import Evidence

# Further variants stand in the table alone.
SECTIONS = 50


def evidence_document(evidence: Evidence) -> Document:
    """The report; the same evidence gives the same document.

    One variant has a first page of its own; several have a table and a section each, up to 50; a
    file begins with its summary. Limits stand first, then the evidence, then the method.
    """
    software = version("everygenome")
    if evidence.summary is not None:
        title = f"What does “rare” mean for {words.name(evidence.input_name)}?"
    elif len(evidence.variants) == 1:
        title = f"What does “rare” mean for {words.called(evidence.variants[0])}?"
    else:
        title = f"What does “rare” mean for {len(evidence.variants):,} variants?"
    return Document(
        title=title,
        subtitle="How common it is by group, and what that can and cannot show"
        if len(evidence.variants) == 1 and evidence.summary is None
        else "How common they are by group, and what that can and cannot show",
        facts=_facts(evidence),
        demonstration=False,
        blocks=(
            *_opening(evidence),
            Heading("Where the frequencies come from"),
            Columns((source_notes(evidence), *sampled(evidence))),
            Heading("How this was made, and what it is not"),
            Paragraph(IS_NOT),
            Columns((method_notes(evidence),)),
        ),
        compact=True,
        footer=f"everygenome {software}; {evidence.source.name}; supports a decision, makes none",
    )


def _facts(evidence: Evidence) -> tuple[tuple[str, str], ...]:
    told = [("Asked", _asked(evidence))]
    if len(evidence.variants) == 1 and evidence.summary is None:
        one = evidence.variants[0]
        if one.matched not in ("", one.name):
            told.append(("Looked up as", words.name(one.matched)))
    told += [
        ("Background", words.background(evidence)),
        ("Frequencies", f"{evidence.source.name}, {evidence.source.build}"),
        ("Bars", _bars(evidence)),
    ]
    return tuple(told)


def _asked(evidence: Evidence) -> str:
    if len(evidence.variants) == 1 and evidence.summary is None:
        return words.called(evidence.variants[0])
    return words.name(evidence.input_name)


def _bars(evidence: Evidence) -> str:
    used = {one.bars for one in evidence.variants if one.bars} | set(evidence.bars.values())
    if not used:
        return "none given"
    if len(used) == 1:
        (bars,) = used
        return f"rare below {amounts.bar(bars.rare)}"
    genes = [words.name(gene) for gene in evidence.bars if gene]
    return f"of {len(genes):,} genes" if len(genes) > 1 else f"{len(used):,} different ones"


def _opening(evidence: Evidence) -> tuple[Block, ...]:
    limits = Points((GROUPS, *evidence.caveats))
    if evidence.summary is not None:
        return (
            *summary_blocks(evidence, evidence.summary, limits),
            *(_listed(evidence) if evidence.variants else ()),
        )
    if len(evidence.variants) == 1:
        (one,) = evidence.variants
        return (
            *first_page(one, evidence, limits),
            *bars_blocks(one.bars),
        )
    if not evidence.variants:
        return (Paragraph("No variant was asked for.", lead=True), limits)
    return (
        Heading("What can be told, and what cannot"),
        Points(overall(evidence)),
        limits,
        *_listed(evidence),
    )


def overall(evidence: Evidence) -> tuple[str, ...]:
    """How a list fares, in sentences."""
    shown = evidence.variants
    unsure = [one for one in shown if one.verdict in words.UNSURE]
    counts = {given: sum(one.verdict is given for one in shown) for given in words.BY_DOUBT}
    met = [f"{many:,} {given}" for given, many in counts.items() if many]
    told = [f"Of {len(shown):,} variants: {', '.join(met)}."]
    if unsure:
        told.append(
            f"For {len(unsure):,} of them PM2 (supporting) cannot be given, as too few were "
            "sampled, or nobody knows how many. This may leave a patient at uncertain "
            "significance. That is a fact about who was sampled, not about the patient."
        )
    return tuple(told)


def _listed(evidence: Evidence) -> tuple[Block, ...]:
    """The overview, and a section each where there are not too many."""
    blocks: list[Block] = [Heading("Each variant"), tables.overview_grid(evidence)]
    total = max(evidence.shown_of, len(evidence.variants))
    if evidence.summary is not None and total > SECTIONS:
        return tuple(blocks)
    shown = evidence.variants[:SECTIONS]
    if len(shown) < len(evidence.variants):
        blocks.append(
            Paragraph(
                f"The first {SECTIONS} have a section each; the others are in the table, and whole "
                "in the JSON of this answer."
            )
        )
    different = {one.bars for one in shown}
    for variant in shown:
        blocks.append(Heading(words.called(variant)))
        blocks += variant_blocks(variant, evidence, level=3, with_bars=len(different) > 1)
    if len(different) == 1:
        (bars,) = different
        blocks += bars_blocks(bars)
    return tuple(blocks)
