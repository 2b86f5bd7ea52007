"""A page of the monitor, and how it becomes bytes."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest

from everygenome.errors import NotFoundError, UsageError
from everygenome.queries.answer import Answer
from everygenome.queries.release import Release
from everygenome.web.dashboard import controls
from everygenome.web.dashboard.figures.figure import Figure
from everygenome.web.dashboard.pages.release import release_context
from everygenome.web.dashboard.shown import shown
from everygenome.web.site import absolute
from everygenome.web.site.page import base_context, render
from everygenome.web.site.prepared import PANTRY, Prepared
from everygenome.web.site.releases import Listed
from everygenome.web.site.state import View

More = Callable[..., dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, read.

    Attributes:
        request: the request itself.
        listed: the releases that there are.
        release: the one meant.
        view: the state that the address asks for.
        named: what the path names: a study, a trait, a group.
    """

    request: HttpRequest
    listed: Listed
    release: Release
    view: View
    named: tuple[tuple[str, str], ...] = ()

    @property
    def origin(self) -> str:
        """The site's own address, for what leaves it."""
        return absolute.base(self.request)

    @property
    def short(self) -> View:
        """The view without what the path says already."""
        in_path = dict(self.named)
        return replace(
            self.view, said=tuple(item for item in self.view.said if item[0] not in in_path)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page.

    Attributes:
        name: its name, for templates and addresses of state.
        path: its address, with a `{name}` for what the path names.
        link: how it is called in the list of views; empty for pages that are not in it.
        title: its heading.
        lead: one or two sentences below it.
        figures: the figures that it shows.
        controls: names of the choices that it offers.
        extra: names of choices of its own, each with the values it may have, the usual one
            first; with none listed, any.
        more: what else its template needs; it is given the `Asked`.
        beside: what it shows that is no part of the release, such as a reply; a change of it
            makes the page anew.
        template: its template.
        private: what its address holds is nobody else's: no cache may keep the page.
    """

    name: str
    path: str
    title: str
    lead: str = ""
    link: str = ""
    figures: tuple[Figure, ...] = ()
    controls: tuple[str, ...] = controls.EVERY
    extra: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    more: More | None = None
    beside: Callable[[Asked], Hashable] = lambda _asked: None
    template: str = "dashboard/view"
    private: bool = False

    @property
    def shown(self) -> tuple[tuple[str, ...], ...]:
        """What its figures can show: shares or counts; nothing where there is no choice."""
        found = {figure.extra["show"] for figure in self.figures if "show" in figure.extra}
        return (max(found, key=len),) if found else ()


def prepared(page: Page, asked: Asked) -> Prepared:
    """A page as bytes; kept, unless its address was not understood.

    Raises:
        NotFoundError: what the path names is not there.
    """
    view = asked.view
    if view.messages:
        return _made(page, asked)
    key = (
        page.name,
        asked.named,
        view.release,
        view.address(),
        asked.origin,
        asked.listed.fingerprint,
        page.beside(asked),
    )
    return PANTRY.get(key, lambda: _made(page, asked))


def _made(page: Page, asked: Asked) -> Prepared:
    release, view = asked.release, asked.view
    path = page.path.format(**dict(asked.named))
    context = base_context(asked.listed, release, chosen=view.chosen) | {
        "page": page,
        "here": page.name,
        "title": page.title,
        "lead": page.lead,
        "view": view,
        "path": path,
        "address": f"{path}{asked.short.address()}",
        "origin": asked.origin,
        "messages": view.messages,
        "views": [
            (other, f"{other.path}{view.only(()).address()}") for other in _listed() if other.link
        ],
        "feed": f"/changes/view.atom{view.only(()).address(release=None)}",
        "alert": f"/alerts/{view.only(()).address(release=None)}",
    }
    try:
        release.tables.need("ancestry")
    except NotFoundError as error:
        # A release without one of its files: say which, and still show where it came from.
        context |= {"lacking": error.what} | release_context(release)
        return render("dashboard/first_lacking", context)
    form = [name for name in page.controls if name in controls.MAIN]
    rest = [name for name in page.controls if name not in controls.MAIN]
    more = controls.controls(release, view, tuple(rest))
    figures = [
        shown(figure, release, view, origin=asked.origin, page=path) for figure in page.figures
    ]
    context |= {
        "more_named": "".join(f"{_MORE[one.name]}, " for one in more if one.name in _MORE),
        "main_controls": [
            *controls.controls(release, view, tuple(form)),
            *(controls.show_control(view, values) for values in page.shown),
        ],
        "more_controls": [
            *more,
            controls.release_control(asked.listed, view),
        ],
        # What one list or figure chose stays when another choice is made; a place in a list not.
        "kept": [
            (name, value)
            for name, value in view.extra
            if name in page.extra and name not in ("after", "page")
        ],
        "chips": controls.chips(release, asked.short, page.controls),
        "clear": view.release_only(),
        "figures": figures,
        # By name, for pages on which other things stand between them.
        "figure_of": {one["name"].replace("-", "_"): one for one in figures},
    }
    if page.more is not None:
        context |= page.more(asked)
    return render(page.template, context)


_MORE = {
    "denominator": "denominator",
    "scheme": "grouping",
    "cohort": "cohort",
    "journal": "journal",
    "reference": "population",
}


def _listed() -> tuple["Page", ...]:
    from everygenome.web.dashboard.pages import PAGES

    return PAGES


def unless_refused(ask: Any, chosen: dict[str, Any]) -> Answer | None:
    """An answer, or None where the choices cannot be combined with this measure."""
    try:
        answer: Answer = ask(**chosen)
    except UsageError:
        return None
    return answer
