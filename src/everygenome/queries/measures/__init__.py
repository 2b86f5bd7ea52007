"""The measures by name, and how a question is made from words."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from everygenome.errors import UsageError
from everygenome.measures.selection import SEPARATOR
from everygenome.queries.answer import Answer
from everygenome.queries.measures import (
    amounts,
    beneath,
    composition,
    concentration,
    countries,
    densities,
    gaps,
    monitor,
    peers,
    people,
    points,
    portfolio,
    standardised,
    studies,
    study,
    summary,
    trait_search,
    traits,
    trend,
)
from everygenome.queries.measures.point_bytes import points_binary
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables
from everygenome.vocabulary.terms import CountryRule, Denominator, Rule, Stage, Unit

__all__ = ["MEASURES", "OTHERS", "answer", "points_binary", "question"]
MEASURES: dict[str, Callable[..., Answer]] = {
    "summary": summary.summary,
    "composition": composition.composition,
    "trend": trend.trend,
    "countries": countries.countries,
    "traits": traits.traits,
    "people": people.people,
    "concentration": concentration.concentration,
    "gaps": gaps.gaps,
    "studies": studies.studies,
    "beneath": beneath.beneath,
}
# Asked by name too, but need more than a question, or are not made for a terminal.
OTHERS: dict[str, Callable[..., Answer]] = {
    "portfolio": portfolio.portfolio,
    "standardised": standardised.standardised,
    "peers": peers.peers,
    "amounts": amounts.amounts,
    "study": study.study,
    "points": points.points,
    "densities": densities.densities,
    "trait_search": trait_search.trait_search,
}
_MONITOR: dict[str, Callable[..., Answer]] = {
    "composition": monitor.composition,
    "trend": monitor.trend,
    "traits": monitor.traits,
}
_WORDS: dict[str, type[StrEnum]] = {
    "unit": Unit,
    "stage": Stage,
    "denominator": Denominator,
    "rule": Rule,
    "country_rule": CountryRule,
}
E_ = TypeVar("E_", bound=StrEnum)


def answer(tables: Tables, measure: str, asked: Question, **options: Any) -> Answer:
    """Answer a question.

    Raises:
        UsageError: no such measure, or none under the rule that was chosen.
    """
    known = _MONITOR if asked.rule is Rule.MONITOR2020 else MEASURES | OTHERS
    if measure not in known:
        under = " under the rule monitor2020" if asked.rule is Rule.MONITOR2020 else ""
        raise UsageError(
            f"There is no measure {measure!r}{under}.", remedy=f"Use {', '.join(known)}."
        )
    return known[measure](tables, asked, **options)


def question(**choices: Any) -> Question:
    """A question from choices in words or in our types.

    Raises:
        UsageError: an unknown choice or word; the message lists those there are.

    Example:
        >>> question(unit="studies", stage="all").unit
        <Unit.STUDIES: 'studies'>
    """
    made: dict[str, Any] = {}
    for name, value in choices.items():
        if name not in Question.__slots__:
            raise UsageError(
                f"There is no choice {name!r}.", remedy=f"Use {', '.join(Question.__slots__)}."
            )
        if value is None:
            continue
        if name in _WORDS:
            made[name] = _word(_WORDS[name], value, name)
        elif name in ("broad_dictionary", "crosswalk"):
            made[name] = Path(value)
        elif name == "trait":
            # The whole address of a term will do as well.
            several = value.split(SEPARATOR) if isinstance(value, str) else value
            made[name] = [str(item).strip().rsplit("/", 1)[-1] for item in several]
        else:
            made[name] = value
    return Question(**made)


def _word(kind: type[E_], value: Any, name: str) -> E_:
    try:
        return kind(value)
    except ValueError:
        raise UsageError(
            f"{value!r} is no {name.replace('_', ' ')}.",
            remedy=f"Use {', '.join(item.value for item in kind)}.",
        ) from None
