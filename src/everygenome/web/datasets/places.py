"""Where a dataset's people were recruited: countries, and the world's six regions."""

from collections.abc import Mapping
from typing import Any

from everygenome.vocabulary.countries import COUNTRIES
from everygenome.web.datasets import words

# A dataset of several regions that does not say which countries.
UNLISTED = "several"
REGIONS = tuple(region for region in words.REGIONS if region != UNLISTED)


def countries_of(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Alpha-3 codes of the countries of recruitment; none where they are not listed."""
    return tuple(data.get("countries", ()))


def regions_of(data: Mapping[str, Any]) -> tuple[str, ...]:
    """The regions in which people were recruited, in the order of the vocabulary.

    Countries come first: they say more than the region that was chosen. A dataset of several
    regions that lists no country is in none of them.

    Example:
        >>> regions_of({"region": "several", "countries": ["KEN", "PER"]})
        ('Africa', 'Latin America and the Caribbean')
        >>> regions_of({"region": "several"})
        ()
    """
    found = {COUNTRIES[iso3].region for iso3 in countries_of(data) if iso3 in COUNTRIES}
    found = found & set(REGIONS) or {data.get("region")}
    return tuple(region for region in REGIONS if region in found)


def region_facet(data: Mapping[str, Any]) -> list[str]:
    """The regions that a list is narrowed by; `several` for those that are in none."""
    return [*regions_of(data)] or ([UNLISTED] if data.get("region") == UNLISTED else [])
