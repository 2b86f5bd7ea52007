"""The state of a view is its address: readable, versioned, in a fixed order.

The names are those of `queries`, so that a page, the API and Python ask in the same words.
A filter that may name several things joins them with ";": any of them. On a page an unknown
word is told and the default taken: a link that was mistyped or made for another release still
shows something, and says what it does not show.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode

from django.http import QueryDict

from everygenome.errors import EverygenomeError
from everygenome.queries.outside import CHOICES, outside
from everygenome.queries.question import SEVERAL, Question
from everygenome.queries.release import Release
from everygenome.vocabulary.terms import CountryRule
from everygenome.web.site.several import several
from everygenome.web.site.words import told, visible

VERSION = "1"
OTHER = "b_"
# What others add to links that people share; it is not about us.
_FOREIGN = ("utm_", "fbclid", "gclid")
_LONGEST = 300
_LONGEST_TEXT = 10_000


class Text(tuple[str, ...]):
    """In place of the values of a choice: it may be a text of several lines."""

    __slots__ = ()


TEXT = Text()


@dataclass(frozen=True, slots=True)
class View:
    """What an address asks for.

    Attributes:
        release: identifier of the release.
        chosen: the address names it; otherwise it is the current one.
        question: the choices, checked.
        said: the choices that the address makes, in order, in its own words.
        extra: the page's own choices that the address makes.
        messages: what in the address was not understood, and what was taken instead.
        other: the second selection, on a page that compares two.
    """

    release: str
    chosen: bool
    question: Question
    said: tuple[tuple[str, str], ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    messages: tuple[str, ...] = ()
    other: Question | None = None

    def address(self, **changes: Any) -> str:
        """The query of this view, with some choices changed or (None) taken back.

        Begins with "?", or is empty where everything is as by default.
        """
        made = dict(self.said) | dict(self.extra)
        if self.chosen:
            made["release"] = self.release
        for name, value in changes.items():
            made.pop(name, None)
            if value is not None:
                made[name] = str(value)
        if not made:
            return ""
        first = {name: made.pop(name) for name in (*CHOICES, "release") if name in made}
        return "?" + urlencode({"view": VERSION} | first | made, quote_via=quote, safe="")

    def pinned(self, **changes: Any) -> str:
        """The same, always naming the release: for what must never change."""
        return self.address(release=self.release, **changes)

    def only(self, extra: Iterable[str]) -> "View":
        """The same view without the page's own choices, but those."""
        kept = tuple(extra)
        return replace(self, extra=tuple(item for item in self.extra if item[0] in kept))

    def release_only(self) -> str:
        """The query that keeps to the release and makes no other choice."""
        return f"?release={self.release}" if self.chosen else ""

    def get(self, name: str, default: str = "") -> str:
        """A choice as the address words it."""
        return (dict(self.said) | dict(self.extra)).get(name, default)


def read(
    given: QueryDict,
    release: Release,
    *,
    chosen: bool,
    extra: Mapping[str, tuple[str, ...]] | None = None,
    both: bool = False,
) -> View:
    """Read an address.

    Args:
        given: the parameters of the request.
        release: the release that they are about.
        chosen: the address names the release.
        extra: the page's own choices, each with the values it may have; with none listed, any,
            and with `TEXT` a whole text.
        both: the page compares two selections; names of the second begin with `b_`.
    """
    own = dict(extra or {})
    messages = list(_strange(given, {*own, *((OTHER + n for n in CHOICES) if both else ())}))
    asked, said, more = _side(given, release, "")
    messages += more
    others: list[tuple[str, str]] = []
    other = None
    if both:
        other, second, more = _side(given, release, OTHER)
        others += second
        messages += more
    for name, known in own.items():
        value = _text(given, name) if isinstance(known, Text) else _word(given, name)
        if value and known and value not in known:
            what = name.replace("_", " ")
            messages.append(f"“{visible(value)}” is no {what}: {_any_of(known)}.")
        elif value and (not known or value != known[0]):
            others.append((name, value))
    return View(release.label.id, chosen, asked, tuple(said), tuple(others), tuple(messages), other)


def _word(given: QueryDict, name: str) -> str:
    return given.get(name, "").strip()[:_LONGEST]


def _text(given: QueryDict, name: str) -> str:
    """A text of several lines, whose lines end as they do everywhere but in forms."""
    return given.get(name, "").replace("\r\n", "\n").strip()[:_LONGEST_TEXT]


def _side(
    given: QueryDict, release: Release, prefix: str
) -> tuple[Question, list[tuple[str, str]], list[str]]:
    """The question of one side, what its address says, and what was not understood."""
    messages: list[str] = []
    words: dict[str, str] = {}
    for name in CHOICES:
        if name in SEVERAL:
            value, more = several(given.getlist(prefix + name), release, name)
            messages += more
        else:
            value = given.get(prefix + name, "").strip()
        if not value:
            continue
        try:
            release.check(outside(**{name: value}))
            words[name] = value
        except EverygenomeError as error:
            # A choice that is only wrong beside another is judged below.
            if name == "country_rule" and value in [rule.value for rule in CountryRule]:
                words[name] = value
                continue
            messages.append(told(name, value, error))
    asked, more = _together(words)
    usual = Question()
    said = [
        (prefix + name, words[name])
        for name in CHOICES
        if name in words and str(getattr(usual, name) or "") != words[name]
    ]
    return asked, said, messages + more


def as_choices(asked: Question) -> Mapping[str, Any]:
    """A question as the words that ask it."""
    return {name: getattr(asked, name) for name in CHOICES}


def _together(words: dict[str, str]) -> tuple[Question, list[str]]:
    """The question of all choices; those that contradict others are taken back, and told."""
    messages: list[str] = []
    for doubtful in ((), ("to_year",), ("country_rule",), tuple(CHOICES)):
        for name in doubtful:
            words.pop(name, None)
        try:
            return outside(**words), messages
        except EverygenomeError as error:
            messages[:] = [*messages, f"{error} It was left out."]
    return Question(), messages


def _any_of(known: tuple[str, ...]) -> str:
    return f"it can be {', '.join(known)}"


def _strange(given: QueryDict, own: set[str]) -> Iterable[str]:
    known = {"view", "release", *CHOICES, *own}
    for name in given:
        if not name or name.startswith(_FOREIGN):
            continue
        if name not in known:
            yield f"“{visible(name)}” is no choice of this page, so it was left out."
        elif name.removeprefix(OTHER) in SEVERAL:
            # Each of them counts: any of those named.
            continue
        elif len(set(given.getlist(name))) > 1:
            yield f"“{name}” was given more than once; the last one counts."
    if given.get("view", VERSION) != VERSION:
        yield (
            f"This link was made for version “{visible(given['view'])}” of this page; "
            f"it is read as version {VERSION}."
        )
