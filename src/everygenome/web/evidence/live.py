"""Live claims: a published figure, and what a release gives under the same rule.

Nothing here knows the web: a rule comes in as a card holds it, and figures come out of `queries`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from everygenome.errors import EverygenomeError, NotFoundError, UsageError
from everygenome.queries.answer import Answer, ReleaseLabel
from everygenome.queries.outside import outside
from everygenome.queries.question import Question
from everygenome.queries.release import Release

_CHOICES = (
    "unit",
    "stage",
    "denominator",
    "scheme",
    "from_year",
    "to_year",
    "country",
)
# A rule that leaves one of these open would be answered by a default that nobody chose.
_NEEDED = ("measure", "group", "unit", "stage", "denominator", "scheme")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a published figure is set beside.

    Attributes:
        group: whose share.
        question: every choice that the figure depends on.
        published: the published figure, in percent; None where the card has none.
        as_of: when it held, as YYYY, YYYY-MM or YYYY-MM-DD; may be empty.
        same: the published figure was counted by the same rule.
        difference: otherwise, how its rule differs.
    """

    group: str
    question: Question
    published: float | None
    as_of: str
    same: bool
    difference: str

    @property
    def year(self) -> int | None:
        """The year of the published figure."""
        return int(self.as_of[:4]) if self.as_of[:4].isdecimal() else None

    @property
    def is_cumulative(self) -> bool:
        """The figure covers all years up to its date."""
        return self.question.from_year is None and self.question.to_year is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The share of a group in a release, with all that it must not stand without.

    Attributes:
        question: what was asked.
        release: which release answered.
        share: 0-1 of the denominator.
        at_least: share (0-1) of all records that name the group alone.
        at_most: the same, if every record that could hide the group did.
        whole: what the denominator holds, in the unit.
        left_out: share (0-1) of all that the denominator leaves out; None where nothing is known.
        notes: the caveats, for the public.
    """

    question: Question
    release: ReleaseLabel
    share: float
    at_least: float | None
    at_most: float | None
    whole: int | None
    left_out: float | None
    notes: tuple[str, ...]


def rule_of(live: Mapping[str, Any]) -> Rule:
    """The rule of a card.

    Raises:
        UsageError: it leaves something open, or holds a word that is not known.
        NotFoundError: it names a country that is not known.
    """
    open_ = [name for name in _NEEDED if not live.get(name)]
    if open_:
        raise UsageError(f"The rule on this card is not complete: it has no {', no '.join(open_)}.")
    if live["measure"] != "composition":
        raise UsageError("The rule on this card is of a measure that cards cannot show.")
    published = live.get("published")
    return Rule(
        group=str(live["group"]),
        question=outside(**{name: live.get(name) for name in _CHOICES}),
        published=None if published is None else float(published),
        as_of=str(live.get("published_as_of") or ""),
        same=live.get("match") == "same",
        difference=str(live.get("difference") or ""),
    )


def figure(release: Release, rule: Rule) -> Figure:
    """What a release gives under a rule.

    Raises:
        NotFoundError: it lacks a file that the rule needs, has no such group, or no record fits.
        TooLongError: the answer would take too long.
    """
    return _of(_asked(release, rule.question), rule)


def then(release: Release, rule: Rule) -> Figure | None:
    """The same from papers up to the year of the published figure, read in this release.

    It leaves out what was published since; it cannot leave out old papers that the catalogue
    took in later.

    Returns:
        None where the rule is about chosen years, or the release ends in that year or before.
    """
    year = rule.year
    if year is None or not rule.is_cumulative or int(release.label.date[:4]) <= year:
        return None
    return _of(_asked(release, rule.question.but(to_year=year)), rule)


def _asked(release: Release, question: Question) -> Answer:
    """The answer; many cards ask the same, and a release never changes."""
    return release.tables.kept.always(
        ("evidence", question), lambda: release.ask("composition", question)
    )


def _of(answer: Answer, rule: Rule) -> Figure:
    row = next((row for row in answer.rows if row["group"] == rule.group), None)
    if row is None:
        raise NotFoundError(
            f"The scheme {answer.scheme} has no group of the name that the rule gives."
        )
    if row["share"] is None:
        raise NotFoundError("No record of the release fits the rule.")
    covered = answer.coverage
    is_all = answer.denominator == "all"
    return Figure(
        question=rule.question.but(to_year=answer.filters.get("to_year")),
        release=answer.release,
        share=row["share"],
        at_least=row["share_min"],
        at_most=row["share_max"],
        whole=covered.get("all_value" if is_all else "recorded_value"),
        left_out=0.0 if is_all else covered.get("excluded_share"),
        notes=tuple(note.text for note in answer.caveats),
    )


def reason(error: EverygenomeError, release: Release | None) -> str:
    """Why there is no figure today, as sentences."""
    if release is None:
        return "There is no release here to count in."
    if isinstance(error, UsageError):
        return error.what
    return f"The release of {release.label.date} cannot answer this. {error.what}"
