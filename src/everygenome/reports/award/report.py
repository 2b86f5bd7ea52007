"""The diversity report of an award: one or two pages, as a grant condition may ask for."""

from collections.abc import Iterator

from everygenome.queries.award import STAGES, Award
from everygenome.reports.award import tables
from everygenome.reports.award.statements import QUESTIONS, Statements
from everygenome.reports.citation import NOT_REAL, Work, works
from everygenome.reports.documents.model import (
    Block,
    Columns,
    Document,
    Figures,
    Heading,
    Notes,
    PageBreak,
    Paragraph,
    Part,
    Points,
    SideBySide,
)
from everygenome.reports.terminal.cells import number, share
from everygenome.vocabulary.meanings import SCHEMES
from everygenome.vocabulary.terms import Stage

# Statements with more letters are set as small print, in two columns.
_LONG = 900
_NOT_ANSWERED = "Not stated."
# What stands before each caveat; the others are introduced by "Also".
_TERMS = {
    "participations_are_not_people": "Participations",
    "numbers_missing": "Numbers missing",
    "not_recorded_excluded": "Not recorded",
    "multiple_is_not_mixed": "Multiple",
    "small_base": "Small base",
    "country_is_not_ancestry": "Countries",
    "like_for_like": "Like for like",
    "clustering_by_publication": "Intervals",
    "award_by_numbers": "Studies",
    "grant_coverage": "Grants",
    "planned_not_achieved": "Plan",
    "demonstration": "Demonstration",
}
# What the facts and tables above say already.
_SAID_ELSEWHERE = frozenset(
    {"inferred_date", "per_capita", "country_not_reported", "single_country_only"}
)


def award_document(award: Award, *, title: str, statements: Statements | None = None) -> Document:
    """The report as a document, to be written by `documents.write`.

    Args:
        award: what the release says of the award's studies.
        title: of the award.
        statements: what the awardee states; None prints the open questions.
    """
    blocks: list[Block] = [Paragraph(_finding(award), lead=True)]
    if award.studies:
        blocks.append(_figures(award))
    blocks += [Heading("Which studies are in the catalogue"), tables.given_table(award)]
    if award.studies:
        if not tables.many(award):
            blocks.append(tables.publications_table(award))
        blocks += [Heading("Who took part"), tables.who_table(award), _not_recorded(award)]
    if award.planned is not None:
        blocks += [Heading("Planned and recorded"), tables.planned_table(award)]
    blocks += _places_and_statements(award, statements)
    if award.compared.rows:
        blocks += [Heading("Compared with the field, like for like"), tables.compared_table(award)]
    if not award.compared.rows:
        # Then there is little more than a page, and the small print is not cut in two.
        blocks.append(PageBreak(unless_it_fits=True))
    blocks.append(Columns(tuple(_small_print(award))))
    release = award.release
    return Document(
        title=f"Diversity report: {title}",
        subtitle="Who took part in the studies of this award, as the GWAS Catalog records them"
        if not release.demonstration
        else "Who took part in the studies of this award, in made-up records",
        facts=(
            ("Release", release.id),
            ("Date of the release", release.date + (" (inferred)" if release.inferred else "")),
            ("Software", f"everygenome {award.manifest.software}"),
        ),
        demonstration=release.demonstration,
        blocks=tuple(blocks),
        compact=True,
        footer=f"everygenome · release {release.id} · participations are uses of data, not people",
        date=award.manifest.date,
    )


def _finding(award: Award) -> str:
    given, lost = len(award.given), len(award.not_found)
    if not award.studies:
        return (
            f"None of the {given} numbers given leads to a study in this release. That says "
            "nothing about whether the studies were done."
            if given > 1
            else "The number given leads to no study in this release. That says nothing about "
            "whether the studies were done."
        )
    told = (
        f"{len(award.studies):,} stud{'y' if len(award.studies) == 1 else 'ies'} of this award "
        f"{'is' if len(award.studies) == 1 else 'are'} in the catalogue"
    )
    if lost:
        told += f"; {lost} of the {given} numbers given lead{'s' if lost == 1 else ''} to none"
    for stage in STAGES:
        found = [
            row
            for row in award.own[stage].rows
            if not row["is_class"] and row["share"] and row["value"]
        ]
        if found:
            top = max(found, key=lambda row: row["share"])
            return (
                f"{told}. Of every 100 clearly recorded {stage.value} participations, "
                f"{_of_hundred(top['share'])} are recorded as {top['group']}."
            )
    return f"{told}. No number of participations is recorded clearly."


def _of_hundred(share: float) -> str:
    rounded = round(100 * share)
    # Never all of them where some are others, nor none where there are some.
    if rounded == 100 and share < 1:
        return "more than 99"
    return "fewer than 1" if rounded == 0 else str(rounded)


