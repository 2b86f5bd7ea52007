"""A figure as a page shows it: words, addresses of pictures and files, table, and method."""

from functools import cache
from html import escape
from typing import Any

from everygenome.charts.theme import THEMES
from everygenome.errors import UsageError
from everygenome.queries.answer import Answer
from everygenome.queries.release import Release
from everygenome.reports.method import methods
from everygenome.vocabulary import meanings
from everygenome.vocabulary.caveats import CAVEATS
from everygenome.vocabulary.terms import CountryRule, Denominator, Rule, Stage, Unit
from everygenome.web.dashboard.figures.figure import Figure, Look
from everygenome.web.site.state import View

FILES = (("csv", "CSV"), ("json", "JSON, with caveats"), ("parquet", "Parquet"))


def shown(
    figure: Figure, release: Release, view: View, *, origin: str, page: str
) -> dict[str, Any]:
    """What the template of a figure needs.

    Args:
        figure: which.
        release: of which release.
        view: with which choices.
        origin: scheme and host of the site, for codes that are used elsewhere.
        page: path of the page that shows the figure.
    """
    here = view.only(figure.extra)
    try:
        answer = figure.ask(release, here)
    except UsageError as error:
        return {"name": figure.name, "title": figure.title, "refused": str(error)}
    finding = figure.finding(answer, here)
    pinned = here.pinned()
    return {
        "name": figure.name,
        "title": figure.title,
        "finding": finding,
        "reading": figure.reading,
        "caption": answer.caption,
        "beside": figure.beside(answer),
        "alt": f"{finding}. Every number is in the table below the picture.",
        "pictures": _pictures(figure, answer, here),
        "table": figure.table(answer, here),
        "counted": counted(answer),
        "notes": notes(answer) + _drawn_notes(figure),
        "files": [(label, f"/data/{figure.name}.{kind}{pinned}") for kind, label in FILES],
        "drawn": [
            (kind.upper(), f"/charts/{figure.name}.{kind}{pinned}") for kind in ("svg", "png")
        ],
        "bundle": f"/bundle/{figure.name}.zip{pinned}",
        "method": f"/about/method/{answer.measure}/{view.release_only()}"
        if answer.measure in _described()
        else "",
        "codes": _codes(figure, here, origin=origin, page=page, finding=finding),
    }


@cache
def _described() -> frozenset[str]:
    """The measures whose method has a page."""
    return frozenset(item.name for item in methods())


def _drawn_notes(figure: Figure) -> list[dict[str, str]]:
    caveats = [CAVEATS[name] for name in figure.drawn_notes]
    return [{"id": item.id, "text": item.text, "expert": item.expert} for item in caveats]


def _pictures(figure: Figure, answer: Answer, view: View) -> dict[str, Any]:
    """Addresses and sizes of the four forms of a picture."""
    made: dict[str, Any] = {}
    for layout in ("wide", "narrow"):
        look = Look(narrow=layout == "narrow", bare=True)
        specification = figure.specification(answer, view, look)
        # The browser keeps the place of a picture that is yet to come.
        made[layout] = {"width": specification["width"], "height": specification["height"]}
        for theme in THEMES:
            query = view.pinned(
                layout="narrow" if layout == "narrow" else None,
                theme=None if theme == "light" else theme,
                title="no",
            )
            made[layout][theme] = f"/charts/{figure.name}.svg{query}"
    return made


def _codes(figure: Figure, view: View, *, origin: str, page: str, finding: str) -> dict[str, str]:
    """What others paste into their pages, and what they cite."""
    current, pinned = view.address(release=None), view.pinned()

    def frame(query: str) -> str:
        source = f"{origin}/embed/{figure.name}/{query}".replace("&", "&amp;")
        picture = f"{origin}/charts/{figure.name}.svg{query}".replace("&", "&amp;")
        # In the noscript part "</noscript>" would end it, also within quotation marks.
        title = escape(finding)
        return (
            f'<iframe src="{source}" title="{title}" width="100%" height="620" loading="lazy">'
            f'</iframe><noscript><img src="{picture}" alt="{title}"></noscript>'
        )

    return {
        "address": f"{origin}{page}{current}",
        "address_pinned": f"{origin}{page}{pinned}",
        "frame": frame(current),
        "frame_pinned": frame(pinned),
    }


def counted(answer: Answer) -> list[tuple[str, str, str]]:
    """Term, choice and meaning of everything that the numbers depend on."""
    told = [
        ("Unit", answer.unit, Unit(answer.unit).meaning),
        *(
            ("Stage", stage, meanings.STAGES[Stage(stage)])
            # A comparison may set one stage against another.
            for stage in answer.stage.split(" against ")
        ),
        ("Denominator", answer.denominator, meanings.DENOMINATORS[Denominator(answer.denominator)]),
        ("Rule", answer.rule, meanings.RULES[Rule(answer.rule)]),
        ("Grouping", answer.scheme, meanings.SCHEMES[answer.scheme]),
    ]
    rule = answer.filters.get("country_rule")
    if rule:
        told.append(("Country rule", rule, meanings.COUNTRY_RULES[CountryRule(rule)]))
    return told


def notes(*answers: Answer) -> list[dict[str, str]]:
    """Every caveat that applies, once, for the public and for experts."""
    found = {note.id: note for answer in reversed(answers) for note in reversed(answer.caveats)}
    return [
        {"id": note.id, "text": note.text, "expert": CAVEATS[note.id].expert}
        for note in reversed(found.values())
    ]
