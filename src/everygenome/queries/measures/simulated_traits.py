"""What a plan adds to each subject that it names: shares, and gaps that it would close."""

from collections.abc import Sequence
from typing import Any

from everygenome.queries.measures.composition import composition
from everygenome.queries.measures.gap_choices import State
from everygenome.queries.measures.gap_matrix import gap_groups
from everygenome.queries.measures.gaps import gaps
from everygenome.queries.measures.simulated_plan import Sample, sums
from everygenome.queries.measures.simulated_shares import before_and_after
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables
from everygenome.vocabulary.governance import Extent, extent
from everygenome.vocabulary.schemes import MULTIPLE_GROUP
from everygenome.vocabulary.terms import Stage

FEW = 2
_ROWS = 1000


def planned_traits(tables: Tables, samples: Sequence[Sample]) -> list[str]:
    """The traits of samples, by label."""
    found = set().union(*(sample.traits for sample in samples)) if samples else set()
    return sorted(found, key=lambda trait: (tables.traits.get(trait) or trait, trait))


def shares_by_trait(
    tables: Tables, field: Question, samples: Sequence[Sample]
) -> list[dict[str, Any]]:
    """Shares of the field within each planned trait, before and after.

    Args:
        tables: the release.
        field: the question about the field.
        samples: those that enter it.

    Returns:
        One row for each trait and group or class: `trait_id`, `trait`, `group`, `is_class`,
        `planned` (participations), `value_before`, `value_after`, `before`, `after`, `change`.
        A sample of several traits is in each of them.
    """
    rows = []
    for trait in planned_traits(tables, samples):
        added = sums([sample for sample in samples if trait in sample.traits])
        found = before_and_after(composition(tables, field.but(trait=trait)), added)
        rows += [
            {
                "trait_id": trait,
                "trait": tables.traits.get(trait) or trait,
                "group": group,
                "planned": added[group],
                **figures,
            }
            for group, figures in found.items()
        ]
    return rows


def closed_gaps(
    tables: Tables, field: Question, samples: Sequence[Sample], *, few: int = FEW
) -> list[dict[str, Any]]:
    """The planned traits and groups that no discovery study names today, or few.

    Only samples of discovery and of one group count: the others name no group there. A group that
    a people governs is no gap, and so is one that only gathers what fits nowhere else.

    Args:
        tables: the release.
        field: the question about the field.
        samples: those of the plan.
        few: so many studies are few; see `gaps`.

    Returns:
        One row for each: `trait_id`, `trait`, `group`, `state_before`, `state_after`,
        `studies_before`, `studies_after` (discovery studies that name the group, alone or with
        others), `planned` (participations), `closed` (some, and no longer few).
    """
    shown = [
        group
        for group in gap_groups(field.grouping)
        if extent(field.grouping, group) is not Extent.WHOLE
    ]
    inside = [
        sample for sample in samples if sample.stage is Stage.DISCOVERY and sample.group in shown
    ]
    traits = planned_traits(tables, inside)
    if not traits:
        return []
    asked = field.but(trait=traits, stage=Stage.DISCOVERY)
    found = gaps(tables, asked, state="all", at_most=few, at_least_studies=0, limit=_ROWS)
    known = {(row["trait_id"], row["group"]): row for row in found.rows}
    rows = []
    for trait in traits:
        for group in shown:
            here = [one for one in inside if trait in one.traits and one.group == group]
            if not here:
                continue
            # A trait of which there is no discovery study at all has no row.
            today = known.get((trait, group), {})
            before = today.get("studies_naming_with_others", 0)
            after = before + len({sample.study for sample in here})
            if _state(before, few) is State.SOME:
                continue
            rows.append(
                {
                    "trait_id": trait,
                    "trait": tables.traits.get(trait) or trait,
                    "group": group,
                    "state_before": today.get("state", State.NONE.value),
                    "state_after": _state(after, few).value,
                    "studies_before": before,
                    "studies_after": after,
                    "planned": sum(sample.participations for sample in here),
                    "closed": _state(after, few) is State.SOME,
                }
            )
    return rows


def no_gaps(field: Question, samples: Sequence[Sample]) -> tuple[list[str], list[str]]:
    """The planned groups that a people governs, wholly or in part, and those that are no group."""
    named = {sample.group for sample in samples} - {MULTIPLE_GROUP}
    scheme = field.grouping
    governed = [g for g in scheme.groups if g in named and extent(scheme, g) is not Extent.NONE]
    others = [g for g in scheme.groups if g in named and g not in gap_groups(scheme)]
    return governed, others


def _state(studies: int, few: int) -> State:
    return State.NONE if studies == 0 else State.FEW if studies <= few else State.SOME
