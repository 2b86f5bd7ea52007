"""Names for a person to review: out as a table for a spreadsheet, back as decisions.

The person fills in `means` with the identifier of a known entity, or with a new one and its
name, and `source` and `reviewed_on`. Rows whose `means` is empty are no decisions.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import astuple

from everygenome.vocabulary.entities.audit import Audit, audit, ranked
from everygenome.vocabulary.entities.decisions import read_decisions
from everygenome.vocabulary.entities.resolve import Names
from everygenome.vocabulary.entities.sheet import COLUMNS, ReviewRow, guarded

__all__ = ["Audit", "ReviewRow", "audit", "read_decisions", "review_rows", "to_csv"]


def review_rows(names: Names, stated: Mapping[tuple[str, str | None], int]) -> list[ReviewRow]:
    """Every name that names somebody, most publications first.

    Args:
        names: the names of one kind.
        stated: publications by stated name and country.

    Example:
        >>> rows = review_rows(Names("funder"), {("NHLBI NIH HHS", "United States"): 1090})
        >>> rows[0].now, rows[0].how
        ('nhlbi', 'alias')
    """
    rows = []
    for (text, country), publications in ranked(stated):
        found = names.resolve(text, country=country)
        if found:
            one = found.entity
            rows.append(ReviewRow(publications, text, country or "", one.id, one.name, found.how))
    return rows


def to_csv(rows: Iterable[ReviewRow]) -> str:
    """Rows as CSV text. A cell that a spreadsheet would run as a formula gets a "'" before it."""
    out = io.StringIO()
    # Quoted throughout: else a carriage return in a name would be read as the end of a row.
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    writer.writerows([guarded(str(cell)) for cell in astuple(row)] for row in rows)
    return out.getvalue()
