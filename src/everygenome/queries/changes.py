"""Find what changed between two open releases: study by study, and in the measures."""

from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from everygenome.queries.measures.shared import by_group, key
from everygenome.queries.question import Question
from everygenome.queries.release import Release
from everygenome.vocabulary.terms import Denominator, Unit

KINDS = ("added", "removed", "changed")
# Compared as they were stated; the line in the file is no property of a study.
_STATED = (
    "pubmed_id",
    "trait_reported",
    "title",
    "journal",
    "publication_date",
    "initial_sample_stated",
    "replication_sample_stated",
    "association_count",
    "mapped_trait_uri_stated",
    "genotyping_technology",
    "cohort_stated",
    "platform_stated",
)


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that changed; see `queries.difference.Difference` for what it holds."""

    studies: pa.Table
    totals: dict[str, int | None]
    measures: list[dict[str, Any]]


def changes(old: Release, new: Release) -> Changes:
    """Compare two open releases."""
    # Both are read from their files by the engine of the later one: text, and not numbers
    # that each release gives out for itself.
    opened = new.tables.opened
    earlier, later = opened.read(old.tables.opened.file("studies")), opened.whole("studies")
    pair = (old.label.id, new.label.id)
    listed = new.tables.run(("changed studies", *pair), lambda: _studies(earlier, later))
    counts = new.tables.run(("changed counts", *pair), lambda: _papers(earlier, later))
    kinds = listed["change"].value_counts().to_pylist()
    totals: dict[str, int | None] = {f"studies_{kind}": 0 for kind in KINDS}
    totals |= {f"studies_{item['values']}": item["counts"] for item in kinds}
    totals |= counts.to_pylist()[0]
    names = ("added", "removed", "before", "after")
    totals |= {f"participations_{name}": None for name in names}
    measures: list[dict[str, Any]] = []
    if "ancestry" not in (*old.manifest.missing, *new.manifest.missing):
        rows = (opened.read(old.tables.opened.file("ancestry")), opened.whole("ancestry"))
        sums = new.tables.run(
            ("changed sums", *pair), lambda: _sums(rows, studies=(earlier, later))
        )
        totals |= sums.to_pylist()[0]
        measures = _measures(old, new)
    return Changes(listed, totals, measures)


def _studies(earlier: ir.Table, later: ir.Table) -> ir.Table:
    """Studies added, removed and changed, by accession."""
    keep = ["study_accession", "pubmed_id", "trait_reported"]
    added = later.anti_join(earlier, "study_accession").select(
        *keep, change=ibis.literal("added"), what=ibis.null("string")
    )
    removed = earlier.anti_join(later, "study_accession").select(
        *keep, change=ibis.literal("removed"), what=ibis.null("string")
    )
    both = later.join(earlier, "study_accession", rname="{name}_before")
    named = [
        ibis.ifelse(both[name].identical_to(both[f"{name}_before"]), ibis.null("string"), name)
        for name in _STATED
    ]
    what = ibis.array(named).filter(lambda name: name.notnull())
    marked = both.select(*keep, change=ibis.literal("changed"), names=what)
    changed = marked.filter(marked.names.length() > 0)
    changed = changed.select(*keep, "change", what=changed.names.join(", "))
    return ibis.union(added, removed, changed).order_by("change", "study_accession")


def _papers(earlier: ir.Table, later: ir.Table) -> ir.Table:
    """How many studies there are, and publications that came or went."""
    before, after = (
        table.filter(table.pubmed_id.notnull()).select("pubmed_id").distinct()
        for table in (earlier, later)
    )
    return (
        earlier.agg(studies_before=earlier.count())
        .cross_join(later.agg(studies_after=later.count()))
        .cross_join(
            after.anti_join(before, "pubmed_id").agg(publications_added=lambda table: table.count())
        )
        .cross_join(
            before.anti_join(after, "pubmed_id").agg(
                publications_removed=lambda table: table.count()
            )
        )
    )


def _sums(rows: tuple[ir.Table, ir.Table], *, studies: tuple[ir.Table, ir.Table]) -> ir.Table:
    """Participations before and after, and in studies that came or went."""
    (before, after), (earlier, later) = rows, studies
    parts = {
        "participations_before": before,
        "participations_after": after,
        "participations_added": after.anti_join(earlier, "study_accession"),
        "participations_removed": before.anti_join(later, "study_accession"),
    }
    # No such row: a true zero. Rows of which none states a number: unknown.
    sums = [
        part.agg(
            ibis.ifelse(part.count() == 0, 0, part.participations.sum().cast("int64")).name(name)
        )
        for name, part in parts.items()
    ]
    return sums[0].cross_join(*sums[1:])


def _measures(old: Release, new: Release) -> list[dict[str, Any]]:
    """How the share of each group moved, in each unit (discovery, broad groups, recorded)."""
    rows = []
    for unit in Unit:
        earlier, later = _shares(old, unit), _shares(new, unit)
        for group, share in later.items():
            was = earlier.get(group)
            rows.append(
                {
                    "unit": unit.value,
                    "group": group,
                    "share_before": was,
                    "share_after": share,
                    "change": None if was is None or share is None else share - was,
                }
            )
    return rows


def _shares(release: Release, unit: Unit) -> dict[str, float | None]:
    """Shares alone: the whole answer of a composition would count its coverage too."""
    tables, question = release.tables, Question(unit=unit)
    recorded = Denominator.RECORDED
    found = tables.run(
        key("composition", question, recorded),
        lambda: by_group(tables, tables.selected(question), question, denominator=recorded),
    )
    return {row["group"]: row["share"] for row in found.to_pylist() if not row["is_class"]}
