"""Kinds of contribution: what each collection tells moderation about its entries.

Moderation knows no collection. A collection registers its kind when the site starts, and
moderation asks it to say what an entry holds now, what is wrong with what is proposed, and to
store what was decided.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from everygenome.web.moderation.fields import Schema
from everygenome.web.people import vaults

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
        reviewers: how many different people must accept it, at most.
        target_days: in how many days we aim to answer.
        same: what is proposed -> identifiers of entries that may be the same thing.
        reviewers_for: a contribution -> how many of them, where not always all.
        purposes: what readers can send about it.
        checks: what a reviewer confirms before accepting: word -> sentence.
        sealed: what is written, and said of it, is encrypted under a key of its own, and no mail
            names it.
        vault: an entry's identifier -> the vault that it is sealed under; empty: none.
        has: an identifier -> whether an entry has or had it.
        named_in: a text -> the identifier of an entry that it names by that alone; empty: none.
        form: the address at which one is offered, where it has a form of its own.
        rooms: its own pages of the desk: (words, address).
        beside: a contribution -> what else its reviewers read: label and text.
        preview: a contribution -> the address at which its reviewers see it as it will appear.
        own: a contribution and its secret -> what else its contributor can do: (words, address).
        notice: a contribution that was published, or withdrawn -> what its contributor should know
            of it now.
        is_public: an entry's identifier -> whether readers may know that it is there.
        chosen: a published contribution whose contributor changed a choice -> it takes effect.
        read_again: what was proposed before a choice was changed, and after -> whether those who
            accepted it have to read it again before it is published.
        withdrawn: a contribution that its contributor took back -> destroys what is kept of it.
            Where there is one, its contributor can also withdraw what is published.
        remember: a contribution that is sealed and changed -> writes down, where no backup reaches,
            what must hold after one is restored.
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
    reviewers_for: Callable[["Contribution"], int] | None = None
    purposes: frozenset[str] = frozenset({"new", "edit", "claim"})
    checks: Mapping[str, str] = field(default_factory=dict)
    sealed: bool = False
    vault: Callable[[str], str] = lambda _slug: ""
    has: Callable[[str], bool] = lambda _slug: False
    named_in: Callable[[str], str] = lambda _text: ""
    form: str = ""
    rooms: tuple[tuple[str, str], ...] = ()
    beside: Callable[["Contribution"], list[tuple[str, str]]] = lambda _one: []
    preview: Callable[["Contribution"], str] = lambda _one: ""
    own: Callable[["Contribution", str], list[tuple[str, str]]] = lambda _one, _secret: []
    notice: Callable[["Contribution"], str] = lambda _one: ""
    is_public: Callable[[str], bool] = lambda _slug: True
    chosen: Callable[["Contribution"], None] = lambda _one: None
    read_again: Callable[[Mapping[str, Any], Mapping[str, Any]], bool] = lambda _was, _is: False
    withdrawn: Callable[["Contribution"], None] | None = None
    remember: Callable[["Contribution"], None] = lambda _one: None


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


def subject_in(text: str) -> str:
    """The entry that somebody writes about, as moderation names it (`stories/k3v9`); empty: none.

    By its address, however written, or, of what is sealed, by its name alone. What names no entry
    is somebody's own words, and no subject.
    """
    bare = text.strip().partition("://")[2] or text.strip()
    parts = [part.lower() for part in bare.partition("?")[0].partition("#")[0].split("/") if part]
    for name, slug in pairwise(parts):
        kind = _kinds.get(name)
        # What looks like a story is one: that it is not there is told, and nothing stored.
        if kind is not None and (kind.sealed or kind.has(slug)):
            return f"{name}/{slug}"
    return named_in(text)


def named_in(text: str) -> str:
    """An entry of what is sealed that a text names, by its name alone, anywhere; empty: none."""
    found = ((kind.name, kind.named_in(text)) for kind in _kinds.values())
    return next((f"{name}/{slug}" for name, slug in found if slug), "")


def vault_of(subject: str) -> str:
    """The vault of the entry that a subject such as `stories/k3v9` names; empty: none."""
    name, _, slug = subject.partition("/")
    kind = _kinds.get(name)
    return kind.vault(slug) if kind and slug else ""


def is_sealed(subject: str) -> bool:
    """Whether a subject names an entry of a kind that is sealed."""
    name, slash, _ = subject.partition("/")
    return bool(slash) and name in _kinds and _kinds[name].sealed


def is_destroyed(subject: str) -> bool:
    """Whether it names what is sealed, and has no key any more: nothing is stored about that."""
    return is_sealed(subject) and not vaults.is_open(vault_of(subject))
