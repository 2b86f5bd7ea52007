"""A dataset as schema.org describes it; only what the entry says."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from everygenome.vocabulary.countries import COUNTRIES
from everygenome.web.datasets import words
from everygenome.web.datasets.places import countries_of, regions_of

if TYPE_CHECKING:
    from everygenome.web.collections.models import Item

_TECHNIQUES = {
    "with-genotypes": "genotyping",
    "with-exomes": "exome sequencing",
    "with-genomes": "whole-genome sequencing",
}


def described(item: "Item", base: str) -> Mapping[str, Any]:
    """An entry as a Dataset. No licence is said: the register does not hold any."""
    data = item.data
    access = data.get("access", {})
    counted = {row["what"] for row in data.get("participants", ())}
    dois = [row.get("doi", "").rpartition("doi.org/")[2] for row in data.get("publications", ())]
    said = {
        "@type": "Dataset",
        "name": item.title,
        "description": data.get("about", ""),
        "url": base + item.address,
        "sameAs": data.get("url"),
        "spatialCoverage": _places(data),
        "measurementTechnique": [word for what, word in _TECHNIQUES.items() if what in counted],
        "conditionsOfAccess": ". ".join(
            part.rstrip(".")
            for part in (words.ROUTES.get(access.get("route", "")), access.get("how"))
            if part
        ),
        "citation": [f"https://doi.org/{doi}" for doi in dois if doi.startswith("10.")],
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "name": "everygenome: Datasets",
            "url": f"{base}/datasets/",
        },
    }
    return {name: value for name, value in said.items() if value}


def _places(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    countries = [
        {"@type": "Country", "name": COUNTRIES[iso3].name, "identifier": iso3}
        for iso3 in countries_of(data)
        if iso3 in COUNTRIES
    ]
    return countries or [{"@type": "Place", "name": region} for region in regions_of(data)]
