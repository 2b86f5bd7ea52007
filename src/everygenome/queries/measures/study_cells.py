"""The cells of one study: what was stated beside what we read in it."""

from typing import Any

import pyarrow as pa

from everygenome.vocabulary.countries import country
from everygenome.vocabulary.flags import FLAGS
from everygenome.vocabulary.schemes import Scheme, Standing, members

_CATALOGUE = "https://www.ebi.ac.uk/gwas/studies/"
_PUBMED = "https://pubmed.ncbi.nlm.nih.gov/"
_SEPARATOR = ";"
STUDY = [
    ("study_accession", pa.string()),
    ("pubmed_id", pa.string()),
    ("first_author", pa.string()),
    ("publication_date", pa.date32()),
    ("publication_year", pa.int64()),
    ("date_added", pa.date32()),
    ("journal", pa.string()),
    ("title", pa.string()),
    ("link", pa.string()),
    ("trait_reported", pa.string()),
    ("background_trait_reported", pa.string()),
    ("mapped_trait_stated", pa.string()),
    ("initial_sample_stated", pa.string()),
    ("replication_sample_stated", pa.string()),
    ("platform_stated", pa.string()),
    ("genotyping_technology", pa.string()),
    ("statistical_model", pa.string()),
    ("association_count", pa.int64()),
    ("cohort_stated", pa.string()),
    ("full_summary_statistics_stated", pa.string()),
    ("summary_statistics_location", pa.string()),
]
_COUNTRY = pa.struct([("iso3", pa.string()), ("name", pa.string())])
ANCESTRY = [
    ("ancestry_row", pa.int64()),
    ("stage", pa.string()),
    ("participations", pa.int64()),
    ("participations_stated", pa.string()),
    ("cases", pa.int64()),
    ("controls", pa.int64()),
    ("broad_ancestral_category_stated", pa.string()),
    ("categories", pa.list_(pa.string())),
    ("group", pa.string()),
    ("groups_with_others", pa.list_(pa.string())),
    ("country_of_recruitment_stated", pa.string()),
    ("countries", pa.list_(_COUNTRY)),
    ("country_partly_reported", pa.bool_()),
    ("country_of_origin_stated", pa.string()),
    ("additional_ancestry_description", pa.string()),
    ("flags", pa.list_(pa.struct([("flag", pa.string()), ("meaning", pa.string())]))),
]


def study_cells(row: dict[str, Any]) -> dict[str, Any]:
    """The columns of a study; a study that the studies file lacks has those it can have."""
    return {name: row.get(name) for name, _ in STUDY}


def ancestry_cells(row: dict[str, Any], scheme: Scheme) -> dict[str, Any]:
    """One ancestry row: its words, the categories and countries in them, and its group."""
    categories = row["category_set"].split(_SEPARATOR)
    counted = members(scheme, frozenset(categories))
    countries = (row["country_set"] or "").split(_SEPARATOR)
    read = {
        "categories": categories,
        "group": next(item.group for item in counted if item.standing is Standing.ALONE),
        "groups_with_others": [
            group
            for group in scheme.groups
            if any(item.group == group and item.standing is Standing.NAMED for item in counted)
        ],
        "countries": [{"iso3": iso3, "name": country(iso3).name} for iso3 in countries if iso3],
        "flags": flagged(row["flags"]),
    }
    return {name: row.get(name) for name, _ in ANCESTRY} | read


def flagged(flags: list[str] | None) -> list[dict[str, str]]:
    """Flags, each with its sentence."""
    return [{"flag": flag, "meaning": FLAGS.get(flag, flag)} for flag in flags or []]


def links(accession: str, pubmed: str | None) -> list[dict[str, str]]:
    """Pages elsewhere about a study and its paper."""
    found = [{"label": "This study in the GWAS Catalog", "url": f"{_CATALOGUE}{accession}"}]
    if pubmed and pubmed.isdigit():
        found.append({"label": "The paper in PubMed", "url": f"{_PUBMED}{pubmed}/"})
    return found
