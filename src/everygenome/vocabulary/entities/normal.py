"""Normal forms of names: what may differ between two spellings without changing who is meant.

Each rule says why it cannot make two bodies one. Nothing here looks for a part of a name: two
names are the same if their whole normal forms are equal, and else they are two until somebody
writes a reviewed row.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Raised by hand when a rule changes, since a changed rule changes whom a release means.
RULES_VERSION: Final = "1"

# A longer text is a sentence or worse: it is compared as a whole.
LONGEST_NAME: Final = 1_000

_ARTICLES: Final = re.compile(r"^(?:the )+")
_QUOTES: Final = dict.fromkeys(map(ord, "‘’‚‛′`´ʹʼʻ＇"), "'") | dict.fromkeys(
    map(ord, "“”„‟″«»＂"), '"'
)
_DASHES: Final = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－⁃"), "-")
_SAME: Final = _QUOTES | _DASHES
_BRACKET: Final = re.compile(r"^(.*\S)\s*(?:\(([^()\[\]]+)\)|\[([^()\[\]]+)\])$", re.DOTALL)
_SMALL_WORDS: Final = frozenset(
    {"a", "and", "at", "de", "des", "di", "du", "for", "in", "la", "las", "le", "los", "of", "on"}
    | {"the", "to", "und", "y"}
)


@lru_cache(maxsize=65_536)
def normal(stated: str) -> str:
    """The form in which names are compared.

    1. Unicode NFKC and casefold, blanks of any kind to one blank, none at the ends: how a text
       was typed, not what it says. Accents stay, since they can tell two names apart.
    2. Quotes of one kind, dashes of one kind: keyboards and typesetters choose them.
    3. "&" is "and": the same word.
    4. Commas and full stops are left out ("U.S.", "Heart, Lung, and Blood", "Inc."): no two
       bodies differ by them alone. Double quotes and signs without a picture (soft hyphens) go
       too: files double the quotes, and nobody sees the others.
    5. A leading "The" is left out: an article is not a part of who is meant.
    6. A trailing bracket with the initials of the words before it is left out: it repeats them.

    Example:
        >>> normal("The  Medical Research Council (MRC)")
        'medical research council'
        >>> normal("National Heart, Lung, & Blood Institute") == normal(
        ...     "National Heart Lung and Blood Institute"
        ... )
        True
    """
    form, before = stated, None
    # A rule can open the way for an earlier one ("The (The X)"); each round only shortens or
    # folds, so this ends.
    while form != before:
        before = form
        form = _without_initials(_without_article(_plain(form)))
    return form


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text.translate(_SAME)).casefold()
    folded = unicodedata.normalize("NFKC", folded).translate(_SAME)
    seen = "".join(sign for sign in folded if unicodedata.category(sign) != "Cf")
    marked = seen.replace("&", " and ").replace(",", " ").replace(".", "").replace('"', "")
    return " ".join(marked.split())


def _without_article(form: str) -> str:
    return _ARTICLES.sub("", form)


def _without_initials(form: str) -> str:
    parts = bracket(form) if len(form) <= LONGEST_NAME else None
    return parts[0] if parts and compact(parts[1]) in initials(parts[0]) else form


def bracket(text: str) -> tuple[str, str] | None:
    """A text that ends in a bracket, as what stands before it and in it; None without one.

    Example:
        >>> bracket("Medical Research Council  [UK]")
        ('Medical Research Council', 'UK')
    """
    found = _BRACKET.match(text.strip())
    if not found:
        return None
    inside = (found[2] or found[3]).strip()
    return (found[1].strip(), inside) if inside else None


def compact(text: str) -> str:
    """Letters and digits alone, without case: "N.I.H." and "nih" are one acronym.

    Example:
        >>> compact("N.I.H.")
        'nih'
    """
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def initials(name: str) -> frozenset[str]:
    """The acronyms that a name spells: with and without its small words, of two letters or more.

    Example:
        >>> sorted(initials("National Institute on Aging"))
        ['nia', 'nioa']
    """
    words = [word for word in re.split(r"[^\w']+", name.casefold()) if word]
    every = "".join(word[0] for word in words)
    main = "".join(word[0] for word in words if word not in _SMALL_WORDS)
    return frozenset(form for form in (every, main) if len(form) > 1)
