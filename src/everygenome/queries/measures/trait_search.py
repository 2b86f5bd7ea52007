"""Find a trait by its label, its identifier, or the words that authors reported."""

from typing import Any

import numpy as np
import pyarrow as pa

from everygenome.errors import UsageError
from everygenome.queries.answer import Answer
from everygenome.queries.measures.shared import make
from everygenome.queries.measures.trait_names import (
    IDENTIFIER,
    LABEL,
    REPORTED,
    TraitNames,
    trait_names,
)
from everygenome.queries.measures.words import alike
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables
from everygenome.vocabulary.terms import Stage, Unit

LIMITS = range(1, 1001)
_NONE = 9
# So many steps a reported name stands behind a label that fits as well, unless it is equal.
_FARTHER = 3
_EQUAL = 2
_KINDS = (LABEL, IDENTIFIER, REPORTED)
_REPORTED_KIND = _KINDS.index(REPORTED)
_LONGEST = 1000
_SCHEMA = pa.schema(
    [
        ("trait_id", pa.string()),
        ("trait", pa.string()),
        ("trait_parents", pa.list_(pa.string())),
        ("studies", pa.int64()),
        ("matched_by", pa.string()),
        ("matched_text", pa.string()),
    ]
)


def trait_search(
    tables: Tables, question: Question, *, text: str | None = None, limit: int = 20
) -> Answer:
    """Traits that some words may mean, the best first.

    Case, accents, marks and British or American spelling do not matter. Names that are equal
    come first (an identifier or its whole address, a label, a reported name), then names that
    begin so, that have a word that begins so, that hold the words anywhere, and that hold each
    of them; close spellings only where nothing else is found. A reported name that is not equal
    stands behind labels that have a word that begins so. Within these, traits of more studies
    first.

    Args:
        tables: the release.
        question: only its scheme is kept; the whole release is searched.
        text: the words; an answer without rows where they hold no letter or digit.
        limit: rows, 1 to 1000.

    Returns:
        One row per trait: `trait_id`, `trait` (label), `trait_parents`, `studies` (in the whole
        release, in either stage), `matched_by` (label, identifier, reported name) and
        `matched_text` (the name that fits). The coverage has `traits` (how many fit) and
        `close_spelling` (whether nothing but close spellings was found).

    Raises:
        UsageError: no words, or too many; a limit out of bounds.
    """
    if text is None:
        raise UsageError("This looks for a trait, and no words were given.", remedy="Give some.")
    if len(text) > _LONGEST:
        raise UsageError(
            f"{len(text):,} characters are too many to look for.",
            remedy=f"Give {_LONGEST:,} at most.",
        )
    if limit not in LIMITS:
        raise UsageError(f"{limit} traits cannot be shown.", remedy="Use a number from 1 to 1000.")
    wanted = alike(text)
    known = trait_names(tables)
    places = _fitting(known, wanted) if wanted else []
    close = bool(wanted) and not places
    if close:
        places = list(dict.fromkeys(row for _, row in known.close(wanted)))
    rows = _rows(known, places)
    return make(
        tables,
        Question(scheme=question.scheme, stage=Stage.ALL, unit=Unit.STUDIES),
        measure="trait_search",
        denominator="all",
        covered={"rows": len(rows), "traits": len(rows), "close_spelling": close and bool(rows)},
        filters={"text": text},
        table=pa.Table.from_pylist(rows[:limit], _SCHEMA),
    )


def _fitting(known: TraitNames, wanted: str) -> list[int]:
    """Rows of the names that fit, the best first."""
    ranks = known.ranks(wanted)
    rows = np.flatnonzero(ranks < _NONE)
    kind = known.names["kind"].to_numpy()[rows]
    trait = known.names["trait"].to_numpy()[rows]
    studies = np.array([one.studies for one in known.traits], dtype=np.int64)
    # Words that an author used for a trait among others say less than the trait's own name.
    rank = ranks[rows] + np.where((kind == _REPORTED_KIND) & (ranks[rows] > _EQUAL), _FARTHER, 0)
    order = np.lexsort((rows, -studies[trait], kind, rank))
    ordered: list[int] = rows[order].tolist()
    return ordered


def _rows(known: TraitNames, places: list[int]) -> list[dict[str, Any]]:
    """Each trait once, with the name by which it fits best."""
    found: dict[int, dict[str, Any]] = {}
    few = known.names.take(pa.array(places, pa.int64())).to_pylist()
    for row in few:
        trait = known.traits[row["trait"]]
        found.setdefault(
            row["trait"],
            {
                "trait_id": trait.trait_id,
                "trait": trait.label,
                "trait_parents": list(trait.parents),
                "studies": trait.studies,
                "matched_by": _KINDS[row["kind"]],
                "matched_text": row["text"],
            },
        )
    return list(found.values())
