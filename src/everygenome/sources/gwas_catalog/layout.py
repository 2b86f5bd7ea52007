"""Recognise the catalogue's files by their header, through the alias table in columns.toml."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from everygenome.errors import InputError


class Kind(StrEnum):
    """The four files of a catalogue release."""

    STUDIES = "studies"
    ANCESTRY = "ancestry"
    TRAIT_MAPPINGS = "trait_mappings"
    ASSOCIATIONS = "associations"


# A release is a trio; the associations are an addition.
TRIO = (Kind.STUDIES, Kind.ANCESTRY, Kind.TRAIT_MAPPINGS)


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of file: its columns, what the catalogue calls them, and which must be there."""

    kind: Kind
    required: tuple[str, ...]
    aliases: dict[str, tuple[str, ...]]

    def columns(self, header: tuple[str, ...]) -> list[tuple[str, str | None]]:
        """Pair each of our column names with the header's name for it, or None.

        The header is compared without case and without runs of spaces.
        """
        theirs = {_plain(name): name for name in reversed(header)}
        return [
            (
                ours,
                next((theirs[_plain(alias)] for alias in names if _plain(alias) in theirs), None),
            )
            for ours, names in self.aliases.items()
        ]

    def missing(self, header: tuple[str, ...]) -> list[str]:
        """The catalogue's names of the required columns that a header lacks."""
        found = dict(self.columns(header))
        return [self.aliases[ours][0] for ours in self.required if found[ours] is None]


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


@cache
def layouts() -> dict[Kind, Layout]:
    """The layouts of all kinds of file, read from columns.toml once."""
    text = files(__package__).joinpath("columns.toml").read_text("utf-8")
    return {
        Kind(kind): Layout(
            Kind(kind),
            tuple(entry["required"]),
            {ours: tuple(names) for ours, names in entry["columns"].items()},
        )
        for kind, entry in tomllib.loads(text).items()
    }


def recognise(header: tuple[str, ...]) -> Kind | None:
    """The kind of file that a header belongs to, or None for a file that is none of ours."""
    fitting = [kind for kind, layout in layouts().items() if not layout.missing(header)]
    return fitting[0] if fitting else None


def explain(header: tuple[str, ...], *, name: str) -> InputError:
    """Say why a header belongs to no layout: the nearest kind, what it lacks, what was found."""
    kind = min(layouts(), key=lambda kind: len(layouts()[kind].missing(header)))
    lacking = ", ".join(layouts()[kind].missing(header))
    found = ", ".join(value[:40] for value in header[:30])
    return InputError(
        f"{name}, line 1: not a layout of the GWAS Catalog that we know. It is nearest to "
        f"{kind.value}, but has no column {lacking} (found: {found}).",
        remedy="If the catalogue renamed a column, add the new name to "
        "sources/gwas_catalog/columns.toml.",
    )
