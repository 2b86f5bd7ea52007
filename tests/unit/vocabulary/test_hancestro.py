"""The ancestry categories' identifiers, against the ontology release that we name."""

import gzip
import json
from pathlib import Path

import pytest

from everygenome.vocabulary.ancestry import CATEGORIES, HANCESTRO_RELEASE

# What release 2025-04-01 calls each term. The ontology has renamed some terms since the
# catalogue chose its labels, and the last three are our own mapping.
ONTOLOGY_LABELS = {
    "European": "European ancestry",
    "South Asian": "South Asian ancestry",
    "South East Asian": "South East Asian ancestry",
    "Asian unspecified": "Asian ancestry",
    "East Asian": "East Asian ancestry",
    "Central Asian": "Central Asian ancestry",
    "African unspecified": "African ancestry",
    "Sub-Saharan African": "Sub-Saharan African",
    "African American or Afro-Caribbean": "African American or Afro-Caribbean ancestry",
    "Native American": "Indigenous American ancestry",
    "Hispanic or Latin American": "Latin or Admixed American ancestry",
    "Greater Middle Eastern (Middle Eastern, North African or Persian)": (
        "Greater Middle Eastern (Middle Eastern or North African or Persian) ancestry"
    ),
    "Oceanian": "Oceanian ancestry",
    "Aboriginal Australian": "Aboriginal Australian ancestry",
    "Other": "uncategorised population",
    "Other admixed ancestry": "admixed ancestry",
    "NR": "undefined ancestry population",
}


@pytest.fixture(scope="module")
def ontology(test_data: Path) -> dict:
    path = test_data / "vocabulary" / "hancestro-base.json.gz"
    return json.loads(gzip.decompress(path.read_bytes()))["graphs"][0]


def test_the_release_is_the_one_we_name(ontology: dict) -> None:
    assert f"/releases/{HANCESTRO_RELEASE}/" in ontology["meta"]["version"]


def test_each_identifier_is_the_term_that_we_think_it_is(ontology: dict) -> None:
    terms = {
        node["id"].rpartition("/")[2].replace("_", ":"): node
        for node in ontology["nodes"]
        if not node.get("meta", {}).get("deprecated")
    }
    found = {category.label: terms[category.hancestro_id]["lbl"] for category in CATEGORIES}
    assert found == ONTOLOGY_LABELS


def test_terms_mapped_by_the_ontology_carry_the_catalogues_label_but_for_three() -> None:
    renamed = {
        category.label
        for category in CATEGORIES
        if category.mapped_by == "HANCESTRO"
        and ONTOLOGY_LABELS[category.label].removesuffix(" ancestry")
        != category.label.removesuffix(" unspecified")
    }
    assert renamed == {
        "Native American",
        "Hispanic or Latin American",
        "Greater Middle Eastern (Middle Eastern, North African or Persian)",
    }
