"""Kinds of contribution: what each collection tells moderation about its entries.

Moderation knows no collection. A collection registers its kind when the site starts, and
moderation asks it to say what an entry holds now, what is wrong with what is proposed, and to
store what was decided.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from everygenome.web.moderation.fields import Schema

if TYPE_CHECKING:
    from everygenome.web.moderation.models import Contribution


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of entry that people can contribute to.

    Attributes:
        name: in addresses and in the database, such as `toolbox`.
        label: for people, with its article: "a tool".
        schema: its fields.
        current: an entry's identifier -> what it holds now; None where there is no such entry.
        title: what is proposed -> how it is called in lists.
        address: an entry's identifier -> its page.
        publish: a contribution -> stores it; the entry's identifier.
        forget: a contribution -> its contributor's name is taken off what was published of it.
        reviewers: how many different people must accept it.
        target_days: in how many days we aim to answer.
        same: what is proposed -> identifiers of entries that may be the same thing.
    """

    name: str
    label: str
    schema: Schema
    current: Callable[[str], Mapping[str, Any] | None]
    title: Callable[[Mapping[str, Any]], str]
    address: Callable[[str], str]
    publish: Callable[["Contribution"], str]
    forget: Callable[["Contribution"], None]
    reviewers: int = 1
    target_days: int = 7
    same: Callable[[Mapping[str, Any]], list[tuple[str, str]]] = lambda _proposed: []


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known; once, when the site starts."""
    _kinds[kind.name] = kind


def kind_of(name: str) -> Kind:
    """The kind of a name.

    Raises:
        KeyError: there is none.
    """
    return _kinds[name]


def kinds() -> tuple[Kind, ...]:
    """All kinds, in the order in which they were registered."""
    return tuple(_kinds.values())
