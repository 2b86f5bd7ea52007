"""Which tools fit a need: who somebody is, what they are doing, and with whose data.

Nothing fits by default. A tool that does not say with whom it was tested is never shown as if it
had been tested with the people asked for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from everygenome.web.toolbox.words import AUDIENCES, TASKS

MOST = 7
ANYONE = "anyone"
_CHECKED = ("repo", "page", "catalogue")


@dataclass(frozen=True, slots=True)
class Need:
    """A need, in words of the vocabularies.

    Attributes:
        audience: a word of `AUDIENCES`.
        task: a word of `TASKS`.
        people: an ancestry category of the catalogue, or `ANYONE`.
    """

    audience: str
    task: str
    people: str = ANYONE


@dataclass(frozen=True, slots=True)
class Fit:
    """A tool on the shelf.

    Attributes:
        address, title, purpose: of the tool.
        tested: what its sources say of tests with the people asked for: words and number, or None.
        others: with whom it says it was tested otherwise: categories, else its source's words.
        reasons: why it is here, each as part of a sentence.
        unchecked: it is listed elsewhere only.
        holds: it is a dataset: it was not tested with people, it holds their data.
    """

    address: str
    title: str
    purpose: str
    tested: tuple[tuple[str, int | None], ...]
    others: tuple[str, ...]
    reasons: tuple[str, ...]
    unchecked: bool
    holds: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a need leads to.

    Attributes:
        fits: at most seven tools, the best first.
        tested: how many of all that fit say they were tested with the people asked for.
        left_out: how many more there are.
    """

    fits: tuple[Fit, ...]
    tested: int
    left_out: int

    @property
    def known(self) -> list[Fit]:
        """Those that say they were tested with the people asked for, or hold data of theirs."""
        return [fit for fit in self.fits if fit.tested]

    @property
    def nearest(self) -> list[Fit]:
        """The others: nothing says that they work for the people asked for."""
        return [fit for fit in self.fits if not fit.tested]


def shelf(tools: Iterable[tuple[str, Mapping[str, Any]]], need: Need) -> Shelf:
    """The tools that fit a need, each with the reason.

    Audience and task must fit. First come those tested with the people asked for, then those that
    do not say with whom, then those tested with others only; among equals those whose facts were
    checked better, then by name.

    Args:
        tools: address and data of every published tool.
        need: the need.

    Example:
        >>> data = {"name": "A", "purpose": "P.", "audiences": ["clinician"],
        ...         "tasks": ["interpreting-a-variant"]}
        >>> found = shelf([("/toolbox/a/", data)], Need("clinician", "interpreting-a-variant"))
        >>> found.fits[0].reasons
        ('for clinicians', 'helps with interpreting a variant')
    """
    fits = [
        _fit(address, data, need)
        for address, data in tools
        if need.audience in data.get("audiences", ()) and need.task in data.get("tasks", ())
    ]
    ranked = sorted(fits, key=lambda pair: (*pair[0], pair[1].title.casefold(), pair[1].address))
    found = [fit for _, fit in ranked]
    tested = sum(bool(fit.tested) for fit in found)
    return Shelf(tuple(found[:MOST]), tested, max(0, len(found) - MOST))


def _fit(address: str, data: Mapping[str, Any], need: Need) -> tuple[tuple[int, int], Fit]:
    rows = data.get("populations_tested", ())
    tested = tuple(
        (row["population"], row.get("sample_size"))
        for row in rows
        if need.people != ANYONE and row.get("group") == need.people
    )
    others = tuple(dict.fromkeys(row.get("group") or row["population"] for row in rows))
    checked = data.get("checked", "")
    place = 0 if tested or need.people == ANYONE else 1 if not rows else 2
    rank = _CHECKED.index(checked) if checked in _CHECKED else len(_CHECKED)
    reasons = (f"for {plural(need.audience)}", f"helps with {TASKS[need.task]}")
    fit = Fit(
        address,
        str(data.get("name", "")),
        str(data.get("purpose", "")),
        tested,
        others,
        reasons,
        checked == "catalogue",
        data.get("kind") == "dataset",
    )
    return (place, rank), fit


def plural(audience: str) -> str:
    """An audience, as several people.

    Example:
        >>> plural("clinician"), plural("community"), plural("policy")
        ('clinicians', 'communities', 'policy makers')
    """
    word = AUDIENCES[audience].lower()
    if word.endswith("y"):
        return f"{word[:-1]}ies"
    return f"{word}s"


def counts(
    tools: Iterable[tuple[str, Mapping[str, Any]]], audience: str
) -> list[tuple[str, str, int]]:
    """The tasks for which there is anything for an audience: word, label, how many tools."""
    found = dict.fromkeys(TASKS, 0)
    for _, data in tools:
        if audience in data.get("audiences", ()):
            for task in data.get("tasks", ()):
                found[task] = found.get(task, 0) + 1
    return [(task, TASKS[task], found[task]) for task in TASKS]
