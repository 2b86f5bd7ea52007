"""An audit as a document: a page of findings, then all figures, then how they were made."""

from collections.abc import Iterator
from importlib.metadata import version

from everygenome.audit.documentation import QUESTIONS
from everygenome.audit.result import Audit
from everygenome.reports.audit import tables, words
from everygenome.reports.audit.findings import findings
from everygenome.reports.audit.pictures import composition_picture, effects_picture, ratio_picture
from everygenome.reports.documents.model import (
    Block,
    Callout,
    Columns,
    Document,
    Figures,
    Grid,
    Heading,
    Notes,
    PageBreak,
    Paragraph,
    Part,
    Points,
)

# A longer table of combinations stands in the JSON alone.
_LONGEST_CROSSING = 120
_TITLES = {
    "not_recorded_excluded": "Whose group is not recorded",
    "reference": "Of the reference",
    "reference_date": "The reference",
    "reference_uncertain": "How sure the reference is",
    "shortfall_one_group": "People short",
    "descriptor_mismatch": "Different kinds of group",
    "crosswalk": "Of the crosswalk",
    "power_alone": "What a group can show",
    "repeated_identifiers": "Rows of one identifier",
}
_WHY_GROUPED = (
    "People are grouped here so that it can be seen who is in the data and who is not. A group is "
    "a label that somebody chose for a purpose. It says nothing of any one person, and no group is "
    "worth more than another."
)


def audit_document(audit: Audit) -> Document:
    """The report; the same audit gives the same document."""
    software = version("everygenome")
    group = audit.dimensions[0]
    return Document(
        title=f"Who is in {audit.source or 'the data'}?",
        subtitle="An audit of representation, and of what the data can show",
        facts=_facts(audit, software),
        demonstration=False,
        blocks=(
            Paragraph(_WHY_GROUPED),
            Figures(tuple(_large(audit))),
            Points(findings(audit)),
            *([ratio_picture(audit, audit.comparison)] if audit.comparison else []),
            PageBreak(),
            Heading(f"People by {words.label(group.name)}"),
            composition_picture(audit),
            tables.composition_grid(audit, audit.groups),
            *_several(audit),
            *_compared(audit),
            Heading("What the data can show"),
            tables.capability_grid(audit),
            *([drawn] if (drawn := effects_picture(audit)) else []),
            *_crossed(audit),
            Heading("What is known of the data"),
            _descriptors(audit),
            _documentation(audit),
            Heading("How this was made, and its limits"),
            Columns(tuple(_closing(audit, software))),
        ),
        compact=True,
        footer=f"everygenome {software}, audit of {audit.source or 'counts'}",
    )


def _facts(audit: Audit, software: str) -> tuple[tuple[str, str], ...]:
    told = [("Data", audit.source or "counts that were typed")]
    if audit.expected is not None:
        told.append(("Reference", audit.expected.reference.title))
        if audit.expected.crosswalk is not None:
            told.append(("Crosswalk", audit.expected.crosswalk.title))
    told.append(("Counts hidden below", str(audit.threshold)))
    if audit.rounded_to > 1:
        told.append(("Counts rounded to", str(audit.rounded_to)))
    told.append(("Made with", f"everygenome {software}"))
    return tuple(told)


def _large(audit: Audit) -> Iterator[tuple[str, str]]:
    table = audit.groups
    total = words.people(table.total.count, table.total.hidden, audit.threshold)
    yield total, "people"
    if table.recorded and table.recorded.count is not None and table.total.count:
        yield words.percent(table.recorded.count / table.total.count), "with a group recorded"
    if audit.comparison is not None:
        judged = [words.verdict(row) for row in audit.comparison.rows]
        yield str(judged.count("fewer")), "groups with fewer than the reference"
    silent = sum(answer == "not stated" for answer in audit.documentation.values())
    yield f"{silent} of {len(QUESTIONS)}", "questions about the data not answered"


def _several(audit: Audit) -> Iterator[Block]:
    if audit.sets:
        yield Paragraph(
            "People of several groups are, among others, recorded as: "
            + "; ".join(audit.sets)
            + ". They count in none of these alone."
        )


