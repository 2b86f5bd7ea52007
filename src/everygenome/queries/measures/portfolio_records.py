"""The rows of a list of portfolios: counts, and the share of one group with its interval."""

from typing import Any

import numpy as np

from everygenome.queries.measures.bands import OUTSIDE_RECORDED, field_weights, real
from everygenome.queries.measures.portfolio_rows import Portfolios
from everygenome.queries.tables import Tables
from everygenome.statistics.intervals import Interval
from everygenome.statistics.linked import portfolio_bands
from everygenome.vocabulary.schemes import CLASS_GROUPS


def records(tables: Tables, found: Portfolios, group: str, *, minimum: int) -> list[dict[str, Any]]:
    """One row for each entity, in the order of their names; see `portfolio`."""
    names = (
        *("studies", "participations", "participations_fractional", "recorded"),
        *("unclear", "in_group", "group_rows", "with_others"),
    )
    sums = {name: found.total(name) for name in names}
    many = len(found.entities)
    numbered = np.asarray(found.rows["numbered"].to_numpy(zero_copy_only=False), dtype=bool)
    publications = np.bincount(found.entity[numbered], minlength=many)
    fractions = np.where(numbered, found.column("fraction"), 0.0)
    fractional = np.bincount(found.entity, fractions, minlength=many)
    bands = _bands(tables, found) if group not in OUTSIDE_RECORDED and many else None
    return [
        {
            "kind": one.kind,
            "id": one.id,
            "name": one.name,
            "level": one.level or None,
            "parent": one.parent,
            "country_iso3": one.country_iso3,
            "reviewed": one.reviewed,
            "publications": int(publications[at]),
            "publications_fractional": real(fractional[at]),
            "studies": int(sums["studies"][at] or 0),
            "participations": _whole(sums["participations"][at]),
            "participations_fractional": sums["participations_fractional"][at],
            "group": group,
            **_shares({name: sums[name][at] for name in names}, group=group),
            "observed_low": None if bands is None else real(bands.low[at]),
            "observed_high": None if bands is None else real(bands.high[at]),
            "small": bool(publications[at] < minimum),
        }
        for at, one in enumerate(found.entities)
    ]


def _bands(tables: Tables, found: Portfolios) -> Interval:
    above, below = (np.nan_to_num(found.column(name)) for name in ("in_group", "recorded"))
    return portfolio_bands(
        field_weights(len(tables.field)),
        portfolio=found.entity,
        publication=found.places,
        above=above,
        below=below,
        portfolios=len(found.entities),
    )


def _shares(sums: dict[str, float | None], *, group: str) -> dict[str, float | None]:
    """Shares of a group: no record of it is a true zero, one without a number is unknown.

    What unclear records allow is said of groups, not of classes, as in the composition.
    """
    own = sums["in_group"] if sums["group_rows"] else 0.0
    inside, named = group not in OUTSIDE_RECORDED, group not in CLASS_GROUPS
    base, everyone = sums["recorded"], sums["participations"]
    most = (sums["with_others"] or 0.0) + (sums["unclear"] or 0.0)
    return {
        "observed_share": own / base if inside and base and own is not None else None,
        "share_min": own / everyone if named and everyone and own is not None else None,
        "share_max": most / everyone if named and everyone else None,
    }


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)
