"""How many people: a floor that can be proved, a ceiling, and two named estimates between."""

import ibis
import ibis.expr.types as ir

from everygenome.vocabulary.schemes import Standing

EVERYONE = -1
# A publication; a study without a PubMed number can only stand for itself.
_PAPER = ["pubmed_id", "lone_study"]


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
    own = groups.filter(groups.standing == Standing.ALONE.value).select("category_set", "position")
    placed = ancestry.join(own, "category_set")
    # Repeated rows of one group in one study and stage are different people. Rows without a
    # number stay, so that a group that only they name is shown, as unknown.
    keys = ["pubmed_id", "study_accession", "stage"]
    of_groups = placed.group_by([*keys, "position"]).agg(people=placed.participations.sum())
    of_all = of_groups.group_by(keys).agg(people=of_groups.people.sum())
    per_study = of_groups.union(
        of_all.select(*keys, position=ibis.literal(EVERYONE, "int64"), people=of_all.people)
    )
    per_study = per_study.mutate(
        lone_study=ibis.ifelse(
            per_study.pubmed_id.isnull(),
            per_study.study_accession,
            ibis.null(per_study.study_accession.type()),
        )
    )
    per_paper = per_study.group_by("position", *_PAPER, "stage").agg(people=per_study.people.max())
    table = per_study.group_by("position").agg(
        floor=per_study.people.max(), ceiling=per_study.people.sum()
    )
    by_paper = per_paper.group_by("position").agg(publication_estimate=per_paper.people.sum())
    table = table.join(by_paper, "position")
    if cohorts is None:
        table = table.mutate(cohort_estimate=ibis.null("int64"))
    else:
        table = table.join(_by_cohort_set(per_study, per_paper, cohorts), "position")
    named = table.left_join(groups.select("group", "position").distinct(), "position")
    columns = ("floor", "publication_estimate", "cohort_estimate", "ceiling")
    return named.select(
        "group", **{name: named[name].cast("int64") for name in columns}, position=named.position
    ).order_by("position")


def _by_cohort_set(per_study: ir.Table, per_paper: ir.Table, cohorts: ir.Table) -> ir.Table:
    """Publications with the same set of named cohorts count once, with the largest.

    "UKB|other" names further cohorts without saying which: such a set is not known, and
    its publication stands for itself.
    """
    stated = cohorts.filter(cohorts.cohort_status.isin(["named", "other"]))
    papers = per_study.select("study_accession", *_PAPER).distinct()
    pairs = papers.join(stated, "study_accession").select(*_PAPER, "cohort").distinct()
    sets = pairs.group_by(_PAPER).agg(
        cohorts=pairs.cohort.group_concat("|", order_by=pairs.cohort),
        known=pairs.cohort.notnull().all(),
    )
    sets = sets.filter(sets.known).drop("known")
    joined = per_paper.left_join(
        sets, [per_paper[name].identical_to(sets[name]) for name in _PAPER], rname="{name}_sets"
    )
    # A publication that names no cohort stands for itself.
    unnamed = joined.filter(joined.cohorts.isnull())
    alone = unnamed.group_by("position").agg(people=unnamed.people.sum())
    shared = joined.filter(joined.cohorts.notnull())
    once = shared.group_by("position", "stage", "cohorts").agg(people=shared.people.max())
    together = once.group_by("position").agg(people=once.people.sum())
    both = alone.union(together)
    return both.group_by("position").agg(cohort_estimate=both.people.sum())
