"""Requests in, prepared bytes out."""

import logging
from collections.abc import Callable, Mapping
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.encoding import escape_uri_path
from django.views.decorators.http import require_safe

from everygenome.errors import EverygenomeError, NotFoundError, StoreError, UsageError
from everygenome.queries.question import SEVERAL
from everygenome.web.dashboard import downloads, embed, pictures
from everygenome.web.dashboard.pages.page import Asked, Page, prepared
from everygenome.web.dashboard.planning import award_files, award_form
from everygenome.web.dashboard.portfolios import paths, reports
from everygenome.web.site import absolute, errors
from everygenome.web.site.prepared import Prepared
from everygenome.web.site.releases import SHELF, Listed
from everygenome.web.site.state import OTHER, read
from everygenome.web.site.turns import BusyError

View = Callable[..., HttpResponse]
# A whole text in an address does not fit into a header: proxies have room for 4,000 bytes or so.
_LONGEST_HEADER = 2_000
Extra = Callable[[dict[str, str]], Mapping[str, tuple[str, ...]]]


def of_a_release(
    make: Callable[[Asked], Prepared], *, extra: Extra, strict: bool = False, both: bool = False
) -> View:
    """A view of the release that `?release=` names, or of the current one.

    Args:
        make: makes the answer.
        extra: the address's own choices, from what the path names.
        strict: a word that is not understood is an error: for files, which cannot tell.
        both: the address may hold a second selection.
    """

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
        chosen = wanted not in (None, "", "current")
        try:
            asked = _read(
                request, listed, found, chosen=chosen, named=named, extra=extra(named), both=both
            )
            if strict:
                _refuse(asked.view.messages)
            elif elsewhere := _elsewhere(request, asked):
                return HttpResponseRedirect(elsewhere)
            # A date may mean another release once one is made anew; an identifier never does.
            return make(asked).respond(request, dated=wanted == found)
        except BusyError:
            return errors.busy()
        except EverygenomeError as error:
            return _failed(request, listed, found, error)

    return view


def _read(
    request: HttpRequest,
    listed: Listed,
    release_id: str,
    *,
    chosen: bool,
    named: dict[str, str],
    extra: Mapping[str, tuple[str, ...]],
    both: bool,
) -> Asked:
    given = request.GET
    for name, value in named.items():
        if name in SEVERAL:
            # The page of a trait, or of a funder, is the view of it.
            given = given.copy()
            given[name] = value
    release = SHELF.open(release_id)
    state = read(given, release, chosen=chosen, extra=extra, both=both)
    # The list that the release was found in: another may have been published meanwhile.
    return Asked(request, listed, release, state, tuple(sorted(named.items())))


def _elsewhere(request: HttpRequest, asked: Asked) -> str:
    """The address that people share, where the one that was asked for is another; or nothing.

    Raises:
        UnknownEntityError: the path names a funder, cohort, journal or country that is not there.
    """
    moved = paths.moved(request, asked.release, dict(asked.named))
    if moved or asked.view.messages or not _is_longer(request, asked):
        return moved
    shorter = escape_uri_path(request.path) + asked.short.address()
    return shorter if len(shorter) <= _LONGEST_HEADER else ""


def _is_longer(request: HttpRequest, asked: Asked) -> bool:
    """Whether the address that people share is another: shorter, or with identifiers.

    A form sends its empty fields too, each of several things apart, and names as they are read.
    """
    given, in_path = request.GET, dict(asked.named)
    if any(name and not given[name] for name in given):
        return True
    said = dict(asked.view.said) | dict(asked.view.extra)
    return any(
        given.getlist(name) != [said[name]]
        for name in given
        if name.removeprefix(OTHER) in SEVERAL and name in said and name not in in_path
    )


def _failed(
    request: HttpRequest, listed: Listed, release_id: str, error: EverygenomeError
) -> HttpResponse:
    """The page for an error of ours; what is no mistake of the visitor's goes on."""
    if isinstance(error, paths.UnknownEntityError):
        return paths.unknown(request, listed, SHELF.open(release_id), error)
    if isinstance(error, NotFoundError):
        return errors.lacking(request, listed, release_id, error)
    if isinstance(error, UsageError):
        return errors.not_understood(request, listed, str(error))
    if isinstance(error, StoreError):
        logging.getLogger("django").error("%s cannot be read: %s", release_id, error)
        return errors.unreadable(request, listed, release_id)
    raise error


def _refuse(messages: tuple[str, ...]) -> None:
    if messages:
        raise UsageError(" ".join(messages))


def page_view(page: Page) -> View:
    """The view of a page."""
    known = dict(page.extra)
    for figure in page.figures:
        known |= figure.extra
    both = any(figure.name == "comparison" for figure in page.figures)
    own = {name: values for name, values in known.items() if not (both and name.startswith("b_"))}
    view = of_a_release(lambda asked: prepared(page, asked), extra=lambda _named: own, both=both)
    return private(view) if page.private else view


def private(view: View) -> View:
    """The same view, which no proxy and no browser may keep."""

    @wraps(view)
    def told(request: HttpRequest, **named: str) -> HttpResponse:
        response = view(request, **named)
        response["Cache-Control"] = "no-store"
        return response

    return told


def _figure_extra(named: dict[str, str]) -> dict[str, tuple[str, ...]]:
    return {
        name: values
        for name, values in downloads.extra_of(named["name"]).items()
        if not name.startswith("b_")
    }


chart = of_a_release(
    lambda asked: pictures.picture(asked.release, asked.view, **dict(asked.named)),
    extra=lambda named: _figure_extra(named) | pictures.LOOKS,
    strict=True,
    both=True,
)
data = of_a_release(
    lambda asked: downloads.download(asked.release, asked.view, **dict(asked.named)),
    extra=_figure_extra,
    strict=True,
    both=True,
)
points = of_a_release(
    lambda asked: downloads.points(asked.release, asked.view), extra=lambda _named: {}, strict=True
)
bundle = of_a_release(
    lambda asked: downloads.bundle(
        asked.release, asked.view, dict(asked.named)["name"], origin=asked.origin
    ),
    extra=_figure_extra,
    strict=True,
    both=True,
)
report = of_a_release(
    lambda asked: reports.report(asked, **dict(asked.named)),
    extra=lambda _named: {},
    strict=True,
)
award_report = private(
    of_a_release(
        lambda asked: award_files.report(asked, **dict(asked.named)),
        extra=lambda _named: award_form.EXTRA,
        strict=True,
    )
)
_framed = of_a_release(
    lambda asked: embed.embedded(asked, dict(asked.named)["name"]), extra=_figure_extra, both=True
)


def framed(request: HttpRequest, **named: str) -> HttpResponse:
    """A figure that another page may frame."""
    response = _framed(request, **named)
    response.xframe_options_exempt = True
    return response


@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """Whether the site can answer, and with which release."""
    current = SHELF.listed().current
    told = {"status": "ok" if current else "empty", "release": current}
    response = JsonResponse(told, status=200 if current else 503)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be indexed; views with choices are endless, and are not."""
    return HttpResponse(
        "User-agent: *\nDisallow: /*?view=\nAllow: /\n"
        f"Sitemap: {absolute.base(request)}/sitemap.xml\n",
        content_type="text/plain; charset=utf-8",
    )
