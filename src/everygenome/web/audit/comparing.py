"""What a form compares with, and why that cannot be: no crosswalk is ever chosen for a reader."""

from collections.abc import Collection, Mapping
from typing import Any

from everygenome.audit.mapping.kinds import Kind
from everygenome.vocabulary.references import Crosswalk, Reference, crosswalk, crosswalks, reference
from everygenome.web.audit.fields import CROSSWALK, REFERENCE
from everygenome.web.moderation.fields.records import Errors

_NAMES = "Their names are listed above, below the counts."


def wrong(data: Mapping[str, Any], groups: Collection[str], kind: Kind) -> Errors:
    """What is wrong with the reference and the crosswalk of a form, by field.

    Args:
        data: the fields, cleaned.
        groups: of the counts.
        kind: of the groups.
    """
    named, through = data.get(REFERENCE), data.get(CROSSWALK)
    if named is None:
        return (
            {CROSSWALK: ["A crosswalk needs a population to compare with. Please choose one."]}
            if through
            else {}
        )
    found = reference(named)
    if kind.descriptor is found.descriptor:
        return _alike(found, groups, needless=through is not None)
    if through is None:
        return {CROSSWALK: [_apart(found, kind)]}
    return _through(found, crosswalk(through), groups)


def fits(one: Crosswalk, found: Reference) -> bool:
    """Whether a crosswalk starts from the groups of a reference."""
    return set(one.by_from_group) == set(found.groups)


def _alike(found: Reference, groups: Collection[str], *, needless: bool) -> Errors:
    if needless:
        return {
            CROSSWALK: [
                "Your groups and those of the population are of the same kind, so nothing has to "
                "be assumed. Please choose no crosswalk."
            ]
        }
    if not set(groups) & set(found.groups):
        return {REFERENCE: [f"None of your groups is named as in this population. {_NAMES}"]}
    return {}


def _apart(found: Reference, kind: Kind) -> str:
    fitting = [f"“{one.title}”" for one in crosswalks() if fits(one, found)]
    ways = f", or a crosswalk: {' or '.join(fitting)}" if fitting else ""
    return (
        f"The population is counted by {found.descriptor}, and your groups are {kind}. Their "
        "shares cannot be divided by each other. Please choose another population, or none"
        f"{ways}."
    )


def _through(found: Reference, given: Crosswalk, groups: Collection[str]) -> Errors:
    if not fits(given, found):
        fitting = [f"“{one.title}”" for one in crosswalks() if fits(one, found)]
        remedy = f"Please choose {' or '.join(fitting)}." if fitting else "There is none that does."
        return {CROSSWALK: [f"This crosswalk does not start from this population. {remedy}"]}
    if not set(groups) & {row.to_group for row in given.rows}:
        return {CROSSWALK: [f"None of your groups is one that this crosswalk leads to. {_NAMES}"]}
    return {}
