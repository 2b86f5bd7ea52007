"""Whom a name means: a reviewed row, a rule that cannot change who is meant, or the name itself."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple
from types import MappingProxyType

from everygenome.errors import NotFoundError, UsageError
from everygenome.vocabulary.entities import own
from everygenome.vocabulary.entities.data import reviewed
from everygenome.vocabulary.entities.graph import by_id
from everygenome.vocabulary.entities.index import Index, added
from everygenome.vocabulary.entities.model import (
    ALIAS,
    COHORT,
    FUNDER,
    KINDS,
    OWN_NAME,
    RULE,
    Alias,
    Entity,
    Resolved,
)
from everygenome.vocabulary.entities.normal import RULES_VERSION, normal
from everygenome.vocabulary.entities.rules import by_rule

# What stands where nobody is named. An author's "other" is not a cohort of that name.
NOBODY = {
    FUNDER: frozenset({"", "missing agency", "nr"}),
    COHORT: frozenset({"", "nr", "other"}),
}


class Names:
    """The names of one kind, and whom they mean.

    Args:
        kind: "funder", "cohort" or "journal".
        extra: decisions beside those that come with the software; they go before them.

    Attributes:
        known: reviewed entities by identifier, and the countries above them.
        digest: SHA-256 over all data and the version of the rules: what a release was made with.

    Raises:
        UsageError: no such kind, or a decision about names of another kind.
        InputError: a decision leads to nobody, or contradicts another.

    Example:
        >>> names = Names("funder")
        >>> found = names.resolve("U.S. Department of Health & Human Services | NIH | NHLBI")
        >>> found.entity.id, found.how, [one.id for one in names.above(found.entity.id)]
        ('nhlbi', 'rule', ['nih', 'funders-usa'])
        >>> names.resolve("Medical Research Council", country="South Africa").entity.id
        'samrc'
    """

    def __init__(self, kind: str, extra: Iterable[Alias] = ()) -> None:
        if kind not in KINDS:
            raise UsageError(f"No names are of the kind {kind!r}.", remedy=f"Use {KINDS}.")
        more = tuple(extra)
        tables = reviewed(kind)
        entities = [*tables.entities, *added(more, kind=kind, known=tables.entities)]
        self.kind = kind
        self.known: Mapping[str, Entity] = MappingProxyType(
            by_id(entities, file_name=f"the {kind}s")
        )
        self._index = Index(self.known, tables.aliases, more)
        self._codes = tables.codes
        self._own: dict[str, Entity] = {}
        data = [
            RULES_VERSION,
            kind,
            [astuple(one) for one in self.known.values()],
            [astuple(alias) for alias in tables.aliases],
            sorted(map(astuple, more), key=str),
            sorted(tables.codes.items()),
        ]
        self.digest = hashlib.sha256(json.dumps(data).encode()).hexdigest()

    def resolve(
        self, stated: str | None, country: str | None = None, acronym: str | None = None
    ) -> Resolved | None:
        """Whom a name means.

        Args:
            stated: the name as the source has it.
            country: the country that the source states beside it, in words or as an alpha-3
                code. "International", "Missing Country" and nothing say nothing.
            acronym: PubMed's code of the agency; read only where the name says nothing.

        Returns:
            None where nobody is named; otherwise an entity, reviewed or of its own.
        """
        text = stated or ""
        form = normal(text)
        iso3, unread = own.read_country(country)
        if form in NOBODY.get(self.kind, ("",)):
            coded = self._codes.get((acronym or "").strip())
            return Resolved(self.known[coded], ALIAS) if coded else None
        found = self._index.find(form, country=iso3)
        if found:
            exact = self._index.is_row(text.strip(), country=iso3)
            return Resolved(found, ALIAS if exact else RULE)
        ruled = by_rule(self._index, text, country=iso3)
        if ruled:
            return Resolved(ruled, RULE)
        mine = own.own_name(text, kind=self.kind, iso3=iso3, unread=unread, taken=self.known)
        self._own.setdefault(mine.id, mine)
        return Resolved(mine, OWN_NAME)

    def above(self, entity_id: str) -> list[Entity]:
        """Everyone above an entity, the nearest first.

        Args:
            entity_id: of a known entity, or of an own name that was resolved before.

        Raises:
            NotFoundError: nobody has the identifier.
        """
        entity = self._get(entity_id)
        found: list[Entity] = []
        while entity.parent:
            entity = self._get(entity.parent)
            found.append(entity)
        return found

    def _get(self, entity_id: str) -> Entity:
        found = self.known.get(entity_id) or self._own.get(entity_id)
        if found:
            return found
        iso3 = entity_id.removeprefix(own.PREFIX_OF_COUNTRIES).upper()
        if self.kind == FUNDER and entity_id.startswith(own.PREFIX_OF_COUNTRIES):
            return own.country_entity(iso3)
        raise NotFoundError(
            f"No {self.kind} has the identifier {entity_id!r}.",
            remedy="Identifiers of own names are known once the name was resolved.",
        )
