"""Datasets as reference compositions: what an audit may compare a study with.

A dataset is offered where its published composition maps wholly to our ancestry categories: each
part has a category, and together they are the whole. Ethnicity and nationality are other kinds of
descriptor; parts counted by them have no category, so such a dataset is not offered.

    {
      "count": 1,                      how many items
      "licence": "CC0-1.0",            of this file; each source has its own
      "rule": "...",                   which datasets are offered, in words
      "items": [{
        "id": "1000-genomes",          its name in addresses
        "label": "1000 Genomes Project",
        "descriptor": "...",           what the dataset counts by, in its own words
        "parts": [{"group": "European", "share": 0.2, "count": 503, "labels": ["..."]}],
        "as_of": "2015",               null where no date is stated
        "source": "https://...",       where the dataset says so
        "address": "https://.../datasets/1000-genomes/"
      }]
    }

`share` is 0-1 of the dataset; `count` is null where only shares were published. Parts come with
the largest first; `labels` are the dataset's own.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from everygenome.vocabulary.ancestry import NOT_REPORTED
from everygenome.web.datasets.maturity import Registered

RULE = (
    "Datasets whose published composition maps wholly to the ancestry categories: each part has a "
    "category, and the parts add up to the whole."
)
_ROUNDED = 0.01  # published shares were rounded


def offered(datasets: Iterable[Registered], base: str) -> list[dict[str, Any]]:
    """The datasets that are offered, in the order that they came in.

    Args:
        datasets: the register.
        base: the site's address.
    """
    found = []
    for one in datasets:
        parts = whole(one.data.get("composition", {}))
        if parts:
            said = one.data["composition"]
            found.append(
                {
                    "id": one.address.strip("/").rpartition("/")[2],
                    "label": one.title,
                    "descriptor": said["descriptor"],
                    "parts": parts,
                    "as_of": said.get("as_of"),
                    "source": said["source"],
                    "address": base + one.address,
                }
            )
    return found


def whole(composition: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A composition by our categories, the largest first; nothing if it does not map wholly.

    Example:
        >>> parts = [{"label": "YRI", "count": 30, "group": "Sub-Saharan African"},
        ...          {"label": "CEU", "count": 60, "group": "European"},
        ...          {"label": "LWK", "count": 30, "group": "Sub-Saharan African"}]
        >>> [(p["group"], p["count"], p["share"]) for p in whole({"parts": parts})]
        [('European', 60, 0.5), ('Sub-Saharan African', 60, 0.5)]
        >>> whole({"parts": [*parts, {"label": "Remaining", "count": 1}]})
        []
    """
    parts = composition.get("parts", [])
    if not all(part.get("group", NOT_REPORTED) != NOT_REPORTED for part in parts):
        return []
    counts = all("count" in part for part in parts)
    if not counts and not all("share" in part for part in parts):
        return []
    sizes = [part["count" if counts else "share"] for part in parts]
    total = sum(sizes)
    if not total or (not counts and abs(total - 1) > _ROUNDED):
        return []
    groups: dict[str, dict[str, Any]] = {}
    for part, size in zip(parts, sizes, strict=True):
        group = groups.setdefault(part["group"], {"size": 0, "labels": []})
        group["size"] += size
        group["labels"].append(part["label"])
    made = [
        {
            "group": name,
            "share": round(group["size"] / total, 6),
            "count": group["size"] if counts else None,
            "labels": group["labels"],
        }
        for name, group in groups.items()
    ]
    return sorted(made, key=lambda part: (-part["share"], part["group"]))
