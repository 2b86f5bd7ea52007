"""What a plan of recruitment can aim at: people in each group."""

import math
from collections.abc import Collection, Mapping

from everygenome.audit.capability import POWER, people_needed
from everygenome.errors import UsageError
from everygenome.statistics.distributions import GENOME_WIDE, chromosomes_needed


def aim_to_see(
    groups: Collection[str], frequency: float, *, probability: float = 0.95
) -> dict[str, int]:
    """People for seeing an allele of this frequency in each group at least once.

    Example:
        >>> aim_to_see(["A"], 0.001)
        {'A': 1498}
    """
    people = math.ceil(chromosomes_needed(frequency, probability=probability) / 2)
    return dict.fromkeys(groups, people)


def aim_for_power(
    groups: Collection[str],
    frequency: float,
    effect: float,
    *,
    alpha: float = GENOME_WIDE,
    power: float = POWER,
    imputation_r2: Mapping[str, float] | None = None,
) -> dict[str, int]:
    """People for the power asked for, in each group by itself.

    Example:
        >>> aim_for_power(["A", "B"], 0.2, 0.1, imputation_r2={"B": 0.8})
        {'A': 12336, 'B': 15420}
    """
    given = imputation_r2 or {}
    return {
        group: math.ceil(
            people_needed(
                frequency, effect, alpha=alpha, power=power, imputation_r2=given.get(group, 1.0)
            )
        )
        for group in groups
    }


def aim_at_shares(have: Mapping[str, int], shares: Mapping[str, float]) -> dict[str, int]:
    """People for the shares of a reference, when nobody who is there is taken away.

    The group that is furthest above its share sets the size: all others are brought up to it.

    Args:
        have: people in each group.
        shares: share of each (above 0); brought to sum to one over these groups.

    Example:
        >>> aim_at_shares({"A": 80, "B": 10}, {"A": 0.5, "B": 0.5})
        {'A': 80, 'B': 80}
    """
    total = math.fsum(shares[group] for group in have)
    if not all(shares[group] > 0 for group in have):
        raise UsageError(
            "A group has no share in the reference, so no number of people brings it to its share.",
            remedy="Leave it out of the plan.",
        )
    size = max(count * total / shares[group] for group, count in have.items())
    # What is whole but for a rounding error is whole.
    return {group: math.ceil(size * shares[group] / total - 1e-9) for group in have}
