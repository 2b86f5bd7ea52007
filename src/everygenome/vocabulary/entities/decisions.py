"""Decisions about names, read back from the table that a person filled in."""

from typing import Final

from everygenome.errors import InputError
from everygenome.vocabulary.entities.data import SLUG, check
from everygenome.vocabulary.entities.model import AGENCY, FUNDER, INSTITUTE, Alias
from everygenome.vocabulary.entities.normal import normal
from everygenome.vocabulary.entities.own import read_country
from everygenome.vocabulary.entities.resolve import Names
from everygenome.vocabulary.entities.sheet import sheet_rows

_NEW: Final = ("name", "level", "parent", "country_iso3")
_DECISION: Final = ("means", *_NEW, "source", "reviewed_on")


def read_decisions(text: str, *, file_name: str, names: Names) -> list[Alias]:
    """The decisions in a table that `to_csv` wrote and a person filled in.

    Args:
        text: the whole file.
        file_name: what messages call it.
        names: the names of the kind that was reviewed.

    Raises:
        InputError: the file has other columns, or a decision is incomplete or contradicts
            another; the message names file, line, and what was found.

    Example:
        >>> from everygenome.vocabulary.entities.sheet import COLUMNS
        >>> head = ",".join(COLUMNS)
        >>> row = "1,NHBLI,,nhbli,NHBLI,own name,nhlbi,,,,,a slip,2026-11-26"
        >>> found = read_decisions(f"{head}\\n{row}\\n", file_name="f.csv", names=Names("funder"))
        >>> [(alias.stated, alias.entity_id) for alias in found]
        [('NHBLI', 'nhlbi')]
    """
    aliases: list[Alias] = []
    decided: dict[tuple[str, str | None], Alias] = {}
    places: dict[str, str] = {}
    for place, row in sheet_rows(text, file_name=file_name):
        alias = _decision(row, place=place, names=names)
        if alias is None:
            continue
        before = decided.setdefault((normal(alias.stated), alias.country), alias)
        if before.entity_id != alias.entity_id:
            raise InputError(
                f"{place}: {alias.stated!r} means {alias.entity_id!r}, but in a line above "
                f"{before.entity_id!r}.",
                remedy="Keep one of the two.",
            )
        aliases.append(alias)
        if alias.name or alias.entity_id not in places:
            places[alias.entity_id] = place
    described = {*names.known, *(alias.entity_id for alias in aliases if alias.name)}
    for alias in aliases:
        if alias.entity_id not in described:
            raise InputError(
                f"{places[alias.entity_id]}: nobody has the identifier {alias.entity_id!r}.",
                remedy="Correct it; or, if it is new, give its name.",
            )
    try:
        Names(names.kind, extra=aliases)
    except InputError as error:
        new = [places[alias.entity_id] for alias in aliases if alias.name]
        where = "; ".join(dict.fromkeys(new)) or file_name
        raise InputError(f"{where}: {error.what}", remedy=error.remedy) from error
    return aliases


def _decision(row: dict[str, str], *, place: str, names: Names) -> Alias | None:
    said = {column: row[column].strip() for column in _DECISION}
    means = said["means"]
    if not means:
        idle = [column for column in _DECISION if said[column]]
        if idle:
            raise InputError(
                f"{place}: {idle[0]} is {said[idle[0]]!r}, but means is empty.",
                remedy="Write whom the name means, or clear the row's decision.",
            )
        return None
    check({key: said[key] for key in ("source", "reviewed_on", "country_iso3")}, place=place)
    if not row["stated"].strip() or not SLUG.fullmatch(means):
        raise InputError(
            f"{place}: {row['stated']!r} means {means!r}.",
            remedy="A name leads to an identifier of a-z, 0-9 and -.",
        )
    country, unread = read_country(row["stated_country"])
    if unread:
        raise InputError(
            f"{place}: {row['stated_country']!r} is no known country.",
            remedy="Clear stated_country if the name means the same in every country; otherwise "
            "add the spelling to vocabulary/country_spellings.csv.",
        )
    if means in names.known:
        told = [column for column in _NEW if said[column]]
        if told:
            raise InputError(
                f"{place}: {means!r} is known, yet its {told[0]} is {said[told[0]]!r}.",
                remedy="Leave the columns of a new entity empty for a known one.",
            )
    elif said["name"] and names.kind == FUNDER and said["level"] not in (INSTITUTE, AGENCY):
        raise InputError(
            f"{place}: the level of {means!r} is {said['level']!r}.",
            remedy=f"Write {INSTITUTE} or {AGENCY}.",
        )
    return Alias(
        kind=names.kind,
        stated=row["stated"],
        country=country,
        entity_id=means,
        source=said["source"],
        reviewed_on=said["reviewed_on"],
        name=said["name"] or None,
        level=said["level"],
        parent=said["parent"] or None,
        country_iso3=said["country_iso3"] or None,
    )
