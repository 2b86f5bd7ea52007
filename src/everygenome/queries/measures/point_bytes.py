"""Every study as a point, in few bytes that a browser reads as typed arrays.

Layout, all little-endian:

| bytes | what |
|---|---|
| 0-3 | the letters `EGP1` |
| 4-7 | length of the header in bytes, uint32, with the spaces that fill it up |
| 8- | the header: JSON in UTF-8 |
| then | the arrays one after the other, each filled up with zeros to a multiple of 8 |

The header holds `head` (release, unit, stage, scheme, denominator, rule, filters, caveats and
coverage, as every answer has them), `points` (how many there are), `first_day` (days since
1970-01-01), `groups` (names), `accessions`, and `arrays`: for each its `name`, `type`,
`offset` (from the beginning of the file) and `length` (in values). The points stand in the order
of days:

- `day`, uint16: days after `first_day`; uint32 where they span more than 65,535 days;
- `size`, uint32: participations, exactly; float64 where one is larger than 4,294,967,295;
- `group`, uint8: place in `groups`;
- `accession`, int32: the number in the point's accession less that of the point before (the
  first less 0). `accessions` says how a number is written: `prefix`, then at least `digits`
  digits; and its `others` lists, as pairs of point and accession, those written otherwise,
  whose number counts as that of the point before.

Points without a day or a number cannot be drawn, and are not in the arrays: the coverage
counts them as `points_without_day` and `points_without_number`.
"""

import json
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from everygenome.errors import UsageError
from everygenome.queries.measures.chosen import group_names
from everygenome.queries.measures.points import described, selected_points
from everygenome.queries.measures.study_index import MISSING, Numbers, StudyIndex, study_index
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables
from everygenome.vocabulary.terms import Rule

MAGIC = b"EGP1"
_ALIGNED = 8


def points_binary(tables: Tables, question: Question) -> bytes:
    """The points of a question as bytes; the module says how they are laid out.

    Raises:
        UsageError: the rule is the 2020 monitor's, which knows no studies.
        NotFoundError: the release lacks its ancestry file, or the trait.
    """
    if question.rule is not Rule.STANDARD:
        raise UsageError(
            f"The rule {question.rule.value} counts no studies one by one.",
            remedy="Leave --rule out.",
        )
    found = selected_points(tables, question)
    drawn = found.drawable.by_day
    accessions, numbers = _accessions(study_index(tables), drawn.study)
    first = int(drawn.day[0]) if len(drawn.day) else 0
    days = drawn.day - first
    arrays: dict[str, NDArray[Any]] = {
        "day": days.astype("<u2" if days.max(initial=0) < 2**16 else "<u4"),
        "size": drawn.participations.astype(
            "<u4" if drawn.participations.max(initial=0) < 2**32 else "<f8"
        ),
        "group": drawn.group.astype("u1"),
        "accession": np.diff(numbers, prepend=0).astype("<i4"),
    }
    answer = described(tables, question, found, table=pa.table({}), measure="points")
    head = answer.to_dict()
    del head["rows"]
    header = {
        "head": head,
        "points": len(drawn.day),
        "first_day": first,
        "groups": list(group_names(question.grouping)),
        "accessions": accessions,
    }
    return _packed(header, arrays)


def _accessions(index: StudyIndex, studies: NDArray[Any]) -> tuple[dict[str, Any], Numbers]:
    """How numbers become accessions, and the number of each point."""
    prefix, digits, numbers = index.accession_numbers
    own = numbers[studies]
    unlike = np.flatnonzero(own == MISSING)
    names = index.table["study_accession"].take(pa.array(studies[unlike])).to_pylist()
    others = [list(pair) for pair in zip(unlike.tolist(), names, strict=True)]
    # A point whose accession is listed repeats the number before it.
    before = np.maximum.accumulate(np.where(own == MISSING, MISSING, np.arange(len(own))))
    filled = np.where(before == MISSING, 0, own[before])
    return {"prefix": prefix, "digits": digits, "others": others}, filled


def _packed(header: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> bytes:
    """The header and the arrays, with the places of the arrays in the header."""
    kinds = {"u1": "uint8", "u2": "uint16", "u4": "uint32", "i4": "int32", "f8": "float64"}
    listed = [
        # The places depend on the header's length: they are written with room to spare.
        {"name": name, "type": kinds[array.dtype.str[1:]], "offset": 0, "length": len(array)}
        for name, array in arrays.items()
    ]
    room = len(_json(header | {"arrays": listed})) + 16 * len(listed)
    room += -room % _ALIGNED
    at = len(MAGIC) + 4 + room
    body = []
    for place, array in zip(listed, arrays.values(), strict=True):
        place["offset"] = at
        data = array.tobytes()
        data += b"\0" * (-len(data) % _ALIGNED)
        body.append(data)
        at += len(data)
    text = _json(header | {"arrays": listed}).ljust(room)
    return b"".join([MAGIC, len(text).to_bytes(4, "little"), text, *body])


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
