"""The page on which an award is reported: a form, what was found, and the report as a file."""

from typing import Any

from everygenome.queries.award import Award
from everygenome.reports.award import tables
from everygenome.reports.award.statements import QUESTIONS
from everygenome.reports.documents.model import Document, Figures, Grid, Notes, Paragraph
from everygenome.web.dashboard import controls
from everygenome.web.dashboard.figures.figure import Table, cells
from everygenome.web.dashboard.pages.page import Asked, Page
from everygenome.web.dashboard.planning import award_files, award_form
from everygenome.web.dashboard.planning.award_form import MistakeError
from everygenome.web.dashboard.planning.plan_form import example, seen

PATH = "/award/"
_HOW = ("scheme", "denominator")
_LABELS = {
    "publications": ("PubMed numbers", "such as 19915572", 3),
    "studies": ("Accessions of studies", "such as GCST000854", 3),
    "grants": ("Grant numbers", "such as R01 HL071250; one on each line", 3),
}


def _more(asked: Asked) -> dict[str, Any]:
    release, view = asked.release, asked.view
    context: dict[str, Any] = {
        "said": {name: seen(view.get(name)) for name in award_form.EXTRA},
        "most": award_form.MOST,
        "most_together": award_form.MOST_TOGETHER,
        "number_fields": [
            (name, label, hint, high, seen(view.get(name)), award_form.MOST[name])
            for name, (label, hint, high) in _LABELS.items()
        ],
        "questions": [
            (name, text, seen(view.get(name)), award_form.MOST[name])
            for name, text in QUESTIONS.items()
        ],
        "how": [
            *controls.controls(release, view, _HOW),
            controls.release_control(asked.listed, view),
        ],
        "open_more": any(view.get(name) for name in _HOW) or view.chosen,
        "example": example(release, view.question.grouping),
        "clear": view.address(**{name: None for name, _ in view.said}),
        "unused": [
            controls.chips(release, view, (name,))[0].label
            for name, _ in view.said
            if name not in _HOW
        ],
        "simulate_link": f"/simulate/{view.release_only()}",
        "begun": award_form.is_filled(view),
    }
    if not context["begun"]:
        return context
    try:
        wanted = award_form.wanted(view)
        found = award_form.found(release, view, wanted)
    except MistakeError as error:
        return context | {"refused": error.what, "remedy": error.remedy, "wrong": error.name}
    return context | {
        "files": award_files.links(view),
        "lost": [one.text for one in found.not_found],
        "given": len(found.given),
        **_summary(found, award_form.document(found, wanted)),
    }


def _summary(award: Award, document: Document) -> dict[str, Any]:
    """What is shown of a report: the finding, and what was found of which studies."""
    parts = [("Which studies are in the catalogue", tables.given_table(award), ())]
    if award.studies:
        silent = next((block.items for block in document.blocks if isinstance(block, Notes)), ())
        parts.append(("Who took part", tables.who_table(award), silent))
    if award.planned is not None:
        parts.append(("Planned and recorded", tables.planned_table(award), ()))
    leads = (one.text for one in document.blocks if isinstance(one, Paragraph) and one.lead)
    return {
        "report_title": document.title,
        "finding": next(leads, ""),
        "numbers": next((one.items for one in document.blocks if isinstance(one, Figures)), ()),
        "parts": [(heading, _table(grid), notes) for heading, grid, notes in parts],
    }


def _table(grid: Grid) -> Table:
    return Table(
        caption=grid.caption,
        head=grid.head,
        rows=tuple(cells(*row) for row in grid.rows),
        numbers=grid.numbers,
        quiet=grid.quiet,
    )


AWARD = Page(
    name="award",
    path=PATH,
    link="Report an award",
    title="Who took part in the studies of an award?",
    lead="A diversity report for the end of a grant: one or two pages, made from the numbers of "
    "its publications, studies or grants, with what is not in the catalogue named too.",
    controls=_HOW,
    extra=award_form.EXTRA,
    more=_more,
    template="dashboard/award",
    private=True,
)
