"""Print a plan of recruitment."""

from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from everygenome.audit.planning import Plan, Planned
from everygenome.reports.terminal.cells import MISSING, named, number, share, table_of

_LIMITS = (
    "Power is for one variant and a trait measured as a number, in each group by itself. A plan is "
    "no target for a people that has declined research or governs its own data: ask first."
)


def plan_dict(plan: Plan, *, priced: bool) -> dict[str, Any]:
    """A plan, ready for JSON."""
    return {
        "aim": plan.aim,
        "unit": "people",
        "cost_of_all": plan.cost if priced else None,
        "budget": plan.budget,
        "spent": plan.spent if priced or plan.budget is not None else None,
        "reached_by_each_at_least": plan.reached,
        "groups": [asdict(one) for one in plan.groups],
        "notes": [_LIMITS],
    }


def plan_table(plan: Plan, *, priced: bool) -> RenderableType:
    """One line for each group."""
    table = table_of("Group", "Have", "Aim", "Missing", "To ask")
    if priced:
        table.add_column("Cost", justify="right")
    table.add_column("Reached", justify="right")
    for one in plan.groups:
        table.add_row(*_cells(one, priced=priced))
    told: list[RenderableType] = [Text(f"Aim: {plan.aim}."), table]
    if plan.budget is not None:
        told.append(
            Text(
                f"Budget {number(plan.budget)}: {number(plan.spent)} spent"
                + (f", {number(plan.cost)} needed" if plan.cost > plan.budget else "")
                + f"; every group reaches at least {share(plan.reached)} of its aim."
            )
        )
    if left_out := [one.group for one in plan.groups if one.governed]:
        told.append(
            named(
                f"Nothing is planned for {'; '.join(left_out)}: declined, or governed by the "
                "community."
            )
        )
    if any(one.have is None for one in plan.groups):
        told.append(Text("Hidden counts are taken as 0.", style="dim"))
    return Group(*told, Text(_LIMITS, style="dim"))


def _cells(one: Planned, *, priced: bool) -> list[RenderableType]:
    have = "hidden" if one.have is None else number(one.have)
    if one.governed:
        return [named(one.group), have, *[MISSING] * (5 if priced else 4)]
    return [
        named(one.group),
        have,
        number(one.aim),
        number(one.missing),
        number(one.asked),
        *([number(one.cost)] if priced else []),
        share(one.reached),
    ]
