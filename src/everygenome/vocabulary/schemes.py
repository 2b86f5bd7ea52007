"""Grouping schemes: how the 17 categories are put together for a table or a chart.

`detailed` keeps them all; `broad` is ours; `monitor` has the six groups of the GWAS
Diversity Monitor (Mills and Rahal 2020, Nature Genetics 52:242), for comparison.
A group is a label in the catalogue's records, not a description of a person.
"""

from dataclasses import dataclass
from enum import StrEnum

from everygenome.vocabulary.ancestry import (
    LABELS,
    NOT_REPORTED,
    UNREVIEWED,
    SetClass,
    classify,
)

MULTIPLE_GROUP = "Multiple"
PARTLY_REPORTED_GROUP = "Partly reported"
NOT_REPORTED_GROUP = "Not reported"
UNREVIEWED_GROUP = "Unreviewed"
# Classes of their own: rows that stand for no single group.
CLASS_GROUPS = (MULTIPLE_GROUP, PARTLY_REPORTED_GROUP, NOT_REPORTED_GROUP, UNREVIEWED_GROUP)

_BROAD = {
    "European": "European",
    "East Asian": "East Asian",
    "South Asian": "South Asian",
    "South East Asian": "Other Asian",
    "Central Asian": "Other Asian",
    "Asian unspecified": "Other Asian",
    "African unspecified": "African",
    "Sub-Saharan African": "African",
    "African American or Afro-Caribbean": "African American or Afro-Caribbean",
    "Hispanic or Latin American": "Hispanic or Latin American",
    "Greater Middle Eastern (Middle Eastern, North African or Persian)": "Greater Middle Eastern",
    "Native American": "Indigenous and Oceanian",
    "Oceanian": "Indigenous and Oceanian",
    "Aboriginal Australian": "Indigenous and Oceanian",
    "Other": "Other",
    "Other admixed ancestry": "Other",
}
_MONITOR = _BROAD | {
    "East Asian": "Asian",
    "South Asian": "Asian",
    "South East Asian": "Asian",
    "Central Asian": "Asian",
    "Asian unspecified": "Asian",
    "Greater Middle Eastern (Middle Eastern, North African or Persian)": "Other/Mixed",
    "Native American": "Other/Mixed",
    "Oceanian": "Other/Mixed",
    "Aboriginal Australian": "Other/Mixed",
    "Other": "Other/Mixed",
    "Other admixed ancestry": "Other/Mixed",
}


@dataclass(frozen=True, slots=True)
class Scheme:
    """A named way to group the categories.

    Attributes:
        name: `detailed`, `broad` or `monitor`.
        groups: the groups in the order in which they are shown.
        group_of: category label to group; every category but "NR" has one.
    """

    name: str
    groups: tuple[str, ...]
    group_of: dict[str, str]

    def map(self, categories: frozenset[str]) -> frozenset[str]:
        """Map a set of categories to groups; "NR" and "?" stay as they are.

        Raises:
            KeyError: a label that is no category.
        """
        return frozenset(
            label if label in (NOT_REPORTED, UNREVIEWED) else self.group_of[label]
            for label in categories
        )


def _scheme(name: str, group_of: dict[str, str]) -> Scheme:
    return Scheme(name, tuple(dict.fromkeys(group_of.values())), group_of)


DETAILED = _scheme("detailed", {label: label for label in LABELS if label != NOT_REPORTED})
BROAD = _scheme("broad", _BROAD)
MONITOR = _scheme("monitor", _MONITOR)
SCHEMES: dict[str, Scheme] = {scheme.name: scheme for scheme in (DETAILED, BROAD, MONITOR)}


class Standing(StrEnum):
    """How a row stands to a group: wholly in it, or naming it among others."""

    ALONE = "alone"
    NAMED = "named"


_CLASS_GROUP = {
    SetClass.MULTIPLE: MULTIPLE_GROUP,
    SetClass.PARTLY_REPORTED: PARTLY_REPORTED_GROUP,
    SetClass.NOT_REPORTED: NOT_REPORTED_GROUP,
    SetClass.UNREVIEWED: UNREVIEWED_GROUP,
}
RECORDED_CLASSES = (SetClass.SINGLE, SetClass.MULTIPLE)


@dataclass(frozen=True, slots=True)
class Member:
    """What a set of categories counts for: a group, and how it stands to it."""

    group: str
    standing: Standing
    set_class: SetClass


def members(scheme: Scheme, categories: frozenset[str]) -> tuple[Member, ...]:
    """What a row with these categories counts for under a scheme.

    The set is mapped and deduplicated first, and classified then. A row that names
    several groups counts as "Multiple", and stands beside each group it names; a row
    that is not fully reported counts in its own class alone.

    Example:
        >>> [m.group for m in members(BROAD, frozenset({"Central Asian", "South East Asian"}))]
        ['Other Asian']
        >>> [m.group for m in members(BROAD, frozenset({"European", "East Asian"}))]
        ['Multiple', 'East Asian', 'European']
    """
    groups = scheme.map(categories)
    kind = classify(groups)
    if kind is SetClass.SINGLE:
        return (Member(next(iter(groups)), Standing.ALONE, kind),)
    own = Member(_CLASS_GROUP[kind], Standing.ALONE, kind)
    if kind is not SetClass.MULTIPLE:
        return (own,)
    return (own, *(Member(group, Standing.NAMED, kind) for group in sorted(groups)))
