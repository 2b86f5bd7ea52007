"""How much is known of who paid: publications without a grant record are not unfunded."""

from collections.abc import Iterable
from typing import Any

from everygenome.queries.answer import Note
from everygenome.queries.notes import note, percent
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables

_STATUSES = {
    "with grants": "with_grants",
    "returned without grants": "without_grants",
    "not returned": "not_returned",
    "not asked": "not_asked",
}


def grant_coverage(tables: Tables, question: Question) -> dict[str, Any]:
    """What the sources say of the grants of the publications that the other filters select.

    A filter of funders is left out: of those that it selects, every one names a funder.

    Returns:
        `publications`, and of these `with_grants`, `without_grants` (the source has the paper and
        lists none), `not_returned` (asked for and not found), `not_asked`, `naming_a_funder`
        (counts of publications), and `share` (0-1: those that name a funder).

    Raises:
        NotFoundError: the release was made without grants.
    """
    tables.entities.need("funder")
    question = question.but(funder=None)
    rows = tables.selected(question)

    def build() -> Any:
        papers = rows.filter(rows.pubmed_id.notnull()).select("pubmed_id").distinct()
        known = papers.left_join(tables["grant_status"], "pubmed_id")
        named = tables["publication_funder"].select("pubmed_id").distinct().mutate(named=True)
        both = known.left_join(named, "pubmed_id", rname="{name}_named")
        status = both.grant_status.fill_null("not asked")
        return both.group_by(status=status).agg(
            publications=both.count(), naming=both.count(where=both.named.fill_null(False))
        )

    found = tables.run(("grant coverage", question.selection), build).to_pylist()
    counts: dict[str, Any] = dict.fromkeys(_STATUSES.values(), 0)
    for row in found:
        counts[_STATUSES[row["status"]]] += row["publications"]
    total = sum(row["publications"] for row in found)
    naming = sum(row["naming"] for row in found)
    return {
        "publications": total,
        **counts,
        "naming_a_funder": naming,
        "share": naming / total if total else None,
    }


def grant_notes(covered: dict[str, Any]) -> Iterable[Note]:
    """What must be known of the coverage."""
    share = covered["share"]
    yield note(
        "grant_coverage",
        named=f"{covered['naming_a_funder']:,}",
        publications=f"{covered['publications']:,}",
        share="none" if share is None else percent(share),
    )
