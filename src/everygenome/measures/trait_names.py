"""The traits that studies name, and every name under which each is known."""

import ibis
import ibis.expr.types as ir


def traits(study_trait: ir.Table, trait_parent: ir.Table) -> ir.Table:
    """Each trait of the studies, once.

    Args:
        study_trait: `study_accession`, `trait_uri`, `trait_id`.
        trait_parent: `trait_uri`, `trait_label`, `trait_parent`.

    Returns:
        `trait_id`, `trait` (label; missing where the mapping lacks it), `trait_parents` (a list,
        with repeats), `studies` (how many name it, in either stage), by identifier.
    """
    named = study_trait.filter(study_trait.trait_id.notnull())
    counts = named.group_by("trait_id").agg(studies=named.study_accession.nunique())
    terms = named.select("trait_id", "trait_uri").distinct()
    joined = terms.join(trait_parent.drop("trait_id"), "trait_uri")
    words = joined.group_by("trait_id").agg(
        trait=joined.trait_label.min(),
        trait_parents=joined.trait_parent.cast("string").collect(distinct=True),
    )
    found = counts.left_join(words, "trait_id", rname="{name}_words")
    return found.select("trait_id", "trait", "trait_parents", "studies").order_by("trait_id")


def names(
    study_trait: ir.Table, trait_parent: ir.Table, studies: ir.Table, trait_mapping: ir.Table
) -> ir.Table:
    """Every name of those traits, each once: `trait_id`, `kind` and `text`.

    Args:
        study_trait: as in `traits`.
        trait_parent: as in `traits`.
        studies: `study_accession`, `trait_reported`.
        trait_mapping: `trait_reported`, `trait_uri`.

    Returns:
        Names of the kinds "label", "identifier" (the identifier and the whole address) and
        "reported name": the words of the authors of a study that has the trait, or those that
        the trait mapping leads to it.
    """
    named = study_trait.filter(study_trait.trait_id.notnull())
    terms = named.select("trait_id", trait_uri=named.trait_uri.cast("string")).distinct()
    parents = trait_parent.select(
        "trait_label", trait_uri=trait_parent.trait_uri.cast("string")
    ).distinct()
    labels = terms.join(parents, "trait_uri")
    authors = named.join(studies, "study_accession")
    mapped = terms.join(trait_mapping.select("trait_reported", "trait_uri"), "trait_uri")
    parts = [
        labels.select("trait_id", kind=ibis.literal("label"), text=labels.trait_label),
        terms.select("trait_id", kind=ibis.literal("identifier"), text=terms.trait_id),
        terms.select("trait_id", kind=ibis.literal("identifier"), text=terms.trait_uri),
        authors.select("trait_id", kind=ibis.literal("reported name"), text=authors.trait_reported),
        mapped.select("trait_id", kind=ibis.literal("reported name"), text=mapped.trait_reported),
    ]
    every = ibis.union(*parts)
    return every.filter(every.text.notnull()).distinct().order_by("trait_id", "kind", "text")
