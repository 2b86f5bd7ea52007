"""Every study of a release in memory, by number: what lists, charts and searches share.

A study's number is its place in the order of accessions. Words that many studies share (a
title, a journal) are held once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from everygenome.measures import studies as measure
from everygenome.queries.measures.words import folded
from everygenome.queries.tables import Tables

Numbers = NDArray[np.int64]
MISSING = -1
NO_DAY = np.iinfo(np.int32).min
_ACCESSION = "^(?P<letters>[A-Z]+)(?P<digits>[0-9]{1,9})$"
_SHARED = ("pubmed_id", "first_author", "journal", "title", "trait_reported")


@dataclass(frozen=True)
class StudyIndex:
    """Every study that has an ancestry row, in the order of accessions.

    Attributes:
        table: `study_accession`, `pubmed_id`, `first_author`, `publication_date`,
            `publication_year`, `journal`, `title`, `trait_reported`, `association_count`.
        held: what the questions call each study.
        traits: study numbers in order, and the name of a mapped trait for each.
    """

    table: pa.Table
    held: NDArray[Any]
    traits: tuple[Numbers, pa.Array]

    def numbers(self, held: NDArray[Any]) -> Numbers:
        """The numbers of studies, from what the questions call them."""
        order, ordered = self._ordered
        found: Numbers = order[np.searchsorted(ordered, held)]
        return found

    @cached_property
    def _ordered(self) -> tuple[Numbers, NDArray[Any]]:
        order = np.argsort(self.held, kind="stable")
        return order, self.held[order]

    @cached_property
    def day(self) -> NDArray[np.int32]:
        """Day of publication since 1970-01-01, or `NO_DAY`."""
        days = self.table["publication_date"].cast(pa.int32()).fill_null(NO_DAY)
        return np.asarray(days.to_numpy(), dtype=np.int32)

    @cached_property
    def associations(self) -> Numbers:
        """Count of associations, or `MISSING`."""
        counts = self.table["association_count"].fill_null(MISSING)
        return np.asarray(counts.to_numpy(), dtype=np.int64)

    @cached_property
    def accession_numbers(self) -> tuple[str, int, Numbers]:
        """How most accessions are written, and the number in each.

        Returns:
            The letters before the number, its least digits, and each study's number, which
            is `MISSING` where the accession is written otherwise.
        """
        names = self.table["study_accession"]
        parts = pc.extract_regex(names, _ACCESSION).combine_chunks()
        letters, written = (pc.struct_field(parts, name) for name in ("letters", "digits"))
        codes = letters.dictionary_encode()
        modes = pc.mode(codes.indices).to_pylist()
        if not modes:
            return "", 0, np.full(len(names), MISSING, dtype=np.int64)
        common = codes.dictionary[modes[0]["mode"]].as_py()
        alike = pc.fill_null(pc.equal(letters, common), fill_value=False)
        digits = int(pc.min(pc.utf8_length(written.filter(alike))).as_py())
        number = pc.if_else(alike, written, pa.scalar(None, pa.string())).cast(pa.int64())
        again = pc.utf8_lpad(number.cast(pa.string()), digits, "0")
        number = pc.if_else(pc.equal(again, written), number, pa.scalar(None, pa.int64()))
        return common, digits, np.asarray(number.fill_null(MISSING).to_numpy(), dtype=np.int64)

    def number_of(self, accession: str) -> int | None:
        """The number of an accession, or None where no study has it."""
        found = pc.index(self.table["study_accession"], accession).as_py()
        return None if found < 0 else int(found)

    def traits_of(self, study: int) -> list[str]:
        """The mapped traits of a study, by name."""
        studies, names = self.traits
        low, high = np.searchsorted(studies, [study, study + 1])
        return sorted(names.slice(low, high - low).to_pylist())

    def containing(self, text: str) -> NDArray[np.bool_]:
        """Which studies have a text in title, author, trait, journal, accession or paper."""
        wanted = folded(text)
        named = pc.match_substring(self.table["study_accession"], wanted, ignore_case=True)
        hits = np.array(named.to_numpy(), dtype=np.bool_)
        for words, codes in self.words:
            # One more place, always false, for studies that lack the column.
            has = np.array([wanted in word for word in words] + [False])
            hits |= has[codes]
        return hits

    @cached_property
    def words(self) -> list[tuple[list[str], Numbers]]:
        """The different texts of each shared column, folded, and each study's text."""
        found = []
        for name in _SHARED:
            column = self.table[name].combine_chunks()
            words = [folded(word) for word in column.dictionary.to_pylist()]
            codes = column.indices.fill_null(len(words)).to_numpy(zero_copy_only=False)
            found.append((words, np.asarray(codes, dtype=np.int64)))
        return found


def study_index(tables: Tables) -> StudyIndex:
    """The studies of a release, read once.

    Raises:
        NotFoundError: the release was made without its ancestry file.
    """
    tables.need("ancestry")
    return tables.kept.always("study index", lambda: _build(tables))


def _build(tables: Tables) -> StudyIndex:
    opened = tables.opened
    found = tables.run(
        "study index",
        lambda: measure.study_list(
            tables["ancestry"], opened.whole("ancestry"), opened.whole("studies")
        ),
    ).combine_chunks()
    held = found["held"].to_numpy()
    table = found.drop_columns(["held"])
    for name in _SHARED:
        at = table.column_names.index(name)
        table = table.set_column(at, name, table[name].dictionary_encode())
    named = tables.run(
        "study labels",
        lambda: measure.study_labels(tables["study_trait"], tables["trait_parent"]),
    )
    index = StudyIndex(table, held, (np.empty(0, dtype=np.int64), pa.array([], pa.string())))
    return StudyIndex(table, held, _traits(index, named))


def _traits(index: StudyIndex, named: pa.Table) -> tuple[Numbers, pa.Array]:
    """Pairs of study number and trait name in the order of studies; others have no rows."""
    held = named["study_accession"].to_numpy()
    known = np.isin(held, index.held)
    studies = index.numbers(held[known])
    order = np.argsort(studies, kind="stable")
    names = pc.filter(named["trait"], pa.array(known)).combine_chunks().dictionary_encode()
    return studies[order], names.take(pa.array(order))


def texts(table: pa.Table, name: str, at: Sequence[int] | Numbers) -> list[Any]:
    """Values of a column at some places."""
    values: list[Any] = table[name].take(pa.array(at, pa.int64())).to_pylist()
    return values
