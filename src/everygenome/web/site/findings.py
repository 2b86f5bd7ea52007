"""What a view shows in one release, and how that moved to another: the words of feeds and mails.

A view is the composition under a question. A finding holds all that is told of it, so that it
can be kept after its release is gone.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import parse_qsl

from everygenome.charts import findings
from everygenome.charts.rows import percent
from everygenome.queries.outside import CHOICES, outside
from everygenome.queries.question import Question
from everygenome.queries.release import Release
from everygenome.vocabulary.countries import country
from everygenome.vocabulary.terms import Stage

# A change beneath this (0.05 of a percentage point) would be told as 0.0.
_SMALLEST = 0.0005


@dataclass(frozen=True, slots=True)
class Finding:
    """What a view shows in a release.

    Attributes:
        release: identifier of the release.
        date: its date, as YYYY-MM-DD.
        demonstration: its data were made up.
        total: what is counted, clear or not, in the unit; None where it is not known.
        shares: each group's share (0-1) alone; None where it cannot be said.
        title: what it shows, as a sentence without a full stop.
        notes: the caveats that apply, for the public.
    """

    release: str
    date: str
    demonstration: bool
    total: int | None
    shares: Mapping[str, float | None]
    title: str
    notes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """All of it, ready for JSON."""
        return asdict(self)

    @classmethod
    def of_dict(cls, held: Mapping[str, Any]) -> "Finding":
        """What `to_dict` made."""
        return cls(**{**held, "notes": tuple(held["notes"])})

    @property
    def largest(self) -> str | None:
        """The group with the largest share, or None where no record names one."""
        known = {group: share for group, share in self.shares.items() if share}
        return max(known, key=lambda group: known[group]) if known else None


def finding(release: Release, question: Question) -> Finding:
    """What a view shows in a release.

    Raises:
        NotFoundError: the release lacks a file, a trait or a subject that the view needs.
    """
    # Neither the interval nor a reference population is told, and both take time.
    answer = release.ask("composition", question.but(reference=None, crosswalk=None))
    return Finding(
        release=answer.release.id,
        date=answer.release.date,
        demonstration=answer.release.demonstration,
        total=answer.coverage.get("all_value"),
        shares={row["group"]: row["share"] for row in answer.rows if not row["is_class"]},
        title=findings.composition_finding(
            answer.rows, unit=answer.unit, denominator=answer.denominator
        ),
        notes=tuple(note.text for note in answer.caveats),
    )


def question_of(query: str) -> Question:
    """The question that a kept query asks, such as `?view=1&unit=studies`.

    Raises:
        UsageError: a word of it is known no more.
        NotFoundError: a country or reference of it is known no more.
    """
    given = dict(parse_qsl(query.removeprefix("?")))
    return outside(**{name: given[name] for name in CHOICES if name in given})


def described(question: Question, release: Release) -> str:
    """What a view counts, in words: the start of a sentence, on one line.

    Example: "Participations in the discovery stage, on Alzheimer disease".
    """
    stage = {
        Stage.DISCOVERY: "in the discovery stage",
        Stage.REPLICATION: "in the replication stage",
        Stage.ALL: "in both stages",
    }[question.stage]
    told = [f"{question.unit.value.capitalize()} {stage}"]
    if question.trait is not None:
        told.append(f"on {release.tables.names_of(question).get(question.trait, question.trait)}")
    if question.trait_parent is not None:
        told.append(f"on the subject “{question.names_together('trait_parent')}”")
    names = release.tables.names_of(question)
    for name, words in (
        ("funder", "funded by"),
        ("cohort", "with the cohort"),
        ("journal", "published in"),
    ):
        if (chosen := getattr(question, name)) is not None:
            told.append(f"{words} {names.get(chosen, chosen)}")
    if question.country is not None:
        places = " or ".join(country(code).name for code in question.countries)
        told.append(f"recruited in {places}")
    if question.from_year or question.to_year:
        told.append(_years(question.from_year, question.to_year))
    return _on_one_line(", ".join(told))


def _on_one_line(text: str) -> str:
    """Text for mails and feeds: a name from the catalogue may hold what begins a line of its
    own, turns the direction of writing, or may not stand in XML."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def moved(group: str, before: float | None, after: float | None) -> str:
    """How a group's share (0-1) moved, as a sentence.

    Example:
        >>> moved("A", 0.9, 0.875)
        'The share of A went down by 2.5 percentage points, from 90.0% to 87.5%.'
        >>> moved("A", 0.5, 0.5001)
        'The share of A went up by less than 0.1 percentage points and is 50.0%.'
        >>> moved("A", 0.5, 0.5), moved("A", None, 0.2)
        ('The share of A stayed at 50.0%.', 'The share of A is 20.0%; before, there was no figure.')
    """
    who = f"The share of {group}"
    if after is None:
        return f"{who} cannot be said any more; it was {percent(before)}."
    if before is None:
        return f"{who} is {percent(after)}; before, there was no figure."
    if before == after:
        return f"{who} stayed at {percent(after)}."
    way = "up" if after > before else "down"
    if abs(after - before) < _SMALLEST:
        return f"{who} went {way} by less than 0.1 percentage points and is {percent(after)}."
    size = f"{abs(after - before) * 100:.1f}"
    return (
        f"{who} went {way} by {size} percentage points, from {percent(before)} to {percent(after)}."
    )


def moves(before: Finding, after: Finding) -> list[str]:
    """A sentence for each group whose share moved so that it shows, the largest first."""
    groups = sorted(after.shares, key=lambda group: -(after.shares[group] or 0))
    return [
        moved(group, before.shares.get(group), after.shares[group])
        for group in groups
        if percent(before.shares.get(group)) != percent(after.shares[group])
    ]


def total_moved(unit: str, before: int | None, after: int | None) -> str | None:
    """How the number of what is counted moved, or None where it did not.

    Example:
        >>> total_moved("studies", 8000, 8232)
        'There are 232 studies more: 8,232.'
    """
    if before == after or before is None or after is None:
        return None
    more = "more" if after > before else "fewer"
    return f"There are {abs(after - before):,} {unit} {more}: {after:,}."


def _years(first: int | None, last: int | None) -> str:
    if first == last:
        return f"published in {first}"
    if first is None:
        return f"published up to {last}"
    return f"published from {first} on" if last is None else f"published from {first} to {last}"
