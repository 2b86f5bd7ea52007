"""How many people: a floor that can be proved, a ceiling, and two named estimates between."""

import ibis
import ibis.expr.types as ir

from everygenome.vocabulary.schemes import Standing


def people(ancestry: ir.Table, groups: ir.Table, *, cohorts: ir.Table | None) -> ir.Table:
    """Bounds and estimates of the number of people, for each group and for everyone.

    Args:
        ancestry: selected ancestry rows.
        groups: what each set of categories counts for under one scheme.
        cohorts: core cohorts, or None where no file has the COHORT column.

    Returns:
        One row per group that has rows, and first one with a missing `group` for everyone.
        All in people, and missing where no row of the group states a number:
        `floor`: the largest total of one study and stage, which sums its repeated rows;
        `publication_estimate`: each publication counts once, with its largest study, in each
        stage. It counts too few where a publication's studies hold different people, and too
        many where publications share people;
        `cohort_estimate`: as before, and publications whose studies name the same set of
        cohorts count once, with the largest; missing without the COHORT column;
        `ceiling`: participations, as if nobody's data had been used twice.
    """
    labelled = ancestry.join(groups.filter(groups.standing == Standing.ALONE.value), "category_set")
    everyone = labelled.mutate(group=ibis.null("string"), position=ibis.literal(-1, "int64"))
    columns = ["group", "position", "study_accession", "pubmed_id", "stage", "participations"]
    rows = labelled.select(columns).union(everyone.select(columns))
    # Repeated rows of one group in one study and stage are different people. Rows without a
    # number stay, so that a group that only they name is shown, as unknown.
    per_study = rows.group_by("group", "position", "pubmed_id", "study_accession", "stage").agg(
        people=rows.participations.sum()
    )
    # Without a PubMed number a study can only stand for itself.
    per_study = per_study.mutate(
        paper=ibis.coalesce(per_study.pubmed_id, per_study.study_accession)
    )
    per_paper = per_study.group_by("group", "position", "paper", "stage").agg(
        people=per_study.people.max()
    )
    bounds = per_study.group_by("group", "position").agg(
        floor=per_study.people.max(), ceiling=per_study.people.sum()
    )
    by_paper = per_paper.group_by("group").agg(publication_estimate=per_paper.people.sum())
    joined = bounds.left_join(
        by_paper, bounds.group.identical_to(by_paper.group), rname="{name}_paper"
    )
    if cohorts is None:
        joined = joined.mutate(cohort_estimate=ibis.null("int64"))
    else:
        by_cohort = _by_cohort_set(per_study, per_paper, cohorts)
        joined = joined.left_join(
            by_cohort, joined.group.identical_to(by_cohort.group), rname="{name}_cohort"
        )
    return joined.select(
        "group",
        floor=joined.floor.cast("int64"),
        publication_estimate=joined.publication_estimate.cast("int64"),
        cohort_estimate=joined.cohort_estimate.cast("int64"),
        ceiling=joined.ceiling.cast("int64"),
        position=joined.position,
    ).order_by("position")


def _by_cohort_set(per_study: ir.Table, per_paper: ir.Table, cohorts: ir.Table) -> ir.Table:
    """Publications with the same set of named cohorts count once, with the largest."""
    named = cohorts.filter(cohorts.cohort_status == "named")
    papers = per_study.select("study_accession", "paper").distinct()
    pairs = papers.join(named, "study_accession").select("paper", "cohort").distinct()
    sets = pairs.group_by("paper").agg(
        cohorts=pairs.cohort.group_concat("|", order_by=pairs.cohort)
    )
    joined = per_paper.left_join(sets, "paper", rname="{name}_sets")
    # A publication that names no cohort stands for itself.
    keyed = joined.mutate(key=ibis.coalesce(joined.cohorts, joined.paper))
    once = keyed.group_by("group", "stage", "key").agg(people=keyed.people.max())
    return once.group_by("group").agg(cohort_estimate=once.people.sum())
