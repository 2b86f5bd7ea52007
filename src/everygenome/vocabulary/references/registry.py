"""The built-in reference populations: what there is, and their figures for a date.

Source: each entry of `registry.toml` names its own; figures are in `data/`.
"""

import csv
import difflib
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from everygenome.errors import NotFoundError
from everygenome.vocabulary.references.model import Descriptor, Reference

_FOLDER = resources.files("everygenome.vocabulary.references")
# A table with a single date keeps its figures under this key instead of a year.
_UNDATED = 0


@cache
def _entries() -> dict[str, dict[str, Any]]:
    """Registry entries by name, with what their source has in common filled in."""
    registry = tomllib.loads(_FOLDER.joinpath("registry.toml").read_text("utf-8"))
    entries = {}
    for name, own in registry["references"].items():
        common = registry["common"][own["common"]]
        entries[name] = common | own | {"notes": [*common["notes"], *own.get("notes", [])]}
    return entries


@cache
def _figures(name: str) -> dict[int, dict[str, float]]:
    """People by year and group."""
    text = _FOLDER.joinpath("data", f"{name}.csv").read_text("utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    columns = {column: column.removeprefix("people").lstrip("_") for column in rows[0]}
    return {
        int(year or _UNDATED): {row["group"]: float(row[column]) for row in rows}
        for column, year in columns.items()
        if column != "group"
    }


def _entry(name: str) -> dict[str, Any]:
    entries = _entries()
    if name not in entries:
        near = difflib.get_close_matches(name, entries, n=3, cutoff=0.5)
        raise NotFoundError(
            f"There is no built-in reference population {name!r}.",
            remedy=f"Did you mean {', '.join(near)}?" if near else f"Use {', '.join(entries)}.",
        )
    return entries[name]


def _build(name: str, *, date: str, groups: Mapping[str, float], note: str = "") -> Reference:
    entry = _entry(name)
    return Reference(
        name=name,
        title=entry["title"],
        descriptor=Descriptor(entry["descriptor"]),
        citation=entry["citation"],
        date=date,
        licence=entry["licence"],
        source_url=entry["source_url"],
        groups=groups,
        notes=(*entry["notes"], *([note] if note else [])),
    )


def reference(name: str, *, year: int | None = None) -> Reference:
    """A built-in reference population, with figures exactly as the source gives them.

    Args:
        name: see `references()`.
        year: the UN tables have 31 December of 2024 to 2030; without a year, the first.

    Raises:
        NotFoundError: no such name, or no figures for the year.

    Example:
        >>> world = reference("un_wpp2024_regions")
        >>> world.date, f"{world.total:,.0f}"
        ('31 December 2024', '8,196,980,849')
    """
    entry, figures = _entry(name), _figures(name)
    if _UNDATED in figures and year is None:
        return _build(name, date=entry["date"], groups=figures[_UNDATED])
    chosen = min(figures) if year is None else year
    if chosen not in figures or chosen == _UNDATED:
        held = entry["date"] if _UNDATED in figures else f"{min(figures)} to {max(figures)}"
        raise NotFoundError(
            f"The reference {name!r} has no figures for {year}; it has {held}.",
            remedy="Use `reference_for_year` for the nearest date, with a note that says so.",
        )
    return _build(name, date=f"{entry['date']} {chosen}", groups=figures[chosen])


def reference_for_year(name: str, *, year: int) -> Reference:
    """The population in the middle of a year, or the nearest date, saying which.

    The middle of year Y is halfway between 31 December of Y-1 and of Y, so the UN tables
    give it for 2025 to 2030 only. For any other year the nearest 31 December stands in;
    a table with a single date always stands for that date. The last note says so.

    Raises:
        NotFoundError: no such name.

    Example:
        >>> reference_for_year("un_wpp2024_countries", year=2026).date
        'mid-year 2026'
        >>> print(reference_for_year("un_wpp2024_countries", year=2019).notes[-1])
        The year 2019 lies outside the file; the figures are for 31 December 2024.
    """
    entry, figures = _entry(name), _figures(name)
    if _UNDATED in figures:
        note = f"The figures are for {entry['date']}, whatever the year compared ({year})."
        return _build(name, date=entry["date"], groups=figures[_UNDATED], note=note)
    if year - 1 in figures and year in figures:
        before, after = figures[year - 1], figures[year]
        middle = {group: (before[group] + after[group]) / 2 for group in before}
        note = f"The figures are for the middle of {year}, halfway between two ends of year."
        return _build(name, date=f"mid-year {year}", groups=middle, note=note)
    nearest = min(figures, key=lambda held: abs(held - year))
    date = f"{entry['date']} {nearest}"
    why = "has no mid-year figure in" if year == nearest else "lies outside"
    note = f"The year {year} {why} the file; the figures are for {date}."
    return _build(name, date=date, groups=figures[nearest], note=note)


def references() -> tuple[Reference, ...]:
    """Every built-in reference population, each at its first date."""
    return tuple(reference(name) for name in _entries())
