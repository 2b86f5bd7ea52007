"""The call simulator: how a portfolio and the field would change if a plan were done."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from everygenome.errors import UsageError
from everygenome.queries.answer import Answer, Note
from everygenome.queries.measures import references
from everygenome.queries.measures.composition import composition
from everygenome.queries.measures.field_portions import OWNERS
from everygenome.queries.measures.grant_coverage import grant_coverage, grant_notes
from everygenome.queries.measures.shared import make
from everygenome.queries.measures.simulated_plan import Sample, sums, understood
from everygenome.queries.measures.simulated_shares import (
    Figures,
    against_reference,
    before_and_after,
)
from everygenome.queries.measures.simulated_traits import closed_gaps, no_gaps, shares_by_trait
from everygenome.queries.notes import note
from everygenome.queries.plan_cells import Planned
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables
from everygenome.vocabulary.terms import CountryRule, Denominator, Rule, Stage, Unit

# Filters that say whose portfolio the plan joins.
WHOSE = (*OWNERS, "publication", "study")
SIDES = ("portfolio", "field")
_SHARES = ("before", "after", "change")
_VALUES = ("value_before", "value_after")
SCHEMA = pa.schema(
    [
        ("group", pa.string()),
        ("is_class", pa.bool_()),
        ("planned", pa.int64()),
        *((f"{side}_{name}", pa.float64()) for side in SIDES for name in _SHARES),
        *((f"{side}_{name}", pa.int64()) for side in SIDES for name in _VALUES),
    ]
)


def simulated(tables: Tables, question: Question, plan: Sequence[Planned]) -> Answer:
    """Add a plan to the records, and set the shares before and after side by side.

    Arithmetic on what the plan states, and no forecast.

    Args:
        tables: the release.
        question: the choices. Its funder, cohort, journal, country, publication and study say
            whose portfolio the plan joins; with none there is the field alone. The field is of
            its years. Samples of another stage than the one chosen are left out, and counted.
        plan: the samples.

    Returns:
        Rows as in `SCHEMA`: by group and class `planned` (participations), for `portfolio_` and
        `field_` each `before`, `after` (shares 0-1 of the denominator), `change` (-1 to 1), and
        `value_before`, `value_after` (participations). The coverage is that of the portfolio (of
        the field, where there is none), and `field`: that of the field; `plan`: `samples`,
        `studies`, `participations`, `participations_of_other_stages`, `shares` by group;
        `traits`: see `shares_by_trait`; `gaps`: see `closed_gaps`; `governed` and
        `groups_without_gaps`: planned groups that are never offered as gaps; and `reference`:
        for each side before and after, see `against_reference`.

    Raises:
        UsageError: a choice that adding cannot be done with.
        InputError: the plan names a group or trait that there is not.
        NotFoundError: no such funder, country or reference.
    """
    _check(question)
    asked = question.but(denominator=question.denominator or Denominator.RECORDED)
    samples = understood(tables, asked, plan)
    against = references.comparison(asked) if asked.reference else None
    plain = asked.but(reference=None, crosswalk=None)
    field = plain.but(**dict.fromkeys(WHOSE))
    entering = [s for s in samples if asked.stage in (Stage.ALL, s.stage)]
    added = sums(entering)
    whole = composition(tables, field)
    answers = {"field": whole}
    if field.selection != plain.selection:
        answers["portfolio"] = composition(tables, plain)
    figures = {side: before_and_after(found, added) for side, found in answers.items()}
    own = answers.get("portfolio", whole)
    governed, others = no_gaps(field, samples)
    covered: dict[str, Any] = {
        **own.coverage,
        "field": dict(whole.coverage),
        "plan": _told(samples, entering, list(figures["field"])),
        "traits": shares_by_trait(tables, field, entering),
        "gaps": closed_gaps(tables, field, samples),
        "governed": governed,
        "groups_without_gaps": others,
    }
    extra = [note("planned_not_done"), note("one_person_many_uses")]
    if covered["gaps"]:
        extra.append(note("gaps_of_the_catalogue"))
    if governed:
        extra.append(note("governed_by_peoples", groups=", ".join(governed)))
    if against is not None:
        covered["reference"] = {
            side: against_reference(
                figures[side], _bases(found, added), against, scheme=asked.grouping
            )
            for side, found in answers.items()
        }
        extra += references.notes_of(against)
    if asked.funder is not None:
        covered["grants"] = grant_coverage(tables, field)
        extra += grant_notes(covered["grants"])
    return make(
        tables,
        asked,
        measure="simulated",
        denominator=asked.denominator or Denominator.RECORDED,
        covered=covered,
        extra=_once(extra),
        filters={"planned": _named(samples), **({"reference": asked.reference} if against else {})},
        table=pa.Table.from_pylist(_rows(figures, added), SCHEMA),
    )


def _check(question: Question) -> None:
    if question.unit is not Unit.PARTICIPATIONS:
        raise UsageError(
            f"A plan adds participations, not {question.unit.value}.", remedy="Leave the unit out."
        )
    if question.rule is Rule.MONITOR2020:
        raise UsageError(
            "A plan is counted by our standard rule alone.", remedy="Leave the rule out."
        )
    if question.country and question.country_rule is CountryRule.SPLIT:
        raise UsageError(
            "The country rule split divides records by a guess, to which a plan cannot be added.",
            remedy="Use the country rule single or any.",
        )
    for name in ("trait", "trait_parent"):
        if getattr(question, name) is not None:
            raise UsageError(
                f"A plan joins the records of all subjects, not those of one {name}.",
                remedy="Name traits in the plan: the answer has the shares within each.",
            )


def _rows(figures: dict[str, Figures], added: dict[str, int]) -> list[dict[str, Any]]:
    rows = []
    for group, field in figures["field"].items():
        row: dict[str, Any] = {
            "group": group,
            "is_class": field["is_class"],
            "planned": added.get(group, 0),
        }
        for side in SIDES:
            found = figures.get(side, {}).get(group, {})
            row |= {f"{side}_{name}": found.get(name) for name in (*_SHARES, *_VALUES)}
        rows.append(row)
    return rows


def _bases(found: Answer, added: dict[str, int]) -> dict[str, int | None]:
    recorded = found.denominator == Denominator.RECORDED
    base = found.coverage["recorded_value" if recorded else "all_value"]
    more = sum(added.values())
    return {"before": base, "after": (base or 0) + more if more else base}


def _told(samples: list[Sample], entering: list[Sample], order: list[str]) -> dict[str, Any]:
    """The plan in figures: all of it, and by group what enters the shares."""
    by_group, inside = sums(samples), sums(entering).total()
    total = by_group.total()
    return {
        "samples": len(samples),
        "studies": len({sample.study for sample in samples}),
        "participations": total,
        "participations_of_other_stages": total - inside,
        "shares": [
            {"group": g, "participations": by_group[g], "share": by_group[g] / total}
            for g in order
            if by_group[g]
        ],
    }


def _named(samples: list[Sample]) -> str:
    studies = len({sample.study for sample in samples})
    return (
        f"{sums(samples).total():,} participations in {studies} stud"
        f"{'y' if studies == 1 else 'ies'}"
    )


def _once(notes: list[Note]) -> list[Note]:
    return list({item.id: item for item in notes}.values())
