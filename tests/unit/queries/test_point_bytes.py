"""Accessions as numbers, with those that are written otherwise in a list."""

import numpy as np
import pyarrow as pa
import pytest

from everygenome.queries.measures.point_bytes import _accessions
from everygenome.queries.measures.study_index import MISSING, StudyIndex


def index_of(*names: str) -> StudyIndex:
    nothing = (np.empty(0, dtype=np.int64), pa.array([], pa.string()))
    table = pa.table({"study_accession": pa.chunked_array([pa.array(names, pa.string())])})
    return StudyIndex(table, np.arange(len(names)), nothing)


@pytest.mark.parametrize(
    ("names", "prefix", "digits", "numbers"),
    [
        (["GCST000001", "GCST90000001"], "GCST", 6, [1, 90_000_001]),
        # A seventh digit that is a nought cannot come back from a number.
        (["GCST000001", "GCST0000002"], "GCST", 6, [1, MISSING]),
        (["DEMO000001", "GCST000001", "GCST000002"], "GCST", 6, [MISSING, 1, 2]),
        (["a", "1", ""], "", 0, [MISSING] * 3),
        ([], "", 0, []),
    ],
)
def test_numbers(names: list[str], prefix: str, digits: int, numbers: list[int]) -> None:
    found = index_of(*names).accession_numbers
    assert (found[0], found[1], found[2].tolist()) == (prefix, digits, numbers)


@pytest.mark.parametrize("order", [[0, 1, 2, 3], [3, 2, 1, 0], [1], [1, 1, 3], []])
def test_every_accession_comes_back(order: list[int]) -> None:
    names = ["DEMO000001", "GCST000001", "GCST0000002", "GCST90000001"]
    written, numbers = _accessions(index_of(*names), np.array(order, dtype=np.int64))
    others = dict(written["others"])
    again = [
        others.get(point, f"{written['prefix']}{number:0{written['digits']}}")
        for point, number in enumerate(numbers.tolist())
    ]
    assert again == [names[study] for study in order]
