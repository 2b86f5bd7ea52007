"""How two versions of an entry differ, field by field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from everygenome.web.moderation.fields.one import Field

# Comparing words takes time that grows with their product.
_MOST_WORDS = 1500


@dataclass(frozen=True, slots=True)
class Change:
    """A field that differs.

    Attributes:
        name, label: of the field.
        before, after: as text; empty where it held nothing.
    """

    name: str
    label: str
    before: str
    after: str

    @property
    def is_new(self) -> bool:
        """There was nothing before."""
        return not self.before

    @property
    def is_gone(self) -> bool:
        """There is nothing any more."""
        return not self.after

    @property
    def parts(self) -> list[tuple[str, str]]:
        """The text in parts, each `same`, `taken` or `added`, to be read one after the other."""
        old, new = _pieces(self.before), _pieces(self.after)
        if len(old) > _MOST_WORDS or len(new) > _MOST_WORDS:
            return [("taken", self.before), ("added", self.after)]
        found: list[tuple[str, str]] = []
        for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if kind == "equal":
                found.append(("same", "".join(old[a:b])))
                continue
            if b > a:
                found.append(("taken", "".join(old[a:b])))
            if d > c:
                found.append(("added", "".join(new[c:d])))
        return found


def changed(
    fields: Iterable[Field], before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[Change]:
    """The fields in which two versions differ, in the order of the fields."""
    return [
        Change(
            field.name,
            field.label,
            field.words(before[field.name]) if field.name in before else "",
            field.words(after[field.name]) if field.name in after else "",
        )
        for field in fields
        if before.get(field.name) != after.get(field.name)
    ]


def _pieces(text: str) -> list[str]:
    """Words, each with the space after it."""
    pieces: list[str] = []
    for line in text.splitlines(keepends=True):
        words = line.split(" ")
        pieces += [word + " " for word in words[:-1]] + [words[-1]]
    return [piece for piece in pieces if piece]
