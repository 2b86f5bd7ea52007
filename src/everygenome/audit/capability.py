"""What so many people can show: rare alleles, and associations of a given size."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from everygenome.audit.publishing import Shown
from everygenome.errors import UsageError
from everygenome.statistics.distributions import (
    GENOME_WIDE,
    association_power,
    detectable_frequency,
)
from everygenome.statistics.noncentral import noncentrality_needed

# Allele frequencies for which power is told, unless others are asked for.
FREQUENCIES = (0.01, 0.05, 0.2, 0.4)
POWER = 0.8
_MOST_PEOPLE = 1e12


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumed:
    """What power rests on.

    Attributes:
        effect: of one allele, in standard deviations of a quantitative trait.
        alpha: two-sided significance level.
        frequencies: allele frequencies.
        seen: probability with which an allele is to be seen at least once.
        imputation_r2: group -> share of the signal that imputation keeps (0-1); 1 where none is
            given: measured genotypes, or an imputation without loss.
    """

    effect: float = 0.1
    alpha: float = GENOME_WIDE
    frequencies: tuple[float, ...] = FREQUENCIES
    seen: float = 0.95
    imputation_r2: Mapping[str, float] | None = None

    def r2(self, group: str) -> float:
        """Share of the signal that imputation keeps in a group (0-1)."""
        return (self.imputation_r2 or {}).get(group, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability:
    """What a group of people can show; all None where its count is hidden, or nobody is in it.

    Attributes:
        group: its name.
        people: in it, or None.
        rarest: smallest allele frequency that is seen at least once with the given probability.
        power: allele frequency -> power (0-1) to find an effect of the given size.
        imputation_r2: share of the signal kept (0-1).
    """

    group: str
    people: int | None
    rarest: float | None
    power: Mapping[float, float | None]
    imputation_r2: float


def capability(group: str, shown: Shown, assumed: Assumed) -> Capability:
    """What a group can show by itself.

    Source: 1 - (1 - p)^(1/2n) for the rarest allele; Sham and Purcell 2014, Nature Reviews Genetics
    15:335, for power.

    Example:
        >>> made = capability("A", Shown(1_000), Assumed())
        >>> round(made.rarest, 6), round(made.power[0.2], 4)
        (0.001497, 0.0001)
    """
    r2 = assumed.r2(group)
    if not shown.count:
        nothing = dict.fromkeys(assumed.frequencies)
        return Capability(
            group=group, people=shown.count, rarest=None, power=nothing, imputation_r2=r2
        )
    return Capability(
        group=group,
        people=shown.count,
        rarest=float(detectable_frequency(2 * shown.count, probability=assumed.seen)),
        power={
            frequency: association_power(
                shown.count, frequency, assumed.effect, alpha=assumed.alpha, imputation_r2=r2
            )
            for frequency in assumed.frequencies
        },
        imputation_r2=r2,
    )


def people_needed(
    frequency: float,
    effect: float,
    *,
    alpha: float = GENOME_WIDE,
    power: float = POWER,
    imputation_r2: float = 1.0,
) -> float:
    """People for the power asked for; not rounded.

    Raises:
        UsageError: a number outside its range; an effect of 0, or one that would explain the trait
            wholly.

    Example:
        >>> round(people_needed(0.2, 0.1))
        12336
    """
    explained = 2 * frequency * (1 - frequency) * effect * effect
    if not 0 < explained < 1 or not 0 < imputation_r2 <= 1:
        raise UsageError(
            f"An allele of frequency {frequency:g} with an effect of {effect:g} explains "
            f"{explained:.3g} of the trait's variance, and imputation keeps {imputation_r2:g}.",
            remedy="Give a frequency and an effect that explain more than 0 and less than 1, and "
            "an r2 above 0.",
        )
    needed = noncentrality_needed(power, alpha=alpha)
    people = needed * (1 - explained) / explained / imputation_r2
    if not people < _MOST_PEOPLE:
        raise UsageError(
            f"An effect of {effect:g} takes more people than there are.",
            remedy="Give a larger effect.",
        )
    return people


def smallest_effect(
    people: int,
    frequency: float,
    *,
    alpha: float = GENOME_WIDE,
    power: float = POWER,
    imputation_r2: float = 1.0,
) -> float:
    """The smallest effect of an allele that so many people find with the power asked for.

    Returns:
        In standard deviations of a quantitative trait.

    Raises:
        UsageError: nobody, or a number outside its range.

    Example:
        >>> round(smallest_effect(12_336, 0.2), 3)
        0.1
    """
    if people <= 0 or not 0 < frequency < 1 or not 0 < imputation_r2 <= 1:
        raise UsageError(
            f"{people} people, an allele of frequency {frequency:g} and an r2 of "
            f"{imputation_r2:g} show no effect of any size.",
            remedy="Give 1 or more people, a frequency between 0 and 1, and an r2 above 0.",
        )
    signal = noncentrality_needed(power, alpha=alpha) / people / imputation_r2
    return math.sqrt(signal / (1 + signal) / (2 * frequency * (1 - frequency)))


def capabilities(groups: Mapping[str, Shown], assumed: Assumed) -> Sequence[Capability]:
    """What each group can show by itself, in the order given."""
    for group, kept in (assumed.imputation_r2 or {}).items():
        if not 0 < kept <= 1:
            raise UsageError(
                f"The imputation r2 of “{group}” is {kept:g}.", remedy="Give more than 0, up to 1."
            )
    if strange := sorted(set(assumed.imputation_r2 or {}) - set(groups)):
        raise UsageError(
            f"An imputation r2 is given for “{strange[0]}”, which is no group of the map.",
            remedy=f"Use one of: {'; '.join(groups)}.",
        )
    return [capability(group, shown, assumed) for group, shown in groups.items()]
