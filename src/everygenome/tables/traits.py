"""The core tables `study_trait`, `trait_parent` and `trait_mapping`.

Traits are known by ontology URI. Labels hold commas, so names are never split; the words
that the authors reported are used only where a study has no URI.
"""

import ibis
import ibis.expr.types as ir


def trait_id(uri: ir.StringValue) -> ir.StringValue:
    """The last part of an ontology URI: EFO_0000249, MONDO_0004975, Orphanet_199315."""
    return uri.re_extract("([^/#]+)$", 1)


def trait_quarantine(raw: ir.Table) -> ir.Table:
    """Rows of the raw trait mapping that name no trait: `source_line` and `flag`."""
    empty = raw.filter(raw.trait_uri.isnull() & raw.trait_reported.isnull())
    return empty.select("source_line", flag=ibis.literal("no_trait"))


def trait_mapping(raw: ir.Table) -> ir.Table:
    """The catalogue's own map from reported words to terms and parents, row for row."""
    return raw.select(
        "trait_reported",
        "trait_label",
        "trait_uri",
        "trait_parent",
        "trait_parent_uri",
        "source_line",
    )


def study_trait(raw_studies: ir.Table, raw_mappings: ir.Table | None) -> ir.Table:
    """One row per study and trait.

    Args:
        raw_studies: placed rows of the raw studies table.
        raw_mappings: the raw trait mapping, or None where it was not given.

    Returns:
        `study_accession`, `trait_uri`, `trait_id`, `mapped_by` (`uri` or `reported_trait`).
        A study whose trait is unknown has no row here; it carries the flag `trait_unmapped`.
    """
    stated = raw_studies.filter(raw_studies.mapped_trait_uri_stated.notnull())
    # URIs hold no comma; the labels beside them do.
    by_uri = stated.select(
        "study_accession",
        trait_uri=stated.mapped_trait_uri_stated.re_split(r"\s*,\s*").unnest(),
        mapped_by=ibis.literal("uri"),
    )
    by_uri = by_uri.filter(by_uri.trait_uri != "")
    found = by_uri
    if raw_mappings is not None:
        silent = raw_studies.filter(
            raw_studies.mapped_trait_uri_stated.isnull() & raw_studies.trait_reported.notnull()
        )
        words = raw_mappings.filter(raw_mappings.trait_uri.notnull()).select(
            "trait_reported", "trait_uri"
        )
        by_words = silent.join(words, "trait_reported").select(
            "study_accession", "trait_uri", mapped_by=ibis.literal("reported_trait")
        )
        found = by_uri.union(by_words)
    found = found.distinct()
    return found.select(
        "study_accession",
        "trait_uri",
        trait_id=trait_id(found.trait_uri),
        mapped_by=found.mapped_by,
    )


def trait_parent(
    study_trait: ir.Table, raw_studies: ir.Table, raw_mappings: ir.Table | None
) -> ir.Table:
    """One row per trait and parent; a trait without a parent keeps a row with none.

    Returns:
        `trait_uri`, `trait_id`, `trait_label`, `trait_parent`, `trait_parent_uri`. A trait
        that only the studies name takes its label from a study that names nothing else.
    """
    used = study_trait.select("trait_uri").distinct()
    stated = raw_studies.filter(
        raw_studies.mapped_trait_uri_stated.notnull()
        & ~raw_studies.mapped_trait_uri_stated.contains(",")
    )
    said = stated.group_by(trait_uri=stated.mapped_trait_uri_stated).agg(
        said_label=stated.mapped_trait_stated.min()
    )
    if raw_mappings is None:
        parents = used.mutate(
            trait_label=ibis.null("string"),
            trait_parent=ibis.null("string"),
            trait_parent_uri=ibis.null("string"),
        )
    else:
        given = raw_mappings.filter(raw_mappings.trait_uri.notnull())
        given = given.group_by("trait_uri", "trait_parent").agg(
            trait_label=given.trait_label.min(), trait_parent_uri=given.trait_parent_uri.min()
        )
        alone = used.anti_join(given, "trait_uri").select(
            "trait_uri",
            trait_parent=ibis.null("string"),
            trait_label=ibis.null("string"),
            trait_parent_uri=ibis.null("string"),
        )
        parents = given.union(alone)
    joined = parents.left_join(said, "trait_uri", rname="{name}_said")
    return joined.select(
        "trait_uri",
        trait_id=trait_id(joined.trait_uri),
        trait_label=ibis.coalesce(joined.trait_label, joined.said_label),
        trait_parent=joined.trait_parent,
        trait_parent_uri=joined.trait_parent_uri,
    )
