"""The map of the register, and what it offers as reference compositions."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from everygenome.vocabulary.references import reference_for_year
from everygenome.web.collections import files
from everygenome.web.collections.registry import collection_of
from everygenome.web.datasets import references, representation, world
from everygenome.web.datasets.maturity import maturity
from everygenome.web.datasets.places import REGIONS
from everygenome.web.datasets.register import registered
from everygenome.web.site import absolute
from everygenome.web.site.pages import page
from everygenome.web.site.prepared import Prepared


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Where datasets recruited people, beside where people live; and three levels of maturity."""
    datasets = registered()
    year = timezone.now().year
    by_region = reference_for_year("un_wpp2024_regions", year=year)
    by_country = reference_for_year("un_wpp2024_countries", year=year)
    regions = representation.by_region(datasets, by_region.groups)
    countries = representation.by_country(datasets, by_country.groups)
    people = request.GET.get("by") == "people"
    context = {
        "here": "datasets",
        "collection": collection_of("datasets"),
        "count": len(datasets),
        "regions": regions,
        "countries": countries,
        "unplaced": representation.unplaced(datasets),
        "people_total": sum(place.people or 0 for place in regions),
        "levels": [maturity(region, datasets) for region in REGIONS],
        "by_people": people,
        "map": world.picture(countries, people=people),
        "told": world.summary(countries, {place.code: place.datasets for place in regions}),
        "reference": by_region,
    }
    return page(request, "datasets/map", context)


@require_safe
def reference_page(request: HttpRequest) -> HttpResponse:
    """The datasets that are offered as reference compositions, for people."""
    items = references.offered(registered(), absolute.base(request))
    context = {
        "here": "datasets",
        "collection": collection_of("datasets"),
        "items": items,
        "rule": references.RULE,
    }
    return page(request, "datasets/references", context)


@require_safe
def reference_file(request: HttpRequest) -> HttpResponse:
    """The same as JSON; see `references` for its form."""
    items = references.offered(registered(), absolute.base(request))
    said: dict[str, Any] = {
        "count": len(items),
        "licence": collection_of("datasets").licence,
        "rule": references.RULE,
        "items": items,
    }
    text = json.dumps(said, ensure_ascii=False, indent=2) + "\n"
    made = Prepared.of(text.encode(), "application/json", headers=files.OPEN)
    return made.respond(request, dated=False)
