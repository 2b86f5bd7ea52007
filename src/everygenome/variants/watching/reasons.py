"""Why another thing is said than before, as counts, filters and groups tell it."""

from collections.abc import Iterator
from enum import StrEnum

from everygenome.variants.result import Status
from everygenome.variants.watching.model import Said, Told


class Reason(StrEnum):
    """Why a verdict changed, as the counts tell it. Each has its opposite."""

    FOUND = "found for the first time"
    GONE = "no record any more"
    MORE_COPIES = "new copies were seen"
    FEWER_COPIES = "fewer copies are counted"
    MORE_CHROMOSOMES = "more chromosomes were looked at"
    FEWER_CHROMOSOMES = "fewer chromosomes were looked at"
    NUMBER_KNOWN = "it is now known how many were looked at"
    NUMBER_UNKNOWN = "it is not known any more how many were looked at"
    COPIES_KNOWN = "the copies can be counted now"
    COPIES_UNKNOWN = "the copies cannot be counted any more"
    FAILS_FILTER = "it now fails a filter of the source"
    PASSES_FILTER = "it does not fail the source's filters any more"
    OTHER_FILTER = "it fails other filters of the source"
    MORE_GROUPS = "there are groups that were not asked about before"
    FEWER_GROUPS = "groups that were asked about are not there any more"
    OTHER_GROUPS = "other groups are asked about"
    RULES = "the counts are the same: settings of the groups, or this software, changed"


def of_counts(told: Told, tells: Told, before: Said, after: Said) -> Iterator[Reason]:
    """Why what is said of a group changed: the variant came or went, or its counts are others."""
    was, is_now = before.status is Status.FOUND, after.status is Status.FOUND
    if was != is_now:
        yield Reason.FOUND if is_now else Reason.GONE
    elif told.ac is None or tells.ac is None:
        if told.ac != tells.ac and told.an is not None and tells.an is not None:
            yield Reason.COPIES_KNOWN if told.ac is None else Reason.COPIES_UNKNOWN
    elif told.ac != tells.ac:
        yield Reason.MORE_COPIES if tells.ac > told.ac else Reason.FEWER_COPIES
    if told.an is None or tells.an is None:
        if told.an != tells.an and was == is_now:
            yield Reason.NUMBER_KNOWN if told.an is None else Reason.NUMBER_UNKNOWN
    elif told.an != tells.an:
        yield Reason.MORE_CHROMOSOMES if tells.an > told.an else Reason.FEWER_CHROMOSOMES


def of_variant(before: Said, after: Said) -> Iterator[Reason]:
    """Why what is said of a variant changed: it came or went, or its filters are others."""
    was, is_now = before.status is Status.FOUND, after.status is Status.FOUND
    if was != is_now:
        yield Reason.FOUND if is_now else Reason.GONE
    failed, fails = set(before.filters), set(after.filters)
    # Without a record there is nothing that could fail a filter.
    if failed != fails and was and is_now:
        if not failed:
            yield Reason.FAILS_FILTER
        elif not fails:
            yield Reason.PASSES_FILTER
        else:
            yield Reason.OTHER_FILTER


def of_groups(before: Said, after: Said) -> Iterator[Reason]:
    """Which groups came or went."""
    old, new = set(before.groups), set(after.groups)
    if old < new:
        yield Reason.MORE_GROUPS
    elif new < old:
        yield Reason.FEWER_GROUPS
    elif new != old:
        yield Reason.OTHER_GROUPS
