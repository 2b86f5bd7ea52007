"""A diverse data statement as a document, to be written by `documents.write`."""

from collections.abc import Iterator

from everygenome.reports.documents.model import (
    Block,
    Document,
    Grid,
    Heading,
    Notes,
    Paragraph,
)
from everygenome.reports.statement.groups import SMALL, Row, Table, tables
from everygenome.reports.statement.worksheet import Worksheet
from everygenome.reports.terminal.cells import share

NOT_STATED = "Not stated."
FOOTER = "Diverse data statement · the words and counts are the study's own"
_HIDDEN = {"small": f"under {SMALL}", "beside": "hidden"}


def statement_document(worksheet: Worksheet) -> Document:
    """The statement; the same worksheet gives the same document.

    Questions that were not answered are printed as not answered.
    """
    given = (("Date", worksheet.date), ("Contact", worksheet.contact))
    return Document(
        title=f"Diverse data statement: {worksheet.title}",
        subtitle="Diverse data: for whom, under what circumstances, why, and with what impact",
        facts=tuple((name, value) for name, value in given if value),
        demonstration=False,
        blocks=tuple(_blocks(worksheet)),
        footer=FOOTER,
    )


def _blocks(worksheet: Worksheet) -> Iterator[Block]:
    yield from _answer("What the study asks", worksheet.question)
    yield from _answer("For whom: the people it must serve", worksheet.population)
    yield from _answer("Under what circumstances", worksheet.circumstances)
    yield from _answer("Why these people", worksheet.why)
    yield from _answer("With what impact", worksheet.impact)
    yield from _answer("How people are described, and why so", worksheet.descriptors)
    yield from _answer("Whom the data are compared with", worksheet.reference)
    yield from _who(worksheet)
    yield from _answer("Who is missing", worksheet.gaps)
    yield from _actions(worksheet)
    yield Heading("About this statement")
    yield Notes(
        (
            (
                "Whose words",
                "The words and counts are the study's own. Nobody has checked them against its "
                "records.",
            ),
            (
                "Groups",
                "A group is a label that somebody chose, not a description of a person.",
            ),
        )
    )


def _answer(heading: str, text: str) -> Iterator[Block]:
    yield Heading(heading)
    lines = [line for line in text.splitlines() if line.strip()]
    yield from (Paragraph(line) for line in lines or [NOT_STATED])


def _who(worksheet: Worksheet) -> Iterator[Block]:
    yield Heading("Who is in the data")
    found = tables(worksheet.counts, people=worksheet.people, show_small=worksheet.show_small)
    if not found:
        people = worksheet.people
        yield Paragraph(
            "No counts are given."
            if people is None
            else f"People in the data: {_in_all(worksheet)}. No counts by group are given."
        )
        return
    for table in found:
        yield _grid(table)
    notes = tuple(_notes(found, worksheet))
    if notes:
        yield Notes(notes)


def _in_all(worksheet: Worksheet) -> str:
    people = worksheet.people or 0
    if 0 < people < SMALL and not worksheet.show_small:
        return f"under {SMALL}"
    return f"{people:,}"


def _grid(table: Table) -> Grid:
    return Grid(
        head=(table.descriptor or "Group", "People", "Share"),
        rows=tuple((row.label, _people(row), _share(row)) for row in table.rows),
        caption=_caption(table),
        numbers=frozenset({1, 2}),
        quiet=frozenset(place for place, row in enumerate(table.rows) if row.rest),
    )


def _people(row: Row) -> str:
    return _HIDDEN[row.why_hidden] if row.count is None else f"{row.count:,}"


def _share(row: Row) -> str:
    return "–" if row.share is None else share(row.share)


def _caption(table: Table) -> str:
    about = f"People by {table.descriptor}. " if table.descriptor else ""
    if table.base is None:
        return f"{about}There are too few people to show shares, or their sum."
    if not table.base:
        return f"{about}Nobody is counted."
    if table.of_people:
        return f"{about}Shares are of the {table.base:,} people in the data."
    return f"{about}Shares are of the {table.base:,} people in these groups together."


def _notes(found: tuple[Table, ...], worksheet: Worksheet) -> Iterator[tuple[str, str]]:
    if any(table.hides for table in found):
        yield (
            "Hidden counts",
            f"Counts from 1 to {SMALL - 1} are not shown, so that nobody can be recognised. Where "
            "one could be worked out from the others, larger ones are hidden beside it.",
        )
    if any(table.overlap for table in found):
        yield (
            "Several groups",
            "The groups together hold more people than there are in the data: some people are in "
            "several, so the shares add up to more than 100%.",
        )
    if any(row.rest for table in found for row in table.rows):
        yield (
            "In none of these groups",
            "People in the data whom the groups do not count: not asked, not answered, or in a "
            "group that is not listed.",
        )
    if worksheet.people is None and len(found) > 1:
        yield ("Shares", "Each table has a sum of its own, of which its shares are.")


def _actions(worksheet: Worksheet) -> Iterator[Block]:
    yield Heading("What will be done, and by when")
    if not worksheet.actions:
        yield Paragraph("Nothing is stated.")
        return
    yield Grid(
        head=("What", "By when", "Who"),
        rows=tuple(
            (one.what or "not stated", one.by or "not stated", one.who or "not stated")
            for one in worksheet.actions
        ),
        caption="What the study says that it will do.",
        widths=(6, 2, 3),
    )
