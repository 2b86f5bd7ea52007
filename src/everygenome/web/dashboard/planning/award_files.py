"""The report of an award as a file; nothing of it is kept but in memory, for a while."""

from everygenome.errors import EverygenomeError
from everygenome.reports.documents.write import FORMATS as WRITE
from everygenome.web.dashboard.pages.page import Asked
from everygenome.web.dashboard.planning.award_form import document, found, wanted
from everygenome.web.dashboard.portfolios.reports import FORMATS
from everygenome.web.site.page import base_context, render
from everygenome.web.site.prepared import PANTRY, Prepared
from everygenome.web.site.state import View
from everygenome.web.site.turns import drawing


def links(view: View) -> list[tuple[str, str]]:
    """What each form of the report is called, and its address."""
    return [(words, f"/award/report.{form}{view.pinned()}") for form, words in FORMATS.items()]


def report(asked: Asked, *, form: str) -> Prepared:
    """The report as a file, or a page that says why it cannot be set.

    Raises:
        MistakeError: a field of the form cannot be used.
        BusyError: others are being typeset.
    """
    release, view = asked.release, asked.view
    told = wanted(view)

    def make() -> Prepared:
        made = document(found(release, view, told), told)
        with drawing():
            body = WRITE[form](made)
        mark = "-demonstration-not-real" if release.label.demonstration else ""
        file_name = f"everygenome-award-{release.label.id}{mark}.{form}"
        # A page in one file holds its own style, which this site's rules do not allow: it is
        # for keeping, not for showing here.
        headers = {
            "Content-Disposition": f'attachment; filename="{file_name}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
        }
        return Prepared.of(body, WRITE[form].media_type, headers=headers)

    try:
        return PANTRY.get(("award", form, release.label.id, view.address()), make)
    except EverygenomeError as error:
        # Of the three, only PDF needs a program that may be missing, or may break down.
        if form != "pdf" or not _is_of_the_setter(error):
            raise
        context = base_context(asked.listed, release, chosen=view.chosen) | {
            "told": error.what,
            "others": [link for link in links(view) if "report.pdf" not in link[1]],
            "back": f"/award/{view.address()}",
        }
        return render("dashboard/not_set", context, status=503)


def _is_of_the_setter(error: EverygenomeError) -> bool:
    return type(error) is EverygenomeError or "package 'typst'" in error.what
