"""Invented datasets, and how they are stored."""

from tests.functional.web.collections.shelf import put

SOURCE = "https://doi.org/10.5555/source"


def dataset(name, **changes):
    """The fields of a dataset of Kenya, as little as one can hold."""
    made = {
        "name": name,
        "about": f"What {name} is.",
        "kind": "biobank",
        "region": "Africa",
        "countries": ["KEN"],
        "sources": [{"title": "A paper", "url": SOURCE}],
    } | changes
    return {field: value for field, value in made.items() if value is not None}


def people(*counts):
    """Counts as (what, count) or (what, count, date)."""
    return [
        {"what": what, "count": count, "source": SOURCE} | ({"as_of": day[0]} if day else {})
        for what, count, *day in counts
    ]


def composition(*parts, **changes):
    """Parts as (label, count, category or nothing)."""
    rows = [
        {"label": label, "count": count} | ({"group": group} if group else {})
        for label, count, group in parts
    ]
    return {"descriptor": "Self-told", "parts": rows, "source": SOURCE} | changes


def store(slug, **fields):
    """Store one."""
    return put(slug, dataset(**{"name": slug.title()} | fields), collection="datasets")
