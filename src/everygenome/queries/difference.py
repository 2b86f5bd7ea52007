"""What changed between two releases: studies, and the measures themselves."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir

from everygenome.queries.answer import Answer, ReleaseLabel
from everygenome.queries.release import Release, open_release
from everygenome.vocabulary.terms import Unit

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
class Difference:
    """What changed from one release to another.

    Attributes:
        before: the earlier release.
        after: the later release.
        studies: rows of `change` (added, removed, changed), `study_accession`, `pubmed_id`,
            `trait_reported` and `what` (the names of the columns that changed).
        measures: rows of `unit`, `group`, `share_before`, `share_after`, `change` (0-1).
    """

    before: ReleaseLabel
    after: ReleaseLabel
    studies: list[dict[str, Any]]
    measures: list[dict[str, Any]]

    def counts(self) -> dict[str, int]:
        """How many studies were added, removed and changed."""
        kinds = [row["change"] for row in self.studies]
        return {kind: kinds.count(kind) for kind in ("added", "removed", "changed")}

    def to_dict(self) -> dict[str, Any]:
        """Everything, ready for JSON."""
        return {
            "before": {"id": self.before.id, "date": self.before.date},
            "after": {"id": self.after.id, "date": self.after.date},
            "counts": self.counts(),
            "studies": self.studies,
            "measures": self.measures,
        }


def difference(before: str, after: str, *, store: Path | str | None = None) -> Difference:
    """Compare two releases.

    Raises:
        NotFoundError: there is no such release.
    """
    old, new = open_release(before, store=store), open_release(after, store=store)
    return Difference(old.label, new.label, _studies(old, new), _measures(old, new))


def _studies(old: Release, new: Release) -> list[dict[str, Any]]:
    """Studies added, removed and changed, by accession."""
    opened = new.tables.opened
    earlier, later = opened.read(old.tables.opened.file("studies")), opened.whole("studies")
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
    return _rows(new, ibis.union(added, removed, changed), old)


def _rows(new: Release, table: ir.Table, old: Release) -> list[dict[str, Any]]:
    key = ("difference", old.label.id, new.label.id)
    ordered = table.order_by("change", "study_accession")
    rows: list[dict[str, Any]] = new.tables.run(key, lambda: ordered).to_pylist()
    return rows


def _measures(old: Release, new: Release) -> list[dict[str, Any]]:
    """How the share of each group moved, in each unit (discovery, broad groups, recorded)."""
    if "ancestry" in (*old.manifest.missing, *new.manifest.missing):
        return []
    rows = []
    for unit in Unit:
        earlier, later = _shares(old.composition(unit=unit)), _shares(new.composition(unit=unit))
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


def _shares(answer: Answer) -> dict[str, float | None]:
    return {row["group"]: row["share"] for row in answer.rows if not row["is_class"]}
