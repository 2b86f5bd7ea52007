"""The reviewed tables: who there is, and what they are called. A table that is wrong stops here.

`funders.csv` and `cohorts.csv` hold the entities, `funder_names.csv` and `cohort_names.csv` the
names that lead to them. Each row has the source where it can be checked and the day of review.
A name with a country means somebody only where that country is stated. An entity's own name
leads to it, unless `*_names.csv` has that name, which then says for which countries it does.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Final

from everygenome.errors import InputError
from everygenome.vocabulary.countries import COUNTRIES
from everygenome.vocabulary.entities.model import COHORT, FUNDER, Alias, Entity
from everygenome.vocabulary.entities.own import country_entity

FILES: Final = {
    FUNDER: ("funders.csv", "funder_names.csv"),
    COHORT: ("cohorts.csv", "cohort_names.csv"),
}
SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ROR: Final = re.compile(r"0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}")
CROSSREF: Final = re.compile(r"(100|501100)[0-9]{6}")
_SOURCE: Final = "source"
_DAY: Final = "reviewed_on"
FUNDER_COLUMNS: Final = (
    *("id", "level", "name", "parent", "country_iso3", "codes", "ror", "crossref"),
    *(_SOURCE, _DAY),
)
COHORT_COLUMNS: Final = ("id", "name", "country_iso3", _SOURCE, _DAY)
NAME_COLUMNS: Final = ("stated", "country_iso3", "entity_id", _SOURCE, _DAY)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The reviewed tables of one kind.

    Attributes:
        entities: in the order of the file, then the countries above them.
        aliases: every name of the names file, in its order.
        codes: the acronyms that PubMed prints beside an agency, and the entity of each.
    """

    entities: tuple[Entity, ...]
    aliases: tuple[Alias, ...]
    codes: dict[str, str]


def rows_of(text: str, *, file_name: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """The rows of a table, each checked for its columns, source and day.

    Raises:
        InputError: other columns, a short or long row, no source, or a day that is none.
    """
    reader = csv.reader(io.StringIO(text), strict=True)
    found = tuple(next(reader, ()))
    if found != columns:
        raise InputError(
            f"{file_name} has the columns {','.join(found)}.",
            remedy=f"It needs {','.join(columns)}.",
        )
    for cells in reader:
        place = f"{file_name}, line {reader.line_num}"
        if len(cells) != len(columns):
            raise InputError(
                f"{place}: {len(cells)} cells under {len(columns)} columns.",
                remedy="Put double quotes around a cell that holds a comma.",
            )
        row = dict(zip(columns, cells, strict=True))
        check(row, place=place)
        yield row


def check(row: dict[str, str], *, place: str) -> None:
    """What every reviewed row needs: blank-free ends, a source, a day, a known country.

    Raises:
        InputError: one of them is wrong; it names the place and the value.
    """
    untidy = [name for name, value in row.items() if value != value.strip()]
    if untidy:
        raise InputError(f"{place}: blanks at an end of {untidy[0]}.", remedy="Take them away.")
    if not row[_SOURCE]:
        raise InputError(f"{place}: no source.", remedy="Say where it can be checked.")
    try:
        date.fromisoformat(row[_DAY])
    except ValueError as error:
        raise InputError(
            f"{place}: reviewed_on is {row[_DAY]!r}.", remedy="Write a day such as 2026-11-26."
        ) from error
    if row["country_iso3"] and row["country_iso3"] not in COUNTRIES:
        raise InputError(
            f"{place}: no country has the code {row['country_iso3']!r}.",
            remedy="Use an ISO 3166-1 code of three letters, or leave the cell empty.",
        )


def _entity(row: dict[str, str], kind: str) -> Entity:
    return Entity(
        id=row["id"],
        kind=kind,
        name=row["name"],
        level=row.get("level", ""),
        parent=row.get("parent") or None,
        country_iso3=row["country_iso3"] or None,
        ror=row.get("ror") or None,
        crossref=row.get("crossref") or None,
        source=row[_SOURCE],
        reviewed=True,
    )


def _alias(row: dict[str, str], kind: str) -> Alias:
    return Alias(
        kind=kind,
        stated=row["stated"],
        country=row["country_iso3"] or None,
        entity_id=row["entity_id"],
        source=row[_SOURCE],
        reviewed_on=row[_DAY],
    )


@cache
def reviewed(kind: str) -> Reviewed:
    """The reviewed tables of a kind; empty for journals, which have none.

    Raises:
        InputError: a table is not as it must be.

    Example:
        >>> [one.id for one in reviewed("funder").entities][:2]
        ['nih', 'nci']
        >>> reviewed("journal").entities
        ()
    """
    if kind not in FILES:
        return Reviewed((), (), {})
    entity_file, name_file = FILES[kind]
    columns = FUNDER_COLUMNS if kind == FUNDER else COHORT_COLUMNS
    rows = list(rows_of(_text(entity_file), file_name=entity_file, columns=columns))
    entities = [_entity(row, kind) for row in rows]
    if kind == FUNDER:
        homes = dict.fromkeys(one.country_iso3 for one in entities if one.country_iso3)
        entities += [country_entity(iso3) for iso3 in homes]
    names = rows_of(_text(name_file), file_name=name_file, columns=NAME_COLUMNS)
    codes = [(code, row["id"]) for row in rows for code in row.get("codes", "").split()]
    if len(dict(codes)) != len(codes):
        raise InputError(f"{entity_file}: one code stands for two.", remedy="Give it to one.")
    return Reviewed(tuple(entities), tuple(_alias(row, kind) for row in names), dict(codes))


def _text(file_name: str) -> str:
    return resources.files(__package__).joinpath(file_name).read_text("utf-8")
