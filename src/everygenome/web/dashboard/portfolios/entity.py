"""The page of one funder, cohort, journal or country."""

from dataclasses import replace
from functools import partial
from typing import Any

from everygenome.charts.findings import concentration_finding
from everygenome.queries.answer import Answer
from everygenome.queries.entities import Entity
from everygenome.web.dashboard.controls import EVERY
from everygenome.web.dashboard.figures.composition import COMPOSITION
from everygenome.web.dashboard.figures.figure import choices
from everygenome.web.dashboard.figures.text import count
from everygenome.web.dashboard.pages.gaps import gap_table
from everygenome.web.dashboard.pages.page import Asked, Page, unless_refused
from everygenome.web.dashboard.pages.studies import study_table
from everygenome.web.dashboard.portfolios.coverage import coverage_sentence
from everygenome.web.dashboard.portfolios.kinds import KINDS, home
from everygenome.web.dashboard.portfolios.like_for_like import LIKE_FOR_LIKE
from everygenome.web.dashboard.portfolios.overview import tabs
from everygenome.web.dashboard.portfolios.peers import PEERS
from everygenome.web.dashboard.portfolios.replying import reply_context, stamp
from everygenome.web.dashboard.portfolios.reports import report_links
from everygenome.web.dashboard.portfolios.subjects import subject_table
from everygenome.web.dashboard.portfolios.who import who
from everygenome.web.dashboard.shown import notes
from everygenome.web.site.several import PLURALS
from everygenome.web.site.state import View

_FIRST = 10
_PLAIN = {"unit": None, "denominator": None, "reference": None}


def _more(asked: Asked, *, kind: str) -> dict[str, Any]:
    release, view = asked.release, asked.view
    name = dict(asked.named)[kind]
    entity = release.tables.entities.named(kind, name)
    chosen = choices(view)
    plain = chosen | _PLAIN
    everyone = release.portfolio(kind, **plain | {kind: None})
    gaps = release.gaps(limit=_FIRST, **plain | {"stage": None})
    studies = release.studies(limit=_FIRST, **chosen | {"reference": None})
    counts = _counts(everyone, entity)
    people, top = unless_refused(release.people, plain), release.concentration(**plain)
    return {
        "title": entity.name,
        "lead": _lead(entity),
        "kind": KINDS[kind],
        "entity": entity,
        "home": f"{home(kind)}{view.release_only()}",
        "tabs": tabs(asked, kind),
        "who": who(release, view, entity),
        "counts": counts,
        "coverage": coverage_sentence(release, _without(view, kind), kind, everyone),
        "subjects": subject_table(release, view),
        "gaps": gap_table(gaps, asked) if gaps.rows else None,
        "gaps_found": gaps.coverage["found"],
        "gaps_link": f"/gaps/{view.address(show=None, stage=None, unit=None, denominator=None)}",
        "people": people.rows[0] if people and people.rows else None,
        "people_link": f"/people/{view.address(show=None, unit=None, denominator=None)}",
        "concentration": concentration_finding(top.rows),
        "concentration_link": "/concentration/"
        + view.address(show=None, unit=None, denominator=None),
        "studies": study_table(studies, view) if studies.rows else None,
        "studies_found": studies.coverage["studies"],
        "studies_link": f"/studies/{view.address(show=None)}",
        "simulate_link": "/simulate/"
        + view.address(show=None, unit=None, trait=None, trait_parent=None),
        "compare_link": f"/compare/{view.address(show=None)}",
        # Where nothing fits there is nothing to report.
        "reports": report_links(view, kind, entity.id) if counts else [],
        "page_notes": notes(*(answer for answer in (everyone, people, top) if answer is not None)),
    } | reply_context(asked, kind, entity)


def _lead(entity: Entity) -> str:
    words = KINDS[entity.kind]
    return (
        f"Who takes part in published genetic studies {words.verb} {entity.name}, and how that "
        "compares with other studies of the same subjects. This says what was studied with whom. "
        "It does not say why."
    )


def _without(view: View, kind: str) -> View:
    """The same view of everyone's portfolio."""
    return replace(view, question=view.question.but(**{kind: None}))


def _counts(everyone: Answer, entity: Entity) -> list[tuple[str, str]]:
    """What is counted, in full, and divided between those that are linked to the same."""
    row = next((row for row in everyone.rows if row["id"] == entity.id), None)
    if row is None:
        return []
    divided = KINDS[entity.kind].divided
    parts = row["publications_fractional"]
    people = row["participations_fractional"]
    return [
        ("Publications", count(row["publications"])),
        *((("Publications, divided", f"{parts or 0:,.1f}"),) if divided else ()),
        ("Studies", count(row["studies"])),
        ("Participations", count(row["participations"])),
        *((("Participations, divided", count(people)),) if divided else ()),
    ]


ENTITIES = tuple(
    Page(
        name=kind,
        path=f"/{PLURALS[kind]}/{{{kind}}}/",
        title=f"One {words.one}",
        figures=(COMPOSITION, LIKE_FOR_LIKE, PEERS),
        controls=tuple(name for name in EVERY if name not in (kind, "reference")),
        more=partial(_more, kind=kind),
        beside=partial(stamp, kind=kind),
        template="dashboard/entity",
    )
    for kind, words in KINDS.items()
)
