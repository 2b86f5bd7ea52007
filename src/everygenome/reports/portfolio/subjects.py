"""What a portfolio is about, and which groups no study of it names."""

from collections.abc import Iterator

from everygenome.charts.rows import percent
from everygenome.queries.answer import Answer
from everygenome.reports.documents.model import Block, Grid, Heading, Paragraph
from everygenome.reports.portfolio.asking import SUBJECTS_SHOWN, SUBJECTS_WITH_GAPS, Asked, Row
from everygenome.reports.portfolio.words import words_of


def subjects(asked: Asked) -> Iterator[Block]:
    """Its broad subjects, the largest first, with what the field has where it is compared."""
    yield Heading(words_of(asked.entity.kind).subjects)
    mine, field = _by_subject(asked.subjects), _by_subject(asked.field_subjects)
    whole, everything = _whole(asked.subjects), _whole(asked.field_subjects)
    group = asked.row["group"]
    known = sorted(mine.items(), key=lambda item: (-(item[1] or 0), item[0]))
    shares = {row["trait"]: row["share"] for row in asked.subjects.rows if row["group"] == group}
    rows = []
    for name, value in known[:SUBJECTS_SHOWN]:
        line = [name, "no number" if value is None else f"{value:,}", percent(_of(value, whole))]
        if not asked.small:
            line.append(percent(_of(field.get(name), everything)))
        rows.append((*line, percent(shares.get(name))))
    more = len(known) - len(rows)
    if more > 0:
        rows.append((f"and {more} more", *("" for _ in rows[0][1:])))
    head = ["Subject", "Participations", "Of its own"]
    if not asked.small:
        head.append("Of the field’s")
    yield Grid(
        head=(*head, f"{group} alone"),
        rows=tuple(rows),
        caption="Participations by broad subject, the largest first. A study can have several "
        f"subjects and counts in each, so they pass 100%. Last column: the share recorded as "
        f"{group} among the subject’s clear records here.",
        numbers=frozenset(range(1, len(head) + 1)),
        quiet=frozenset({SUBJECTS_SHOWN} if more > 0 else ()),
        widths=(44, 18, 14, 24, 22) if len(head) == 4 else (50, 20, 16, 24),
    )


def gaps(asked: Asked) -> Iterator[Block]:
    """Subjects that it studies, and groups that no discovery study of it names."""
    yield Heading("Where the gaps are")
    if asked.gaps is None:
        yield Paragraph(
            f"Under {asked.minimum} publications no gaps are listed: few studies cannot name "
            "everyone, and what they leave out is no pattern."
        )
        return
    found, states = asked.gaps, asked.gaps.coverage["states"]
    if not found.coverage["traits"]:
        yield Paragraph("It has no subject with five discovery studies or more, so none is listed.")
        return
    pairs = states["none"] + states["few"] + states["some"]
    traits = found.coverage["traits"]
    one = traits == 1
    yield Paragraph(
        f"{traits:,} subject{' has' if one else 's have'} five or more discovery studies here. "
        f"With each group, that makes {pairs:,} pairs of subject and group: in {states['none']:,} "
        f"of them no study here names the group, and in {states['few']:,} one or two do. "
        "“None” is about these studies only: one that does not say clearly who took part may "
        "still hold the group, others may fund, run or publish what is missing here, and not all "
        "research is in the catalogue."
    )
    rows = tuple(_gap_rows(found, asked.field_gaps))
    if rows:
        yield Grid(
            head=("Subject", "Studies", "Unclear", "Groups that none of them names"),
            rows=rows,
            caption=f"The {len(rows)} subjects with most discovery studies here that leave out a "
            "group. In brackets: how many discovery studies of the subject name the group in the "
            "whole field. Unclear: studies here that do not say clearly who took part.",
            numbers=frozenset({1, 2}),
            widths=(34, 12, 12, 80),
        )
    for note in found.caveats:
        if note.id == "governed_by_peoples":
            yield Paragraph(note.text)


def _gap_rows(found: Answer, field: Answer | None) -> Iterator[tuple[str, ...]]:
    named = {} if field is None else {(r["trait_id"], r["group"]): r for r in field.rows}
    by_subject: dict[str, list[Row]] = {}
    for row in found.rows:
        by_subject.setdefault(row["trait_id"], []).append(row)
    for trait, rows in list(by_subject.items())[:SUBJECTS_WITH_GAPS]:
        groups = []
        for row in rows:
            theirs = named.get((trait, row["group"]))
            count = None if theirs is None else theirs["studies_naming_with_others"]
            groups.append(f"{row['group']} ({'not known' if count is None else f'{count:,}'})")
        first = rows[0]
        yield (
            first["trait"],
            f"{first['studies_of_trait']:,}",
            f"{first['unclear_studies']:,}",
            "; ".join(groups),
        )


def _by_subject(answer: Answer) -> dict[str, int | None]:
    """Participations of each subject, clear or not, without the line of all together."""
    rows = answer.rows
    first = rows[0]["trait"] if rows else None
    return {row["trait"]: row["all_value"] for row in rows if row["trait"] != first}


def _whole(answer: Answer) -> int | None:
    return answer.rows[0]["all_value"] if answer.rows else None


def _of(value: float | None, whole: float | None) -> float | None:
    return None if value is None or not whole else value / whole
