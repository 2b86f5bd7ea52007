"""Who funds, what cohort, which journal: entities, and the names that lead to them."""

from dataclasses import dataclass
from typing import Final

FUNDER: Final = "funder"
COHORT: Final = "cohort"
JOURNAL: Final = "journal"
KINDS: Final = (FUNDER, COHORT, JOURNAL)

INSTITUTE: Final = "institute"
AGENCY: Final = "agency"
COUNTRY: Final = "country"
# From the lowest: an institute stands under an agency, an agency under a country or alone.
LEVELS: Final = (INSTITUTE, AGENCY, COUNTRY)

ALIAS: Final = "alias"
RULE: Final = "rule"
OWN_NAME: Final = "own name"


@dataclass(frozen=True, slots=True)
class Entity:
    """A body, a cohort or a journal that names can mean.

    Attributes:
        id: stable slug of `a-z`, `0-9` and `-`, unique within its kind.
        kind: "funder", "cohort" or "journal".
        name: its name in everyday use; for an own name, the spelling that was stated.
        level: of a funder "institute", "agency" or "country"; of others empty.
        parent: the entity above it, or None.
        country_iso3: where it is at home, ISO 3166-1; None if in no one country, or unknown.
        ror: Research Organization Registry identifier without address, such as `01cwqze88`.
        crossref: Crossref Funder Registry number without prefix, such as `100000002`.
        source: where the fact can be checked: an address or a citation.
        reviewed: whether somebody reviewed it; False for a name that stands for itself.
    """

    id: str
    kind: str
    name: str
    level: str
    parent: str | None
    country_iso3: str | None
    ror: str | None
    crossref: str | None
    source: str
    reviewed: bool


@dataclass(frozen=True, slots=True)
class Resolved:
    """Whom a name means, and how we know.

    Attributes:
        entity: who is meant.
        how: "alias" (a reviewed row has the name as it is stated), "rule" (a normal form equals a
            reviewed name) or "own name" (nobody reviewed it: an entity of its own).
    """

    entity: Entity
    how: str


@dataclass(frozen=True, slots=True)
class Alias:
    """A reviewed decision: this name means that entity.

    Attributes:
        kind: "funder", "cohort" or "journal".
        stated: the name as sources write it.
        country: ISO 3166-1 code without which the name does not say who is meant; None where
            the name alone is enough.
        entity_id: who is meant.
        source: where it can be checked.
        reviewed_on: the day of the decision, ISO 8601.
        name: of an entity that this decision adds, its name; None for a known entity.
        level: of an added funder, "institute" or "agency"; otherwise empty.
        parent: of an added entity, the entity above it, or None.
        country_iso3: of an added entity, where it is at home, or None.
    """

    kind: str
    stated: str
    country: str | None
    entity_id: str
    source: str
    reviewed_on: str
    name: str | None = None
    level: str = ""
    parent: str | None = None
    country_iso3: str | None = None
