"""Composition and trend from a cube, in plain loops: what a browser does, written again."""

from itertools import accumulate
from typing import Any

Cell = tuple[str, int | None, dict[str, Any], int, int | None, int]


def rows_of(cube: dict[str, Any], unit: str, stage: str) -> list[Cell]:
    """Subject, year, what is said in the stage, count, amount and rows without a number."""
    columns = cube["units"][unit]
    years = cube["years"]
    found = []
    counts = columns["count"]
    people = columns.get("people", counts)
    unstated = columns.get("unstated", [0] * len(counts))
    for cell, pair, count, amount, without in zip(
        accumulate(columns["cell"]),
        columns["combination"],
        counts,
        people,
        unstated,
        strict=True,
    ):
        said = in_stage(cube, cube["combinations"][pair], stage)
        if said is None:
            continue
        parent, year = divmod(cell, len(years))
        found.append((cube["trait_parents"][parent], years[year], said, count, amount, without))
    return found


def in_stage(cube: dict[str, Any], pair: list[int], stage: str) -> dict[str, Any] | None:
    """What a combination says in a stage, or None for nothing."""
    wanted = {"discovery": pair[:1], "replication": pair[1:], "all": pair}[stage]
    said = [cube["said"][place] for place in wanted if place >= 0]
    if not said:
        return None
    return {
        "alone": set().union(*(item["alone"] for item in said)),
        "named": set().union(*(item["named"] for item in said)),
        "recorded": any(item["recorded"] for item in said),
        "unclear": any(item["unclear"] for item in said),
    }


def composition(
    cube: dict[str, Any],
    *,
    unit: str,
    stage: str,
    denominator: str,
    from_year: int | None = None,
    to_year: int | None = None,
    trait_parent: str | None = None,
) -> dict[str, dict[str, Any]]:
    """The figures of each group."""
    subject = trait_parent or "All traits"
    chosen = [
        row
        for row in rows_of(cube, unit, stage)
        if row[0] == subject and _within(row[1], from_year, to_year)
    ]
    return _figures(cube, chosen, denominator)


def trend(cube: dict[str, Any], **choices: Any) -> dict[tuple[int, str], dict[str, Any]]:
    """The figures of each year and group."""
    unit, stage, denominator = (choices.pop(k) for k in ("unit", "stage", "denominator"))
    subject = choices.pop("trait_parent", None) or "All traits"
    found: dict[int, list[Cell]] = {}
    for row in rows_of(cube, unit, stage):
        if row[0] == subject and row[1] is not None and _within(row[1], **choices):
            found.setdefault(row[1], []).append(row)
    return {
        (year, group): figures
        for year, chosen in found.items()
        for group, figures in _figures(cube, chosen, denominator).items()
    }


def _within(year: int | None, from_year: int | None = None, to_year: int | None = None) -> bool:
    if from_year is None and to_year is None:
        return True
    return year is not None and (from_year or year) <= year <= (to_year or year)


def _figures(cube: dict[str, Any], rows: list[Cell], denominator: str) -> dict[str, dict[str, Any]]:
    everyone = _sum(row[4] for row in rows)
    clear = _sum(row[4] for row in rows if row[2]["recorded"])
    unclear = _sum(row[4] for row in rows if row[2]["unclear"]) or 0
    base = clear if denominator == "recorded" else everyone
    made = {}
    for place, group in enumerate(cube["groups"]):
        alone = [row for row in rows if place in row[2]["alone"]]
        naming = [row for row in rows if place in row[2]["named"]]
        value = _sum(row[4] for row in alone) if alone else 0
        named = _sum(row[4] for row in naming) if naming else 0
        overlap = _sum(row[4] for row in naming if row[2]["unclear"]) or 0
        inside = denominator == "all" or group["in_recorded"]
        is_group = not group["is_class"]
        made[group["group"]] = {
            "is_class": group["is_class"],
            "value": value,
            "share": _over(value, base) if inside else None,
            "share_with_others": _over(named, base) if inside and is_group else None,
            "share_min": _over(value, everyone) if is_group else None,
            "share_max": _over((named or 0) + unclear - overlap, everyone) if is_group else None,
            "rows": sum(row[3] for row in alone),
            "rows_with_others": sum(row[3] for row in naming),
        }
    return made


def _sum(numbers: Any) -> int | None:
    stated = [number for number in numbers if number is not None]
    return sum(stated) if stated else None


def _over(value: int | None, base: int | None) -> float | None:
    return value / base if base and value is not None else None
