"""Rows that stand for no single group."""

from enum import StrEnum


class Class(StrEnum):
    """What a row is counted as where it stands for no single group of a dimension."""

    MISSING = "Missing"
    REFUSED = "Declined to say"
    SEVERAL = "Several groups"
    UNMAPPED = "Not in the map"


# What tables call the sum of all groups: a group of that name would take its place.
RECORDED = "Recorded"
_FOLDED = {item.casefold(): item for item in Class}


def class_called(name: str) -> Class | None:
    """The class that a name would be taken for; capital letters do not matter.

    Example:
        >>> class_called("missing ")
        <Class.MISSING: 'Missing'>
        >>> class_called("African") is None
        True
    """
    return _FOLDED.get(name.strip().casefold())


def is_reserved(name: str) -> bool:
    """Whether no group can be called so: tables call a class so, or the sum of all groups.

    Example:
        >>> is_reserved("declined to say"), is_reserved("RECORDED "), is_reserved("African")
        (True, True, False)
    """
    return class_called(name) is not None or name.strip().casefold() == RECORDED.casefold()
