"""Traits, funders, cohorts and journals that fit what somebody is typing."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from everygenome.errors import NotFoundError, StoreError
from everygenome.web.site.releases import SHELF

_SHOWN = 12
_SHORTEST = 2


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """A few traits, each with its identifier, name, and number of studies."""
    listed = SHELF.listed()
    found = listed.find(request.GET.get("release"))
    wanted = request.GET.get("search", "").strip()[:100]
    if found is None or len(wanted) < _SHORTEST:
        return JsonResponse({"traits": []})
    try:
        rows = SHELF.open(found).trait_search(wanted, limit=_SHOWN).rows
    except StoreError:
        # Its pages say what is wrong; here there is only nothing to suggest.
        return JsonResponse({"traits": []}, status=503)
    return JsonResponse(
        {
            "release": found,
            "traits": [
                {"id": row["trait_id"], "name": row["trait"], "studies": row["studies"]}
                for row in rows
            ],
        },
        headers={"Cache-Control": "public, max-age=300"},
    )


@require_safe
def entities(request: HttpRequest, kind: str) -> HttpResponse:
    """A few funders, cohorts or journals: identifier, name, and what each is part of."""
    listed = SHELF.listed()
    found = listed.find(request.GET.get("release"))
    words = request.GET.get("search", "").strip()[:100].casefold().split()
    if found is None or len("".join(words)) < _SHORTEST:
        return JsonResponse({"entities": []})
    try:
        known = SHELF.open(found).tables.entities.of(kind)
    except NotFoundError:
        # The release knows none: there is nothing to suggest.
        return JsonResponse({"release": found, "entities": []})
    except StoreError:
        return JsonResponse({"entities": []}, status=503)
    fitting = [
        one
        for one in known.values()
        if all(word in f"{one.name} {one.id}".casefold() for word in words)
    ]
    # Whole names first, then those that begin so; the others stay in the order of their names.
    fitting.sort(
        key=lambda one: (one.id not in words, not one.name.casefold().startswith(words[0]))
    )
    return JsonResponse(
        {
            "release": found,
            "entities": [
                {
                    "id": one.id,
                    "name": one.name,
                    "of": known[one.parent].name if one.parent in known else "",
                }
                for one in fitting[:_SHOWN]
            ],
        },
        headers={"Cache-Control": "public, max-age=300"},
    )
