"""A card's figures of today: asked of the current release, and put into words and links."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from everygenome.charts.rows import percent
from everygenome.errors import EverygenomeError
from everygenome.queries.outside import CHOICES
from everygenome.queries.question import Question
from everygenome.queries.release import Release
from everygenome.vocabulary.terms import Denominator, Stage
from everygenome.web.evidence import live as claims
from everygenome.web.evidence.live import Figure, Rule
from everygenome.web.site.releases import SHELF
from everygenome.web.site.state import View

# Beneath it a difference would be told as 0.0 percentage points.
_SMALLEST = 0.05
_STAGES = {
    Stage.DISCOVERY: "discovery stage",
    Stage.REPLICATION: "replication stage",
    Stage.ALL: "discovery and replication together",
}
_SCHEMES = {
    "broad": "our broad groups",
    "detailed": "the catalogue’s own categories",
    "monitor": "the six groups of the GWAS Diversity Monitor",
}
_BASES = {
    Denominator.RECORDED: "records that say clearly who took part",
    Denominator.ALL: "all records, unclear ones too",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What stands beside a published figure.

    Attributes:
        why_not: why there is no figure of today; empty where there is one.
        is_never: no release could give one.
        rule: the rule; None where the card has none that can be followed.
        today: today's figure.
        then: the figure from papers up to the published figure's year.
    """

    why_not: str = ""
    is_never: bool = False
    rule: Rule | None = None
    today: Figure | None = None
    then: Figure | None = None

    @property
    def published(self) -> str:
        """The published figure with its unit sign, or empty."""
        return "" if not self.rule or self.rule.published is None else f"{self.rule.published:g}%"

    @property
    def is_older(self) -> bool:
        """The release is of the published figure's time, as far as that is told, or older."""
        as_of = self.rule.as_of if self.rule else ""
        return bool(self.today and as_of and self.today.release.date[: len(as_of)] <= as_of)

    @property
    def difference(self) -> str:
        """How today's figure differs from the published one, as a sentence; never of made-up data.

        A filter of years makes both figures of the same years, so the rest is the rule, the
        catalogue, or both.
        """
        rule, now = self.rule, self.today
        if rule is None or now is None or rule.published is None or now.release.demonstration:
            return ""
        moved = round(now.share * 100, 1) - rule.published
        if abs(moved) < _SMALLEST:
            return "Our count today is the same, to a tenth of a percentage point."
        way = "higher" if moved > 0 else "lower"
        size = f"{abs(moved):.1f} percentage points"
        return f"Our count today is {size} {way} than the published figure."


def beside(live: Mapping[str, Any] | None) -> Beside | None:
    """What stands beside a card's published figure, or None where the card says nothing of it."""
    if not live:
        return None
    if live.get("cannot"):
        return Beside(why_not=str(live["cannot"]), is_never=True)
    rule, release = None, None
    try:
        rule = claims.rule_of(live)
        release = _current()
        if release is None:
            return Beside(rule=rule, why_not="There is no release here to count in.")
        now = claims.figure(release, rule)
        return Beside(rule=rule, today=now, then=claims.then(release, rule))
    except EverygenomeError as error:
        # A card stands without its figure of today, whatever became of a release.
        if rule is not None and release is None:
            return Beside(rule=rule, why_not="No release can be read just now.")
        return Beside(rule=rule, why_not=claims.reason(error, release) if release else error.what)


def counted(question: Question) -> str:
    """What a question counts, in words.

    Example:
        >>> counted(Question(stage=Stage.ALL, denominator=Denominator.ALL, from_year=2017))
        'participations; discovery and replication together; papers from 2017 on'
    """
    told = [question.unit.value, _STAGES[question.stage]]
    first, last = question.from_year, question.to_year
    if first or last:
        told.append(
            f"papers of {first}"
            if first == last
            else f"papers up to {last}"
            if first is None
            else f"papers from {first} on"
            if last is None
            else f"papers from {first} to {last}"
        )
    if question.country:
        told.append(f"recruited in {question.country}")
    return "; ".join(told)


def base(question: Question) -> str:
    """What a share is of, in words."""
    return _BASES[question.denominator or Denominator.RECORDED]


def groups(question: Question) -> str:
    """How groups are made, in words."""
    return _SCHEMES.get(question.scheme, question.scheme)


def address(question: Question, *, release: str | None = None) -> str:
    """The monitor's view that shows a figure; with a release, the link that never changes."""
    usual = Question()
    said = tuple(
        (name, str(value))
        for name in CHOICES
        if (value := getattr(question, name)) not in (None, getattr(usual, name))
    )
    view = View(release or "", release is not None, question, said)
    return "/composition/" + view.address()


def interval(shown: Figure) -> str:
    """The least and the most that the share of all records could be."""
    if shown.at_least is None or shown.at_most is None:
        return ""
    return f"{percent(shown.at_least)} to {percent(shown.at_most)}"


def _current() -> Release | None:
    listed = SHELF.listed()
    return SHELF.open(listed.current) if listed.current else None
