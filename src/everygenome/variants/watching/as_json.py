"""What changed, as plain data for programs. The same comparison gives the same text."""

import json
from collections.abc import Mapping
from typing import Any

from everygenome.variants.limits import LIMITS
from everygenome.variants.result import Status
from everygenome.variants.watching.comparing import Change, Comparison
from everygenome.variants.watching.model import Source, Told, Watched

FORMAT = "everygenome/variants/changes/1"
_UNITS = {
    "ac": "alternate copies (count); of the whole, those of everybody",
    "an": "chromosomes looked at (count); of the whole, those of everybody",
    "faf95": "filtering allele frequency, 95% (0-1)",
    "recounted": "variants with other counts of which the same is said (count)",
    "group": "code of a group; null: the backgrounds asked about, together",
    "null": "not known, or there is none; never zero",
}


def changes_json(found: Comparison, watched: Mapping[str, Watched]) -> dict[str, Any]:
    """A comparison as texts, numbers, null, lists and mappings.

    Args:
        found: the comparison.
        watched: the variants of the list, by place.
    """
    return {
        "format": FORMAT,
        "is_not": LIMITS[0],
        "units": dict(_UNITS),
        "caveats": list(LIMITS[1:]),
        "changed": not found.is_same,
        "before": _source(found.before),
        "after": _source(found.after),
        "compared": found.compared,
        "variants_changed": found.variants_changed,
        "recounted": found.recounted,
        "new": list(found.new),
        "gone": list(found.gone),
        "groups_new": list(found.groups_new),
        "groups_gone": list(found.groups_gone),
        "changes": [_change(one, watched[one.place]) for one in found.changes],
    }


def changes_text(found: Comparison, watched: Mapping[str, Watched]) -> bytes:
    """The same as JSON in UTF-8."""
    told = changes_json(found, watched)
    return f"{json.dumps(told, ensure_ascii=False, indent=2, allow_nan=False)}\n".encode()


def _source(source: Source) -> dict[str, Any]:
    return {
        "name": source.title,
        "version": source.version,
        "build": source.build,
        "settings": source.settings,
        "groups": list(source.groups),
        "files": {name: source.files[name] for name in sorted(source.files)},
        "day": source.day,
        "made_with": source.made_with,
    }


def _change(one: Change, variant: Watched) -> dict[str, Any]:
    return {
        "variant": one.place,
        "name": variant.name,
        "gene": variant.gene,
        "hgvs_c": variant.hgvs_c,
        "note": variant.note,
        "group": one.group or None,
        "before": _told(one.before, one.status_before),
        "after": _told(one.after, one.status_after),
        "reasons": [reason.value for reason in one.reasons],
        "became_evaluable": one.became_evaluable,
        "no_longer_evaluable": one.no_longer_evaluable,
    }


def _told(told: Told, status: Status) -> dict[str, Any]:
    return {
        "status": status.value,
        "verdict": told.verdict.value,
        "criterion": told.criterion,
        "ac": told.ac,
        "an": told.an,
        "faf95": told.faf95,
    }
