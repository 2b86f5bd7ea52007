"""An award's studies beside the rest of the field in the same subjects, years and stage."""

from dataclasses import dataclass
from typing import Any

from everygenome.queries.answer import Note
from everygenome.queries.measures.bands import real
from everygenome.queries.measures.field_portions import of_publications, whole_field
from everygenome.queries.notes import note, percent
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables
from everygenome.statistics.matching import Weighting
from everygenome.statistics.standardised import standardised
from everygenome.vocabulary.terms import Denominator

MINIMUM = 20


@dataclass(frozen=True, slots=True)
class LikeForLike:
    """A comparison, or why there is none.

    Attributes:
        rows: by group `observed_share`, `expected_share` (0-1), `ratio`, `ratio_low`,
            `ratio_high` (balanced, see `statistics.standardised`), `publications`.
        matched_share: 0-1, of the participations that could be compared; missing without any.
        why_not: why nothing is compared; empty where something is.
        notes: what to know of it.
    """

    rows: tuple[dict[str, Any], ...] = ()
    matched_share: float | None = None
    why_not: str = ""
    notes: tuple[Note, ...] = ()


def like_for_like(
    tables: Tables, question: Question, *, whole: bool, minimum: int = MINIMUM
) -> LikeForLike:
    """Compare the publications that a question selects with the rest of the field.

    Args:
        tables: the release.
        question: the choices, with `publication` or `study` set.
        whole: every study of these publications is selected; one that is in the award in part
            would stand on both sides.
        minimum: fewer publications are not compared.
    """
    denominator = question.denominator or Denominator.RECORDED
    rows = tables.selected(question)
    found = tables.run(
        ("publications of an award", question.selection),
        lambda: rows.select(
            "pubmed_id", cluster=rows.pubmed_id.fill_null(rows.study_accession)
        ).distinct(),
    )
    numbered = len(found["pubmed_id"].drop_null())
    if numbered < minimum:
        few = f"{numbered} publication{'' if numbered == 1 else 's'}"
        return LikeForLike(
            why_not=f"There {'is' if numbered == 1 else 'are'} {few} with "
            f"{question.stage.value} samples. Under {minimum}, nothing is compared like for like: "
            "chance would decide.",
        )
    if not whole:
        return LikeForLike(
            why_not="Some of these publications are in the award in part only, so that they would "
            "stand on both sides of a comparison like for like.",
        )
    everyone = whole_field(tables, question.but(publication=None, study=None), denominator)
    compared = of_publications(tables, everyone, found["cluster"].to_pylist())
    made = standardised(
        compared.field, compared.member, weights=compared.weights, weighting=Weighting.BALANCED
    )
    matched = real(made.matched_share)
    told = "No participations" if matched is None else f"{percent(matched)} of the participations"
    return LikeForLike(
        rows=tuple(
            {
                "group": group,
                "observed_share": real(made.observed_share[at]),
                "expected_share": real(made.expected_share[at]),
                "ratio": real(made.ratio[at]),
                "ratio_low": real(made.ratio_interval.low[at]),
                "ratio_high": real(made.ratio_interval.high[at]),
                "publications": int(made.publications[at]),
            }
            for at, group in enumerate(compared.groups)
        ),
        matched_share=matched,
        notes=(note("like_for_like", matched=told), note("clustering_by_publication")),
    )
