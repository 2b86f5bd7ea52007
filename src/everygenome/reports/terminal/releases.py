"""Print releases, what a sync did, what changed, and the reference populations."""

from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from everygenome.pipeline.build import Outcome
from everygenome.queries.difference import Difference
from everygenome.reports.terminal.cells import number, share
from everygenome.vocabulary.flags import FLAGS

_STUDIES_SHOWN = 12


def outcome_dict(done: Outcome) -> dict[str, Any]:
    """What a sync did, ready for JSON."""
    manifest = done.manifest
    return {
        "release": {
            "id": manifest.id,
            "date": str(manifest.date),
            "inferred": manifest.date_inferred,
            "demonstration": manifest.demonstration,
        },
        "new": done.new,
        "missing": list(manifest.missing),
        "unreviewed": list(manifest.unreviewed),
        "unmatched": manifest.unmatched,
        "files": [
            {
                "name": item.name,
                "kind": item.kind,
                "rows_in": item.rows_in,
                "rows_core": item.rows_core,
                "rows_quarantined": item.rows_quarantined,
            }
            for item in manifest.inputs
        ],
        "tables": manifest.tables,
        "flags": manifest.flags,
    }


def outcome_table(done: Outcome) -> RenderableType:
    """Every row that went in is in a core table or in quarantine: the counts show it."""
    manifest = done.manifest
    said = "published" if done.new else "is already here; nothing was read anew"
    files = _table("File", "Rows in", "In core table", "In quarantine")
    for item in manifest.inputs:
        files.add_row(
            item.name, number(item.rows_in), number(item.rows_core), number(item.rows_quarantined)
        )
    parts: list[RenderableType] = [
        Text(f"Release {manifest.id} {said}.", style="bold"),
        Text(""),
        files,
    ]
    if manifest.missing:
        parts.append(
            Text(f"Missing: {', '.join(manifest.missing)}. What needs them cannot be shown.")
        )
    if manifest.date_inferred:
        parts.append(
            Text("No file name carries the release date; it is that of the newest record.")
        )
    if manifest.unreviewed:
        parts.append(Text("Published without review: " + "; ".join(manifest.unreviewed)))
    if manifest.flags:
        flags = Table.grid(padding=(0, 2))
        for name, count in manifest.flags.items():
            flags.add_row(Text(number(count), justify="right"), Text(FLAGS[name]))
        parts += [Text(""), Text("Flagged, not dropped (rows)", style="bold"), flags]
    return Group(*parts)


def releases_table(rows: list[dict[str, Any]]) -> RenderableType:
    """One line per release."""
    if not rows:
        return Text("The store holds no release yet. Run `everygenome sync`.")
    table = _table("", "Release", "Date", "Files", "Rows in", "In core table", "In quarantine")
    for row in rows:
        files = row["files"]
        date = row["date"] + (" (inferred)" if row["inferred"] else "")
        name = row["id"] + (" demonstration" if row["demonstration"] else "")
        table.add_row(
            "→" if row["current"] else "",
            name,
            date,
            str(len(files)),
            *[
                number(sum(item[key] for item in files))
                for key in ("rows_in", "rows_core", "rows_quarantined")
            ],
        )
    return Group(table, Text("→ is the current release", style="dim"))


def difference_table(found: Difference) -> RenderableType:
    """The counts, how shares moved, and the first studies."""
    counts = found.counts()
    head = Text(
        f"From {found.before.id} to {found.after.id}. Studies: {counts['added']:,} added, "
        f"{counts['removed']:,} removed, {counts['changed']:,} changed.",
        style="bold",
    )
    moved = _table("Unit", "Group", "Before", "After", "Change in points")
    for row in found.measures:
        if row["change"] is None or row["unit"] not in ("participations", "studies"):
            continue
        moved.add_row(
            row["unit"],
            row["group"],
            share(row["share_before"]),
            share(row["share_after"]),
            f"{100 * row['change']:+.2f}",
        )
    studies = _table("Change", "Study", "Subject", "What")
    for row in found.studies[:_STUDIES_SHOWN]:
        studies.add_row(
            row["change"],
            row["study_accession"],
            (row["trait_reported"] or "")[:50],
            row["what"] or "",
        )
    more = len(found.studies) - _STUDIES_SHOWN
    rest = [Text(f"and {more:,} more; --format json has them all", style="dim")] if more > 0 else []
    return Group(head, Text(""), moved, Text(""), studies, *rest)


def references_dict() -> dict[str, Any]:
    """The reference populations, ready for JSON."""
    from everygenome.vocabulary.references import references

    return {
        "rows": [
            {
                "name": item.name,
                "title": item.title,
                "descriptor": item.descriptor.value,
                "date": item.date,
                "people": item.total,
                "groups": len(item.groups),
                "citation": item.citation,
                "licence": item.licence,
                "notes": list(item.notes),
            }
            for item in references()
        ]
    }


def references_table() -> RenderableType:
    """One line per reference population, and below it who says so."""
    table = _table("Name", "Groups of", "Groups", "Date")
    # A name that is cut short cannot be typed.
    table.columns[0].no_wrap = False
    table.columns[0].min_width = max(len(row["name"]) for row in references_dict()["rows"])
    for row in references_dict()["rows"]:
        table.add_row(row["name"], row["descriptor"], str(row["groups"]), row["date"])
    cited: dict[str, list[str]] = {}
    for row in references_dict()["rows"]:
        said = f"{row['citation']} Licence: {row['licence']}."
        cited.setdefault(said, []).append(row["name"])
    told = [Text(f"\n{', '.join(names)}: {said}", style="dim") for said, names in cited.items()]
    return Group(table, *told)


def _table(*names: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    right = {
        "Rows in",
        "In core table",
        "In quarantine",
        "Before",
        "After",
        "Change in points",
        "Files",
        "Groups",
    }
    for name in names:
        table.add_column(name, justify="right" if name in right else "left")
    return table