def _figures(award: Award) -> Figures:
    discovery, replication = (award.own[stage].coverage for stage in STAGES)
    excluded = discovery["excluded_share"]
    return Figures(
        (
            (
                f"{len(award.studies):,}",
                f"{'study' if len(award.studies) == 1 else 'studies'} in the catalogue",
            ),
            (number(discovery["all_value"]), "discovery participations"),
            (number(replication["all_value"]), "replication participations"),
            (
                share(excluded),
                "of discovery not clearly recorded",
            ),
        )
    )


def _not_recorded(award: Award) -> Notes:
    items = [("What is not recorded", " ".join(_silent(award, stage) for stage in STAGES))]
    if award.compared.why_not:
        items.append(
            (
                "Like for like",
                f"{award.compared.why_not} The plain shares of the whole field stand in the "
                "table; choosing the subject is a decision too.",
            )
        )
    return Notes(tuple(items))


def _silent(award: Award, stage: Stage) -> str:
    found, name = award.own[stage], stage.value.capitalize()
    if not found.coverage["rows"]:
        return f"{name}: no sample is recorded."
    rows = {row["group"]: row for row in found.rows}
    parts = [
        f"{number(rows[group]['value'])} participations {words}"
        for group, words in (
            ("Partly reported", "name a group and leave open who else took part"),
            ("Not reported", "do not say who took part"),
        )
        if rows[group]["rows"]
    ]
    told = " and ".join(parts) if parts else "every sample says who took part"
    without = found.coverage["rows_without_number"]
    if without:
        told += (
            f"; {without} of {found.coverage['rows']} samples state{'s' if without == 1 else ''} "
            "no number of people, and add nothing to the sums"
        )
    return f"{name}: {told}."


def _places_and_statements(award: Award, statements: Statements | None) -> Iterator[Block]:
    """Where people were recruited, beside what the awardee states where that is short."""
    said = (Heading("Stated by the awardee"), *_stated(statements))
    long = sum(map(len, statements.answers.values())) > _LONG if statements else False
    if award.countries is None:
        yield from (Columns(said),) if long else said
        return
    places = (Heading("Where people were recruited"), tables.countries_table(award.countries))
    if long:
        yield from places
        yield Columns(said)
    else:
        yield SideBySide((places, said))


def _small_print(award: Award) -> Iterator[Part]:
    yield Heading("What to know, and how this was counted")
    yield Notes(_to_know(award))
    if rest := tables.more_given(award):
        yield Heading("More of the numbers given")
        yield Points(rest)
    if award.studies and tables.many(award):
        yield Heading(f"The {len(award.publications):,} publications")
        yield Points(tables.publications_listed(award))


def _stated(statements: Statements | None) -> Iterator[Part]:
    said = statements or Statements({})
    about = ", ".join(part for part in (said.by, said.date) if part)
    yield Paragraph(
        "The words below are the awardee's own"
        + (f" ({about})" if about else "")
        + "; nobody has checked them against the records."
        if said.answers
        else "The awardee has stated nothing yet. A full report says how people were recruited, "
        "what hindered, and what is shared."
    )
    if said.answers:
        yield Notes(
            tuple(
                (question, f"“{said.answers[name]}”" if name in said.answers else _NOT_ANSWERED)
                for name, question in QUESTIONS.items()
            )
        )


def _to_know(award: Award) -> tuple[tuple[str, str], ...]:
    """Caveats, method and citation."""
    manifest = award.manifest
    items = [
        *(
            (_TERMS.get(item.id, "Also"), item.text)
            for item in award.caveats
            if item.id not in _SAID_ELSEWHERE
        ),
        (
            "Grant numbers",
            "Two grant numbers are the same if they have the "
            "same letters and digits; case, blanks and punctuation do not count. For numbers of "
            "the US National Institutes of Health, neither do the type of application before the "
            "number, leading zeros, and the year and amendments after it. No number is searched "
            "for as a part of another.",
        ),
        (
            "Groups",
            f"{award.question.scheme}: {SCHEMES[award.question.scheme]}. A group is a label in "
            "records, not a description of a person. “Multiple” is a sample of several groups.",
        ),
        (
            "Stages",
            "Discovery searches the genome, replication checks what was found. The two are not "
            "added up.",
        ),
    ]
    items.append(
        (
            "Cite",
            " ".join(_citation(work) for work in works(manifest, address=""))
            + (f" {NOT_REAL}." if manifest.demonstration else ""),
        )
    )
    return tuple(items)


def _citation(work: Work) -> str:
    """A work in one sentence."""
    first = work.authors[0] + (" and others" if len(work.authors) > 3 else "")
    more = [work.more[name] for name in ("journal",) if name in work.more]
    if "version" in work.more:
        more.append(f"version {work.more['version']}")
    if "doi" in work.more:
        more.append(f"doi:{work.more['doi']}")
    return f"{first} ({work.year}). {', '.join([work.title, *more])}."
