"""What a map says: what each column of a cohort file means."""

import datetime
import re
import unicodedata
from collections import Counter
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from everygenome.audit.classes import Class, class_called, is_reserved
from everygenome.audit.mapping.bands import band_labels
from everygenome.audit.mapping.kinds import Kind, kinds_listed

GROUP = "group"
NOT_STATED = "not stated"
MISSING = ("", "NA", "N/A", "NaN", "null", ".")
# TOML has dates of its own, and people write 2021-03-21 without quotes.
_Text = Annotated[
    str, BeforeValidator(lambda told: str(told) if isinstance(told, datetime.date) else told)
]


def plain(value: str) -> str:
    """A value as it is compared: without white space around it, its letters composed (NFC).

    Example:
        >>> plain(" Ma\\u0304ori ") == "M\\u0101ori"
        True
    """
    return unicodedata.normalize("NFC", value.strip())


class FileMap(BaseModel):
    """How the file is to be read.

    Attributes:
        encoding: of a text file.
        delimiter: of a text file; None takes what the header shows.
        people: a column that says how many people a row stands for.
        identifier: a column with another value in each row.
        duplicates: whether an identifier that is repeated stops, or is counted.
        missing: values that say nothing.
        refused: values that say that somebody did not wish to say.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    encoding: str = "utf-8"
    delimiter: str | None = Field(default=None, pattern=r'^[^"\r\n]$')
    people: str | None = Field(default=None, min_length=1)
    identifier: str | None = Field(default=None, min_length=1)
    duplicates: Literal["stop", "count"] = "stop"
    missing: tuple[str, ...] = MISSING
    refused: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _people_or_persons(self) -> "FileMap":
        if self.people and self.identifier:
            raise ValueError(
                "people and identifier are both given: a row is one person, or it is a count"
            )
        if both := {plain(one) for one in self.missing} & {plain(one) for one in self.refused}:
            raise ValueError(f"{min(both)!r} is both missing and refused")
        return self


class ColumnMap(BaseModel):
    """What one column means.

    Attributes:
        dimension: `group`, or what people are also counted by.
        kind: what kind of thing it describes.
        assigned_by, method, panel, date, why: who said it of people and how, against which
            reference panel, when, and why people are grouped by it.
        bands: bounds between bands of numbers, ascending.
        separator: what stands between several values in a cell.
        others: the group of every value that is not listed.
        missing, refused: as those of the file, and instead of them, for this column.
        values: a value as stated -> its group. It goes before `missing` and `refused`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    dimension: str = Field(pattern="^[a-z][a-z0-9_]*$")
    kind: Kind
    assigned_by: _Text = NOT_STATED
    method: _Text = NOT_STATED
    panel: _Text = NOT_STATED
    date: _Text = NOT_STATED
    why: _Text = NOT_STATED
    bands: tuple[int, ...] | None = Field(default=None, min_length=1)
    separator: str | None = Field(default=None, min_length=1)
    others: str | None = None
    missing: tuple[str, ...] | None = None
    refused: tuple[str, ...] | None = None
    values: dict[str, str] = {}

    @field_validator("kind", mode="before")
    @classmethod
    def _one_of_the_kinds(cls, stated: object) -> object:
        if not isinstance(stated, str) or stated not in set(Kind):
            found = "is empty" if stated == "" else f"is {stated!r}"
            raise ValueError(f"kind {found}; it is one of {kinds_listed()}")
        return stated

    @field_validator("bands")
    @classmethod
    def _ascending(cls, bands: tuple[int, ...] | None) -> tuple[int, ...] | None:
        if bands and (bands[0] < 1 or list(bands) != sorted(set(bands))):
            raise ValueError("bands are whole numbers of 1 or more, each larger than the last")
        return bands

    @field_validator("values")
    @classmethod
    def _groups(cls, values: dict[str, str]) -> dict[str, str]:
        for value, group in values.items():
            check_group(group, of=f"the value {value!r}")
        for value, count in Counter(map(plain, values)).items():
            if count > 1:
                raise ValueError(f"{value!r} is listed {count} times (white space aside)")
        return {plain(value): plain(group) for value, group in values.items()}

    @field_validator("others")
    @classmethod
    def _others(cls, others: str | None) -> str | None:
        if others is not None:
            check_group(others, of="others")
        return others and plain(others)

    @model_validator(mode="after")
    def _fitting(self) -> "ColumnMap":
        if self.bands is not None:
            if self.others is not None or self.separator is not None:
                raise ValueError("bands go with neither others nor separator")
            for value, group in self.values.items():
                if value == group and re.fullmatch(r"[0-9.]+", value):
                    raise ValueError(
                        f"{value!r} is a number, and bands say where numbers belong: delete it "
                        "from values"
                    )
        return self

    @property
    def groups(self) -> tuple[str, ...]:
        """Every group, in the order of the map: bands, values, others."""
        stated = (*(band_labels(self.bands) if self.bands else ()), *self.values.values())
        return tuple(dict.fromkeys((*stated, *([self.others] if self.others else ()))))


class CohortMap(BaseModel):
    """A whole map.

    Attributes:
        file: how the file is to be read.
        columns: a column of the file -> what it means.
        documentation: what is said of the dataset, handed on as it is.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: FileMap = FileMap()
    columns: dict[str, ColumnMap]
    documentation: dict[str, _Text] = {}

    @field_validator("columns")
    @classmethod
    def _one_group(cls, columns: dict[str, ColumnMap]) -> dict[str, ColumnMap]:
        taken = Counter(column.dimension for column in columns.values())
        for dimension, count in taken.items():
            if count > 1:
                raise ValueError(f"{count} columns have the dimension {dimension!r}; one may")
        if GROUP not in taken:
            raise ValueError(
                'no column has the dimension "group"; write it under the column that says by what '
                "people are compared with a reference"
            )
        return columns

    def column_of(self, dimension: str) -> str | None:
        """The column of a dimension."""
        found = (name for name, one in self.columns.items() if one.dimension == dimension)
        return next(found, None)


def check_group(group: str, *, of: str) -> None:
    """Refuse a name that is no group's.

    Raises:
        ValueError: it is empty, or that of a class or of the sum of all groups.
    """
    if not group.strip():
        raise ValueError(f"{of} has no group yet; write its name between the quotes")
    if found := class_called(group):
        where = {Class.MISSING: "missing", Class.REFUSED: "refused"}.get(found)
        instead = f"; list the value under {where}" if where else ""
        raise ValueError(
            f"{of} has the group {group!r}, which is what rows without a single group are "
            f"called{instead}"
        )
    if is_reserved(group):
        raise ValueError(
            f"{of} has the group {group!r}, which is what the sum of all groups is called; "
            "give the group another name"
        )
