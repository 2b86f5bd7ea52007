"""Requests in, prepared bytes out."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from everygenome.charts.theme import THEMES
from everygenome.errors import NotFoundError
from everygenome.web.dashboard.downloads import download
from everygenome.web.dashboard.pages import counting_page, first_page
from everygenome.web.dashboard.pictures import LAYOUTS, picture
from everygenome.web.site import errors
from everygenome.web.site.prepared import Prepared
from everygenome.web.site.releases import SHELF, Listed

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, and the release it is about.

    Attributes:
        request: the request itself.
        listed: the releases that there are.
        release: the identifier of the one meant.
        chosen: the address names it; otherwise it is the current one.
    """

    request: HttpRequest
    listed: Listed
    release: str
    chosen: bool

    def choice(self, name: str, known: tuple[str, ...]) -> str:
        """One of a few words from the address; the first where none is given.

        Raises:
            UnknownChoiceError: another word.
        """
        given = self.request.GET.get(name, known[0])
        if given not in known:
            raise errors.UnknownChoiceError(name, given, known)
        return given


def _of_a_release(make: Callable[..., Prepared]) -> View:
    """A view of the release that `?release=` names, or of the current one."""

    @require_safe
    @wraps(make)
    def view(request: HttpRequest, **named: str) -> HttpResponse:
        listed = SHELF.listed()
        if listed.current is None:
            return errors.empty(request)
        wanted = request.GET.get("release")
        found = listed.find(wanted)
        if found is None:
            return errors.unknown_release(request, listed, str(wanted))
        asked = Asked(request, listed, found, chosen=wanted not in (None, "", "current"))
        try:
            made = make(asked, **named)
        except NotFoundError as error:
            return errors.lacking(request, listed, found, error)
        except errors.UnknownChoiceError as error:
            return errors.unknown_choice(request, listed, error)
        return made.respond(request, dated=asked.chosen)

    return view


@_of_a_release
def first(asked: Asked) -> Prepared:
    """The first page."""
    return first_page(asked.listed, asked.release, chosen=asked.chosen)


@_of_a_release
def counting(asked: Asked) -> Prepared:
    """How we count."""
    return counting_page(asked.listed, asked.release, chosen=asked.chosen)


@_of_a_release
def chart(asked: Asked, *, name: str, kind: str) -> Prepared:
    """A chart; `layout` is wide or narrow, `theme` light or dark."""
    layout = asked.choice("layout", LAYOUTS)
    theme = asked.choice("theme", tuple(THEMES))
    return picture(asked.release, name, kind, layout=layout, theme=theme)


@_of_a_release
def data(asked: Asked, *, name: str, kind: str) -> Prepared:
    """The numbers as a file."""
    return download(asked.release, name, kind)


@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """Whether the site can answer, and with which release."""
    current = SHELF.listed().current
    told = {"status": "ok" if current else "empty", "release": current}
    response = JsonResponse(told, status=200 if current else 503)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Everything public may be indexed."""
    return HttpResponse("User-agent: *\nAllow: /\n", content_type="text/plain; charset=utf-8")
