"""Reports of a portfolio as files: PDF, a web page in one file, and Markdown."""

from collections.abc import Mapping
from typing import Any

from django import conf

from everygenome.web.dashboard.figures.figure import choices
from everygenome.web.dashboard.pages.page import Asked
from everygenome.web.dashboard.portfolios.kinds import home
from everygenome.web.dashboard.portfolios.paths import entity_of
from everygenome.web.dashboard.portfolios.replies import Reply
from everygenome.web.dashboard.portfolios.replying import read
from everygenome.web.site.prepared import PANTRY, Prepared
from everygenome.web.site.state import View
from everygenome.web.site.turns import drawing

FORMATS: Mapping[str, str] = {
    "pdf": "PDF, to print",
    "html": "web page in one file",
    "md": "Markdown, to edit",
}


def report_links(view: View, kind: str, name: str) -> list[tuple[str, str]]:
    """What each form of the report is called, and its address.

    A report is about discovery, and in participations, whatever the page shows.
    """
    query = view.pinned(**dict.fromkeys((kind, "show", "unit", "stage", "reference")))
    return [(words, f"/reports/{kind}/{name}.{ending}{query}") for ending, words in FORMATS.items()]


def report(asked: Asked, *, kind: str, name: str, form: str) -> Prepared:
    """The report of an entity, as a file.

    Raises:
        NotFoundError: there is no such entity, or no study of it that fits.
        UsageError: a report cannot have these choices.
        BusyError: others are being typeset.
    """
    from everygenome.reports.documents.write import FORMATS as WRITE
    from everygenome.reports.portfolio.document import portfolio_document

    release, view = asked.release, asked.view
    entity = entity_of(release, kind, name)
    reply, _ = read(kind, entity.id)
    chosen = {key: value for key, value in choices(view).items() if key not in (kind, "reference")}
    page = f"{asked.origin}{home(kind)}{entity.id}/{view.pinned(**{kind: None})}"

    def make() -> Prepared:
        with drawing():
            document = portfolio_document(
                release,
                kind,
                entity.id,
                choices=chosen,
                reply=_printed(reply),
                address=page,
                contact=conf.settings.CONTACT,
            )
            made = WRITE[form](document)
        mark = "-demonstration-not-real" if release.label.demonstration else ""
        file_name = f"everygenome-{kind}-{entity.id}-{release.label.id}{mark}.{form}"
        # A page in one file holds its own style, which this site's rules do not allow: it is
        # for keeping, not for showing here.
        headers = {
            "Content-Disposition": f'attachment; filename="{file_name}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
        }
        return Prepared.of(made, WRITE[form].media_type, headers=headers)

    key = ("report", form, kind, entity.id, release.label.id, view.address(), asked.origin, reply)
    return PANTRY.get(key, make)


def _printed(reply: Reply | None) -> Any:
    """A reply as a report prints it; where more stands is part of it."""
    from everygenome.reports.portfolio.closing import Reply as Printed

    if reply is None:
        return None
    text = reply.text + (f"\n\n{reply.link}" if reply.link else "")
    return Printed(text=text, by=reply.organisation, on=reply.received)
