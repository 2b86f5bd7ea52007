"""What the tests of evidence share: cards with rules, and the site over any store."""

from typing import Any

from tests.functional.web.collections.shelf import put

RULE: dict[str, Any] = {
    "measure": "composition",
    "group": "European",
    "unit": "participations",
    "stage": "all",
    "denominator": "all",
    "scheme": "broad",
    "published": 78,
    "published_as_of": "2018",
    "match": "near",
    "difference": "They do not state their stage.",
}
CARD: dict[str, Any] = {
    "kind": "claim",
    "claim": "As of 2018, most were European.",
    "numbers": [{"what": "European", "value": "78", "unit": "% of participants", "as_of": "2018"}],
    "themes": ["participation"],
    "sources": [{"title": "A paper", "url": "https://doi.org/10.5555/paper"}],
}


def card(slug: str = "a-card", *, rule: dict[str, Any] | None = None, **changes: Any) -> Any:
    """Store a card; with a rule, what of `RULE` is changed (None leaves it out)."""
    live = {} if rule is None else {"live": _without_none(RULE | rule)}
    return put(slug, _without_none(CARD | live | changes), collection="evidence")


def _without_none(held: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in held.items() if value is not None}
