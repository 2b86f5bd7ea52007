"""What the page of a card shows beside its fields."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from everygenome.web.collections.models import SHOWN, Item
from everygenome.web.collections.shown import Cell
from everygenome.web.evidence import words
from everygenome.web.evidence.schema import SCHEMA
from everygenome.web.evidence.today import beside

if TYPE_CHECKING:
    from datetime import date

CASE = "case-study"
_TOLD = 3
_SECONDARY = "secondary copy"


def context(item: Item) -> Mapping[str, Any]:
    """What `evidence/item.html` needs besides."""
    data = item.data
    certainty, _, why = words.CERTAINTY.get(
        data.get("certainty") or "not-assessed", "Not assessed"
    ).partition(": ")
    return {
        "is_case": data.get("kind") == CASE,
        "parts": {field.name: Cell(field, data.get(field.name)) for field in SCHEMA},
        "numbers": [row | {"value": number(row.get("value", ""))} for row in _rows(data)],
        "beside": beside(data.get("live")),
        "certainty": certainty,
        "certainty_means": why,
        "read_in": words.READ_IN.get(data.get("read_in", ""), ""),
        "is_secondary": data.get("read_in") == _SECONDARY,
        "overdue": is_overdue(data.get("next_review", ""), timezone.localdate()),
        "tools": _named("toolbox", data.get("tools", [])),
    }


def number(value: str) -> str:
    """A number as people write it; other text as it is.

    Example:
        >>> number("296485284"), number("0.003"), number("about 95")
        ('296,485,284', '0.003', 'about 95')
    """
    return f"{int(value):,}" if value.isascii() and value.isdigit() and len(value) > 4 else value


def first_number(data: Mapping[str, Any]) -> str:
    """The card's first figure in short, with its unit and date; empty where it has none.

    Example:
        >>> first_number({"numbers": [{"value": "78", "unit": "% of people", "as_of": "2018"}]})
        '78% of people (2018)'
    """
    return next((_short(row) for row in _rows(data)), "")


def told_numbers(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The card's first figures: what each is, and the figure in short."""
    return [(str(row.get("what", "")), _short(row)) for row in _rows(data)[:_TOLD]]


def is_overdue(review: str, today: "date") -> bool:
    """Whether a review, due in a year, a month or on a day, is past.

    Example:
        >>> from datetime import date
        >>> [is_overdue(d, date(2026, 11, 27)) for d in ("2026-11", "2026-10", "2026-11-26", "")]
        [False, True, True, False]
    """
    return bool(review) and today.isoformat()[: len(review)] > review


def _short(row: Mapping[str, Any]) -> str:
    unit = str(row.get("unit", ""))
    value = number(str(row.get("value", "")))
    told = value + ("" if unit.startswith("%") else " ") + unit
    return told.strip() + (f" ({row['as_of']})" if row.get("as_of") else "")


def _rows(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    return list(data.get("numbers") or [])


def _named(collection: str, names: list[str]) -> list[Item]:
    if not names:
        return []
    # NUL is text to nobody, and PostgreSQL refuses it.
    slugs = [name.replace("\0", "") for name in names]
    found = Item.objects.filter(collection=collection, slug__in=slugs, standing__in=SHOWN)
    return list(found.order_by("sort", "pk"))
