"""The core tables `ancestry`, `ancestry_category` and `study_country`.

One row of the catalogue's ancestry file is one group of people in one study and stage.
Cells that hold lists are read once per distinct text by the scanners in `vocabulary`,
and joined back: what they said and what we made of it stand side by side.
"""

from collections.abc import Iterable

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from everygenome.tables.flags import flag_list, is_accession, whole_number
from everygenome.vocabulary.ancestry import CATEGORIES, LABELS, UNREVIEWED, scan
from everygenome.vocabulary.countries import scan_countries
from everygenome.vocabulary.terms import STAGE_OF_STATED

SEPARATOR = ";"
# The largest study to date has some 5 million participants; no study has a hundred.
PARTICIPATIONS_LIMIT = 100_000_000

STATED = (
    "stage_stated",
    "participations_stated",
    "broad_ancestral_category_stated",
    "country_of_origin_stated",
    "country_of_recruitment_stated",
    "additional_ancestry_description",
    "ancestry_descriptor",
    "founder_population_stated",
    "sample_description",
    "cohort_stated",
    "initial_sample_stated",
    "replication_sample_stated",
)


def category_cells(cells: Iterable[str]) -> pa.Table:
    """Read distinct ancestry cells: `cell`, `category_set`, `unknown`.

    `category_set` lists the categories in the vocabulary's order, joined by ";" (no label
    holds one), with "?" for what is no label. `unknown` joins what is no label, and is
    missing where all are known.
    """
    rows = []
    for cell in cells:
        read = scan(cell)
        ordered = [label for label in LABELS if label in read.categories]
        ordered += [UNREVIEWED] if read.unknown else []
        rows.append(
            {
                "cell": cell,
                "category_set": SEPARATOR.join(ordered),
                "unknown": "; ".join(read.unknown) or None,
            }
        )
    schema = pa.schema([(name, pa.string()) for name in ("cell", "category_set", "unknown")])
    return pa.Table.from_pylist(rows, schema)


def country_cells(cells: Iterable[str]) -> pa.Table:
    """Read distinct country cells: `cell`, `country_set` (ISO 3166-1 alpha-3), `partly`, `unknown`.

    `partly` marks a cell that names countries and also "NR", or a name that nobody has
    reviewed: its people were not all recruited in the countries that it names.
    """
    rows = []
    for cell in cells:
        read = scan_countries(cell)
        rows.append(
            {
                "cell": cell,
                "country_set": SEPARATOR.join(read.iso3) or None,
                "partly": bool(read.iso3) and (read.not_reported or bool(read.unknown)),
                "unknown": "; ".join(read.unknown) or None,
            }
        )
    schema = pa.schema(
        [
            ("cell", pa.string()),
            ("country_set", pa.string()),
            ("partly", pa.bool_()),
            ("unknown", pa.string()),
        ]
    )
    return pa.Table.from_pylist(rows, schema)


def ancestry_quarantine(raw: ir.Table) -> ir.Table:
    """Rows of the raw ancestry table that cannot be placed: `source_line` and `flag`."""
    accession = raw.study_accession
    flag = ibis.cases(
        (accession.isnull(), "no_accession"),
        (~is_accession(accession), "bad_accession"),
        (~raw.stage_stated.isin(list(STAGE_OF_STATED)).fill_null(False), "unknown_stage"),
    )
    table = raw.select("source_line", flag=flag)
    return table.filter(table.flag.notnull())


