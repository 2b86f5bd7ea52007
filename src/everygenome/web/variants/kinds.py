"""Kinds of field that only this form has."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import ValidationError

from everygenome.web.moderation.fields import Choices, Field
from everygenome.web.variants.limits import LONGEST_NAME, MOST_NAMES

# Letters, digits and signs of coordinates, alleles and HGVS; what they mean is the engine's affair.
_SIGN = re.compile(r"[A-Za-z0-9 ._:;,>=*+/|()\[\]<-]")
_RATIO = re.compile(r"([0-9][0-9,. ]*?)\s*(?:/|in|of)\s*([0-9][0-9,. ]*)")
_PERCENT = re.compile(r"([0-9.]+)\s*%")


@dataclass(frozen=True, slots=True, kw_only=True)
class Names(Field):
    """Variants, one a line, each once and in the order in which they were given."""

    longest: int = LONGEST_NAME
    most: int = MOST_NAMES
    widget: ClassVar[str] = "lines"

    def clean(self, value: Any) -> list[str] | None:
        """The lines that hold anything, white space put together.

        Raises:
            ValidationError: too many, one too long, or one with a letter that no variant has.
        """
        lines = [(n, " ".join(line.split())) for n, line in enumerate(lines_of(value), start=1)]
        lines = [(number, line) for number, line in lines if line]
        if len(lines) > self.most:
            raise ValidationError(
                f"These are {len(lines):,} lines, and a page takes {self.most}. Please shorten the "
                "list, or run `everygenome variants evidence FILE` on your own machine: it takes "
                "files of any length.",
                code="many",
            )
        for number, line in lines:
            _check(number, line, self.longest)
        return list(dict.fromkeys(line for _, line in lines)) or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(Field):
    """A share above 0 and up to 1: as 0.002, 1/500, 1 in 500, or 0.2%."""

    such_as: str
    whole: ClassVar[bool] = False
    widget: ClassVar[str] = "number"

    def clean(self, value: Any) -> float | None:
        """The number.

        Raises:
            ValidationError: it is none, or not above 0 and up to 1.
        """
        text = str(value or "").strip()
        if not text:
            return None
        number = _share(text)
        # Written so that "not a number" fails too.
        if number is None or not 0 < number <= 1:
            raise ValidationError(
                "Please give a share above 0 and up to 1, with a point before decimals; such as "
                f"{self.such_as}.",
                code="number",
            )
        return number


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases(Share):
    """A share, or the counted cases that it comes from: 104/6179."""

    def clean(self, value: Any) -> float | str | None:
        """The number; counted cases as text, since how many they are matters.

        Raises:
            ValidationError: as of `Share`.
        """
        text = "".join(str(value or "").split())
        # Without zero arguments: a class with slots is another one than where this is written.
        return (
            text
            if re.fullmatch(r"[0-9][0-9,]*/[0-9][0-9,]*", text) and Share.clean(self, text)
            else Share.clean(self, value)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups(Choices):
    """Groups of a source.

    Attributes:
        source: its name, for people.
        sampled: whom it samples under each code, in a sentence.
    """

    source: str
    sampled: Mapping[str, str]

    def clean(self, value: Any) -> list[str] | None:
        """The codes, in the order of the source.

        Raises:
            ValidationError: the source has no such group.
        """
        given = value if isinstance(value, list) else [value] if value else []
        for code in given:
            if code not in self.choices:
                raise ValidationError(
                    f"{self.source} has no group “{str(code)[:20]}”. Please tick groups of the "
                    "list.",
                    code="choice",
                )
        return [code for code in self.choices if code in given] or None


def lines_of(value: Any) -> list[str]:
    """The lines of a text, also those that hold nothing."""
    # Not `splitlines`: it would take some letters that cannot be seen for ends of lines.
    return re.split(r"\r\n|\r|\n", value if isinstance(value, str) else "")


def _check(number: int, line: str, longest: int) -> None:
    if len(line) > longest:
        raise ValidationError(
            f"Line {number} has {len(line):,} letters, and a page takes {longest}. For longer "
            "alleles, run `everygenome variants evidence` on your own machine.",
            code="long",
        )
    for letter in line:
        if not _SIGN.fullmatch(letter):
            raise ValidationError(
                f"Line {number} holds {_called(letter)}, which no variant has. Please type it "
                "anew, with plain letters, digits and hyphens.",
                code="letter",
            )


def _called(letter: str) -> str:
    """A letter as somebody can find it: also one that cannot be seen."""
    name = unicodedata.name(letter, "a control character").lower()
    seen = f"“{letter}”, " if letter.isprintable() else ""
    return f"{seen}{name} (U+{ord(letter):04X})"


def _share(text: str) -> float | None:
    try:
        if found := _RATIO.fullmatch(text):
            above, below = (float(part.replace(",", "").strip()) for part in found.groups())
            return above / below if below else None
        if found := _PERCENT.fullmatch(text):
            return float(found[1]) / 100
        # `float` would take signs, words and digits of other scripts.
        return float(text) if re.fullmatch(r"[0-9.]+([eE][+-]?[0-9]{1,3})?", text) else None
    except ValueError:
        return None
