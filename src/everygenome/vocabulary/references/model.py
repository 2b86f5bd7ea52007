"""What a reference population is, and when a comparison with it makes sense."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from everygenome.errors import UsageError

PEOPLE = "people"


class Descriptor(StrEnum):
    """What kind of thing the groups of a table describe: five kinds, never mixed silently.

    Source: National Academies of Sciences, Engineering, and Medicine 2023, "Using
    Population Descriptors in Genetics and Genomics Research" (keep descriptors apart).
    """

    COUNTRY = "country"
    WORLD_REGION = "world region"
    CENSUS_ETHNIC_GROUP = "ethnic group (census)"
    CENSUS_RACE = "race (census)"
    GENETIC_ANCESTRY_CATEGORY = "genetic ancestry category"


@dataclass(frozen=True, slots=True)
class Reference:
    """A population to compare with: who there is, as against who takes part.

    Attributes:
        name: short name for commands and files, such as `un_wpp2024_regions`.
        title: one line for people.
        descriptor: what kind of groups these are.
        citation: who published the figures, and where.
        date: the day or year that the figures are for.
        licence: terms of the figures.
        source_url: official page of the source; empty where none was given.
        groups: people in each group (0 or more), in the order of the source.
        notes: caveats, as sentences for the reader.
        unit: always people.
    """

    name: str
    title: str
    descriptor: Descriptor
    citation: str
    date: str
    licence: str
    source_url: str
    groups: Mapping[str, float]
    notes: tuple[str, ...] = ()
    unit: str = PEOPLE

    def __post_init__(self) -> None:
        # Built-in tables are read once and shared: a caller must not be able to change them.
        object.__setattr__(self, "groups", MappingProxyType(dict(self.groups)))

    @property
    def total(self) -> float:
        """People in all groups together."""
        return math.fsum(self.groups.values())

    @property
    def shares(self) -> dict[str, float]:
        """Share of each group (0-1); the shares sum to one."""
        total = self.total
        return {group: people / total for group, people in self.groups.items()}


def comparable(reference: Reference, descriptor: Descriptor) -> None:
    """Refuse a comparison between two kinds of descriptor.

    Raises:
        UsageError: the kinds differ; the message gives the reason and the way out.

    Example:
        >>> from everygenome.vocabulary.references import reference
        >>> comparable(reference("un_wpp2024_countries"), Descriptor.COUNTRY)
    """
    if reference.descriptor is descriptor:
        return
    raise UsageError(
        f"The reference {reference.name!r} counts people by {reference.descriptor}, and the "
        f"figures are by {descriptor}: these describe different things, so their shares cannot "
        "be divided by each other.",
        remedy="Choose a reference of the same kind, or give a crosswalk that says, with low and "
        "high weights, how one is taken to stand for the other.",
    )