def ancestry(
    raw: ir.Table,
    *,
    categories: ir.Table,
    countries: ir.Table,
    studies: ir.Table | None,
) -> ir.Table:
    """Core ancestry rows.

    Args:
        raw: the placed rows of raw ancestry, all text, with `source_line` and `corrected`.
        categories: what `category_cells` made of the distinct cells.
        countries: what `country_cells` made of the distinct cells of recruitment.
        studies: `study_accession` of the placed studies, or None without a studies file.

    Returns:
        One row per placed row: `ancestry_row` (its line in the file), `study_accession`,
        `pubmed_id`, `publication_year`, `stage`, `participations` (count, missing where
        unstated), `category_set`, `category_unreviewed`, `country_set`, `countries_named`,
        `country_partly_reported`, `cases` and `controls` (people), what the catalogue stated,
        and `flags`.
    """
    kept = raw.mutate(
        category_key=raw.broad_ancestral_category_stated.fill_null(""),
        country_key=raw.country_of_recruitment_stated.fill_null(""),
    )
    joined = kept.left_join(categories, kept.category_key == categories.cell).drop("cell")
    joined = joined.left_join(
        countries, joined.country_key == countries.cell, rname="{name}_country"
    )
    known = (
        studies.select("study_accession").mutate(has_study=True) if studies is not None else None
    )
    if known is not None:
        joined = joined.left_join(known, "study_accession", rname="{name}_known")
    published = joined.publication_date_stated.try_cast("date")
    number = whole_number(joined.participations_stated)
    people = ibis.ifelse(number <= PARTICIPATIONS_LIMIT, number, ibis.null("int64"))
    table = joined.select(
        "study_accession",
        "pubmed_id",
        ancestry_row=joined.source_line,
        publication_date=published,
        publication_year=published.year().cast("int32"),
        stage=joined.stage_stated.substitute(
            {stated: stage.value for stated, stage in STAGE_OF_STATED.items()}
        ),
        participations=people,
        category_set=joined.category_set,
        category_unreviewed=joined.unknown.notnull(),
        country_set=joined.country_set,
        country_unreviewed=joined.unknown_country.notnull(),
        country_partly_reported=joined.partly,
        countries_named=ibis.ifelse(
            joined.country_set.isnull(), 0, joined.country_set.split(SEPARATOR).length()
        ).cast("int32"),
        cases=whole_number(joined.cases_stated),
        controls=whole_number(joined.controls_stated),
        **{name: joined[name] for name in STATED},
        corrected=joined.corrected,
        mended=joined.mended,
        has_study=joined.has_study if known is not None else ibis.literal(True),
        unreadable=(joined.cases_stated.notnull() & whole_number(joined.cases_stated).isnull())
        | (joined.controls_stated.notnull() & whole_number(joined.controls_stated).isnull()),
    )
    same = ibis.window(group_by=["study_accession", "stage", "category_set"])
    repeated = table.count().over(same) > 1
    flags = flag_list(
        corrected=table.corrected,
        line_mended=table.mended,
        participations_missing=table.participations_stated.isnull(),
        participations_not_a_count=table.participations_stated.notnull()
        & table.participations.isnull(),
        study_missing=table.has_study.isnull(),
        category_missing=table.broad_ancestral_category_stated.isnull(),
        category_unreviewed=table.category_unreviewed,
        country_unreviewed=table.country_unreviewed,
        publication_date_unreadable=table.publication_year.isnull(),
        repeated_group=repeated,
        number_unreadable=table.unreadable,
    )
    return table.mutate(flags=flags).drop("corrected", "mended", "has_study", "unreadable")


def ancestry_category(ancestry: ir.Table) -> ir.Table:
    """The exploded set: one row per ancestry row and category it names, with HANCESTRO id."""
    ids = ibis.memtable(
        pa.table(
            {
                "category": [category.label for category in CATEGORIES],
                "hancestro_id": [category.hancestro_id for category in CATEGORIES],
            }
        )
    )
    named = ancestry.select(
        "ancestry_row", "study_accession", "stage", sets=ancestry.category_set.split(SEPARATOR)
    )
    exploded = named.select(
        "ancestry_row",
        "study_accession",
        "stage",
        categories_named=named.sets.length().cast("int32"),
        category=named.sets.unnest(),
    )
    return exploded.join(ids, "category").select(
        "ancestry_row", "study_accession", "stage", "category", "hancestro_id", "categories_named"
    )


def study_country(ancestry: ir.Table) -> ir.Table:
    """One row per ancestry row and country of recruitment it names.

    Returns:
        `ancestry_row`, `study_accession`, `pubmed_id`, `publication_year`, `stage`,
        `country_iso3`, `countries_named`, `country_partly_reported` (the row says "NR" too),
        `participations` (all of the row's) and
        `participations_split` (the row's, divided equally: an imputation).
    """
    named = ancestry.filter(ancestry.country_set.notnull())
    return named.select(
        "ancestry_row",
        "study_accession",
        "pubmed_id",
        "publication_year",
        "stage",
        "countries_named",
        "country_partly_reported",
        "participations",
        country_iso3=named.country_set.split(SEPARATOR).unnest(),
        participations_split=named.participations / named.countries_named,
    )
