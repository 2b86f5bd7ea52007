"""How common an allele can be at most, if it causes a disease: models, and what they rest on.

Each model says its assumptions in words. None of them decides anything about a patient.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

from everygenome.errors import UsageError
from everygenome.statistics import checks

_LEVEL = 0.95


class Inheritance(StrEnum):
    """How a disease is handed on."""

    DOMINANT = "dominant"
    RECESSIVE = "recessive"
    X_LINKED = "X-linked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A disease, as far as the frequency of its alleles goes.

    Attributes:
        inheritance: how it is handed on.
        prevalence: people with it, of all (0-1); X-linked: of those with one X, see below.
        max_contribution: the largest share of cases that one allele causes (0-1): dominant and
            X-linked, of all cases; recessive, of the alleles in this gene's cases.
        genetic_contribution: recessive: the share of all cases that this gene causes (0-1).
        penetrance: share of carriers who become ill (0-1).
        source: where the figures come from.
        random_mating: False where marriage between relatives is common: the square root of
            prevalence does not hold then.
        founder_effects: a few forebears are known to have made alleles common.
        prevalence_of_everybody: X-linked: the prevalence is of all people, not of those with one X.
        penetrance_with_two_x: X-linked: share of carriers with two X, and one copy, who become
            ill (0-1); used where the prevalence is of everybody.
        counted: the cases that `max_contribution` was reckoned from, such as "104 of 6,179".
        genes: those that it is about; none: not stated.
        population: whom the figures are of; empty: not stated.
    """

    inheritance: Inheritance
    prevalence: float
    max_contribution: float
    penetrance: float
    genetic_contribution: float = 1.0
    source: str = ""
    random_mating: bool = True
    founder_effects: bool = False
    prevalence_of_everybody: bool = False
    penetrance_with_two_x: float = 0.0
    counted: str = ""
    genes: tuple[str, ...] = ()
    population: str = ""

    def __post_init__(self) -> None:
        for name in ("prevalence", "max_contribution", "penetrance", "genetic_contribution"):
            if not 0 < getattr(self, name) <= 1:
                raise UsageError(
                    f"The model's {name} is {getattr(self, name):g}.",
                    remedy="Give a share above 0 and up to 1, such as 0.002 for one in 500.",
                )
        checks.fraction("The model's penetrance_with_two_x", self.penetrance_with_two_x)


def max_credible_frequency(model: Model) -> float:
    """The most common that an allele can be, if it causes the disease as the model says.

    Returns:
        A frequency, up to 1.

    Source: Whiffin et al. 2017, Genetics in Medicine 19:1151, who have no X-linked model. Ours:
    of people with one X, prevalence x contribution / penetrance are carriers, and each has one
    copy, so that this is also the allele's frequency. Where the prevalence is of everybody, half
    of whom have one X, carriers with one X make up f / 2 of all and those with two X f (2f of the
    other half): f = prevalence x contribution / (penetrance / 2 + penetrance with two X).
    It holds for all X chromosomes: a disease that few with one X survive to hand on is rarer
    on the X of parents than among newborns with one X, so that the bar errs to the high side.

    Example:
        >>> pcd = Model(inheritance=Inheritance.RECESSIVE, prevalence=1 / 10_000,
        ...             max_contribution=0.57, genetic_contribution=0.09, penetrance=0.5)
        >>> round(max_credible_frequency(pcd), 5)
        0.00242
        >>> haemophilia_b = Model(inheritance=Inheritance.X_LINKED, prevalence=5e-5,
        ...                       max_contribution=0.1, penetrance=0.9)
        >>> f"{max_credible_frequency(haemophilia_b):.3g}"
        '5.56e-06'
    """
    p, share, penetrance = model.prevalence, model.max_contribution, model.penetrance
    match model.inheritance:
        case Inheritance.DOMINANT:
            found = p / 2 * share / penetrance
        case Inheritance.X_LINKED:
            ill_per_copy = penetrance
            if model.prevalence_of_everybody:
                ill_per_copy = penetrance / 2 + model.penetrance_with_two_x
            found = p * share / ill_per_copy
        case _:
            found = (
                math.sqrt(p) * share * math.sqrt(model.genetic_contribution) / math.sqrt(penetrance)
            )
    return min(1.0, found)


def tolerated_copies(frequency: float, chromosomes: int) -> int:
    """The most copies that so many chromosomes hold by chance, at 95%, of an allele so common.

    Example:
        >>> tolerated_copies(1e-5, 121_412)
        3
    """
    checks.fraction("frequency", frequency)
    # Loaded where it is needed: it takes longer than the rest of a site's start, and few ask.
    from scipy.stats import poisson

    return int(poisson.ppf(_LEVEL, frequency * chromosomes))


def upper_share(cases: int, of: int) -> float:
    """Upper end of the Wald interval of a share of cases, as Whiffin 2017 takes it in Table 1.

    Example:
        >>> round(upper_share(104, 6179), 4)
        0.02

    Raises:
        UsageError: no cases at all, or more than there are.
    """
    if not 0 <= cases <= of or of == 0:
        raise UsageError(f"{cases} of {of} cases is no share.", remedy="Write it as 104/6179.")
    share = cases / of
    from scipy.stats import norm

    reach = float(norm.ppf((1 + _LEVEL) / 2))
    return min(1.0, share + reach * math.sqrt(share * (1 - share) / of))
