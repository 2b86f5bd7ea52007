"""How each measure is counted, taken from the code that counts it, so that it cannot drift."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FunctionType, ModuleType
from typing import Any

from everygenome.errors import NotFoundError
from everygenome.queries.answer import Answer
from everygenome.queries.compare import compare
from everygenome.queries.history import as_released
from everygenome.queries.measures import MEASURES
from everygenome.queries.measures.densities import densities
from everygenome.queries.measures.peers import peers
from everygenome.queries.measures.points import points
from everygenome.queries.measures.portfolio import portfolio
from everygenome.queries.measures.simulated import simulated
from everygenome.queries.measures.standardised import standardised
from everygenome.queries.measures.study import study
from everygenome.queries.release import Release
from everygenome.reports.docstrings import Described, described
from everygenome.vocabulary import meanings
from everygenome.vocabulary.caveats import CAVEATS
from everygenome.vocabulary.terms import CountryRule, Denominator, Rule, Stage, Unit

# Where counting is done: expressions over the records, and reckoning with what they give.
_COUNTING = ("everygenome.measures.", "everygenome.statistics.")
_ASKING = "everygenome.queries."
# What is asked through a function of its own: lists, comparisons, several releases.
_BESIDE: dict[str, Callable[..., Answer]] = {
    "comparison": compare,
    "history": as_released,
    "densities": densities,
    "points": points,
    "study": study,
    "simulated": simulated,
    "portfolio": portfolio,
    "standardised": standardised,
    "peers": peers,
}


@dataclass(frozen=True, slots=True)
class Part:
    """A function that does some of the counting.

    Attributes:
        name: its dotted name, for whoever reads the code.
        text: what its docstring says.
    """

    name: str
    text: Described


@dataclass(frozen=True, slots=True)
class Method:
    """How a measure is counted.

    Attributes:
        name: of the measure.
        meaning: one sentence.
        text: what the docstring of the measure says.
        parts: the functions that count for it, with formulas and sources.
        sources: where the way of counting comes from.
    """

    name: str
    meaning: str
    text: Described
    parts: tuple[Part, ...]
    sources: tuple[str, ...]

    @property
    def title(self) -> str:
        """The name as a heading."""
        return self.name.replace("_", " ").capitalize()


def methods() -> list[Method]:
    """How every measure is counted, in their order."""
    return [_method(name, function) for name, function in (MEASURES | _BESIDE).items()]


def method(name: str) -> Method:
    """How one measure is counted.

    Raises:
        NotFoundError: there is no such measure; the message lists those there are.
    """
    known = MEASURES | _BESIDE
    if name not in known:
        raise NotFoundError(
            f"There is no measure {name!r}.", remedy=f"There are {', '.join(known)}."
        )
    return _method(name, known[name])


def choices_of(answer: Answer) -> list[tuple[str, str, str]]:
    """Each choice behind an answer: its name, the word chosen, and what that means."""
    made = [
        ("Unit", answer.unit, _meaning(Unit, answer.unit, lambda unit: unit.meaning)),
        ("Stage", answer.stage, _meaning(Stage, answer.stage, meanings.STAGES.get)),
        (
            "Denominator",
            answer.denominator,
            _meaning(Denominator, answer.denominator, meanings.DENOMINATORS.get),
        ),
        ("Rule", answer.rule, _meaning(Rule, answer.rule, meanings.RULES.get)),
        ("Groups", answer.scheme, meanings.SCHEMES.get(answer.scheme, "")),
    ]
    for name, value in answer.filters.items():
        about = ""
        if name == "country_rule":
            about = _meaning(CountryRule, value, meanings.COUNTRY_RULES.get)
        made.append((name.replace("_", " ").capitalize(), str(value), about))
    return made


def caveats_of(answer: Answer) -> list[tuple[str, str]]:
    """What to know of an answer: a sentence with its figures, and one for experts."""
    return [
        (note.text, CAVEATS[note.id].expert if note.id in CAVEATS else "")
        for note in answer.caveats
    ]


def _meaning(kind: Any, value: Any, say: Callable[[Any], str | None]) -> str:
    # A measure may word a choice in its own way ("all studies"), which then stands for itself.
    known = {item.value: item for item in kind}
    return (say(known[value]) or "") if value in known else ""


def _method(name: str, function: Callable[..., Answer]) -> Method:
    text = described(function)
    # The door says it for whoever asks; the measure, for whoever reads its rows.
    door = getattr(Release, name, None)
    found = _counting(sys.modules[function.__module__], set())
    parts = tuple(
        Part(f"{part.__module__}.{part.__qualname__}", described(part))
        for part in dict.fromkeys(found)
    )
    sources = dict.fromkeys(
        source for said in (text, *(part.text for part in parts)) for source in said.sources
    )
    meaning = described(door).summary if door else text.summary
    return Method(name, meaning, text, parts, tuple(sources))


def _counting(module: ModuleType, seen: set[str]) -> Iterator[FunctionType]:
    """The functions that count for a module: those that it uses, and what it asks for uses."""
    if module.__name__ in seen:
        return
    seen.add(module.__name__)
    for used in vars(module).values():
        if isinstance(used, ModuleType):
            home, own = used.__name__, list(vars(used).values())
        elif isinstance(used, FunctionType) and used.__module__ != module.__name__:
            home, own = used.__module__, [used]
        else:
            continue
        if home.startswith(_COUNTING):
            yield from (item for item in own if _counts(item, home))
        elif home.startswith(_ASKING):
            yield from _counting(sys.modules[home], seen)


def _counts(item: Any, home: str) -> bool:
    """A public function of that module, which says what comes out."""
    if not isinstance(item, FunctionType) or item.__module__ != home or not item.__doc__:
        return False
    said = described(item)
    return not item.__name__.startswith("_") and bool(said.returns or said.sources)
