"""Participations in equal portions: for comparing like with like, by trait, year and stage.

A study of three traits is a third part each of three subjects. Its participations are so
divided, and nothing is lost or counted twice: the portions of a group add up to its
participations in `composition`.
"""

import ibis
import ibis.expr.types as ir

from everygenome.vocabulary.schemes import Standing
from everygenome.vocabulary.terms import Denominator


def portions(
    ancestry: ir.Table,
    groups: ir.Table,
    *,
    study_trait: ir.Table,
    trait_parent: ir.Table,
    denominator: Denominator,
) -> ir.Table:
    """Each study's participations, in equal portions for its traits and the traits' parents.

    A study with m traits gives 1/m of its participations to each, and of that 1/k to each of
    a trait's k parents. A study without a trait, and a trait without a parent, keep their
    portion whole, under a missing name.

    Args:
        ancestry: `study_accession`, `pubmed_id`, `publication_year`, `stage`, `category_set`,
            `participations` (count, missing where unstated); one row per group of people in
            one study and stage.
        groups: what each set of categories counts for under one scheme; see `composition`.
        study_trait: each study's traits: `study_accession`, `trait_uri`; none where unmapped.
        trait_parent: each trait's parents: `trait_uri`, `trait_parent`; missing where none.
        denominator: `RECORDED` keeps single groups and "Multiple"; `ALL` the other classes too.

    Returns:
        One row per `cluster` (PubMed number, or accession where there is none), `trait_uri`,
        `trait_parent`, `publication_year`, `stage`, `group`, `position` (of the group) and
        `parts` (m x k), in that order, with `value`: participations, not whole, and missing
        where rows name the group but none states a number. `parts` keeps apart what was
        divided differently, so that each value is one division of a sum of whole numbers and
        does not depend on the order in which an engine adds.
    """
    alone = groups.filter(
        groups.category_set.notnull() & (groups.standing == Standing.ALONE.value)
    ).select("category_set", "group", "position", "in_recorded")
    if denominator is Denominator.RECORDED:
        alone = alone.filter(alone.in_recorded)
    named = ancestry.select(
        "study_accession",
        "publication_year",
        "stage",
        "category_set",
        "participations",
        cluster=ancestry.pubmed_id.fill_null(ancestry.study_accession),
    ).join(alone, "category_set")
    keys = ["cluster", "publication_year", "stage", "group", "position"]
    # Rows are many and places few: add up within a study before it is spread over its traits.
    of_study = named.group_by(["study_accession", *keys]).agg(people=named.participations.sum())
    places = _places(study_trait, trait_parent)
    # A left join: a study that names no trait has no place here, and must not vanish.
    spread = of_study.left_join(places, "study_accession", rname="{name}_place")
    spread = spread.mutate(parts=spread.parts.fill_null(1))
    order = ["cluster", "trait_uri", "trait_parent", *keys[1:], "parts"]
    summed = spread.group_by(order).agg(people=spread.people.sum())
    return summed.select(
        *order, value=summed.people.cast("float64") / summed.parts.cast("float64")
    ).order_by(order)


def _places(study_trait: ir.Table, trait_parent: ir.Table) -> ir.Table:
    """Each study's traits with each trait's parents, and `parts`: the product of how many."""
    traits = study_trait.filter(study_trait.trait_uri.notnull())
    traits = traits.select("study_accession", "trait_uri").distinct()
    each = ibis.window(group_by="study_accession")
    traits = traits.mutate(traits=traits.count().over(each))
    parents = trait_parent.filter(trait_parent.trait_parent.notnull())
    parents = parents.select("trait_uri", "trait_parent").distinct()
    each = ibis.window(group_by="trait_uri")
    parents = parents.mutate(parents=parents.count().over(each))
    # A trait that has no parent, or that the mapping lacks, keeps its portion whole.
    both = traits.left_join(parents, "trait_uri", rname="{name}_parent")
    return both.select(
        "study_accession",
        "trait_uri",
        "trait_parent",
        parts=(both.traits * both.parents.fill_null(1)).cast("int64"),
    )
