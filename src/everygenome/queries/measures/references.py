"""Compare a composition with a reference population, through a stated crosswalk."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from everygenome.queries.answer import Note
from everygenome.queries.notes import note
from everygenome.queries.question import Question
from everygenome.statistics.representation import representation_ratio, shortfall
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


def compare(records: list[dict[str, Any]], against: Comparison, *, total: int | None) -> None:
    """Add reference share, ratio with its bounds, and shortfall to each record.

    The bounds combine the bootstrap interval of the share with the low and high reference
    share. A class of its own has none: it is no group of people.
    """
    for record in records:
        expected = None if record["is_class"] else against.expected.get(record["group"])
        record.update(
            dict.fromkeys(
                (
                    "reference_share",
                    "reference_share_low",
                    "reference_share_high",
                    "ratio",
                    "ratio_low",
                    "ratio_high",
                    "shortfall",
                )
            )
        )
        if expected is None or record["share"] is None:
            continue
        record["reference_share"] = expected.central
        record["reference_share_low"] = expected.low
        record["reference_share_high"] = expected.high
        record["ratio"] = _ratio(record["share"], expected.central)
        low, high = record["share_low"], record["share_high"]
        record["ratio_low"] = None if low is None else _ratio(low, expected.high)
        record["ratio_high"] = None if high is None else _ratio(high, expected.low)
        if total and expected.central < 1:
            record["shortfall"] = shortfall(record["value"], total, reference=expected.central)


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
