"""How a budget that does not reach is shared between groups."""

import math
from collections.abc import Mapping

_STEPS = 60


def shared(
    there: Mapping[str, int],
    aims: Mapping[str, int],
    *,
    costs: Mapping[str, float],
    budget: float,
) -> dict[str, int]:
    """People to be asked in each group, so that the group furthest from its aim is nearest to it.

    Args:
        there: people in each group.
        aims: people that there should be.
        costs: of one person.
        budget: money there is; less than the whole would cost.
    """
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        asked = _asked(there, aims, middle)
        if math.fsum(asked[group] * costs[group] for group in asked) <= budget:
            low = middle
        else:
            high = middle
    asked = _asked(there, aims, low)
    left = budget - math.fsum(asked[group] * costs[group] for group in asked)
    # What is left goes to whoever is furthest from the aim, one person at a time.
    while able := [
        group
        for group in asked
        if there[group] + asked[group] < aims[group] and costs[group] <= left
    ]:
        group = min(able, key=lambda one: (there[one] + asked[one]) / aims[one])
        asked[group] += 1
        left -= costs[group]
    return asked


def _asked(there: Mapping[str, int], aims: Mapping[str, int], part: float) -> dict[str, int]:
    return {group: max(0, math.ceil(part * aims[group] - there[group])) for group in aims}
