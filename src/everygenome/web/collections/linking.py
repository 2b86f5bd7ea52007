"""Terms that are defined here, linked where they occur in text.

The first occurrence of each term becomes a link to its definition: the longest term first, and
whole words only. How a term is written says how it is looked for: LMIC only in capitals, a name
such as White only with its capital, and whatever is of several words or in small letters in any
case. Addresses and code in the text stay as they are, and so do links and headings of HTML.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

# What is passed over, or a word with which a term may begin.
_STEPS = re.compile(r"(?:https?://|www\.)\S+|`[^`\n]*`|\w+")
_TAGS = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_CLOSED_TO_LINKS = frozenset({"a", "button", "code", "pre", "script", "style", "svg", "summary"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_WITHIN = _CLOSED_TO_LINKS | _HEADINGS
# Letters by which an alias shows that it is another form of the same word.
_STEM = 4


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to write a term: how it is found, and where its definition is."""

    pattern: re.Pattern[str]
    letters: int
    address: str


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms that are known, by the first word of each way to write them."""

    ways: Mapping[str, tuple[_Way, ...]] = field(default_factory=dict)

    def linked(self, text: Any, *, already: set[str] | None = None) -> SafeString:
        """Text as HTML, with the first occurrence of each term as a link.

        Args:
            text: plain text, which is escaped; or HTML that is marked as safe.
            already: addresses that are not linked; those that are linked here are added.
        """
        done = already if already is not None else set()
        if hasattr(text, "__html__"):
            return mark_safe("".join(self._in_html(str(text), done)))  # noqa: S308
        return mark_safe("".join(self._in_text(str(text), done)))  # noqa: S308 - escaped there

    def _in_text(self, text: str, done: set[str], *, is_html: bool = False) -> Iterable[str]:
        place = 0
        written = str if is_html else escape
        for start, end, address in self._found(text, done):
            yield written(text[place:start])
            yield f'<a class="term" href="{escape(address)}">{written(text[start:end])}</a>'
            place = end
        yield written(text[place:])

    def _in_html(self, html: str, done: set[str]) -> Iterable[str]:
        within: list[str] = []
        for part in _TAGS.split(html):
            if tag := _NAME.match(part):
                name = tag[2].lower()
                if name in _WITHIN and not tag[1]:
                    within.append(name)
                elif name in within:
                    within.remove(name)
            if tag or within or part.startswith("<"):
                yield part
            else:
                yield from self._in_text(part, done, is_html=True)

    def _found(self, text: str, done: set[str]) -> Iterable[tuple[int, int, str]]:
        """Where a term begins and ends in the text, and its address."""
        place = 0
        for step in _STEPS.finditer(text):
            if step.start() < place:
                continue
            for way in self.ways.get(step.group().casefold(), ()):
                if way.address not in done and (found := way.pattern.match(text, step.start())):
                    done.add(way.address)
                    place = found.end()
                    yield found.start(), place, way.address
                    break


def terms_of(items: Iterable[tuple[str, str, Iterable[str]]]) -> Terms:
    """The terms of some definitions.

    Args:
        items: address, title and other spellings of each. Where two could be meant, the one whose
            title it is, then the one that comes first.

    Example:
        >>> known = terms_of([("/definitions/race/", "Race", ["races"])])
        >>> known.linked("Race & race")
        '<a class="term" href="/definitions/race/">Race</a> &amp; race'
    """
    rows = [(address, title, tuple(aliases)) for address, title, aliases in items]
    spelt = [(title, _small(title, aliases), address) for address, title, aliases in rows]
    spelt += [(alias, False, address) for address, _, aliases in rows for alias in aliases]
    ways: dict[str, list[_Way]] = {}
    seen: set[str] = set()
    for text, small, address in spelt:
        words = re.findall(r"\w+", text)
        if not words or len(text) < 2 or text in seen or not text[0].isalnum():
            continue
        seen.add(text)
        way = _Way(_pattern(text, small=small), len(text), address)
        ways.setdefault(words[0].casefold(), []).append(way)
    return Terms(
        {word: tuple(sorted(found, key=lambda w: -w.letters)) for word, found in ways.items()}
    )


def _small(title: str, aliases: Iterable[str]) -> bool:
    """Whether a title begins with a capital only because it is one: its other forms tell."""
    return any(
        alias[:1].islower() and alias[:_STEM].lower() == title[:_STEM].lower() for alias in aliases
    )


def _pattern(text: str, *, small: bool) -> re.Pattern[str]:
    """How a spelling is looked for: whole words, and not a part of an address or a compound."""
    any_case = small or text[:1].islower() or bool(re.search(r"[\s-]", text.strip()))
    parts = []
    for piece in re.split(r"(\s+)", text):
        if piece.isspace():
            parts.append("[ \u00a0]")
        elif any_case and not re.search(r"[A-Z]{2}", piece):
            parts.append(f"(?i:{re.escape(piece)})")
        else:
            parts.append(re.escape(piece))
    return re.compile(rf"(?<![\w@&#.-]){''.join(parts)}(?![\w@-]|\.\w)")
