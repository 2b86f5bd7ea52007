"""Kinds of field: what each takes from a form or a file, and what it stores.

A stored value is JSON. A field that holds nothing is not stored at all: absent means unknown.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.http import QueryDict

from everygenome.web.moderation.fields.plain import plain

_TAB = "\u2409"  # the picture of a tab
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_address = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What every field has.

    Attributes:
        name: in data, files and addresses.
        label: for people, in capitals only at its start.
        help: a sentence under the label.
        required: an entry needs it.
        facet: lists can be narrowed by it.
        searched: how much a word in it counts when searching: 3 most, 0 not at all.
        curated: only curators and imports set it; it is on no contributor's form.
    """

    name: str
    label: str
    help: str = ""
    required: bool = False
    facet: bool = False
    searched: int = 0
    curated: bool = False
    widget: ClassVar[str] = "text"

    def read(self, form: QueryDict, prefix: str = "") -> Any:
        """What a form that was sent holds for it, not yet checked."""
        return form.get(prefix + self.name, "")

    def clean(self, value: Any) -> Any:
        """The value to store; None where there is none.

        Raises:
            ValidationError: it cannot be stored; the message says what to do.
        """
        raise NotImplementedError

    def words(self, value: Any) -> str:
        """A stored value as text: for lists, files, searches and differences."""
        return str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Field):
    """A line of plain text."""

    longest: int = 200

    def clean(self, value: Any) -> str | None:
        """Without what cannot be seen."""
        return plain(_string(value), longest=self.longest) or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines(Field):
    """Plain text of several lines."""

    longest: int = 2000
    widget: ClassVar[str] = "lines"

    def clean(self, value: Any) -> str | None:
        """With its lines."""
        return plain(_string(value), longest=self.longest, lines=True) or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Lines):
    """Lines whose cells may have tabs between, as they are copied from a spreadsheet."""

    def clean(self, value: Any) -> str | None:
        """With its lines and its tabs: each is a letter of its own while white space is put
        together.
        """
        # Without zero arguments: a class with slots is another one than where this is written.
        text = Lines.clean(self, _string(value).replace("\t", _TAB))
        return text and text.replace(_TAB, "\t")


