"""Portfolios against the rest of the field on like-for-like subjects, years and stages."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from everygenome.errors import UsageError
from everygenome.queries.answer import Answer, Note
from everygenome.queries.measures.bands import real
from everygenome.queries.measures.compared_portfolios import (
    FIELD,
    MINIMUM,
    One,
    portfolios_to_compare,
)
from everygenome.queries.measures.field_portions import OWNERS
from everygenome.queries.measures.grant_coverage import grant_coverage, grant_notes
from everygenome.queries.measures.shared import coverage, make
from everygenome.queries.notes import note, percent
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables
from everygenome.statistics.comparison import Standardised
from everygenome.statistics.matching import Weighting
from everygenome.statistics.standardised import standardised_many
from everygenome.vocabulary.schemes import CLASS_GROUPS
from everygenome.vocabulary.terms import Denominator, Unit

_FIGURES = (
    "observed_share",
    "expected_share",
    "ratio",
    "crude_share",
    "field_share",
    "crude_ratio",
)
_MATCHED = ("matched_share", "trait_share", "parent_share", "unmapped_share")
_INTERVALS = {
    "observed": "observed_share_interval",
    "expected": "expected_share_interval",
    "ratio": "ratio_interval",
    "crude_ratio": "crude_ratio_interval",
}
# The same with strata weighted for how much both did there: without drift; see `statistics`.
_BALANCED = ("observed_share", "expected_share", "ratio")
SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("kind", "id", "name", "group")),
        ("is_class", pa.bool_()),
        ("publications", pa.int64()),
        ("publications_of_group", pa.int64()),
        *((name, pa.float64()) for name in _FIGURES),
        *((f"{name}_{end}", pa.float64()) for name in _INTERVALS for end in ("low", "high")),
        *((f"balanced_{name}", pa.float64()) for name in _BALANCED),
        ("balanced_low", pa.float64()),
        ("balanced_high", pa.float64()),
        *((name, pa.float64()) for name in _MATCHED),
        ("small", pa.bool_()),
    ]
)


def standardised(
    tables: Tables,
    question: Question,
    *,
    kind: str | None = None,
    name: str | None = None,
    min_publications: int = MINIMUM,
    inclusive: bool = False,
    bands: bool = True,
) -> Answer:
    """Compare portfolios with the rest of the field, each left out of it, like for like.

    Args:
        tables: the release.
        question: the choices. Its funder, cohort, journal and country say whose portfolio it is,
            and narrow that of `kind`; the others say which field it is compared with.
        kind: funder or journal: each of the kind with enough publications; with `name` that one,
            of any kind but trait; `field` is everything, and only inclusive.
        name: a name or an identifier.
        min_publications: none with fewer is compared; one that is named is shown without ratios.
        inclusive: leave the portfolio in the field, as a check.
        bands: reckon the bootstrap intervals.

    Returns:
        One row for each portfolio and group, as in `SCHEMA`: `observed_share` of the matched
        participations, `expected_share` as the rest of the field has in the same strata, their
        `ratio`, each with `_low` and `_high`; the crude figures of all participations beside
        them (`crude_share`, `field_share`, `crude_ratio`); `balanced_ratio` with `balanced_low`
        and `_high`, in which each stratum counts for how much both did in it: the ratio of a
        random portfolio is then 1, which `ratio` is not where a few publications are huge;
        `matched_share` (0-1: participations in strata with others), in its parts by trait, by
        trait parent and without a trait.

    Raises:
        UsageError: no portfolio is named, or it cannot be compared like this.
        NotFoundError: the release does not know it.
    """
    if question.unit is not Unit.PARTICIPATIONS:
        raise UsageError(
            f"Portfolios are compared in participations, not in {question.unit.value}.",
            remedy="Leave the unit out.",
        )
    denominator = question.denominator or Denominator.RECORDED
    if kind == FIELD and not inclusive:
        raise UsageError(
            "The whole field has no rest to be compared with.",
            remedy="Add --inclusive, as a check of the method: every ratio is then 1.",
        )
    ones, asked = portfolios_to_compare(
        tables, question, kind, name, denominator=denominator, minimum=min_publications
    )
    found = _compared(ones, Weighting.PORTFOLIO, bands=bands, inclusive=inclusive)
    balanced = _compared(ones, Weighting.BALANCED, bands=bands, inclusive=inclusive)
    records = [
        row
        for one, result, other in zip(ones, found, balanced, strict=True)
        for row in _rows(one, result, other, minimum=min_publications)
    ]
    covered = coverage(tables, asked)
    extra = [note("clustering_by_publication")] if bands else []
    if "funder" in (kind, *(name for name in OWNERS if getattr(question, name))):
        covered |= {"grants": grant_coverage(tables, question)}
        extra += grant_notes(covered["grants"])
    extra += _notes(ones, found, inclusive=inclusive, minimum=min_publications)
    return make(
        tables,
        asked,
        measure="standardised",
        denominator=denominator,
        covered=covered,
        extra=extra,
        filters={
            **({"kind": kind} if kind else {}),
            "min_publications": min_publications,
            **({"inclusive": True} if inclusive else {}),
        },
        table=pa.Table.from_pylist(records, SCHEMA),
    )


def _compared(
    ones: list[One], weighting: Weighting, *, bands: bool, inclusive: bool
) -> Sequence[Standardised]:
    if not ones:
        return []
    first = ones[0].compared
    return standardised_many(
        first.field,
        [one.compared.member for one in ones],
        weights=first.weights if bands else None,
        inclusive=inclusive,
        weighting=weighting,
    )


def _rows(
    one: One, found: Standardised, balanced: Standardised, *, minimum: int
) -> list[dict[str, Any]]:
    small = one.publications < minimum
    rows = []
    for at, group in enumerate(one.compared.groups):
        figures = {name: real(getattr(found, name)[at]) for name in _FIGURES}
        for name, attribute in _INTERVALS.items():
            interval = getattr(found, attribute)
            figures[f"{name}_low"] = real(interval.low[at])
            figures[f"{name}_high"] = real(interval.high[at])
        figures |= {f"balanced_{name}": real(getattr(balanced, name)[at]) for name in _BALANCED}
        figures["balanced_low"] = real(balanced.ratio_interval.low[at])
        figures["balanced_high"] = real(balanced.ratio_interval.high[at])
        if small:
            # Shown, and not compared.
            figures = {
                name: value if name in ("observed_share", "crude_share", "field_share") else None
                for name, value in figures.items()
            }
        rows.append(
            {
                "kind": one.entity.kind,
                "id": one.entity.id,
                "name": one.entity.name,
                "group": group,
                "is_class": group in CLASS_GROUPS,
                "publications": one.publications,
                "publications_of_group": int(found.crude_publications[at]),
                **figures,
                **{name: real(getattr(found, name)) for name in _MATCHED},
                "small": small,
            }
        )
    return rows


def _notes(
    ones: list[One], found: Sequence[Standardised], *, inclusive: bool, minimum: int
) -> list[Note]:
    told = [note("whole_field_included")] if inclusive else []
    if len(ones) == 1:
        matched = real(found[0].matched_share)
        told.append(
            note(
                "like_for_like",
                matched="No participations"
                if matched is None
                else f"{percent(matched)} of the participations",
            )
        )
        if ones[0].publications < minimum:
            told.append(note("under_minimum", publications=ones[0].publications, minimum=minimum))
    else:
        told.append(note("full_counting"))
        told.append(note("like_for_like", matched="Not all participations"))
    return told
