"""Requests in, badges out; a badge that cannot be made says why, as a badge."""

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from everygenome.errors import NotFoundError, StoreError
from everygenome.queries.outside import CHOICES
from everygenome.web.badges.drawing import badge
from everygenome.web.badges.numbers import GROUPS, NUMBERS, USUAL_GROUP, Said, share
from everygenome.web.site import absolute, errors
from everygenome.web.site.page import base_context, render
from everygenome.web.site.prepared import PANTRY, Prepared
from everygenome.web.site.releases import SHELF

_SVG = "image/svg+xml; charset=utf-8"
# Meant for pages of others; by itself it may load, run and frame nothing.
_HEADERS = {
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
}
_AN_HOUR = "public, max-age=3600"
_SELECTING = {*CHOICES, "funder", "cohort", "journal", "portfolio", "subject"} - {"unit", "stage"}
_NO_SELECTION = (
    "There is no badge for a selection: a badge has no room for what must be known of it. "
    "Link to the page instead."
)


class RefusedError(Exception):
    """There is no such badge; the reason is shown as one."""

    def __init__(self, status: int, short: str, reason: str) -> None:
        self.status, self.short, self.reason = status, short, reason
        super().__init__(short)


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """A badge as SVG."""
    try:
        response = _picture(request, name)
    except RefusedError as refused:
        drawn = badge("everygenome", refused.short, title=refused.reason, refused=True)
        made = Prepared.of(drawn.encode(), _SVG, headers=_HEADERS, status=refused.status)
        return made.respond(request, dated=False)
    if response["Cache-Control"] == "no-cache":
        # Shown on many pages, and changed a few times a month: an hour old is new enough.
        response["Cache-Control"] = _AN_HOUR
    return response


def _picture(request: HttpRequest, name: str) -> HttpResponse:
    group = _checked(request, name)
    listed = SHELF.listed()
    if listed.current is None:
        raise RefusedError(503, "no numbers yet", "This site has no release yet.")
    wanted = request.GET.get("release")
    found = listed.find(wanted)
    if found is None:
        raise RefusedError(404, "no such release", "This site has no such release.")

    def make() -> Prepared:
        release = SHELF.open(found)
        said = share(release, group) if name == "share" else NUMBERS[name](release)
        return _prepared(said, demonstration=release.label.demonstration)

    try:
        made = PANTRY.get(("badge", found, name, group), make)
    except NotFoundError as error:
        raise RefusedError(404, "not in this release", error.what) from error
    except StoreError as error:
        raise RefusedError(503, "cannot be read", "This site cannot read that release.") from error
    return made.respond(request, dated=wanted not in (None, "", "current"))


def _checked(request: HttpRequest, name: str) -> str:
    """The group that is asked for; nothing else may be chosen, and nothing is ignored."""
    given = set(request.GET) - ({"release", "group"} if name == "share" else {"release"})
    if given & _SELECTING:
        raise RefusedError(422, "no badge for a selection", _NO_SELECTION)
    if given:
        raise RefusedError(422, "no such choice", "A badge takes no such choice.")
    group = request.GET.get("group", USUAL_GROUP)
    if group not in GROUPS:
        raise RefusedError(404, "no such group", f"The groups are {', '.join(GROUPS)}.")
    return group


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All badges, with what to copy."""
    listed = SHELF.listed()
    if listed.current is None:
        return errors.empty(request)
    release = SHELF.open(listed.current)
    host = absolute.base(request)
    every = [(name.capitalize(), f"/badge/{name}.svg") for name in NUMBERS]
    every += [(f"Share of {g}", f"/badge/share.svg?group={quote(g, safe='')}") for g in GROUPS]
    context: dict[str, Any] = base_context(listed, release) | {
        "here": "badges",
        "badges": [_snippets(host, what, path) for what, path in every],
    }
    return render("badges/badges", context).respond(request, dated=False)


def _prepared(said: Said, *, demonstration: bool) -> Prepared:
    mark = ("demo, not real: ", "Demonstration data, not real. ") if demonstration else ("", "")
    drawn = badge(mark[0] + said.label, said.value, title=mark[1] + said.title)
    return Prepared.of(drawn.encode(), _SVG, headers=_HEADERS)


def _snippets(host: str, what: str, path: str) -> dict[str, Any]:
    """A badge's address, and what to copy into a page in Markdown and in HTML."""
    told = f"{what}, counted by everygenome"
    return {
        "what": what,
        "path": path,
        "address": host + path,
        "markdown": f"[![{told}]({host}{path})]({host}/)",
        "html": f'<a href="{host}/"><img src="{host}{path}" alt="{told}"></a>',
    }
