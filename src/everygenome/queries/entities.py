"""Who has a portfolio: funders, cohorts, journals, countries and traits of a release.

An entity is named in questions by its identifier; here a name that somebody typed finds it.
"""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import ibis.expr.types as ir
import pyarrow as pa

from everygenome.errors import NotFoundError, UsageError
from everygenome.queries.question import Question
from everygenome.store.manifest import Manifest
from everygenome.store.release import OpenRelease
from everygenome.vocabulary.countries import COUNTRIES
from everygenome.vocabulary.entities.resolve import Names

# Kinds whose names the release itself holds, with the table that holds them.
_TABLES = {"funder": "funders", "cohort": "entities", "journal": "entities"}
KINDS = (*_TABLES, "country", "trait")
_NEAR = 4
_LACKING = {
    "funder": (
        "was made without grants, so nothing is known of funders",
        "Add them when you sync: option --grants, with `live` or a file.",
    ),
    "cohort": (
        "does not say which cohorts its studies used",
        "Cohorts stand in the catalogue's files from layout v1.0.2.1 on: choose another release.",
    ),
    "journal": (
        "was built before journals were read",
        "Build it again from its files with `everygenome sync --from FOLDER`.",
    ),
}


@dataclass(frozen=True, slots=True)
class Entity:
    """One of those who have a portfolio.

    Attributes:
        kind: funder, cohort, journal, country or trait.
        id: its name in questions and addresses.
        name: its name for readers.
        level: of a funder: institute, agency or country.
        parent: identifier of the funder above.
        country_iso3: where it is, as far as is known.
        ror: its identifier in the Research Organization Registry.
        crossref: its identifier in the Crossref Funder Registry.
        source: where what is known of it is from.
        reviewed: somebody has reviewed which names mean it.
    """

    kind: str
    id: str
    name: str
    level: str = ""
    parent: str | None = None
    country_iso3: str | None = None
    ror: str | None = None
    crossref: str | None = None
    source: str = ""
    reviewed: bool = True


class _Traits(Protocol):
    """What is needed of the tables of a release."""

    opened: OpenRelease
    manifest: Manifest

    @property
    def traits(self) -> Mapping[str, str | None]: ...

    def run(self, key: Any, build: Callable[[], ir.Table]) -> pa.Table: ...


class Entities:
    """The entities of a release, by kind and identifier."""

    def __init__(self, tables: _Traits) -> None:
        self._tables = tables
        self._found: dict[str, dict[str, Entity]] = {}
        self._spellings: dict[str, Names] = {}

    def need(self, kind: str) -> None:
        """Refuse a kind that the release knows nothing of.

        Raises:
            UsageError: there is no such kind.
            NotFoundError: the release lacks what it is known by; the message says what to do.
        """
        if kind not in KINDS:
            raise UsageError(f"There is no kind {kind!r}.", remedy=f"Use {', '.join(KINDS)}.")
        manifest = self._tables.manifest
        has = {
            "funder": manifest.has_grants,
            "cohort": manifest.tables.get("study_cohort", 0) > 0,
            "journal": manifest.tables.get("publication_journal", 0) > 0,
        }
        if not has.get(kind, True):
            what, remedy = _LACKING[kind]
            raise NotFoundError(f"The release {manifest.id} {what}.", remedy=remedy)

    def of(self, kind: str) -> Mapping[str, Entity]:
        """The entities of a kind by identifier, in the order of their names.

        Raises:
            UsageError, NotFoundError: see `need`.
        """
        self.need(kind)
        if kind not in self._found:
            listed = sorted(self._read(kind), key=lambda one: (one.name.casefold(), one.id))
            self._found[kind] = {one.id: one for one in listed}
        return self._found[kind]

    def _read(self, kind: str) -> list[Entity]:
        if kind == "country":
            return [
                Entity(kind, place.iso3, place.name, country_iso3=place.iso3)
                for place in COUNTRIES.values()
            ]
        if kind == "trait":
            return [
                Entity(kind, name, label or name) for name, label in self._tables.traits.items()
            ]
        name = _TABLES[kind]
        rows = self._tables.run(
            ("entities of", name), lambda: self._tables.opened.whole(name)
        ).to_pylist()
        return [Entity(**row) for row in rows if row["kind"] == kind]

    def named(self, kind: str, text: str) -> Entity:
        """The entity that a text names: an identifier, a name, or a spelling that was reviewed.

        Raises:
            UsageError: the text fits several.
            NotFoundError: it fits none; the message lists the nearest.
        """
        known = self.of(kind)
        wanted = text.strip()
        if wanted in known:
            return known[wanted]
        fitting = self._by_name(kind).get(wanted.casefold(), [])
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise UsageError(
                f"{wanted!r} is the name of {len(fitting)} different {kind}s.",
                remedy="Use an identifier: "
                + " or ".join(f"{one.id} ({one.country_iso3 or 'no country'})" for one in fitting)
                + ".",
            )
        read = self._names(kind).resolve(wanted) if kind in _TABLES else None
        if read is not None and read.entity.id in known:
            return known[read.entity.id]
        names = {one.name.casefold(): one for one in known.values()}
        near = [
            names[name]
            for name in difflib.get_close_matches(wanted.casefold(), names, n=_NEAR, cutoff=0.6)
        ]
        raise NotFoundError(
            f"The release {self._tables.manifest.id} names no {kind} {wanted[:80]!r}.",
            remedy="Did you mean " + " or ".join(f"{one.name} ({one.id})" for one in near) + "?"
            if near
            else "The list of portfolios of this kind has those it names.",
        )

    def settled(self, question: Question) -> Question:
        """The same question, with identifiers where it has names.

        Raises:
            UsageError, NotFoundError: see `named`.
        """
        changes: dict[str, Any] = {}
        for kind in _TABLES:
            said = question.chosen(kind)
            ids = [self.named(kind, text).id for text in said]
            if ids and tuple(ids) != said:
                changes[kind] = ids
        return question.but(**changes) if changes else question

    def labels(self, question: Question) -> dict[str, str]:
        """What readers call the entities that a question names, by the text of its filter."""
        found = {}
        for kind in _TABLES:
            ids = question.chosen(kind)
            known = self.of(kind) if ids else {}
            if ids and all(name in known for name in ids):
                found[str(getattr(question, kind))] = " or ".join(known[i].name for i in ids)
        return found

    def above(self, entity: Entity) -> list[Entity]:
        """The funders above one, the nearest first."""
        known, found = self.of(entity.kind), []
        while entity.parent is not None and entity.parent in known:
            entity = known[entity.parent]
            found.append(entity)
        return found

    def beneath(self, entity: Entity) -> list[Entity]:
        """The funders just beneath one, by name."""
        return [one for one in self.of(entity.kind).values() if one.parent == entity.id]

    def _names(self, kind: str) -> Names:
        if kind not in self._spellings:
            self._spellings[kind] = Names(kind)
        return self._spellings[kind]

    def _by_name(self, kind: str) -> dict[str, list[Entity]]:
        found: dict[str, list[Entity]] = {}
        for one in self.of(kind).values():
            found.setdefault(one.name.casefold(), []).append(one)
        return found
