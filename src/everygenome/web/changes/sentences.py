"""What changed, in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from everygenome.charts.figures import number
from everygenome.vocabulary.terms import Unit
from everygenome.web.changes.pairs import Summary
from everygenome.web.site.findings import moved

# As the catalogue's columns are called in the pages.
COLUMNS = {
    "pubmed_id": "publication",
    "trait_reported": "trait",
    "title": "title",
    "journal": "journal",
    "publication_date": "date of publication",
    "initial_sample_stated": "who took part in discovery",
    "replication_sample_stated": "who took part in replication",
    "association_count": "number of associations",
    "mapped_trait_uri_stated": "trait’s term in the ontology",
    "genotyping_technology": "genotyping technology",
    "cohort_stated": "cohorts",
    "platform_stated": "platform",
}


def in_one(found: Summary) -> str:
    """The change in one sentence, without its dates.

    Example:
        >>> totals = dict.fromkeys(("studies_removed", "studies_changed"), 0) | {
        ...     "studies_added": 1, "publications_added": 1, "publications_removed": 0,
        ...     "participations_added": 5000}
        >>> in_one(Summary(totals, ()))
        '1 study was added in 1 new publication, with 5,000 participations.'
    """
    totals = {name: value or 0 for name, value in found.totals.items()}
    added = totals["studies_added"]
    said = f"{_many(added, 'study', 'studies')} {_was(added)} added"
    if totals["publications_added"]:
        said += f" in {_many(totals['publications_added'], 'new publication', 'new publications')}"
    if found.totals["participations_added"] is not None and added:
        said += f", with {number(found.totals['participations_added'])} participations"
    parts = [said]
    for kind in ("removed", "changed"):
        count = totals[f"studies_{kind}"]
        if count:
            parts.append(f"{_many(count, 'study', 'studies')} {_was(count)} {kind}")
    largest = largest_moved(found)
    if largest:
        parts.append(largest[0].lower() + largest[1:].removesuffix("."))
    return "; ".join(parts) + "."


def largest_moved(found: Summary) -> str | None:
    """How the share of participations of the group that is now the largest moved."""
    rows = [
        row
        for row in found.measures
        if row["unit"] == Unit.PARTICIPATIONS.value and row["share_after"]
    ]
    if not rows:
        return None
    row = max(rows, key=lambda row: row["share_after"])
    return moved(row["group"], row["share_before"], row["share_after"])


def by_unit(found: Summary) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """The measures of each unit, in the order of the groups."""
    return [
        (unit.value, [row for row in found.measures if row["unit"] == unit.value])
        for unit in Unit
        if any(row["unit"] == unit.value for row in found.measures)
    ]


def told_rows(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Studies with the changed columns in words."""
    return [
        dict(row)
        | {"what": ", ".join(COLUMNS.get(name, name) for name in (row["what"] or "").split(", "))}
        for row in rows
    ]


def _many(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}" if count else f"no {many}"


def _was(count: int) -> str:
    return "was" if count == 1 else "were"
