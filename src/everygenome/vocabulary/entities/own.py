"""Names that nobody has reviewed: each normal form is an entity of its own."""

import hashlib
import re
import unicodedata
from collections.abc import Container
from typing import Final

from everygenome.vocabulary.countries import COUNTRIES, country, spelling_key, spellings
from everygenome.vocabulary.entities.model import AGENCY, COUNTRY, FUNDER, Entity
from everygenome.vocabulary.entities.normal import normal

PREFIX_OF_COUNTRIES: Final = "funders-"
LONGEST_SLUG: Final = 80
UNREVIEWED: Final = "the name itself; nobody has reviewed it"
ISO: Final = "ISO 3166-1"
# What grant lists write where they say nothing of a country.
NO_COUNTRY: Final = frozenset(map(spelling_key, ("", "International", "Missing Country", "NR")))


def read_country(stated: str | None) -> tuple[str | None, str]:
    """A stated country as its code, and what is left to compare where it has none.

    Args:
        stated: as a grant list has it; an ISO 3166-1 alpha-3 code is read too.

    Returns:
        The alpha-3 code, or None; and the text in lower case where somebody wrote a country
        that is no known spelling ("Korea" could be two), otherwise empty.

    Example:
        >>> read_country("United Kingdom"), read_country("International"), read_country("Korea")
        (('GBR', ''), (None, ''), (None, 'korea'))
    """
    key = spelling_key(stated or "")
    if key in NO_COUNTRY:
        return None, ""
    if key.upper() in COUNTRIES:
        return key.upper(), ""
    found = spellings().get(key)
    return (found, "") if found else (None, key)


def country_entity(iso3: str) -> Entity:
    """All funders of a country: what stands above its agencies.

    Example:
        >>> country_entity("USA").id, country_entity("USA").name
        ('funders-usa', 'United States: all funders')
    """
    return Entity(
        id=f"{PREFIX_OF_COUNTRIES}{iso3.lower()}",
        kind=FUNDER,
        name=f"{country(iso3).name}: all funders",
        level=COUNTRY,
        parent=None,
        country_iso3=iso3,
        ror=None,
        crossref=None,
        source=ISO,
        reviewed=True,
    )


def own_name(
    stated: str, *, kind: str, iso3: str | None, unread: str, taken: Container[str]
) -> Entity:
    """The entity that a name stands for if nobody has reviewed it.

    Args:
        stated: the name.
        kind: "funder", "cohort" or "journal".
        iso3: the country stated with it: two bodies can share a name in two countries.
        unread: a stated country that is no known spelling, in lower case; or empty.
        taken: identifiers of reviewed entities.

    Example:
        >>> own_name("Fondo Trieste", kind="funder", iso3=None, unread="", taken=()).id
        'fondo-trieste'
        >>> own_name("Fondo Trieste", kind="funder", iso3="ITA", unread="", taken=()).parent
        'funders-ita'
    """
    form = normal(stated)
    funder = kind == FUNDER
    return Entity(
        id=_own_id(form, place=iso3 or unread, taken=taken),
        kind=kind,
        name=" ".join(stated.split()),
        level=AGENCY if funder else "",
        parent=f"{PREFIX_OF_COUNTRIES}{iso3.lower()}" if funder and iso3 else None,
        country_iso3=iso3,
        ror=None,
        crossref=None,
        source=UNREVIEWED,
        reviewed=False,
    )


def _own_id(form: str, *, place: str, taken: Container[str]) -> str:
    """A slug that depends on the name and the country alone, never on which names came before.

    A form of plain words is its slug, letter for letter. Any other form, and any form with a
    country, could share its slug with another, and carries a short hash.
    """
    slug = slug_of(form)
    plain = slug == form.replace(" ", "-") and len(slug) <= LONGEST_SLUG and "-" not in form
    if plain and not place and slug not in taken and not slug.startswith(PREFIX_OF_COUNTRIES):
        return slug
    mark = hashlib.sha256(f"{form}\n{place}".encode()).hexdigest()[:8]
    parts = (slug[:LONGEST_SLUG].strip("-") or "name", slug_of(place), mark)
    return "-".join(part for part in parts if part)


def slug_of(text: str) -> str:
    """A text as `a-z`, `0-9` and single `-`: accents go, and so does every other sign.

    Example:
        >>> slug_of("Sigrid Jusélius Foundation")
        'sigrid-juselius-foundation'
    """
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
