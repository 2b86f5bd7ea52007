"""Pairs of names that look alike, for a person to look at.

Similarity is reckoned here for a reader's eye. It never decides whom a name means.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations, product
from typing import Final

from everygenome.vocabulary.entities.model import OWN_NAME
from everygenome.vocabulary.entities.normal import compact, initials, normal
from everygenome.vocabulary.entities.resolve import Names

SIMILAR: Final = 0.8
ALIKE_WORDS: Final = 0.6


@dataclass(frozen=True, slots=True)
class StatedName:
    """A name as sources have it.

    Attributes:
        stated: the name.
        country: the country stated beside it.
        publications: how many publications state it; publications of two names can overlap.
        how: "alias", "rule" or "own name".
        entity_id: whom we take it to mean.
    """

    stated: str
    country: str | None
    publications: int
    how: str
    entity_id: str


@dataclass(frozen=True, slots=True)
class NearPair:
    """Two names that look alike and mean two: worth a look.

    Attributes:
        first: the name with more publications.
        second: the other.
        similarity: 0-1; how alike the normal forms are, letter by letter or word by word.
        why: "letters", "words", "part" (all words of one are in the other) or "initials".
    """

    first: StatedName
    second: StatedName
    similarity: float
    why: str


def near_pairs(names: Names, read: Sequence[StatedName]) -> list[NearPair]:
    """Pairs of names that look alike and lead to two entities, the most alike first.

    Names are compared as they are stated and by the full names of their entities. Of two reviewed
    ones only the full names are: that "NIMH NIH HHS" and "NIMHD NIH HHS" share letters says
    nothing. Each pair of entities is listed once.
    """
    best: dict[frozenset[str], NearPair] = {}
    forms = [_forms(names, name) for name in read]
    for left, right in combinations(range(len(read)), 2):
        one, other = read[left], read[right]
        if one.entity_id == other.entity_id:
            continue
        unreviewed = OWN_NAME in (one.how, other.how)
        first = 0 if unreviewed else 1
        for near in filter(None, map(_near, *_both(forms[left][first:], forms[right][first:]))):
            key = frozenset((one.entity_id, other.entity_id))
            if key not in best or best[key].similarity < near[0]:
                best[key] = NearPair(one, other, *near)
    return sorted(
        best.values(), key=lambda pair: (-pair.similarity, pair.first.stated, pair.second.stated)
    )


def _forms(names: Names, name: StatedName) -> tuple[str, str]:
    """The normal forms of the name as stated, and of its entity's full name."""
    form = normal(name.stated)
    return form, form if name.how == OWN_NAME else normal(names.known[name.entity_id].name)


def _both(one: Sequence[str], other: Sequence[str]) -> tuple[list[str], list[str]]:
    """Every form of one beside every form of the other, each pair once, as two columns."""
    pairs = dict.fromkeys(product(one, other))
    return [left for left, _ in pairs], [right for _, right in pairs]


def _near(one: str, other: str) -> tuple[float, str] | None:
    """How alike two normal forms are, and in what; None if they are not."""
    if compact(one) in initials(other) or compact(other) in initials(one):
        return 1.0, "initials"
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() >= SIMILAR and matcher.quick_ratio() >= SIMILAR:
        ratio = matcher.ratio()
        if ratio >= SIMILAR:
            return round(ratio, 3), "letters"
    words, others = set(one.split()), set(other.split())
    shared = len(words & others)
    alike = shared / max(len(words | others), 1)
    if shared > 1 and alike >= ALIKE_WORDS:
        return round(alike, 3), "words"
    if shared > 1 and shared == min(len(words), len(others)):
        return round(alike, 3), "part"
    return None
