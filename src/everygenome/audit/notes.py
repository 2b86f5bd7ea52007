"""What a reader of an audit must know, and when it applies."""

from collections.abc import Iterator, Sequence

from everygenome.audit.counts import Class
from everygenome.audit.publishing import Published
from everygenome.audit.standing import Expected
from everygenome.audit.tabulating import RECORDED

_SMALLEST_BASE = 100


def notes(
    published: Published,
    expected: Expected | None,
    *,
    group: str,
    repeated: int,
    earlier: bool,
    r2_given: bool,
) -> dict[str, str]:
    """The caveats that apply, by id, in the order in which they are read."""
    return dict(
        _notes(
            published,
            expected,
            group=group,
            repeated=repeated,
            earlier=earlier,
            r2_given=r2_given,
        )
    )


def _notes(
    published: Published,
    expected: Expected | None,
    *,
    group: str,
    repeated: int,
    earlier: bool,
    r2_given: bool,
) -> Iterator[tuple[str, str]]:
    yield (
        "groups_are_labels",
        "A group is a label that somebody chose, not a description of a person. Groups are neither "
        "ranked nor alike within.",
    )
    if any(published.hidden.values()):
        yield (
            "hidden_counts",
            f"Counts from 1 to {published.threshold - 1} are not shown, so that nobody can be "
            "recognised. Where one could be worked out from other numbers, more are hidden with "
            "it, and so is whatever follows from a hidden count.",
        )
    if published.rounded_to > 1:
        yield (
            "rounded_counts",
            f"Counts are rounded to multiples of {published.rounded_to}; shares and all that "
            "follows come from the rounded counts, and parts may not add up.",
        )
    if earlier:
        yield (
            "earlier_reports",
            "Earlier reports of the same data were reckoned with, so that two reports do not tell "
            f"together what neither tells alone. Counts that changed by fewer than "
            f"{published.threshold} are hidden.",
        )
    if published.left_out:
        yield (
            "crossing_left_out",
            "The table of all dimensions together is left out: beside an earlier report it could "
            "tell of a few people.",
        )
    unclear = [one.value for one in Class if one.value in published.values[group]]
    if unclear:
        yield (
            "not_recorded_excluded",
            "Shares are of people whose group is recorded. Those who are counted as "
            f"{_listed(unclear)} are left out of them, and stand in rows of their own. "
            "“At most” says what a group's share of everybody would be if all of them were in it.",
        )
    if Class.SEVERAL.value in published.values[group]:
        yield (
            "several_groups",
            "People of several groups count in none alone. They are not the “Mixed” group of a "
            "census, and are not compared with it.",
        )
    yield (
        "intervals",
        "Intervals say how far a share would move if the same number of people were drawn again "
        "from a large population. They do not tell of who was never asked.",
    )
    if expected is not None:
        yield (
            "reference_date",
            f"The reference is of {expected.reference.date}: {expected.reference.citation}",
        )
        yield from ((f"reference_{n}", said) for n, said in enumerate(expected.reference.notes, 1))
        yield (
            "reference_uncertain",
            "A reference is not exact. Beside each ratio stands what it would be if the reference "
            "share were five points lower or higher; where that changes the verdict, none is "
            "given.",
        )
        yield (
            "shortfall_one_group",
            "Each shortfall is for one group with all others as they are. They cannot be added up, "
            "and are no targets: a people may have reasons not to take part.",
        )
    if expected is not None and expected.crosswalk is not None:
        yield (
            "descriptor_mismatch",
            f"The reference counts people by {expected.reference.descriptor}, which is not what "
            "the dataset records. How one is taken to stand for the other is an assumption "
            f"({expected.crosswalk.title}), so each ratio is a range.",
        )
        yield from ((f"crosswalk_{n}", said) for n, said in enumerate(expected.crosswalk.notes, 1))
    total = published.of((group, RECORDED)).count
    if total is not None and 0 < total < _SMALLEST_BASE:
        yield (
            "small_base",
            f"Only {total} people are recorded: shares move much with a few of them.",
        )
    if repeated:
        yield (
            "repeated_identifiers",
            f"{_many(repeated, published.threshold)} rows have an identifier that stands in an "
            "earlier row. They were counted as they stand, so some people may count more than "
            "once.",
        )
    yield (
        "power_alone",
        "What a group can show is reckoned for that group by itself, for one variant and a trait "
        "measured as a number"
        + (". " if r2_given else ", as if every variant were measured without loss. ")
        + "Analyses that take groups together can show more.",
    )


def _many(count: int, threshold: int) -> str:
    return f"Fewer than {threshold}" if count < threshold else f"{count:,}"


def _listed(names: Sequence[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
