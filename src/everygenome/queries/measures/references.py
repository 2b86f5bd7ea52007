"""Compare a composition with a reference population, through a stated crosswalk."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from everygenome.queries.answer import Note
from everygenome.queries.notes import note
from everygenome.queries.question import Question
from everygenome.statistics.distance import dissimilarity, gini, theil
from everygenome.statistics.representation import log2_ratio, representation_ratio, shortfall
from everygenome.vocabulary.governance import Extent, extent
from everygenome.vocabulary.references import (
    Descriptor,
    ExpectedShare,
    Reference,
    comparable,
    crosswalks,
    expected_shares,
    read_crosswalk,
    read_reference,
    reference,
)
from everygenome.vocabulary.schemes import Scheme


@dataclass(frozen=True, slots=True)
class Comparison:
    """A reference, and the share of it that is taken to stand for each group."""

    reference: Reference
    expected: dict[str, ExpectedShare]
    crosswalk: str | None


def comparison(question: Question) -> Comparison:
    """The reference that a question names, led to its scheme.

    Raises:
        NotFoundError: no such reference.
        UsageError: its groups are of another kind, and there is no crosswalk.
    """
    name = str(question.reference)
    path = Path(name)
    is_file = path.suffix.lower() == ".csv" or path.is_file()
    found = read_reference(path) if is_file else reference(name)
    scheme = question.grouping
    if question.crosswalk is not None:
        given = read_crosswalk(question.crosswalk, scheme, reference=found)
        return Comparison(found, expected_shares(found, given, scheme), given.title)
    if found.descriptor is Descriptor.GENETIC_ANCESTRY_CATEGORY:
        shares = found.shares
        exact = {group: shares[group] for group in scheme.groups if group in shares}
        return Comparison(found, {g: ExpectedShare(s, s, s) for g, s in exact.items()}, None)
    for built_in in crosswalks():
        groups = set(built_in.by_from_group)
        if built_in.scheme == scheme.name and groups == set(found.groups):
            return Comparison(found, expected_shares(found, built_in, scheme), built_in.title)
    comparable(found, Descriptor.GENETIC_ANCESTRY_CATEGORY)
    return Comparison(found, {}, None)


COLUMNS = (
    "reference_share",
    "reference_share_low",
    "reference_share_high",
    "ratio",
    "ratio_low",
    "ratio_high",
    "ratio_if_5_points_less",
    "ratio_if_5_points_more",
    "log2_ratio",
    "shortfall",
)
FIVE_POINTS = 0.05


def compare(
    records: list[dict[str, Any]], against: Comparison, *, total: int | None, scheme: Scheme
) -> None:
    """Add to each record what `COLUMNS` names.

    `ratio_low` and `ratio_high` combine the bootstrap interval of the share with the low
    and high reference share. `ratio_if_5_points_less` and `_more` show what a reference
    share five points off would say. `log2_ratio` is missing where the group has no share. A
    class of its own has none of these: it is no group of people. A group in which a people
    governs research itself has no `shortfall`: that would be a target set by others.
    """
    for record in records:
        expected = None if record["is_class"] else against.expected.get(record["group"])
        record.update(dict.fromkeys(COLUMNS))
        share = record["share"]
        if expected is None or share is None:
            continue
        record["reference_share"] = expected.central
        record["reference_share_low"] = expected.low
        record["reference_share_high"] = expected.high
        record["ratio"] = _ratio(share, expected.central)
        low, high = record["share_low"], record["share_high"]
        record["ratio_low"] = None if low is None else _ratio(low, expected.high)
        record["ratio_high"] = None if high is None else _ratio(high, expected.low)
        less, more = expected.central - FIVE_POINTS, expected.central + FIVE_POINTS
        record["ratio_if_5_points_less"] = _ratio(share, max(0.0, less))
        record["ratio_if_5_points_more"] = _ratio(share, min(1.0, more))
        if share > 0 and expected.central > 0:
            record["log2_ratio"] = log2_ratio(share, expected.central)
        if extent(scheme, record["group"]) is not Extent.NONE:
            continue
        if total and expected.central < 1:
            record["shortfall"] = shortfall(record["value"], total, reference=expected.central)


def distance(records: list[dict[str, Any]]) -> dict[str, float | None]:
    """How far the groups named alone are from the reference, taken together.

    Both sides are brought to sum to one over the groups that have a reference share.

    Returns:
        `dissimilarity`, `gini` (0-1) and `theil` (0 or more; missing where a group was
        counted of which the reference has nobody), `groups_compared`.
    """
    pairs = [
        (row["share"], row["reference_share"])
        for row in records
        if row["share"] is not None and row["reference_share"] is not None
    ]
    observed, expected = sum(p for p, _ in pairs), sum(q for _, q in pairs)
    if not observed or not expected:
        return {"dissimilarity": None, "gini": None, "theil": None, "groups_compared": len(pairs)}
    p = [share / observed for share, _ in pairs]
    q = [share / expected for _, share in pairs]
    beyond = any(there == 0 < here for here, there in zip(p, q, strict=True))
    return {
        "dissimilarity": dissimilarity(p, q),
        "gini": gini(p, q),
        "theil": None if beyond else theil(p, q),
        "groups_compared": len(pairs),
    }


def notes_of(against: Comparison) -> list[Note]:
    """The caveats of a comparison."""
    said = [
        note("reference_date", reference_date=against.reference.date),
        note("shortfall_one_group"),
    ]
    if against.crosswalk is not None:
        said.append(
            note(
                "descriptor_mismatch",
                reference=against.reference.title,
                descriptor=against.reference.descriptor.value,
            )
        )
    return said


def _ratio(share: float, reference_share: float) -> float | None:
    return None if reference_share == 0 else representation_ratio(share, reference_share)
