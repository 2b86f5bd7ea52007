"""Shares before and after participations are added: plain arithmetic on a composition."""

from collections.abc import Mapping
from typing import Any

from everygenome.queries.answer import Answer
from everygenome.queries.measures.bands import OUTSIDE_RECORDED
from everygenome.queries.measures.references import Comparison, compare, distance
from everygenome.vocabulary.schemes import Scheme
from everygenome.vocabulary.terms import Denominator

Figures = dict[str, dict[str, Any]]


def before_and_after(found: Answer, added: Mapping[str, int]) -> Figures:
    """A composition in participations, and the same with more of them.

    Args:
        found: the composition, in a unit that adds up.
        added: participations that are added to each group; those of a plan are all recorded.

    Returns:
        By group or class: `value_before`, `value_after` (participations; missing where records
        name the group, none states a number, and none is added), `before`, `after` (shares 0-1
        of the denominator; missing for a class outside it), `change` (-1 to 1, after less before).
        Nothing added changes nothing.
    """
    recorded = found.denominator == Denominator.RECORDED
    base = found.coverage["recorded_value" if recorded else "all_value"]
    more = sum(added.values())
    whole = (base or 0) + more
    figures: Figures = {}
    for row in found.rows:
        value, new = row["value"], added.get(row["group"], 0)
        after = (value or 0) + new if new else value
        share = row["share"]
        if more:
            outside = recorded and row["group"] in OUTSIDE_RECORDED
            share = None if outside or after is None else after / whole
        before = row["share"]
        figures[row["group"]] = {
            "is_class": row["is_class"],
            "value_before": value,
            "value_after": after,
            "before": before,
            "after": share,
            "change": None if before is None or share is None else share - before,
        }
    return figures


def against_reference(
    figures: Figures, base: Mapping[str, int | None], against: Comparison, *, scheme: Scheme
) -> dict[str, Any]:
    """How far both are from a reference population.

    Args:
        figures: as `before_and_after` gives them.
        base: participations in the denominator, `before` and `after`.
        against: the reference, led to the scheme.
        scheme: how groups are made.

    Returns:
        For `before` and for `after`: `distance` (see `references.distance`) and `shortfall`, the
        participations that each group still lacks, one at a time; a group that a people governs
        has none.
    """
    told: dict[str, Any] = {}
    for when in ("before", "after"):
        records: list[dict[str, Any]] = [
            {
                "group": group,
                "is_class": row["is_class"],
                "value": row[f"value_{when}"],
                "share": row[when],
                "share_low": None,
                "share_high": None,
            }
            for group, row in figures.items()
        ]
        compare(records, against, total=base[when], scheme=scheme)
        told[when] = {
            "distance": distance(records),
            "shortfall": {
                row["group"]: row["shortfall"] for row in records if row["shortfall"] is not None
            },
        }
    return told
