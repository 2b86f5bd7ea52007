"""Read a map, with errors that name file, line and key."""

import re
import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from everygenome.audit.mapping.model import CohortMap
from everygenome.audit.mapping.places import key_lines, line_of
from everygenome.errors import InputError
from everygenome.texts import text_of

MAX_BYTES = 5_000_000


def read_map(path: Path) -> CohortMap:
    """Read the map of a cohort file.

    Raises:
        InputError: it cannot be read, is no TOML, or says what a map cannot say.
    """
    path = Path(path)
    text = text_of(
        path,
        most=MAX_BYTES,
        check="Check the path; `everygenome audit init COHORT > map.toml` writes a map.",
        shorten="Name the map, not the cohort.",
        save="Save the map as UTF-8.",
    )
    return parse_map(text, source=str(path))


def parse_map(text: str, *, source: str = "map.toml") -> CohortMap:
    """Read a map from its text.

    Args:
        text: TOML.
        source: what messages call it.

    Raises:
        InputError: as `read_map`.

    Example:
        >>> found = parse_map('''
        ... [columns.super_pop]
        ... dimension = "group"
        ... kind = "genetic similarity"
        ... [columns.super_pop.values]
        ... AFR = "African"
        ... ''')
        >>> found.columns["super_pop"].groups
        ('African',)
    """
    try:
        told = tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        # "... (at line 3, column 5)", or "(at end of document)".
        place = re.search(r"at line (\d+)", str(error))
        line = place[1] if place else str(text.count("\n") + 1)
        raise InputError(
            f"{source}, line {line}: this is not TOML.",
            remedy='Write text between double quotes, as in kind = "sex", one key on a line, '
            "and each key once in its table.",
        ) from None
    told["columns"] = _used(told.get("columns", {}))
    try:
        return CohortMap.model_validate(told)
    except ValidationError as error:
        raise _explained(error, text=text, source=source) from None


def _used(columns: Any) -> Any:
    """Columns without those that `init` proposed and nobody took up."""
    if not isinstance(columns, dict):
        return columns
    return {
        name: column
        for name, column in columns.items()
        if not (
            isinstance(column, dict)
            and column.get("dimension") == ""
            and column.get("kind", "") == ""
        )
    }


def _explained(error: ValidationError, *, text: str, source: str) -> InputError:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    path = [str(part) for part in first["loc"] if part != "[key]"]
    if first["type"] == "extra_forbidden":
        said = "this key is unknown"
    elif first["type"] == "missing":
        said = "this is missing"
    elif path[-1:] == ["dimension"]:
        said = "write a name in lower case, such as group, sex, age_band or deprivation"
    else:
        said = first["msg"].removeprefix("Value error, ")
    line = line_of(_nearest(path, said, text), key_lines(text))
    where = f"{source}, line {line}" if line else source
    more = error.error_count() - 1
    also = f" ({more} more of this kind below it.)" if more else ""
    return InputError(
        f"{where}: {'.'.join(path) or 'the map'}: {said}.{also}",
        remedy="Mend the map and run the command again.",
    )


def _nearest(path: list[str], said: str, text: str) -> list[str]:
    """The key that an error is about: what is said of `values` names the value itself."""
    if path[-1:] == ["values"]:
        for key in key_lines(text):
            if list(key[: len(path)]) == path and len(key) > len(path) and repr(key[-1]) in said:
                return list(key)
    return path
