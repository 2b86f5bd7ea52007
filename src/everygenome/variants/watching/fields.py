"""Fields of one line of a watch file, each checked: such files are edited by hand."""

import json
import math
from collections.abc import Mapping
from typing import Any, Never, TypeVar

from everygenome.errors import InputError

E = TypeVar("E")
_LONGEST_SHOWN = 40


class Line:
    """One line of a file, as an object of JSON.

    Args:
        text: the line; place: of it, for messages.

    Raises:
        InputError: it is no object, or names a field twice.
    """

    def __init__(self, text: str, place: str) -> None:
        self.place = place
        try:
            held = json.loads(text, object_pairs_hook=self._once, parse_constant=self._no_number)
        except (ValueError, RecursionError):
            held = None
        if not isinstance(held, dict):
            self.wrong(
                "is no JSON object",
                "Each line is one object in { }; compare with the other lines.",
            )
        self.held: Mapping[str, Any] = held

    def wrong(self, what: str, remedy: str) -> Never:
        """Tell what is wrong with the line.

        Raises:
            InputError: always.
        """
        raise InputError(f"{self.place} {what}.", remedy=remedy)

    def only(self, *names: str) -> None:
        """Check that no other field is there."""
        if unknown := [name for name in self.held if name not in names]:
            self.wrong(
                f"has an unknown field {_shown(unknown[0])}",
                f"Known are: {', '.join(names)}.",
            )

    def text(self, name: str, *, needed: bool = False) -> str:
        """A text of one line; empty where it is not there."""
        value = self.held.get(name, "")
        if not isinstance(value, str) or not value.isprintable():
            self.wrong(
                f"has {name} {_shown(value)}", f"{name} is a text in one line, without odd signs."
            )
        if needed and not value:
            self.wrong(f"has no {name}", "Write it there, or leave the line out.")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of such texts."""
        value = self.held.get(name, [])
        if not isinstance(value, list) or not all(
            isinstance(one, str) and one.isprintable() and one for one in value
        ):
            self.wrong(f"has {name} {_shown(value)}", f"{name} is a list of texts.")
        if len(set(value)) < len(value):
            self.wrong(f"has {name} {_shown(value)}", "Name each one once.")
        return tuple(value)

    def count(self, name: str, default: int | None = None) -> int | None:
        """A whole number from 0 on; null is "not known"."""
        value = self.held.get(name, default)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**62:
            self.wrong(
                f"has {name} {_shown(value)}", f"{name} is a whole number from 0 on, or null."
            )
        return value

    def share(self, name: str) -> float | None:
        """A number from 0 to 1; null is "not known"."""
        value = self.held.get(name)
        if value is None:
            return None
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not (math.isfinite(value) and 0 <= value <= 1)
        ):
            self.wrong(f"has {name} {_shown(value)}", f"{name} is a number from 0 to 1, or null.")
        return float(value)

    def yes(self, name: str) -> bool:
        """true or false; false where it is not there."""
        value = self.held.get(name, False)
        if not isinstance(value, bool):
            self.wrong(f"has {name} {_shown(value)}", f"{name} is true or false.")
        return value

    def one_of(self, name: str, kind: type[E]) -> E:
        """A word of a vocabulary."""
        value = self.held.get(name)
        known = {str(one.value): one for one in kind}  # type: ignore[attr-defined]
        if not isinstance(value, str) or value not in known:
            self.wrong(f"has {name} {_shown(value)}", f"Known are: {'; '.join(known)}.")
        found: E = known[value]
        return found

    def _once(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            self.wrong(f"has {_shown(twice)} twice", "Leave one.")
        return found

    def _no_number(self, name: str) -> Never:
        self.wrong(f"has the number {name}", "Write null for what is not known.")


def _shown(value: object) -> str:
    """What was found, for a message: one line, short, and nothing that steers a terminal."""
    text = json.dumps(value, ensure_ascii=True)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
