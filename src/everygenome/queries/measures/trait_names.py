"""Every name under which a trait of a release can be found, folded once for searching."""

import difflib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from everygenome.measures import trait_names as measure
from everygenome.queries.measures.words import alike
from everygenome.queries.tables import Tables

LABEL, IDENTIFIER, REPORTED = "label", "identifier", "reported name"
_KINDS = (LABEL, IDENTIFIER, REPORTED)
CLOSE = 0.75
_COMPARED = 200
_LETTERS = 32


@dataclass(frozen=True)
class Trait:
    """A trait that studies of the release name."""

    trait_id: str
    label: str | None
    parents: tuple[str, ...]
    studies: int


@dataclass(frozen=True)
class TraitNames:
    """The names of all traits; one row of `names` for each trait, kind and text.

    Attributes:
        traits: the traits, by number.
        names: `trait` (its number), `kind` (place in label, identifier, reported name), `text`
            (as it stands), `bare` (folded, without marks).
    """

    traits: list[Trait]
    names: pa.Table

    def ranks(self, wanted: str) -> NDArray[np.int64]:
        """How well each name fits folded words, 0 best; 9 for not at all.

        Equal; beginning so; with a word that begins so; anywhere; or holding each of the words.
        Identifiers count where they are equal, or begin so and a digit is given.
        """
        names = self.names["bare"]
        kind = self._kind
        ranks = np.full(len(names), 9, dtype=np.int64)
        each = [_true(pc.match_substring(names, word)) for word in wanted.split()]
        ranks[np.logical_and.reduce(each) & (kind != 1)] = 7
        for rank, hits in (
            (6, pc.match_substring(names, wanted)),
            (5, pc.match_substring(names, f" {wanted}")),
            (3, pc.starts_with(names, wanted)),
        ):
            ranks[_true(hits) & (kind != 1)] = rank
        if any(letter.isdigit() for letter in wanted):
            ranks[_true(pc.starts_with(names, wanted)) & (kind == 1)] = 4
        equal = _true(pc.equal(names, wanted))
        ranks[equal] = np.array([1, 0, 2])[kind[equal]]
        return ranks

    def close(self, wanted: str) -> list[tuple[float, int]]:
        """Names spelt nearly so: how close (0-1), and the row; the closest first."""
        letters, lengths = self._letters
        own = _letter_counts([wanted])[0]
        # No two texts are closer than the letters they share allow: that is quick to reckon.
        shared = np.minimum(letters, own).sum(axis=1)
        bound = 2 * shared / np.maximum(lengths + len(wanted), 1)
        near = np.argsort(-bound, kind="stable")[:_COMPARED]
        matcher = difflib.SequenceMatcher(autojunk=False)
        matcher.set_seq2(wanted)
        found = []
        for row in near[bound[near] >= CLOSE].tolist():
            matcher.set_seq1(self.names["bare"][row].as_py())
            ratio = matcher.ratio()
            if ratio >= CLOSE:
                found.append((ratio, row))
        return sorted(found, key=lambda item: (-item[0], item[1]))

    @cached_property
    def _kind(self) -> NDArray[np.int64]:
        return np.asarray(self.names["kind"].to_numpy(), dtype=np.int64)

    @cached_property
    def _letters(self) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        texts = self.names["bare"].to_pylist()
        return _letter_counts(texts), np.array([len(text) for text in texts], dtype=np.int64)


def trait_names(tables: Tables) -> TraitNames:
    """The names of a release's traits, folded when they are first asked for."""
    return tables.kept.always("trait names", lambda: _build(tables))


def _build(tables: Tables) -> TraitNames:
    named = (tables["study_trait"], tables["trait_parent"])
    known = tables.run("traits counted", lambda: measure.traits(*named))
    traits = [
        Trait(
            row["trait_id"],
            row["trait"],
            tuple(sorted(filter(None, row["trait_parents"] or ()))),
            row["studies"],
        )
        for row in known.to_pylist()
    ]
    number = {trait.trait_id: place for place, trait in enumerate(traits)}
    found = tables.run(
        "names of traits",
        lambda: measure.names(*named, tables["studies"], tables.opened.whole("trait_mapping")),
    )
    rows: dict[tuple[int, int, str], str] = {}
    for row in found.to_pylist():
        text, place = row["text"], number[row["trait_id"]]
        rows.setdefault((place, _KINDS.index(row["kind"]), alike(text)), text)
    listed = [
        {"trait": place, "kind": kind, "bare": plain, "text": text}
        for (place, kind, plain), text in sorted(rows.items())
    ]
    return TraitNames(traits, pa.Table.from_pylist(listed, _SCHEMA))


_SCHEMA = pa.schema(
    [("trait", pa.int64()), ("kind", pa.int64()), ("bare", pa.string()), ("text", pa.string())]
)


def _true(hits: Any) -> NDArray[np.bool_]:
    return np.asarray(hits.to_numpy(), dtype=np.bool_)


def _letter_counts(texts: list[str]) -> NDArray[np.uint8]:
    """How often each letter stands in each text; letters share 32 boxes, counts end at 255."""
    counts = np.zeros((len(texts), _LETTERS), dtype=np.uint8)
    for row, text in enumerate(texts):
        codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32) % _LETTERS
        counts[row] = np.minimum(np.bincount(codes, minlength=_LETTERS), 255)
    return counts
