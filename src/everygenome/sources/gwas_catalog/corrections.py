"""Corrections to the source are data, and fail loudly once the source is mended."""

from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

import duckdb
import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from everygenome.errors import InputError
from everygenome.sources.gwas_catalog.layout import Kind, layouts


class Correction(BaseModel):
    """One correction; see corrections.yml for the meaning of each field."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: Kind
    study_accession: str
    where: dict[str, str] = {}
    column: str
    expect: str | None
    value: str | None
    what: str
    why: str
    source: str
    added: date


def read_corrections(path: Path | None = None) -> tuple[Correction, ...]:
    """Read corrections from a file, or those that come with the software.

    Raises:
        InputError: the file is not as corrections.yml describes.
    """
    if path is None:
        return _built_in()
    return _parse(path.read_text("utf-8"), name=str(path))


@cache
def _built_in() -> tuple[Correction, ...]:
    text = files(__package__).joinpath("corrections.yml").read_text("utf-8")
    return _parse(text, name="corrections.yml")


def _parse(text: str, *, name: str) -> tuple[Correction, ...]:
    try:
        entries = yaml.safe_load(text)["corrections"]
        corrections = tuple(Correction.model_validate(entry) for entry in entries)
        for item in corrections:
            unknown = {item.column, *item.where} - set(layouts()[item.file].aliases)
            if unknown:
                raise InputError(f"{name}: {item.file.value} has no column {sorted(unknown)}.")
    except (yaml.YAMLError, ValidationError, KeyError, TypeError) as error:
        raise InputError(f"{name} cannot be read: {error}") from error
    return corrections


def apply_corrections(
    connection: duckdb.DuckDBPyConnection,
    corrections: tuple[Correction, ...],
    *,
    kind: Kind,
    table: str,
) -> int:
    """Apply the corrections of one file to its raw table, marking the rows `corrected`.

    Args:
        connection: the engine.
        corrections: all corrections.
        kind: which file this is.
        table: the view over the raw rows; the rows are in `{table}_rows`.

    Returns:
        How many corrections were applied.

    Raises:
        InputError: a row holds another value than the correction expects.
    """
    applied = 0
    for item in corrections:
        if item.file is not kind:
            continue
        keys = {"study_accession": item.study_accession, **item.where}
        matching = " AND ".join(f"{column} = ?" for column in keys)
        rows = connection.execute(
            f"SELECT source_line, {item.column} FROM {table} WHERE {matching}",
            list(keys.values()),
        ).fetchall()
        for line, found in rows:
            if found != item.expect:
                raise InputError(
                    f"The correction of {kind.value} {item.study_accession}, {item.column}, "
                    f"expects {item.expect!r}, but line {line} holds {found!r}.",
                    remedy="The catalogue has changed the record: check it, then mend or remove "
                    "the correction in sources/gwas_catalog/corrections.yml.",
                )
        if rows:
            connection.execute(
                f"UPDATE {table}_rows SET {item.column} = ?, corrected = TRUE WHERE {matching}",
                [item.value, *keys.values()],
            )
            applied += 1
    return applied
