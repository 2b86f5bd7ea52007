"""An answer: rows that never travel without unit, stage, rule, denominator, release, caveats."""

import html
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from everygenome.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

_SHOWN_ROWS = 40
# How a caption words a filter.
_CHOSEN = {
    "trait": "on",
    "trait_parent": "on",
    "country": "recruited in",
    "funder": "funded by",
    "cohort": "with the cohort",
    "journal": "published in",
    "min_publications": "minimum of publications",
    "publication": "in the publication",
    "study": "in the study",
    "from_year": "from",
    "to_year": "to",
}


@dataclass(frozen=True, slots=True)
class ReleaseLabel:
    """Which release an answer is about."""

    id: str
    date: str
    demonstration: bool
    inferred: bool


@dataclass(frozen=True, slots=True)
class Note:
    """A caveat that applies, with its figures filled in."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows and everything needed to read them.

    Attributes:
        measure: name of the measure.
        release: which release.
        unit: what is counted.
        stage: discovery, replication or all.
        scheme: how groups are made.
        denominator: what shares are of.
        rule: how rows are counted.
        filters: what was selected.
        caveats: what a reader must know.
        coverage: what the shares leave out, as figures.
        table: the rows, as an Arrow table; shares are 0-1.
        names: what readers call the traits and countries that the filters hold.
    """

    measure: str
    release: ReleaseLabel
    unit: str
    stage: str
    scheme: str
    denominator: str
    rule: str
    filters: Mapping[str, Any]
    caveats: tuple[Note, ...]
    coverage: Mapping[str, Any]
    table: pa.Table = field(repr=False)
    names: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows as plain dictionaries."""
        listed: list[dict[str, Any]] = self.table.to_pylist()
        return listed

    def to_dict(self) -> dict[str, Any]:
        """Everything, ready for JSON; numbers keep their full precision, days are ISO text."""
        return {**self._head(), "rows": _with_days_as_text(self.table).to_pylist()}

    def to_json(self, *, indent: int | None = None) -> str:
        """Everything as JSON text; a number that does not exist is null, never NaN."""
        return json.dumps(self.to_dict(), indent=indent, ensure_ascii=False, allow_nan=False)

    def to_pyarrow(self) -> pa.Table:
        """The rows as an Arrow table, with the rest as its metadata."""
        head = {f"everygenome:{k}": json.dumps(v) for k, v in self._head().items()}
        return self.table.replace_schema_metadata(head)

    def to_pandas(self) -> "pd.DataFrame":
        """The rows as a pandas table, with the rest in `attrs`."""
        try:
            import pandas  # noqa: F401
        except ImportError as error:
            raise _not_installed("pandas") from error
        frame: pd.DataFrame = self.table.to_pandas()
        frame.attrs = self._head()
        return frame

    def to_polars(self) -> "pl.DataFrame":
        """The rows as a polars table."""
        try:
            import polars
        except ImportError as error:
            raise _not_installed("polars") from error
        frame = polars.from_arrow(self.table)
        if not isinstance(frame, polars.DataFrame):
            raise TypeError(type(frame))
        return frame

    @property
    def caption(self) -> str:
        """One line that says what the numbers are, and where they come from."""
        chosen = ", ".join(self._chosen(name, value) for name, value in self.filters.items())
        stage = "discovery and replication" if self.stage == "all" else self.stage
        base = "all records" if self.denominator == "all" else "clear records"
        source = (
            "(demonstration data, not real)"
            if self.release.demonstration
            else "of the GWAS Catalog"
        )
        return (
            f"{self.measure.capitalize()}: {self.unit}, {stage}, {self.scheme} groups, shares of "
            f"{base}"
            + (f"; {chosen}" if chosen else "")
            + f". Release {self.release.date} {source}."
        )

    def _chosen(self, name: str, value: Any) -> str:
        """One choice in words; of a comparison, with its side."""
        side = f"{name[0].upper()}: " if name[:2] in ("a_", "b_") else ""
        plain = name[2:] if side else name
        told = self.names.get(str(value), str(value))
        if plain == "trait" and told != value:
            told = f"{told} ({value})"
        return f"{side}{_CHOSEN.get(plain, plain.replace('_', ' '))} {told}"

    def _head(self) -> dict[str, Any]:
        return {
            "measure": self.measure,
            "release": {
                "id": self.release.id,
                "date": self.release.date,
                "demonstration": self.release.demonstration,
                "inferred": self.release.inferred,
            },
            "unit": self.unit,
            "stage": self.stage,
            "scheme": self.scheme,
            "denominator": self.denominator,
            "rule": self.rule,
            "filters": dict(self.filters),
            "caveats": [{"id": note.id, "text": note.text} for note in self.caveats],
            "coverage": dict(self.coverage),
        }

    def _repr_html_(self) -> str:
        """For a notebook: the rows, with caption and caveats."""
        names = self.table.column_names
        head = "".join(f"<th>{html.escape(name)}</th>" for name in names)
        body = "".join(
            "<tr>"
            + "".join(f"<td>{html.escape(_text(row[name]))}</td>" for name in names)
            + "</tr>"
            for row in self.rows[:_SHOWN_ROWS]
        )
        more = max(0, self.table.num_rows - _SHOWN_ROWS)
        rest = f"<p>and {more} more rows</p>" if more else ""
        notes = "".join(f"<li>{html.escape(note.text)}</li>" for note in self.caveats)
        return (
            f"<table><caption>{html.escape(self.caption)}</caption><thead><tr>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table>{rest}<ul>{notes}</ul>"
        )


def _with_days_as_text(table: pa.Table) -> pa.Table:
    for index, column in enumerate(table.schema):
        if pa.types.is_date(column.type):
            table = table.set_column(index, column.name, table.column(index).cast(pa.string()))
    return table


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return f"{value:.4f}" if isinstance(value, float) else str(value)


def _not_installed(name: str) -> UsageError:
    return UsageError(
        f"This needs {name}, which is not installed.",
        remedy="Install everygenome with the extra `frames`.",
    )