@dataclass(frozen=True, slots=True, kw_only=True)
class Web(Field):
    """An address of the web: http or https, without a name and password in it."""

    longest: int = 500
    widget: ClassVar[str] = "web"

    def clean(self, value: Any) -> str | None:
        """As it was written."""
        text = plain(_string(value), longest=self.longest)
        if not text:
            return None
        try:
            _address(text)
            parts = urlsplit(text)
        except (ValidationError, ValueError):
            raise ValidationError(
                "Please give a whole address that begins with https:// or http://.", code="address"
            ) from None
        if parts.username or parts.password:
            raise ValidationError("Please leave out the name before the @.", code="address")
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Words(Field):
    """A list of short texts, one a line."""

    longest: int = 200
    most: int = 30
    widget: ClassVar[str] = "lines"

    def clean(self, value: Any) -> list[str] | None:
        """Each once, in the order in which they were given."""
        given = value if isinstance(value, list) else _string(value).splitlines()
        found = [plain(_string(item), longest=self.longest) for item in given]
        found = list(dict.fromkeys(item for item in found if item))
        if len(found) > self.most:
            raise ValidationError(f"Please give at most {self.most} lines.", code="many")
        return found or None

    def words(self, value: Any) -> str:
        """One after the other."""
        return "; ".join(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Field):
    """One of a vocabulary: stored word -> label."""

    choices: Mapping[str, str]
    widget: ClassVar[str] = "choice"

    def clean(self, value: Any) -> str | None:
        """The stored word."""
        text = _string(value)
        if text and text not in self.choices:
            raise ValidationError("Please choose one of the list.", code="choice")
        return text or None

    def words(self, value: Any) -> str:
        """The label."""
        return self.choices.get(value, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOf(Choice):
    """One of a few, each with its words in sight."""

    widget: ClassVar[str] = "radios"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick(Choice):
    """A box to tick, for a sentence that has to be meant: the first word of its vocabulary."""

    widget: ClassVar[str] = "tick"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices(Field):
    """Several of a vocabulary, stored in its order."""

    choices: Mapping[str, str]
    widget: ClassVar[str] = "choices"

    def read(self, form: QueryDict, prefix: str = "") -> list[str]:
        """All that were ticked."""
        return form.getlist(prefix + self.name)

    def clean(self, value: Any) -> list[str] | None:
        """The stored words."""
        given = value if isinstance(value, list) else [value] if value else []
        if any(not isinstance(item, str) or item not in self.choices for item in given):
            raise ValidationError("Please choose from the list.", code="choice")
        return [item for item in self.choices if item in given] or None

    def words(self, value: Any) -> str:
        """The labels."""
        return "; ".join(self.choices.get(item, item) for item in value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Field):
    """A number between two others; whole, or with decimals."""

    least: float = 0
    most: float = 10**10
    whole: bool = True
    unit: str = ""
    widget: ClassVar[str] = "number"

    def clean(self, value: Any) -> int | float | None:
        """Missing is not zero: nothing given is nothing stored."""
        if value is None or value == "":
            return None
        number = _number(value, whole=self.whole)
        if number is None:
            raise ValidationError("Please give a number.", code="number")
        # Written so that "not a number" fails too.
        if not self.least <= number <= self.most or (self.whole and number != int(number)):
            what = "a whole number" if self.whole else "a number"
            raise ValidationError(
                f"Please give {what} from {self.least:,g} to {self.most:,.0f}.", code="number"
            )
        return int(number) if self.whole else number

    def words(self, value: Any) -> str:
        """With its unit."""
        return f"{value:,} {self.unit}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Day(Field):
    """A date as far as it is known: a year, a month, or a day."""

    widget: ClassVar[str] = "day"

    def clean(self, value: Any) -> str | None:
        """Written as YYYY, YYYY-MM or YYYY-MM-DD."""
        text = _string(value).strip()
        if not text:
            return None
        if not _is_day(text):
            raise ValidationError("Please give a date as 2026, 2026-11 or 2026-11-26.", code="day")
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class OneDay(Field):
    """A whole date, chosen from a calendar where the browser has one."""

    widget: ClassVar[str] = "date"

    def clean(self, value: Any) -> str | None:
        """Written as YYYY-MM-DD."""
        text = _string(value).strip()
        if text and not (len(text) == len("2026-11-26") and _is_day(text)):
            raise ValidationError("Please give a day as 2026-11-26.", code="day")
        return text or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth(Field):
    """Yes or no; not answered is neither."""

    widget: ClassVar[str] = "truth"

    def clean(self, value: Any) -> bool | None:
        """True, False, or nothing."""
        if value is None or value == "":
            return None
        known = {"yes": True, "no": False, True: True, False: False}
        if not isinstance(value, (str, bool)) or value not in known:
            raise ValidationError("Please choose yes or no.", code="truth")
        return known[value]

    def words(self, value: Any) -> str:
        """In a word."""
        return "yes" if value else "no"


def _string(value: Any) -> str:
    if value is None:
        return ""
    # Files hold numbers where a form holds what was typed.
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise ValidationError("Please give a text.", code="text")
    return value


def _number(value: Any, *, whole: bool) -> int | float | None:
    """A number as it was sent: in a form as text, maybe with commas between thousands."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = value.replace(",", "").replace("\u202f", "") if isinstance(value, str) else value
    try:
        return int(text) if whole and not isinstance(text, float) else float(text)
    except ValueError:
        return None


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(f"{text}-01-01"[:10] if len(text) == 4 else f"{text}-01"[:10])
    except ValueError:
        return False
    return True
