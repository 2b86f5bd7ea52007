"""Requests in, prepared bytes out."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from everygenome.errors import NotFoundError, StoreError, UsageError
from everygenome.web.changes import feeds, pages
from everygenome.web.changes.pairs import pairs, summaries
from everygenome.web.site import absolute, errors
from everygenome.web.site.findings import described
from everygenome.web.site.page import base_context, render
from everygenome.web.site.prepared import PANTRY, Prepared
from everygenome.web.site.releases import SHELF, Listed
from everygenome.web.site.state import read
from everygenome.web.site.turns import BusyError

VIEW_PAGE = "/composition/"
_IN_A_FEED = 20
_DIGITS = 6
# Each is opened to ask it: two seconds in all at today's size, when nobody asked before.
_IN_A_VIEW_FEED = 6


def _in_turn(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask the visitor to come back where others are first, and take long."""

    @wraps(view)
    def respond(request: HttpRequest, **named: str) -> HttpResponse:
        try:
            return view(request, **named)
        except BusyError:
            context = base_context(None, None) | {"here": "changes"}
            made = render("changes/busy", context, status=503)
            response = made.respond(request, dated=False)
            response["Retry-After"] = "30"
            return response

    return respond


@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    """Releases, newest first; `before` and `after` lead to the page of two."""
    listed = SHELF.listed()
    if listed.current is None:
        return errors.empty(request)
    if "before" in request.GET and "after" in request.GET:
        ids = [listed.find(request.GET[name]) for name in ("before", "after")]
        if None in ids:
            wanted = next(
                request.GET[n] for n in ("before", "after") if not listed.find(request.GET[n])
            )
            return errors.unknown_release(request, listed, wanted)
        return HttpResponseRedirect(f"/changes/{ids[0]}/{ids[1]}/")
    number = request.GET.get("page", "1")
    count = -(-len(listed.each) // pages.ON_A_PAGE)
    short = len(number) <= _DIGITS and number.isascii() and number.isdigit()
    if not (short and 1 <= int(number) <= count):
        return errors.not_understood(request, listed, f"There are {count} pages of releases.")
    return pages.list_page(listed, int(number)).respond(request, dated=False)


@require_safe
@_in_turn
def pair(request: HttpRequest, before: str, after: str) -> HttpResponse:
    """What changed from one release to another."""
    listed = SHELF.listed()
    if listed.current is None:
        return errors.empty(request)
    ids = []
    for name in (before, after):
        found = listed.find(name)
        if found is None:
            return errors.unknown_release(request, listed, name)
        ids.append(found)
    change = request.GET.get("change", "")
    if change not in ("", *pages.KINDS):
        told = f"Studies can be {', '.join(pages.KINDS)}; the address asks for another kind."
        return errors.not_understood(request, listed, told)
    wanted = pages.Wanted(ids[0], ids[1], change, request.GET.get("start", ""))
    try:
        made = pages.pair_page(listed, wanted)
    except (NotFoundError, StoreError, UsageError) as error:
        return _failed(request, listed, ids, error)
    return made.respond(request, dated=[before, after] == ids)


def _failed(
    request: HttpRequest,
    listed: Listed,
    ids: list[str],
    error: NotFoundError | StoreError | UsageError,
) -> HttpResponse:
    """Why two releases cannot be compared."""
    if isinstance(error, UsageError):
        return errors.not_understood(request, listed, str(error))
    if isinstance(error, NotFoundError):
        return errors.lacking(request, listed, ids[1], error)
    return errors.unreadable(request, listed, _damaged(ids))


def _damaged(ids: list[str]) -> str:
    """Which of two releases it is that cannot be read."""
    try:
        SHELF.open(ids[0])
    except StoreError:
        return ids[0]
    return ids[1]


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """One entry for each release."""
    listed = SHELF.listed()
    shown = pairs(listed)[:_IN_A_FEED]
    found = summaries(shown, at_most=pages.RECKONED_AT_ONCE)
    base = absolute.base(request)
    made = feeds.releases_feed(list(zip(shown, found, strict=True)), base=base)
    return _answer(request, made)


@require_safe
@_in_turn
def view_feed(request: HttpRequest) -> HttpResponse:
    """One entry for each of the newest releases, about one view."""
    listed = SHELF.listed()
    if listed.current is None:
        return errors.empty(request)
    release = SHELF.open(listed.current)
    view = read(request.GET, release, chosen=False)
    if view.messages:
        # A feed has no place to say that a choice was left out, and would be of another view.
        return errors.not_understood(request, listed, " ".join(view.messages))
    base, query = absolute.base(request), view.address()
    shown = _newest(listed)
    found = feeds.view_findings(shown, view.question)

    def make() -> Prepared:
        return feeds.view_feed(
            found,
            described=described(view.question, release),
            query=query,
            unit=view.question.unit.value,
            base=base,
            page=VIEW_PAGE,
        )

    return _answer(request, PANTRY.get(("view feed", query, base, listed.fingerprint), make))


def _newest(listed: Listed) -> list[dict[str, Any]]:
    """The newest releases of the kind that is current: real ones, or the demonstration."""
    kind = listed.about(str(listed.current))["demonstration"]
    same = [item for item in listed.each if item["demonstration"] is kind]
    return same[:_IN_A_VIEW_FEED]


def _answer(request: HttpRequest, made: Prepared) -> HttpResponse:
    response = made.respond(request, dated=False)
    # Readers of feeds on other pages may fetch it too: it is public and knows nobody.
    response["Access-Control-Allow-Origin"] = "*"
    return response