def _compared(audit: Audit) -> Iterator[Block]:
    if audit.comparison is None or audit.expected is None:
        return
    yield Heading("Beside the reference")
    if audit.expected.crosswalk is not None:
        yield Callout(
            f"The data record {audit.dimensions[0].kind.value}; the reference counts people by "
            f"{audit.expected.reference.descriptor.value}. These are different things. They are "
            "compared only through an assumption of how one stands for the other, so each ratio "
            "is a range.",
            "different kinds of group",
        )
    yield tables.comparison_grid(audit, audit.comparison)
    if audit.comparison.dissimilarity is not None:
        yield Paragraph(
            f"Dissimilarity: {words.percent(audit.comparison.dissimilarity)} of the people in "
            "these groups would have to be in another one for the shares to be those of the "
            "reference."
        )


def _crossed(audit: Audit) -> Iterator[Block]:
    others = audit.composition[1:]
    if not others and not audit.crossings:
        return
    yield Heading("More than one thing at once")
    for table in others:
        yield tables.composition_grid(audit, table)
    for table in audit.crossings:
        by = " and ".join(words.label(name) for name in table.by)
        if len(table.rows) > _LONGEST_CROSSING:
            yield Paragraph(
                f"The table by {by} has {len(table.rows)} rows; it is in the JSON of this audit."
            )
        else:
            yield tables.crossing_grid(audit, table)


def _descriptors(audit: Audit) -> Grid:
    return Grid(
        head=("Described by", "Kind", "Who said so", "How", "Against which panel", "When", "Why"),
        rows=tuple(
            (
                words.label(one.name),
                one.kind.value,
                one.assigned_by,
                one.method,
                one.panel,
                one.date,
                one.why,
            )
            for one in audit.dimensions
        ),
        caption="What people are described by, and how that came about. After NASEM 2023: kinds of "
        "descriptor are kept apart.",
        small=True,
    )


def _documentation(audit: Audit) -> Grid:
    after = {question.asks: question.after for question in QUESTIONS}
    return Grid(
        head=("Question", "Answer", "After"),
        rows=tuple((ask, said, after[ask]) for ask, said in audit.documentation.items()),
        caption="What those who keep the data say of them; “not stated” is kept as it is.",
        quiet=frozenset(
            place for place, said in enumerate(audit.documentation.values()) if said == "not stated"
        ),
        small=True,
        widths=(5, 5, 2),
    )


def _closing(audit: Audit, software: str) -> Iterator[Part]:
    yield Notes(tuple((_named(key), said) for key, said in audit.notes.items()))
    yield Notes(
        (
            (
                "How counts are hidden",
                f"A count from 1 to {audit.threshold - 1} is shown as “fewer than "
                f"{audit.threshold}”. Other counts are hidden until somebody who knows all that is "
                f"shown, and this rule, could still take each small count for anything from 1 to "
                f"{audit.threshold - 1}, and each other hidden one for numbers that are "
                f"{audit.threshold} or more apart. Zeros are shown.",
            ),
            (
                "Measures",
                "Ratio: share in the data over share in the reference. People short: "
                "(qN − n)/(1 − q), with n in the group, N recorded, and q the reference share. "
                "Rarest allele: 1 − (1 − p)^(1/2n). Power: non-central chi-square with Nv/(1 − v), "
                "v = 2f(1 − f)b².",
            ),
            (
                "Questions about the data",
                "After the STANDING Together recommendations (2024) and Healthsheet (Rostamzadeh "
                "and others 2022), in our words.",
            ),
            (
                "To cite this",
                f"everygenome {software}, audit of {audit.source or 'counts'}. Say which reference "
                "and which map were used.",
            ),
        )
    )


def _named(key: str) -> str:
    """What a caveat is called: those of a reference or crosswalk are numbered in the data alone."""
    stem = key.rstrip("0123456789").rstrip("_")
    return _TITLES.get(stem, words.label(stem).capitalize())
