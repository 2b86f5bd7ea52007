"""A portfolio's trend beside that of its peers: the rest of the field in the same subjects."""

from typing import Any

import numpy as np
import pyarrow as pa

from everygenome.queries.answer import Answer
from everygenome.queries.measures.bands import real
from everygenome.queries.measures.compared_portfolios import MINIMUM, one_to_compare
from everygenome.queries.measures.shared import coverage, make
from everygenome.queries.notes import note
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables
from everygenome.statistics.matching import Weighting
from everygenome.statistics.standardised import by_year
from everygenome.vocabulary.schemes import CLASS_GROUPS
from everygenome.vocabulary.terms import Denominator

SCHEMA = pa.schema(
    [
        ("year", pa.int64()),
        ("group", pa.string()),
        ("is_class", pa.bool_()),
        ("publications_of_group", pa.int64()),
        *(
            (name, pa.float64())
            for name in (
                "crude_share",
                "observed_share",
                "observed_low",
                "observed_high",
                "expected_share",
                "expected_low",
                "expected_high",
                "ratio",
                "ratio_low",
                "ratio_high",
            )
        ),
    ]
)


def peers(
    tables: Tables,
    question: Question,
    *,
    kind: str | None = None,
    name: str | None = None,
    bands: bool = True,
) -> Answer:
    """Shares of a portfolio by year of publication, and what the rest of the field has.

    Each year is compared on its own, like for like, with balanced weights; see `standardised`.

    Args:
        tables: the release.
        question: the choices; without `kind`, they say whose portfolio it is.
        kind: funder, cohort, journal or country.
        name: a name or an identifier of that kind.
        bands: reckon the bootstrap intervals.

    Returns:
        Rows as in `SCHEMA`, for the years in which the portfolio has participations:
        `crude_share` is of all of the portfolio's in the year; `observed_share` and
        `expected_share` are of the matched ones, weighted alike.

    Raises:
        UsageError, NotFoundError: see `standardised`.
    """
    denominator = question.denominator or Denominator.RECORDED
    one, asked = one_to_compare(tables, question, kind, name, denominator=denominator)
    compared = one.compared
    found = by_year(
        compared.field,
        compared.member,
        weights=compared.weights if bands else None,
        weighting=Weighting.BALANCED,
    )
    records: list[dict[str, Any]] = []
    for year, result in found.items():
        if not year:
            # Publications without a readable date have no place in a trend.
            continue
        for at, group in enumerate(compared.groups):
            intervals = {
                "observed": result.observed_share_interval,
                "expected": result.expected_share_interval,
                "ratio": result.ratio_interval,
            }
            records.append(
                {
                    "year": year,
                    "group": group,
                    "is_class": group in CLASS_GROUPS,
                    "publications_of_group": int(np.asarray(result.crude_publications)[at]),
                    "crude_share": real(result.crude_share[at]),
                    "observed_share": real(result.observed_share[at]),
                    "expected_share": real(result.expected_share[at]),
                    "ratio": real(result.ratio[at]),
                    **{
                        f"{name}_{end}": real(getattr(interval, end)[at])
                        for name, interval in intervals.items()
                        for end in ("low", "high")
                    },
                }
            )
    extra = [note("reconstructed_history"), note("like_for_like_by_year")]
    if bands:
        extra.append(note("clustering_by_publication"))
    last = max(found, default=0)
    if last >= tables.manifest.date.year:
        extra.append(note("partial_year", year=last))
    if one.publications < MINIMUM:
        extra.append(note("under_minimum", publications=one.publications, minimum=MINIMUM))
    return make(
        tables,
        asked,
        measure="peers",
        denominator=denominator,
        covered=coverage(tables, asked),
        extra=extra,
        table=pa.Table.from_pylist(records, SCHEMA),
    )
