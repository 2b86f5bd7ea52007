"""How many of each group to ask, to reach an aim, and how far a budget reaches.

Where the money does not reach, it is shared so that the group that is furthest from its aim is as
near to it as can be: the part of the aim that is reached is the same for all who are still short.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from everygenome.audit.planning.spending import shared
from everygenome.errors import UsageError

_MOST = 10**10


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What is planned for a group.

    Attributes:
        group: its name.
        have: people there are; None where that is hidden, and then planned as if there were none.
        aim: people there should be; None for a group for which nothing is planned.
        missing: people still to be asked for the aim.
        asked: people that the budget allows for; all that are missing where there is no budget.
        cost: of those who are asked.
        reached: part of the aim that is then reached (0-1); None without an aim.
        governed: a people decides itself about research here: no aim is set by others.
    """

    group: str
    have: int | None
    aim: int | None
    missing: int
    asked: int
    cost: float
    reached: float | None
    governed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan of recruitment.

    Attributes:
        aim: what it aims at, in words.
        groups: what is planned for each.
        cost: of everything that is missing.
        budget: money there is; None: no limit.
        spent: of the budget.
        reached: the part of its aim that each group reaches at least (0-1).
    """

    aim: str
    groups: tuple[Planned, ...]
    cost: float
    budget: float | None
    spent: float
    reached: float


def plan(
    have: Mapping[str, int | None],
    aims: Mapping[str, int],
    *,
    aim: str,
    cost: Mapping[str, float] | float = 1.0,
    budget: float | None = None,
    governed: Collection[str] = (),
) -> Plan:
    """Plan whom to ask.

    Args:
        have: people in each group; None where that is hidden.
        aims: people that there should be in each group.
        aim: what this aims at, in words.
        cost: of one person, for each group or for all; above 0.
        budget: money there is.
        governed: groups for which nothing is planned, as a people decides itself.

    Raises:
        UsageError: a cost that is not above 0, or a budget below 0.

    Example:
        >>> made = plan({"A": 50, "B": 10}, {"A": 100, "B": 100}, aim="100 of each", budget=70)
        >>> [(one.group, one.asked, round(one.reached, 2)) for one in made.groups], made.spent
        ([('A', 15, 0.65), ('B', 55, 0.65)], 70.0)
    """
    costs = {group: cost if isinstance(cost, int | float) else cost[group] for group in have}
    if wrong := [group for group, price in costs.items() if not 0 < price < _MOST]:
        raise UsageError(
            f"The cost of one person in “{wrong[0]}” is {costs[wrong[0]]:g}.",
            remedy="Give a number above 0.",
        )
    if budget is not None and not 0 <= budget < _MOST * _MOST:
        raise UsageError(f"The budget is {budget:g}.", remedy="Give a number of 0 or more.")
    open_aims = {group: aims[group] for group in have if group not in governed}
    there = {group: have[group] or 0 for group in open_aims}
    missing = {group: max(0, aims[group] - there[group]) for group in open_aims}
    whole = math.fsum(missing[group] * costs[group] for group in missing)
    asked = missing
    if budget is not None and whole > budget:
        asked = shared(there, open_aims, costs=costs, budget=budget)
    rows = tuple(
        _planned(
            group,
            have[group],
            aim=open_aims[group],
            missing=missing[group],
            asked=asked[group],
            cost=costs[group],
        )
        if group in open_aims
        else _governed(group, have[group])
        for group in have
    )
    reached = [row.reached for row in rows if row.reached is not None]
    return Plan(
        aim=aim,
        groups=rows,
        cost=whole,
        budget=budget,
        spent=math.fsum(row.cost for row in rows),
        reached=min(reached, default=1.0),
    )


def _planned(
    group: str, have: int | None, *, aim: int, missing: int, asked: int, cost: float
) -> Planned:
    return Planned(
        group=group,
        have=have,
        aim=aim,
        missing=missing,
        asked=asked,
        cost=asked * cost,
        reached=min(1.0, ((have or 0) + asked) / aim) if aim else 1.0,
    )


def _governed(group: str, have: int | None) -> Planned:
    return Planned(
        group=group,
        have=have,
        aim=None,
        missing=0,
        asked=0,
        cost=0.0,
        reached=None,
        governed=True,
    )
