"""A bar explained: how it follows from a model, and which groups could show absence against it.

Groups are genetic similarity to reference panels, not a person's identity.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from everygenome.errors import UsageError
from everygenome.statistics.distributions import probability_seen
from everygenome.variants.assumptions import assumptions, cautions
from everygenome.variants.bars import Bars
from everygenome.variants.disease import (
    Inheritance,
    Model,
    max_credible_frequency,
    tolerated_copies,
)
from everygenome.variants.formulas import formula_of
from everygenome.variants.frequency import chromosomes_to_show_absence
from everygenome.variants.groups import Group, People, settings_for

_SOURCE = ("gnomAD", "4.1", "joint")
# More people than live: beyond it a number of chromosomes is a slip of the hand.
_MOST_CHROMOSOMES = 20_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerated:
    """The most copies that fit the model, at 95%, on so many chromosomes (AN)."""

    chromosomes: int
    copies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What a group could show against the bar, if all its people were covered at the site.

    Attributes:
        group, label, sampled: code, name, and whom the source samples under it.
        people: sampled; chromosomes: those that they have, fewer for X-linked genes.
        tolerated: the most copies that fit the model, at 95%.
        p_seen: chance that at least one copy was seen of an allele as common as the bar.
        shows_absence: with no copy seen, it would be shown to be below the bar, at 95%.
        missing: chromosomes that are still needed for that; 0: none.
    """

    group: str
    label: str
    sampled: str
    people: int
    chromosomes: int
    tolerated: int
    p_seen: float
    shows_absence: bool
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A bar, and what it rests on.

    Attributes:
        formula: in words; filled: the same with the figures.
        frequency: maximum credible frequency (0-1).
        needed: chromosomes with which none seen shows that an allele is below the bar, at 95%.
        tolerated: for the allele numbers that were asked for.
        groups: of `source`, the largest first.
        assumptions, cautions: sentences; cautions say where it is known not to hold.
    """

    model: Model
    bars: Bars
    formula: str
    filled: str
    frequency: float
    needed: int
    tolerated: tuple[Tolerated, ...]
    source: str
    groups: tuple[Reach, ...]
    assumptions: tuple[str, ...]
    cautions: tuple[str, ...]


def explained(model: Model, bars: Bars, *, chromosomes: Iterable[int] = ()) -> Explained:
    """Explain the bar of a model.

    Args:
        model, bars: as `read_model` gives them.
        chromosomes: allele numbers to tell tolerated copies for; 0 or more.

    Raises:
        UsageError: a number of chromosomes below 0 or beyond all people.

    Example:
        >>> from everygenome.variants.bars import one_bar
        >>> hcm = Model(inheritance=Inheritance.DOMINANT, prevalence=1 / 500,
        ...             max_contribution=0.02, penetrance=0.5)
        >>> told = explained(hcm, one_bar(4e-5, source="typed"), chromosomes=[121_412])
        >>> told.needed, told.tolerated[0].copies
        (74894, 9)
        >>> [one.group for one in told.groups if one.shows_absence]
        ['nfe', 'sas', 'afr']
    """
    frequency = max_credible_frequency(model)
    needed = math.ceil(chromosomes_to_show_absence(bars.rare))
    x = model.inheritance is Inheritance.X_LINKED
    settings = settings_for(*_SOURCE)
    reaches = [
        _reach(group, group.people, frequency, bars.rare, needed, x=x)
        for group in settings.groups.values()
        if group.people is not None
    ]
    formula, filled = formula_of(model, frequency)
    return Explained(
        model=model,
        bars=bars,
        formula=formula,
        filled=filled,
        frequency=frequency,
        needed=needed,
        tolerated=tuple(_tolerated(frequency, an) for an in dict.fromkeys(chromosomes)),
        source=settings.key,
        groups=tuple(sorted(reaches, key=lambda one: -one.chromosomes)),
        assumptions=assumptions(model),
        cautions=cautions(model, bars),
    )


def _tolerated(frequency: float, chromosomes: int) -> Tolerated:
    if not 0 <= chromosomes <= _MOST_CHROMOSOMES:
        raise UsageError(
            f"{chromosomes:,} is no number of chromosomes.", remedy="Give AN, such as 121412."
        )
    return Tolerated(chromosomes=chromosomes, copies=tolerated_copies(frequency, chromosomes))


def _reach(
    group: Group, people: People, frequency: float, bar: float, needed: int, *, x: bool
) -> Reach:
    chromosomes = people.chromosomes(x=x)
    return Reach(
        group=group.code,
        label=group.label,
        sampled=group.sampled,
        people=people.all,
        chromosomes=chromosomes,
        tolerated=tolerated_copies(frequency, chromosomes),
        p_seen=float(probability_seen(bar, chromosomes)),
        shows_absence=chromosomes >= needed,
        missing=max(0, needed - chromosomes),
    )
