"""The end of a report: people, concentration, the right of reply, method and caveats."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from everygenome.charts.figures import number
from everygenome.charts.findings import concentration_finding, people_finding
from everygenome.queries.answer import Note
from everygenome.reports.documents.model import Block, Callout, Heading, Notes, Paragraph, Part
from everygenome.reports.portfolio.asking import Asked
from everygenome.reports.portfolio.words import words_of

# Under which word each caveat stands; the others have one of their own.
_TERMS = {
    "demonstration": "Release",
    "inferred_date": "Release",
    "partial_release": "Release",
    "unreviewed_labels": "Release",
    "participations_are_not_people": "People",
    "estimate_of_people": "People",
    "no_cohort_column": "People",
    "cohorts_overlap": "People",
    "not_recorded_excluded": "Shares",
    "numbers_missing": "Shares",
    "multiple_is_not_mixed": "Shares",
    "like_for_like": "Like for like",
    "like_for_like_by_year": "Like for like",
    "clustering_by_publication": "Intervals",
    "small_base": "Intervals",
    "reconstructed_history": "Years",
    "partial_year": "Years",
    "several_parents": "Subjects",
    "unmapped_traits": "Subjects",
    "grant_coverage": "Funders",
    "own_names_stand": "Names",
    "single_country_only": "Countries",
    "one_country_alone": "Countries",
    "imputed_split": "Countries",
    "countries_overlap": "Countries",
    "country_not_reported": "Countries",
    "country_is_not_ancestry": "Countries",
}
# None of these has a figure: what they say stands beside the large numbers and the gaps.
_SAID_ABOVE = frozenset({"full_counting", "gaps_of_the_catalogue"})
_OF_LISTS = ("full_counting", "own_names_stand", "cohorts_overlap")


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to a report by those whom it is about.

    Attributes:
        text: the answer, whole and unchanged.
        by: who answers.
        on: the day of the answer.
    """

    text: str
    by: str = ""
    on: datetime.date | None = None


def people(asked: Asked) -> Iterator[Block]:
    """How many people there may be, and how much a few publications hold."""
    yield Heading("How many people, and how concentrated")
    rows = asked.people.rows if asked.people else []
    told = (
        f"{people_finding(rows)}."
        if asked.people
        else "Records that name several countries are divided here, so no number of people can be "
        "proved from them."
    )
    if rows and rows[0]["publication_estimate"] is not None:
        told += (
            f" If all studies of a publication shared their people, and no two publications did, "
            f"it would be {number(rows[0]['publication_estimate'])}: an estimate."
        )
    papers = [row for row in asked.concentration.rows if row["kind"] == "publication"]
    if papers:
        told += f" {concentration_finding(papers)} of this portfolio."
    yield Paragraph(told)


def right_of_reply(asked: Asked, reply: Reply | None, *, contact: str) -> Iterator[Block]:
    """The answer that was given, or how to give one."""
    yield Heading("Right of reply")
    who = words_of(asked.entity.kind).answers.format(name=asked.name)
    if reply is not None:
        by = reply.by or who
        day = "" if reply.on is None else f", {reply.on.isoformat()}"
        yield Callout(reply.text, f"right of reply: {by}{day}")
        return
    where = f" ({contact})" if contact else ""
    real = not asked.release.manifest.demonstration
    yield Callout(
        f"{who} may answer this report, and has not done so yet. To answer, write to whoever "
        f"publishes it{where}, and name the release. An answer is printed here whole and "
        "unchanged. "
        + ("If a record is wrong, tell the GWAS Catalog (gwas-info@ebi.ac.uk). " if real else "")
        + "If a name was read wrongly, say so: each reading has its source, and can be mended.",
        "right of reply",
    )


def method(asked: Asked) -> Iterator[Part]:
    """How it is counted, and what must be known of it: each caveat once, beside its method."""
    yield Heading("How this is counted, and what to know")
    told: dict[str, list[str]] = {"Release": []}
    for term, text in _method(asked):
        told.setdefault(term, []).append(text)
    for note in caveats_of(asked):
        told.setdefault(_TERMS.get(note.id, _own_term(note)), []).append(note.text)
    yield Notes(tuple((f"{term}.", " ".join(texts)) for term, texts in told.items() if texts))


def _own_term(note: Note) -> str:
    return note.id.replace("_", " ").capitalize()


def _method(asked: Asked) -> Iterator[tuple[str, str]]:
    yield (
        "Shares",
        "Participations recorded as one group alone, among all that say clearly who took part. "
        "The groups are labels in records, not descriptions of peoples.",
    )
    if not asked.small:
        yield (
            "Like for like",
            "Studies are set beside others of the same trait, year and stage where five or more "
            "other publications exist, else of the same broader subject; the portfolio is left "
            "out. Subjects count for how much both sides did in them (balanced): a portfolio drawn "
            "at random then has a ratio of 1. Where they count as in the portfolio, the ratio can "
            "drift from 1 if a few publications are huge.",
        )
    yield (
        "Intervals",
        "Publications are drawn anew 2,000 times, and 95 of 100 results lie inside."
        + (
            ""
            if asked.small
            else " A difference is called clear where the whole interval leaves out 1."
        ),
    )


def caveats_of(asked: Asked) -> list[Note]:
    """What must be known of the answers, each once.

    How much is known of funders is told of the field: of publications that were chosen because
    they name a funder, all do.
    """
    found: dict[str, Note] = {}
    for answer in asked.answers:
        for note in answer.caveats:
            found.setdefault(note.id, note)
    # The list of all portfolios is about the field: only what it says of lists is added.
    for note in asked.listing.caveats:
        if note.id == "grant_coverage":
            found[note.id] = note
        elif note.id in _OF_LISTS:
            found.setdefault(note.id, note)
    if asked.small:
        found.pop("like_for_like", None)
    if asked.gaps is not None:
        # It stands beside the gaps already.
        found.pop("governed_by_peoples", None)
    return [note for note in found.values() if note.id not in _SAID_ABOVE]
