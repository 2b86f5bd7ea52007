"""One portfolio as a document: two to four pages of text and pictures, with all figures."""

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from everygenome.queries.release import Release
from everygenome.reports.documents.model import Columns, Document, PageBreak
from everygenome.reports.portfolio import annex, closing, comparing, opening, subjects
from everygenome.reports.portfolio.asking import ask
from everygenome.reports.portfolio.closing import Reply
from everygenome.reports.portfolio.words import narrowed, words_of

MINIMUM = 20


def portfolio_document(
    release: Release,
    kind: str,
    name: str,
    *,
    choices: Mapping[str, Any],
    reply: Reply | None = None,
    minimum: int = MINIMUM,
    address: str = "",
    contact: str = "",
) -> Document:
    """A report on one portfolio; every number in it is one of an answer.

    Args:
        release: an open release.
        kind: funder, cohort, journal or country.
        name: a name or an identifier of that kind.
        choices: those of `Question` beside the name, such as `scheme` or `from_year`; the
            stage is discovery and the unit participations.
        reply: an answer by those whom it is about.
        minimum: publications under which nothing is compared.
        address: of the page on which the report is shown; may be empty.
        contact: where an answer can be sent; may be empty.

    Raises:
        UsageError: no such kind, or a choice that a report cannot have.
        NotFoundError: the release does not know the name, or has nothing that fits.
    """
    asked = ask(release, kind, name, choices=choices, minimum=minimum)
    manifest = release.manifest
    software = version("everygenome")
    subtitle = words_of(kind).subtitle
    chosen = narrowed(asked.choices, kind=kind)
    return Document(
        title=asked.entity.name,
        subtitle=f"{subtitle} ({chosen})" if chosen else subtitle,
        facts=opening.facts_of(asked, address=address),
        demonstration=manifest.demonstration,
        blocks=(
            *opening.opening(asked),
            *comparing.compared(asked),
            *comparing.moved(asked),
            *subjects.subjects(asked),
            *subjects.gaps(asked),
            *closing.people(asked),
            *closing.right_of_reply(asked, reply, contact=contact),
            PageBreak(unless_it_fits=True),
            *annex.annex(asked),
            Columns((*closing.method(asked), *annex.citation(asked, address=address))),
        ),
        compact=True,
        footer=f"everygenome {software}, release {manifest.id}",
        date=manifest.date,
    )
