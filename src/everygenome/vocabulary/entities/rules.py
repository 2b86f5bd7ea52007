"""Two shapes in which lists write one name: with a bracket behind it, and as a path.

Both read whole parts between signs that part them, and each part must itself be a reviewed name.
"""

from functools import cache

from everygenome.vocabulary.countries import COUNTRIES, spelling_key, spellings
from everygenome.vocabulary.entities.index import Index
from everygenome.vocabulary.entities.model import Entity
from everygenome.vocabulary.entities.normal import (
    LONGEST_NAME,
    bracket,
    compact,
    initials,
    normal,
)

# "Name (NAME) [UK]" has two; a name with more brackets is no spelling of a shorter one.
MOST_BRACKETS = 2


def by_rule(index: Index, text: str, *, country: str | None) -> Entity | None:
    """Whom a text with a bracket or a path means; None if the rules do not say.

    Args:
        index: the reviewed names.
        text: as stated.
        country: the country stated beside it, as alpha-3 code.
    """
    if len(text) > LONGEST_NAME:
        return None
    if "|" in text:
        return _by_path(index, text, country=country)
    return _by_bracket(index, text, country=country)


def _by_bracket(
    index: Index, text: str, *, country: str | None, most: int = MOST_BRACKETS
) -> Entity | None:
    """A reviewed name with a trailing bracket that says of it nothing new.

    The bracket says where ("Medical Research Council [UK]"), or the name again: its initials or
    another reviewed name of the same entity ("Deutsche Forschungsgemeinschaft (German Research
    Foundation)"). A bracket that says anything else could mean another body, and stays.
    """
    parts = bracket(text)
    if not parts or most == 0:
        return None
    name, inside = parts
    place = _country_in(inside)
    if place and country in (None, place):
        found = _find(index, name, country=place, most=most - 1)
        if found and found.country_iso3 == place:
            return found
    found = _find(index, name, country=country, most=most - 1)
    if not found:
        return None
    again = index.find(normal(inside), country=found.country_iso3)
    return found if again is found or compact(inside) in initials(name) else None


def _by_path(index: Index, text: str, *, country: str | None) -> Entity | None:
    """A path from a department down to the funder ("RCUK | Medical Research Council (MRC)").

    The last part is the funder if every part is a reviewed name and all are at home in one
    country, which the parts before the last must say: they tell to whom the last belongs, and
    where. ("MRC" alone would not say whose department of health stands before it.)
    """
    parts = [part.strip() for part in text.split("|") if part.strip()]
    if len(parts) < 2:
        return _find(index, parts[0], country=country) if parts else None
    said = [_find(index, part, country=country) for part in parts[:-1]]
    homes = {entity.country_iso3 for entity in said if entity}
    if len(homes) != 1:
        return None
    home = homes.pop()
    every = [_find(index, part, country=home or country) for part in parts]
    at_home = all(entity is not None and entity.country_iso3 == home for entity in every)
    return every[-1] if at_home else None


def _find(
    index: Index, text: str, *, country: str | None, most: int = MOST_BRACKETS
) -> Entity | None:
    found = index.find(normal(text), country=country)
    return found or _by_bracket(index, text, country=country, most=most)


def _country_in(inside: str) -> str | None:
    """The country that a bracket names: a known spelling, or an ISO 3166-1 code in capitals."""
    found = spellings().get(spelling_key(inside))
    if found:
        return found
    return _codes().get(inside) or (inside if inside in COUNTRIES else None)


@cache
def _codes() -> dict[str, str]:
    return {one.iso2: one.iso3 for one in COUNTRIES.values()}
