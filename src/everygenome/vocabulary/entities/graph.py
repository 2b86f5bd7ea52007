"""Who stands above whom: checked once, so that nobody stands above himself."""

from collections.abc import Iterable, Mapping

from everygenome.errors import InputError
from everygenome.vocabulary.entities.data import CROSSREF, ROR, SLUG
from everygenome.vocabulary.entities.model import (
    AGENCY,
    COUNTRY,
    FUNDER,
    INSTITUTE,
    LEVELS,
    Entity,
)

_ABOVE: dict[str, tuple[str | None, ...]] = {
    INSTITUTE: (AGENCY,),
    AGENCY: (COUNTRY, None),
    COUNTRY: (None,),
}


def by_id(entities: Iterable[Entity], *, file_name: str) -> dict[str, Entity]:
    """Entities by identifier, after all that could be wrong with them was looked for.

    Args:
        entities: of one kind.
        file_name: what messages call the table.

    Raises:
        InputError: an identifier twice or of other signs, no name, a parent that is not there
            or on no higher level, another country than the parent's, or a ROR or Crossref
            number of another form.
    """
    found: dict[str, Entity] = {}
    for entity in entities:
        if entity.id in found:
            raise InputError(
                f"{file_name}: {entity.id!r} is there twice.", remedy="Each is one row."
            )
        found[entity.id] = entity
    for entity in found.values():
        fault = _fault(entity, found)
        if fault:
            raise InputError(f"{file_name}, {entity.id}: {fault[0]}.", remedy=fault[1])
    return found


def _fault(entity: Entity, known: Mapping[str, Entity]) -> tuple[str, str] | None:
    """What is wrong with an entity, and what to do; None if nothing is."""
    checks = (
        (SLUG.fullmatch(entity.id), "the identifier has other signs", "Use a-z, 0-9 and -."),
        (entity.name, "it has no name", "Give its name in everyday use."),
        (entity.ror is None or ROR.fullmatch(entity.ror), "no ROR is so", "Or leave it empty."),
        (
            entity.crossref is None or CROSSREF.fullmatch(entity.crossref),
            "no Crossref funder number is so",
            "Or leave it empty.",
        ),
        (
            entity.level in (LEVELS if entity.kind == FUNDER else ("",)),
            f"the level is {entity.level!r}",
            f"Use one of {', '.join(LEVELS)} for a funder, and nothing for others.",
        ),
        (
            entity.parent is None or entity.parent in known,
            f"its parent {entity.parent!r} is not there",
            "Add it, or name another.",
        ),
    )
    for good, what, remedy in checks:
        if not good:
            return what, remedy
    # Levels rise with every step, so that there can be no circle.
    above = known[entity.parent] if entity.parent else None
    if entity.kind == FUNDER and (above.level if above else None) not in _ABOVE[entity.level]:
        return (
            f"a funder of level {entity.level} stands under {entity.parent or 'nobody'}",
            "An institute stands under an agency; an agency under a country, or alone.",
        )
    if above and above.country_iso3 != entity.country_iso3:
        return "its parent is of another country", "Correct one of the two."
    return None
