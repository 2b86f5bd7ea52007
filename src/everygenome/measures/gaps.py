"""Which groups the discovery studies of each subject name, and since when none has.

A study counts once for a subject and a group, however many of its rows name it. "No study
names this group" is said of the catalogue alone: unclear rows may hide anybody, so the
studies that have some are counted beside it.
"""

import ibis
import ibis.expr.types as ir

from everygenome.vocabulary.schemes import RECORDED_CLASSES, Standing

_RECORDED = [kind.value for kind in RECORDED_CLASSES]


def subject_groups(rows: ir.Table, groups: ir.Table, subjects: ir.Table) -> ir.Table:
    """Studies and participations by subject and group, where there are any.

    Args:
        rows: selected ancestry rows: `study_accession`, `category_set`, `participations`,
            `publication_year`.
        groups: what each set of categories counts for under one scheme.
        subjects: each study's traits, each once: `study_accession`, `trait_id`.

    Returns:
        One row per `trait_id` and `position` (of the group) that a study names, in that order:
        `studies_naming` (with a row of the group alone), `studies_naming_with_others` (with a
        recorded row that names it), `participations` (alone; missing where no row states a
        number), `last_year` (newest year of publication among the studies naming it, also
        with others).
    """
    read = _read(rows, groups).filter(lambda table: ~table.is_class)
    of_study = read.group_by("study_accession", "position").agg(
        alone=read.alone.any(),
        participations=read.participations.sum(where=read.alone),
        year=read.publication_year.max(),
    )
    spread = of_study.join(subjects, "study_accession")
    return (
        spread.group_by("trait_id", "position")
        .agg(
            studies_naming=spread.count(where=spread.alone),
            studies_naming_with_others=spread.count(),
            participations=spread.participations.sum(where=spread.alone),
            last_year=spread.year.max(),
        )
        .order_by("trait_id", "position")
    )


def subject_totals(rows: ir.Table, groups: ir.Table, subjects: ir.Table) -> ir.Table:
    """What each subject has in all; arguments as for `subject_groups`.

    Returns:
        One row per `trait_id`, in that order: `studies_of_trait`, `unclear_studies` (with a
        row that is partly or not reported), `all_value`, `recorded_value` (participations;
        missing where no row states a number). The row without a `trait_id` is of the studies
        without a mapped trait.
    """
    read = _read(rows, groups).filter(lambda table: table.alone)
    of_study = read.group_by("study_accession").agg(
        unclear=(~read.recorded).any(),
        all_value=read.participations.sum(),
        recorded_value=read.participations.sum(where=read.recorded),
    )
    spread = of_study.left_join(subjects, "study_accession", rname="{name}_subject")
    return (
        spread.group_by("trait_id")
        .agg(
            studies_of_trait=spread.count(),
            unclear_studies=spread.count(where=spread.unclear),
            all_value=spread.all_value.sum(),
            recorded_value=spread.recorded_value.sum(),
        )
        .order_by(ibis.asc("trait_id", nulls_first=False))
    )


def _read(rows: ir.Table, groups: ir.Table) -> ir.Table:
    """Each row once for what it counts in, and once for each group it names beside others."""
    known = groups.filter(groups.category_set.notnull()).select(
        "category_set",
        "position",
        "is_class",
        alone=groups.standing == Standing.ALONE.value,
        recorded=groups.set_class.isin(_RECORDED),
    )
    return rows.join(known, "category_set")
