"""Traits that fit what somebody is typing."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from everygenome.errors import StoreError
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
