"""The door to the call simulator: a plan in any form, and a question in words."""

from pathlib import Path
from typing import TYPE_CHECKING

from everygenome.errors import UsageError
from everygenome.queries.answer import Answer
from everygenome.queries.measures.simulated import simulated
from everygenome.queries.plans import Given, plan_of
from everygenome.queries.question import Question

if TYPE_CHECKING:
    from everygenome.queries.release import Release


def simulate(release: "Release", plan: Given, question: Question) -> Answer:
    """How a portfolio and the field would change if a call funded a plan.

    Args:
        release: the release.
        plan: the text of a table, as somebody pastes it into a form, or samples; see
            `plans.plan_of`. A file is read with `plans.read_plan` before.
        question: whose portfolio it joins, and how is counted; see `measures.simulated`.

    Returns:
        An answer of the measure `simulated`.

    Raises:
        InputError: the plan cannot be read, or names a group or trait that there is not.
        UsageError: a choice that a plan cannot be added with; or a path instead of a plan.
        NotFoundError: no such funder, country or reference.
    """
    if isinstance(plan, Path):
        raise UsageError(
            f"{plan} is the name of a file, not a plan.",
            remedy="Read it with `everygenome.queries.plans.read_plan` first.",
        )
    tables = release.tables
    return simulated(tables, tables.entities.settled(question), plan_of(plan))
