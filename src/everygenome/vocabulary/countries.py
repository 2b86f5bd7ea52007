"""Countries: ISO 3166-1 codes, plain names, UN regions, and how to read a cell that lists them.

Source: ISO 3166-1 and 3166-3 (codes); UN M49 standard and UN World Population Prospects
2024 (regions and sub-regions); `countries.csv` and `country_spellings.csv` beside this
file name what each line comes from.
"""

import csv
import difflib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from everygenome.errors import NotFoundError
from everygenome.vocabulary.ancestry import NOT_REPORTED


@dataclass(frozen=True, slots=True)
class Country:
    """A country or area with a code of its own.

    Attributes:
        iso3: ISO 3166-1 alpha-3 code; `ANT` (ISO 3166-3) and `XKX` (user-assigned) too.
        iso2: the alpha-2 code that goes with it.
        name: short name in everyday English.
        region: one of six UN regions; Latin America and the Caribbean and Northern America
            are two of them. Empty for Antarctica, which the UN scheme leaves out.
        subregion: one of 22 UN sub-regions; empty for Antarctica.
        note: what a reader should know about the code; mostly empty.
    """

    iso3: str
    iso2: str
    name: str
    region: str
    subregion: str
    note: str


@dataclass(frozen=True, slots=True)
class CountryScan:
    """A cell read with the known spellings.

    Attributes:
        iso3: alpha-3 codes in the order of the cell, each once.
        not_reported: the cell says "NR", or says nothing.
        unknown: the pieces that are no known spelling, in order.
    """

    iso3: tuple[str, ...]
    not_reported: bool
    unknown: tuple[str, ...]


def spelling_key(name: str) -> str:
    """The form in which spellings are compared: trimmed, NFC, and without case.

    Example:
        >>> spelling_key(" U.K. ")
        'u.k.'
    """
    folded = unicodedata.normalize("NFC", name.strip()).casefold()
    return unicodedata.normalize("NFC", folded)


def _rows(file_name: str) -> Iterator[dict[str, str]]:
    text = resources.files("everygenome.vocabulary").joinpath(file_name).read_text("utf-8")
    return csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))


@cache
def _countries() -> dict[str, Country]:
    return {row["iso3"]: Country(**row) for row in _rows("countries.csv")}


@cache
def spellings() -> dict[str, str]:
    """Every known spelling, as `spelling_key` writes it, to its alpha-3 code."""
    return {spelling_key(row["spelling"]): row["iso3"] for row in _rows("country_spellings.csv")}


@cache
def _most_pieces() -> int:
    """How many comma-parted pieces the longest known spelling has."""
    return max(key.count(",") + 1 for key in spellings())


class _Countries(Mapping[str, Country]):
    """All countries by alpha-3 code, read when first asked for."""

    def __getitem__(self, iso3: str) -> Country:
        return _countries()[iso3]

    def __iter__(self) -> Iterator[str]:
        return iter(_countries())

    def __len__(self) -> int:
        return len(_countries())


COUNTRIES: Mapping[str, Country] = _Countries()


def country(iso3: str) -> Country:
    """The country with an alpha-3 code.

    Raises:
        NotFoundError: no such code; the remedy names close codes and names.

    Example:
        >>> country("KOR").name, country("KOR").subregion
        ('South Korea', 'Eastern Asia')
    """
    found = _countries().get(iso3.strip().upper())
    if found is None:
        raise NotFoundError(f"No country has the ISO 3166-1 code {iso3!r}.", remedy=_advice(iso3))
    return found


def _advice(asked: str) -> str:
    """Codes whose spelling, or whose code, is the nearest to what was asked for."""
    by_spelling, everyone = spellings(), _countries()
    near = difflib.get_close_matches(spelling_key(asked), by_spelling, n=3, cutoff=0.75)
    codes = [by_spelling[key] for key in near]
    codes += difflib.get_close_matches(asked.strip().upper(), everyone, n=3, cutoff=0.6)
    if not codes:
        return "Use a three-letter code, such as KEN for Kenya."
    named = [f"{code} ({everyone[code].name})" for code in dict.fromkeys(codes)]
    return f"Did you mean {', '.join(named)}?"


@lru_cache(maxsize=65_536)
def scan_countries(cell: str) -> CountryScan:
    """Read a ", "-joined cell into countries.

    Some names hold commas ("Bonaire, Sint Eustatius and Saba"), so at each place the
    longest known spelling is taken. Only whole, exact spellings count: "Niger" is never
    found inside "Nigeria". An empty cell is "not reported": nobody wrote anything down.

    Args:
        cell: the catalogue's COUNTRY OF RECRUITMENT or COUNTRY OF ORIGIN.

    Example:
        >>> scan_countries("U.K., Bonaire, Sint Eustatius and Saba, Republic of Korea").iso3
        ('GBR', 'BES', 'KOR')
        >>> scan_countries("Kenya, Narnia, NR")
        CountryScan(iso3=('KEN',), not_reported=True, unknown=('Narnia',))
    """
    known = spellings()
    pieces = [piece.strip() for piece in cell.split(",") if piece.strip()]
    keys = [spelling_key(piece) for piece in pieces]
    found: dict[str, None] = {}
    unknown: list[str] = []
    not_reported = not pieces
    at = 0
    while at < len(pieces):
        for width in range(min(_most_pieces(), len(pieces) - at), 0, -1):
            iso3 = known.get(", ".join(keys[at : at + width]))
            if iso3:
                found[iso3] = None
                break
        else:
            width = 1
            if keys[at] == spelling_key(NOT_REPORTED):
                not_reported = True
            else:
                unknown.append(pieces[at])
        at += width
    return CountryScan(tuple(found), not_reported, tuple(unknown))
