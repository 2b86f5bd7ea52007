"""What must be settled before a release is published: labels, and files that belong together."""

from dataclasses import dataclass

import ibis.expr.types as ir

from everygenome.errors import InputError, UnreviewedError
from everygenome.tables.ancestry import PARTICIPATIONS_LIMIT
from everygenome.tables.flags import whole_number
from everygenome.vocabulary.terms import STAGE_OF_STATED

# Files of one release name the same studies; a handful differ in every real one.
UNMATCHED_LIMIT = 0.05
_LISTED = 12


@dataclass(frozen=True, slots=True)
class Unreviewed:
    """A value that nobody has reviewed: where it stands first, how often, and the remedy."""

    column: str
    value: str
    found: str
    line: int
    rows: int
    remedy: str

    def __str__(self) -> str:
        times = "1 row" if self.rows == 1 else f"{self.rows:,} rows"
        where = f"line {self.line}, {self.column}"
        cell = f" (in the cell {self.value[:80]!r})" if self.found != self.value else ""
        return f"{where}: {self.found[:80]!r}{cell}, {times}"


_REMEDIES = {
    "broad_ancestral_category_stated": "add the label to vocabulary/ancestry.py and to each "
    "scheme in vocabulary/schemes.py",
    "country_of_recruitment_stated": "add the spelling to vocabulary/country_spellings.csv",
    "participations_stated": "check the paper and add a correction to "
    "sources/gwas_catalog/corrections.yml",
    "stage_stated": "add the stage to vocabulary/terms.py",
}


def unreviewed(raw: ir.Table, categories: ir.Table, countries: ir.Table) -> list[Unreviewed]:
    """Ancestry labels, countries, stages and numbers of individuals that are not understood.

    Args:
        raw: the raw ancestry table.
        categories: what the scanner made of the distinct ancestry cells.
        countries: what the scanner made of the distinct country cells.
    """
    number = whole_number(raw.participations_stated)
    bad_number = raw.participations_stated.notnull() & (
        number.isnull() | (number > PARTICIPATIONS_LIMIT)
    ).fill_null(True)
    bad_stage = ~raw.stage_stated.isin(list(STAGE_OF_STATED)).fill_null(False)
    columns = {
        "broad_ancestral_category_stated": raw.join(
            categories.filter(categories.unknown.notnull()),
            raw.broad_ancestral_category_stated == categories.cell,
        ),
        "country_of_recruitment_stated": raw.join(
            countries.filter(countries.unknown.notnull()),
            raw.country_of_recruitment_stated == countries.cell,
        ),
        "participations_stated": raw.filter(bad_number),
        "stage_stated": raw.filter(bad_stage),
    }
    found: list[Unreviewed] = []
    for column, rows in columns.items():
        extra = {"unknown": rows.unknown.min()} if "unknown" in rows.columns else {}
        grouped = rows.group_by(column).agg(line=rows.source_line.min(), rows=rows.count(), **extra)
        for row in grouped.order_by("line").to_pyarrow().to_pylist():
            value = row[column] or ""
            found.append(
                Unreviewed(
                    column,
                    value,
                    row.get("unknown") or value,
                    row["line"],
                    row["rows"],
                    _REMEDIES[column],
                )
            )
    return found


def stop_if_unreviewed(found: list[Unreviewed], *, name: str, allow: bool) -> None:
    """Stop publication, with the list and the remedy, unless it was allowed.

    Raises:
        UnreviewedError: there is something unreviewed and `allow` is false.
    """
    if not found or allow:
        return
    listed = "; ".join(str(item) for item in found[:_LISTED])
    more = f"; and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
    remedies = "; ".join(dict.fromkeys(item.remedy for item in found))
    raise UnreviewedError(
        f"{name} holds values that nobody has reviewed: {listed}{more}. Nothing was published.",
        remedy=f"To mend it: {remedies}. Or add --allow-unreviewed: the rows are then published "
        "as a class of their own, counted in no group.",
    )


def unmatched(studies: ir.Table | None, ancestry: ir.Table | None) -> dict[str, float]:
    """Share (0-1) of each file's accessions that the other does not name."""
    if studies is None or ancestry is None:
        return {}
    here = studies.select("study_accession").distinct()
    there = ancestry.select("study_accession").distinct()
    counts = {
        "studies_without_ancestry": (here.anti_join(there, "study_accession"), here),
        "ancestry_without_study": (there.anti_join(here, "study_accession"), there),
    }
    return {
        name: part.count().to_pyarrow().as_py() / max(1, whole.count().to_pyarrow().as_py())
        for name, (part, whole) in counts.items()
    }


def stop_if_unmatched(shares: dict[str, float], *, partial: bool) -> None:
    """Stop where the files do not belong together.

    Raises:
        InputError: more than 5% of the accessions of one file are missing from the other.
    """
    worst = max(shares.values(), default=0.0)
    if worst <= UNMATCHED_LIMIT or partial:
        return
    without, orphans = shares["studies_without_ancestry"], shares["ancestry_without_study"]
    raise InputError(
        f"The studies and ancestry files do not belong together: {without:.1%} of the studies "
        f"have no ancestry row, and {orphans:.1%} of the accessions in the ancestry file are no "
        f"study (up to {UNMATCHED_LIMIT:.0%} is usual).",
        remedy="Use the files of one release, or add --partial to publish them all the same, "
        "with the flag.",
    )
