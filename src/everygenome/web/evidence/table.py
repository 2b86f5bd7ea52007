"""All live claims as rows, for the page that lists them and for its files."""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from everygenome.reports.exports import safe
from everygenome.web.collections.models import Item, Standing
from everygenome.web.evidence.live import Figure
from everygenome.web.evidence.today import Beside, address, base, beside

LICENCE = "CC0-1.0"


def claims() -> list[tuple[Item, Beside]]:
    """Every card that says what stands beside its published figure; those with figures first."""
    items = Item.objects.filter(collection="evidence", standing=Standing.PUBLISHED)
    found = [
        (item, shown)
        for item in items.order_by("sort", "pk")
        if (shown := beside(item.data.get("live"))) is not None
    ]
    return sorted(found, key=lambda pair: pair[1].is_never)


def rows(found: Iterable[tuple[Item, Beside]], site: str) -> list[dict[str, Any]]:
    """One flat row for each claim; what is not known is None. Figures are in percent."""
    return [_row(item, shown, site) for item, shown in found]


def _row(item: Item, shown: Beside, site: str) -> dict[str, Any]:
    rule, now = shown.rule, shown.today
    asked = rule.question if rule else None
    return {
        "id": item.slug,
        "address": site + item.address,
        "claim": item.title,
        "group": rule.group if rule else None,
        "published_percent": rule.published if rule else None,
        "published_as_of": (rule.as_of or None) if rule else None,
        "then_percent": _percent(shown.then),
        "then_to_year": shown.then.question.to_year if shown.then else None,
        "today_percent": _percent(now),
        "today_at_least_percent_of_all": _hundred(now.at_least) if now else None,
        "today_at_most_percent_of_all": _hundred(now.at_most) if now else None,
        "difference": shown.difference or None,
        "release": now.release.id if now else None,
        "release_date": now.release.date if now else None,
        "demonstration_data": now.release.demonstration if now else None,
        "unit": asked.unit.value if asked else None,
        "stage": asked.stage.value if asked else None,
        "denominator": asked.denominator.value if asked and asked.denominator else None,
        "denominator_words": base(asked) if asked else None,
        "denominator_value": now.whole if now else None,
        "left_out_percent": _hundred(now.left_out) if now else None,
        "scheme": asked.scheme if asked else None,
        "from_year": asked.from_year if asked else None,
        "to_year": asked.to_year if asked else None,
        "country": asked.country if asked else None,
        "match": ("same" if rule.same else "near") if rule else None,
        "rule_differs": (rule.difference or None) if rule else None,
        "why_not": shown.why_not or None,
        "caveats": list(now.notes) if now else [],
        "permalink": site + address(now.question, release=now.release.id) if now else None,
    }


def as_json(found: Iterable[tuple[Item, Beside]], site: str) -> bytes:
    """As one object: {title, licence, count, claims}."""
    made = rows(found, site)
    said = {
        "title": "Published figures beside those of today",
        "licence": LICENCE,
        "count": len(made),
        "claims": made,
    }
    return (json.dumps(said, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def as_csv(found: Iterable[tuple[Item, Beside]], site: str) -> bytes:
    """As a table (RFC 4180); several caveats stand in one cell."""
    text = io.StringIO()
    writer = csv.writer(text)
    made = rows(found, site)
    writer.writerow(made[0] if made else _HEAD)
    for row in made:
        told = row | {"caveats": " ".join(row["caveats"])}
        writer.writerow(["" if value is None else safe(value) for value in told.values()])
    return text.getvalue().encode()


def _percent(shown: Figure | None) -> float | None:
    return None if shown is None else _hundred(shown.share)


def _hundred(share: float | None) -> float | None:
    return None if share is None else share * 100


# An empty table still says what its columns would be.
_HEAD = ("id", "address", "claim", "published_percent", "then_percent", "today_percent", "why_not")
