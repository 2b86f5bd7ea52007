"""Who the path of a page means: by identifier; a name leads there, and anything else nearby."""

import difflib
from collections.abc import Mapping
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

from everygenome.errors import NotFoundError, UsageError
from everygenome.queries.entities import Entity
from everygenome.queries.release import Release
from everygenome.vocabulary.countries import COUNTRIES, spelling_key, spellings
from everygenome.web.dashboard.portfolios.kinds import KINDS, home
from everygenome.web.site.page import base_context, render
from everygenome.web.site.releases import Listed
from everygenome.web.site.several import PLURALS
from everygenome.web.site.words import visible

_NEAR = 8
_LONGEST = 300


class UnknownEntityError(NotFoundError):
    """No entity of the kind has that name, or several have it.

    Attributes:
        kind: funder, cohort, journal or country.
        text: what was asked for.
    """

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(
            f"There is no {kind} {visible(text)!r} in this release.",
            remedy="Look through the list of all.",
        )
        self.kind, self.text = kind, text


def entity_of(release: Release, kind: str, text: str) -> Entity:
    """The entity that a path names.

    Raises:
        UnknownEntityError: it names none, or several.
        NotFoundError: the release knows nothing of that kind.
    """
    entities = release.tables.entities
    entities.need(kind)
    wanted = text.strip()[:_LONGEST]
    if kind == "country":
        # Countries are written in many ways, and all of them are known.
        code = wanted.upper()
        wanted = spellings().get(spelling_key(wanted), code if code in COUNTRIES else wanted)
    try:
        return entities.named(kind, wanted)
    except (NotFoundError, UsageError):
        raise UnknownEntityError(kind, text) from None


def moved(request: HttpRequest, release: Release, named: Mapping[str, str]) -> str:
    """Where a path leads that names an entity otherwise than by its identifier, or nothing.

    Raises:
        UnknownEntityError: it names none, or several.
        NotFoundError: the release knows nothing of that kind.
    """
    kind = next((kind for kind in PLURALS if kind in named), None)
    if kind is None:
        return ""
    entity = entity_of(release, kind, named[kind])
    if entity.id == named[kind]:
        return ""
    query = request.META.get("QUERY_STRING", "")
    return f"{home(kind)}{quote(entity.id, safe='')}/" + (f"?{query}" if query else "")


def unknown(
    request: HttpRequest, listed: Listed, release: Release, error: UnknownEntityError
) -> HttpResponse:
    """The page for a name that nobody has, with those that are near."""
    chosen = release.label.id != listed.current
    context = base_context(listed, release, chosen=chosen) | {
        "kind": KINDS[error.kind],
        "wanted": visible(error.text),
        "home": home(error.kind),
        "near": [(one, f"{home(error.kind)}{one.id}/") for one in near(release, error)],
    }
    made = render("dashboard/unknown_entity", context, status=404)
    return made.respond(request, dated=False)


def near(release: Release, error: UnknownEntityError) -> list[Entity]:
    """Entities whose names hold the text, or are like it; the likest first."""
    known = release.tables.entities.of(error.kind)
    wanted = error.text.strip().casefold()[:_LONGEST]
    names: dict[str, list[Entity]] = {}
    for one in known.values():
        names.setdefault(one.name.casefold(), []).append(one)
    holding = [name for name in names if wanted and wanted in name]
    alike = difflib.get_close_matches(wanted, names, n=_NEAR, cutoff=0.6)
    order = dict.fromkeys([*alike, *sorted(holding, key=len)])
    return [one for name in order for one in names[name]][:_NEAR]
