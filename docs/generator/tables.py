"""The columns of each core table, from a release of the demonstration catalogue."""

import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from everygenome.pipeline import core
from everygenome.pipeline.sync import sync_demonstration
from everygenome.sources.gwas_catalog.layout import Kind, layouts
from everygenome.sources.pubmed_grants.arrow import grant_status_table, grants_table
from everygenome.store.folder import Store
from everygenome.tables import ancestry, associations, entities, publications, studies, traits
from generator.text import docstring, table

_MADE_BY: dict[str, tuple[Callable[..., Any], Kind | None]] = {
    "studies": (studies.studies, Kind.STUDIES),
    "ancestry": (ancestry.ancestry, Kind.ANCESTRY),
    "ancestry_category": (ancestry.ancestry_category, None),
    "study_country": (ancestry.study_country, None),
    "study_trait": (traits.study_trait, None),
    "trait_parent": (traits.trait_parent, None),
    "trait_mapping": (traits.trait_mapping, Kind.TRAIT_MAPPINGS),
    "publications": (publications.publications, None),
    "cohorts": (publications.cohorts, None),
    "entities": (entities.entities_table, None),
    "study_cohort": (entities.study_cohort, None),
    "publication_journal": (entities.publication_journal, None),
    "grants": (grants_table, None),
    "grant_status": (grant_status_table, None),
    "funders": (entities.entities_table, None),
    "publication_funder": (entities.publication_funder, None),
    "associations": (associations.associations, Kind.ASSOCIATIONS),
}
_MEANING = re.compile(r"(`\w+`(?: and `\w+`)?) \(([^()]*)\)")
# Columns that several tables share, or whose docstring has no room for them.
_SHARED = {
    "study_accession": "the study's accession",
    "pubmed_id": "PubMed number of the publication",
    "publication_date": "day of publication; missing where it is no date",
    "publication_year": "year of publication; missing where it is not known",
    "date_added": "day on which the catalogue added the study",
    "first_author": "first author, as the catalogue writes it",
    "journal": "journal, as the catalogue writes it",
    "title": "title of the publication",
    "link": "address of the publication in PubMed",
    "stage": "`discovery` or `replication`",
    "ancestry_row": "the row's line in the ancestry file",
    "participations": "individuals in the row; missing where none is stated",
    "category": "one of the categories, as the catalogue labels it",
    "category_set": "the categories of the row, in the vocabulary's order, joined by `;`",
    "category_unreviewed": "the cell holds a label that nobody has reviewed",
    "categories_named": "how many categories the row names",
    "hancestro_id": "the category's identifier in the ontology",
    "country_iso3": "ISO 3166-1 alpha-3 code of a country of recruitment",
    "country_set": "codes of the countries of recruitment, joined by `;`",
    "country_unreviewed": "the cell holds a name that nobody has reviewed",
    "country_partly_reported": 'the cell names countries, and "NR" or an unknown name too',
    "countries_named": "how many countries of recruitment the row names",
    "trait_uri": "address of the trait's term in its ontology",
    "trait_id": "last part of that address, such as EFO_0000249",
    "trait_label": "name of the term",
    "trait_parent": "the catalogue's broad subject; missing where the term has none",
    "trait_parent_uri": "address of the parent's term",
    "cohort_status": "`named`, `not reported`, `other` or `empty`",
    "variant_stated": "the variant, as the catalogue writes it",
    "risk_allele_stated": "the variant and its risk allele, as the catalogue writes it",
    "chromosome": "chromosome, as the catalogue writes it",
    "kind": "`funder`, `cohort` or `journal`",
    "id": "the entity's name in questions and addresses",
    "name": "its name for readers",
    "level": "of a funder: `institute`, `agency` or `country`",
    "parent": "identifier of the funder above",
    "ror": "identifier in the Research Organization Registry, where it is known",
    "crossref": "identifier in the Crossref Funder Registry, where it is known",
    "source": "where what is known of it is from",
    "reviewed": "somebody has reviewed which names mean it",
    "cohort_id": "identifier of the cohort",
    "journal_id": "identifier of the journal",
    "funder_id": "identifier of the funder",
    "grant_row": "the grant's place in the list of its publication",
    "grant_id_stated": "number of the grant, as the source writes it",
    "acronym_stated": "short name of the agency, as the source writes it",
    "agency_stated": "who paid, as the source writes it",
    "country_stated": "country of the agency, as the source writes it",
    "grant_status": "`with grants`, `returned without grants`, `not returned` or `not asked`",
    "grants": "how many grants; missing where nothing was returned",
    "direct": "the list names the funder itself, not only one beneath it",
    "grant_source": "`ncbi`, `europe_pmc`, or `table` for an imported one",
    "retrieved_on": "day on which the source said so",
    "flags": "what is odd about the row; see the [vocabulary](vocabulary.md#flags-on-rows)",
    "source_line": "line in the file",
}


def body() -> str:
    """One section for each table."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        sync_demonstration(store)
        schemas = {name: pq.read_schema(store.resolve() / f"{name}.parquet") for name in _MADE_BY}
        made = set(store.manifests()[0].tables)
    described = {*_MADE_BY, "quarantine"}
    if made != described:
        raise SystemExit(f"docs/generator/tables.py lacks {sorted(made ^ described)}")
    intro = (
        "Each table is a Parquet file in the folder of a release. A column that ends in "
        "`_stated` holds the catalogue's own wording; those that come straight from a column of "
        "its files name it."
    )
    parts = [_section(name, schemas[name], *_MADE_BY[name]) for name in _MADE_BY]
    return "\n\n".join([intro, *parts, _quarantine()])


def _section(name: str, schema: Any, function: Callable[..., Any], kind: Kind | None) -> str:
    text = docstring(function)
    before, _, after = text.partition("**Args**")
    returns = after.partition("**Returns**")[2] or before.partition("**Returns**")[2]
    summary = before.partition("**Returns**")[0].strip()
    meanings = _meanings(text)
    rows = [
        (f"`{field.name}`", _type(field.type), _meaning(field.name, meanings, kind))
        for field in schema
    ]
    listed = table(("Column", "Type", "Meaning"), rows)
    told = returns.partition("**Raises**")[0].strip()
    return f"## {name}\n\n{summary}\n\n{told}\n\n{listed}".replace("\n\n\n\n", "\n\n")


def _meanings(text: str) -> dict[str, str]:
    """What a docstring says in brackets behind the name of a column."""
    found: dict[str, str] = {}
    for names, meaning in _MEANING.findall(" ".join(text.split())):
        for name in re.findall(r"`(\w+)`", names):
            found.setdefault(name, meaning)
    return found


def _meaning(name: str, told: dict[str, str], kind: Kind | None) -> str:
    if name in told:
        return told[name]
    if name in _SHARED:
        return _SHARED[name]
    if kind is not None and name in layouts()[kind].aliases:
        return f"the catalogue's column {layouts()[kind].aliases[name][0]}"
    raise SystemExit(f"docs/generator/tables.py does not say what the column {name} means.")


def _type(kind: Any) -> str:
    return str(kind).replace("element: ", "").replace("l: ", "")


def _quarantine() -> str:
    rows = [(f"`{field.name}`", _type(field.type)) for field in core.QUARANTINE_SCHEMA]
    return (
        "## quarantine\n\nRows that cannot be placed, each with the file, its line, the flag that "
        "says why, and its text.\n\n" + table(("Column", "Type"), rows)
    )
