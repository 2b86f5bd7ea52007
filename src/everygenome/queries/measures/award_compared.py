"""An award's studies beside the rest of the field in the same subjects, years and stage."""

from dataclasses import dataclass
from typing import Any

from everygenome.queries.answer import Note
from everygenome.queries.measures.compared_portfolios import MINIMUM, publications_of
from everygenome.queries.measures.standardised import standardised
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables

# What must be known of the comparison alone; the rest is said of the award itself.
_NOTES = ("like_for_like", "clustering_by_publication")


@dataclass(frozen=True, slots=True)
class LikeForLike:
    """A comparison, or why there is none.

    Attributes:
        rows: by group `observed_share`, `expected_share` (0-1), `ratio`, `ratio_low`,
            `ratio_high` (balanced, see `measures.standardised`), `publications` (of the group).
        matched_share: 0-1, of the participations that could be compared; missing without any.
        why_not: why nothing is compared; empty where something is.
        notes: what to know of it.
    """

    rows: tuple[dict[str, Any], ...] = ()
    matched_share: float | None = None
    why_not: str = ""
    notes: tuple[Note, ...] = ()


def like_for_like(tables: Tables, question: Question, *, minimum: int = MINIMUM) -> LikeForLike:
    """Compare what a question selects of an award with the rest of the field.

    Args:
        tables: the release.
        question: the choices, with `publication` or `study` set.
        minimum: fewer publications are not compared.
    """
    number = publications_of(tables, question)
    if number < minimum:
        few = f"{number} publication{'' if number == 1 else 's'}"
        return LikeForLike(
            why_not=f"There {'is' if number == 1 else 'are'} {few} with "
            f"{question.stage.value} samples. Under {minimum}, nothing is compared like for like: "
            "chance would decide.",
        )
    answer = standardised(tables, question, min_publications=minimum)
    return LikeForLike(
        rows=tuple(
            {
                "group": row["group"],
                "observed_share": row["balanced_observed_share"],
                "expected_share": row["balanced_expected_share"],
                "ratio": row["balanced_ratio"],
                "ratio_low": row["balanced_low"],
                "ratio_high": row["balanced_high"],
                "publications": row["publications_of_group"],
            }
            for row in answer.rows
        ),
        matched_share=answer.rows[0]["matched_share"],
        notes=tuple(item for item in answer.caveats if item.id in _NOTES),
    )
