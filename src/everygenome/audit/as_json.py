"""An audit as JSON: what programs read, and what a later audit is checked against."""

import json
from importlib.metadata import version
from typing import Any

from everygenome.audit.capability import Capability
from everygenome.audit.comparing import Comparison
from everygenome.audit.composition import Table
from everygenome.audit.earlier import FORMAT
from everygenome.audit.publishing import Shown
from everygenome.audit.result import Audit
from everygenome.audit.tabulating import RECORDED

VERSION = 1


def as_json(audit: Audit) -> str:
    """The whole audit; the same audit gives the same text.

    Hidden counts, and whatever would follow from them, are null, with the reason beside them:
    "small" is from 1 to one less than `suppress`; "beside" hides so that a small one cannot be
    worked out.
    """
    return json.dumps(as_data(audit), ensure_ascii=False, indent=2) + "\n"


def as_data(audit: Audit) -> dict[str, Any]:
    """The whole audit as plain data."""
    return {
        "format": FORMAT,
        "format_version": VERSION,
        "everygenome": version("everygenome"),
        "source": audit.source,
        "unit": "people",
        "suppress": audit.threshold,
        "rounded_to": audit.rounded_to,
        "small_are_said": audit.all_said,
        "beside": list(audit.earlier),
        "governed": list(audit.governed),
        "confidence": audit.level,
        "hidden": {reason.value: count for reason, count in audit.hidden.items()},
        "dimensions": [
            {
                "name": one.name,
                "kind": one.kind.value,
                "column": one.column,
                "groups": list(one.groups),
                "assigned_by": one.assigned_by,
                "method": one.method,
                "panel": one.panel,
                "date": one.date,
                "why": one.why,
            }
            for one in audit.dimensions
        ],
        "tables": [
            {"by": [], "rows": [{"values": {}, **_shown(audit.groups.total)}]},
            *(_table(table) for table in (*audit.composition, *audit.crossings)),
        ],
        "several": list(audit.sets),
        "reference": _reference(audit),
        "comparison": None if audit.comparison is None else _comparison(audit.comparison),
        "can_show": {
            "assumed": {
                "effect": audit.assumed.effect,
                "alpha": audit.assumed.alpha,
                "seen_with_probability": audit.assumed.seen,
            },
            "groups": [_capability(one) for one in audit.capabilities],
            "everybody": _capability(audit.everybody),
        },
        "documentation": dict(audit.documentation),
        "notes": dict(audit.notes),
    }


def _shown(shown: Shown) -> dict[str, Any]:
    return {"count": shown.count, "hidden": shown.hidden and shown.hidden.value}


def _table(table: Table) -> dict[str, Any]:
    rows = [
        {
            "values": row.values,
            "is_class": row.is_class,
            "count": row.count,
            "hidden": row.hidden and row.hidden.value,
            "share": row.share,
            "share_low": row.low,
            "share_high": row.high,
            **(
                {
                    "share_low_together": row.low_together,
                    "share_high_together": row.high_together,
                    "at_most": row.at_most,
                }
                if table.recorded
                else {}
            ),
            "share_of_all": row.share_of_all,
        }
        for row in table.rows
    ]
    if table.recorded:
        # It is published, so a later audit has to know of it.
        rows.append({"values": {table.by[0]: RECORDED}, "is_class": True, **_shown(table.recorded)})
    return {
        "by": list(table.by),
        "share_of": "recorded" if table.recorded else table.by[0],
        "rows": rows,
    }


def _reference(audit: Audit) -> dict[str, Any] | None:
    if audit.expected is None:
        return None
    found, given = audit.expected.reference, audit.expected.crosswalk
    return {
        "name": found.name,
        "title": found.title,
        "descriptor": found.descriptor.value,
        "date": found.date,
        "citation": found.citation,
        "licence": found.licence,
        "crosswalk": given
        and {
            "name": given.name,
            "title": given.title,
            "weights": [
                [row.from_group, row.to_group, row.low, row.weight, row.high, row.why]
                for row in given.rows
            ],
        },
    }


def _comparison(made: Comparison) -> dict[str, Any]:
    return {
        "dissimilarity": made.dissimilarity,
        "rows": [
            {
                "group": row.group,
                "count": row.count,
                "share": row.share,
                "reference_share": row.reference_share,
                "reference_share_low": row.reference_low,
                "reference_share_high": row.reference_high,
                "ratio": row.ratio,
                "ratio_low": row.ratio_low,
                "ratio_high": row.ratio_high,
                "ratio_if_5_points_less": row.ratio_if_less,
                "ratio_if_5_points_more": row.ratio_if_more,
                "log2_ratio": row.log2_ratio,
                "shortfall": row.shortfall,
                "no_ratio": row.no_ratio and row.no_ratio.value,
                "no_shortfall": row.no_shortfall and row.no_shortfall.value,
            }
            for row in made.rows
        ],
    }


def _capability(one: Capability) -> dict[str, Any]:
    return {
        "group": one.group,
        "people": one.people,
        "rarest_allele_frequency": one.rarest,
        "power": {f"{frequency:g}": power for frequency, power in one.power.items()},
        "imputation_r2": one.imputation_r2,
    }
