"""Reviewed names by normal form and country."""

from collections.abc import Iterable, Mapping

from everygenome.errors import InputError, UsageError
from everygenome.vocabulary.countries import COUNTRIES
from everygenome.vocabulary.entities.model import Alias, Entity
from everygenome.vocabulary.entities.normal import normal
from everygenome.vocabulary.entities.own import PREFIX_OF_COUNTRIES, country_entity

Key = tuple[str, str | None]


class Index:
    """Finds the entity of a whole normal form; it never looks for a part of one.

    Args:
        known: entities by identifier.
        aliases: the names that come with the software.
        extra: decisions that go before them.

    Raises:
        InputError: a name leads to nobody, is there twice, or means two in one country.
    """

    def __init__(
        self, known: Mapping[str, Entity], aliases: Iterable[Alias], extra: Iterable[Alias]
    ) -> None:
        self._known = known
        self._rows: set[Key] = set()
        self._found = self._read(aliases, extra=False)
        # An entity's own name leads to it unless a row says for which countries it does.
        has_rows = {form for form, _ in self._found}
        for entity in known.values():
            form = normal(entity.name)
            if form not in has_rows and self._found.setdefault((form, None), entity) is not entity:
                raise InputError(
                    f"{entity.name!r} is the name of two: {self._found[form, None].id} and "
                    f"{entity.id}.",
                    remedy="Write rows that say for which country it means whom.",
                )
            if (form, None) in self._found:
                self._rows.add((entity.name, None))
        # The country in which a name without one means somebody must not mean another.
        for (form, country), entity in self._found.items():
            home = entity.country_iso3
            if country is None and home and self._found.get((form, home), entity) is not entity:
                raise InputError(
                    f"{form!r} means {entity.id}, but in {home} another.",
                    remedy="Give the first row a country too.",
                )
        self._found |= self._read(extra, extra=True)

    def _read(self, aliases: Iterable[Alias], *, extra: bool) -> dict[Key, Entity]:
        found: dict[Key, Entity] = {}
        what = "decisions" if extra else "names"
        for alias in aliases:
            key = (normal(alias.stated), alias.country)
            if alias.entity_id not in self._known:
                raise InputError(
                    f"{what}: {alias.stated!r} leads to {alias.entity_id!r}, which is not there.",
                    remedy="Correct the identifier, or add the entity.",
                )
            # People fill in every spelling of a name; only our own tables are kept without.
            same = extra and found.get(key) is self._known[alias.entity_id]
            if not key[0] or (key in found and not same):
                raise InputError(
                    f"{what}: {alias.stated!r} is there twice for {alias.country or 'no country'}, "
                    "or says nothing.",
                    remedy="Keep one row. Case, blanks, commas and dashes make no other name.",
                )
            found[key] = self._known[alias.entity_id]
            self._rows.add((alias.stated.strip(), alias.country))
        return found

    def find(self, form: str, *, country: str | None) -> Entity | None:
        """Whom a normal form means where a country is stated, or none is.

        A name that was reviewed without a country is believed where none is stated, and where
        the stated one is the entity's home, or the entity has none.
        """
        if country and (form, country) in self._found:
            return self._found[form, country]
        entity = self._found.get((form, None))
        if entity and country and entity.country_iso3 not in (country, None):
            return None
        return entity

    def is_row(self, stated: str, *, country: str | None) -> bool:
        """Whether a reviewed row has the name exactly as it is stated."""
        return (stated, country) in self._rows or (stated, None) in self._rows


def added(extra: Iterable[Alias], *, kind: str, known: Iterable[Entity]) -> list[Entity]:
    """The entities that decisions add, and the countries above them that are new too.

    Raises:
        UsageError: a decision about names of another kind.
        InputError: two decisions describe one new entity in two ways, or a known one anew.
    """
    taken = {entity.id: entity for entity in known}
    found: dict[str, Entity] = {}
    for alias in extra:
        if alias.kind != kind:
            raise UsageError(
                f"{alias.stated!r} is decided as a {alias.kind}, among {kind}s.",
                remedy="Give each kind its own decisions.",
            )
        if alias.name is None:
            continue
        entity = Entity(
            id=alias.entity_id,
            kind=kind,
            name=alias.name,
            level=alias.level,
            parent=alias.parent,
            country_iso3=alias.country_iso3,
            ror=None,
            crossref=None,
            source=alias.source,
            reviewed=True,
        )
        before = found.setdefault(entity.id, entity)
        told = (entity.name, entity.level, entity.parent, entity.country_iso3)
        if (
            entity.id in taken
            or (before.name, before.level, before.parent, before.country_iso3) != told
        ):
            raise InputError(
                f"{entity.id!r} is described in two ways, or is known already.",
                remedy="Describe a new one once, and a known one not at all.",
            )
    parents = dict.fromkeys(one.parent for one in found.values() if one.parent)
    codes = {f"{PREFIX_OF_COUNTRIES}{iso3.lower()}": iso3 for iso3 in COUNTRIES}
    homes = [codes[one] for one in parents if one in codes and one not in taken]
    return [*found.values(), *map(country_entity, homes)]
