"""Subjects against groups, counted slowly: which discovery studies name whom."""

from typing import Any

from tests.factories.reference.groups import divided, known_sum, uris_of
from tests.factories.reference.world import GROUPS_OF, World, kind

LEFTOVERS = {"Other", "Other admixed ancestry", "Asian unspecified", "African unspecified"}
GOVERNED = {"Native American", "Oceanian", "Aboriginal Australian"}


def gaps(
    world: World, *, scheme: str, denominator: str, at_most: int, at_least_studies: int
) -> dict[tuple[str, str], dict[str, Any]]:
    """Figures by identifier of the subject and group."""
    uris = uris_of(world)
    rows = [row for row in world.rows if row.stage == "discovery"]
    ids = {name: {uri.rsplit("/", 1)[-1] for uri in named} for name, named in uris.items()}
    found = {}
    for trait in sorted(set().union(*ids.values())):
        inside = [
            (row, *kind(row.categories, scheme)) for row in rows if trait in ids[row.accession]
        ]
        studies = {row.accession for row, _, _ in inside}
        if not studies or len(studies) < at_least_studies:
            continue
        clear = [item for item in inside if item[1] in ("single", "Multiple")]
        base = known_sum(
            row.people for row, _, _ in (clear if denominator == "recorded" else inside)
        )
        unclear = {row.accession for row, what, _ in inside if what not in ("single", "Multiple")}
        for group, labels in GROUPS_OF[scheme].items():
            if set(labels) <= LEFTOVERS:
                continue
            alone = [row for row, what, named in clear if what == "single" and group in named]
            naming = [row for row, _, named in clear if group in named]
            count = len({row.accession for row in naming})
            people = known_sum(row.people for row in alone)
            years = [row.year for row in naming if row.year is not None]
            if set(labels) <= GOVERNED:
                state = "governed"
            elif count == 0:
                state = "none"
            else:
                state = "few" if count <= at_most else "some"
            found[trait, group] = {
                "state": state,
                "studies_of_trait": len(studies),
                "studies_naming": len({row.accession for row in alone}),
                "studies_naming_with_others": count,
                "unclear_studies": len(unclear),
                "participations": people,
                "share": divided(people, base),
                "last_year": max(years, default=None),
            }
    return found
