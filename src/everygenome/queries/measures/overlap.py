"""What two selections of one release have in common: studies and publications, exactly."""

from typing import Any

import ibis
import ibis.expr.types as ir

from everygenome.queries.question import Question
from everygenome.queries.tables import Tables


def overlap(tables: Tables, first: Question, second: Question) -> dict[str, Any]:
    """Studies and publications that only one selection holds, or both.

    Returns:
        `studies` and `publications`, each with `only_a`, `both` and `only_b` (counts), and
        `participations_in_shared_studies` with `a` and `b`: what each selection counts in the
        studies that both hold (missing where no row of them states a number). A study
        without a PubMed number is in no publication.
    """
    # Equal selections have the same places for their values; others have places of their own.
    side = "" if first.selection == second.selection else "b"
    found = tables.run(
        ("overlap", first.selection, second.selection),
        lambda: _counted(tables.selected(first), tables.selected(second, side=side)),
    ).to_pylist()[0]

    def three(name: str) -> dict[str, int]:
        return {part: found[f"{name}_{part}"] for part in ("only_a", "both", "only_b")}

    return {
        "studies": three("studies"),
        "publications": three("publications"),
        "participations_in_shared_studies": {
            side: _whole(found[f"participations_{side}"]) for side in ("a", "b")
        },
    }


def _counted(first: ir.Table, second: ir.Table) -> ir.Table:
    sides = ibis.union(_side(first, in_a=True), _side(second, in_a=False))
    studies = sides.group_by("study_accession").agg(
        in_a=sides.in_a.any(),
        in_b=sides.in_b.any(),
        participations_a=sides.participations.sum(where=sides.in_a),
        participations_b=sides.participations.sum(where=sides.in_b),
    )
    shared = studies.in_a & studies.in_b
    told = studies.agg(
        **_three("studies", studies),
        participations_a=_sum_or_zero(studies, "participations_a", shared),
        participations_b=_sum_or_zero(studies, "participations_b", shared),
    )
    named = sides.filter(sides.pubmed_id.notnull())
    papers = named.group_by("pubmed_id").agg(in_a=named.in_a.any(), in_b=named.in_b.any())
    return told.cross_join(papers.agg(**_three("publications", papers)))


def _side(rows: ir.Table, *, in_a: bool) -> ir.Table:
    """The studies of a selection, with what it counts in each."""
    return rows.group_by("study_accession", "pubmed_id").agg(
        participations=rows.participations.sum().cast("float64"),
        in_a=ibis.literal(in_a),
        in_b=ibis.literal(not in_a),
    )


def _three(name: str, table: ir.Table) -> dict[str, ir.IntegerScalar]:
    return {
        f"{name}_only_a": table.count(where=table.in_a & ~table.in_b),
        f"{name}_both": table.count(where=table.in_a & table.in_b),
        f"{name}_only_b": table.count(where=table.in_b & ~table.in_a),
    }


def _sum_or_zero(table: ir.Table, name: str, where: ir.BooleanValue) -> ir.Value:
    """No shared study: a true zero. Shared ones of which none states a number: missing."""
    return ibis.ifelse(table.count(where=where) == 0, 0.0, table[name].sum(where=where))


def _whole(value: float | None) -> float | int | None:
    # A row divided between countries is no whole number.
    return int(value) if value is not None and value == int(value) else value
