"""The slow, plain way to count a cohort: Python's own csv, one row after the other, a Counter."""

import csv
import re
import unicodedata
from collections import Counter
from pathlib import Path

CLASSES = ("Missing", "Declined to say", "Several groups", "Not in the map")


def count(path: Path, told: dict, by: list[str]) -> tuple[Counter, Counter]:
    """People by group and other dimensions, and by sets of several groups.

    Args:
        path: a CSV file in UTF-8.
        told: a map as TOML has it.
        by: dimensions besides `group`.
    """
    column_of = {column["dimension"]: name for name, column in told["columns"].items()}
    people, sets = Counter(), Counter()
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            number = int(float(row[told["file"]["people"]])) if "people" in told["file"] else 1
            cell = []
            for dimension in ["group", *by]:
                name = column_of[dimension]
                placed = place(row[name], told["columns"][name], told["file"])
                if len(placed) > 1 and dimension == "group" and number:
                    sets["; ".join(placed)] += number
                cell.append(placed[0] if len(placed) == 1 else "Several groups")
            if number:
                people[tuple(cell)] += number
    return people, sets


def place(stated: str, column: dict, file: dict) -> list[str]:
    """The groups or classes of a cell, in the order of the map."""
    value = plain(stated)
    parts = [value]
    if "separator" in column and value not in listed(column, file):
        parts = [plain(part) for part in value.split(column["separator"]) if plain(part)] or [""]
    order = [*labels(column), *column.get("values", {}).values(), column.get("others"), *CLASSES]
    return sorted({one(part, column, file) for part in parts}, key=order.index)


def listed(column: dict, file: dict) -> dict[str, str]:
    return {
        **{plain(value): "Missing" for value in file["missing"]},
        **{plain(value): "Declined to say" for value in file.get("refused", [])},
        **{plain(value): group for value, group in column.get("values", {}).items()},
    }


def one(value: str, column: dict, file: dict) -> str:
    known = listed(column, file)
    if value in known:
        return known[value]
    if "bands" in column and re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", value, re.A):
        number = float(value)
        if column["kind"] != "age" or 0 <= number <= 130:
            below = [bound for bound in column["bands"] if number >= bound]
            return labels(column)[len(below)]
    return column.get("others", "Not in the map")


def labels(column: dict) -> list[str]:
    bounds = column.get("bands", [])
    if not bounds:
        return []
    made = [f"under {bounds[0]}"]
    for place, low in enumerate(bounds[:-1]):
        high = bounds[place + 1] - 1
        made.append(str(low) if low == high else f"{low} to {high}")
    return [*made, f"{bounds[-1]} and over"]


def plain(value: str) -> str:
    return unicodedata.normalize("NFC", value.strip())
