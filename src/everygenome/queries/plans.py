"""Plans: samples that studies are to have, read from a table, from TOML, or from a form.

A plan knows no scheme and no release: which groups and traits there are is looked up where the
plan is used, and `Planned.place` says then where in the plan the word stands.
"""

import csv
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from everygenome.errors import InputError
from everygenome.queries.plan_cells import COLUMNS, Planned, planned

NEEDED = ("group", "participants")
MAX_ROWS = 500
_MAX_LETTERS = 200_000
_EXAMPLE = "Begin with a line such as `study,group,participants,trait,stage`."


__all__ = ["MAX_ROWS", "Plan", "Planned", "plan_of", "read_plan", "read_table", "read_toml"]
Plan: TypeAlias = tuple[Planned, ...]
Given: TypeAlias = str | Iterable[Planned | Mapping[str, Any]]


def plan_of(given: Given) -> Plan:
    """A plan from whatever holds one.

    Args:
        given: the text of a table, as somebody pastes it into a form; or samples, each one a
            `Planned` or a mapping with the names of the columns.

    Raises:
        InputError: see `read_table`; a text is never taken for the name of a file.

    Example:
        >>> plan_of([{"group": "African", "participants": 2000, "trait": ["asthma"]}])[0].traits
        ('asthma',)
    """
    if isinstance(given, str):
        return read_table(given)
    rows: list[Planned] = []
    for number, item in enumerate(given, start=1):
        if len(rows) == MAX_ROWS:
            raise _too_many("The plan")
        if isinstance(item, Planned):
            cells = {
                "study": item.study,
                "group": item.group,
                "participants": item.participants,
                "trait": list(item.traits),
                "stage": item.stage.value,
            }
            rows.append(planned(cells, place=item.place))
        else:
            rows.append(planned(item, place=f"Sample {number} of the plan"))
    return tuple(rows)


def read_plan(path: Path) -> Plan:
    """A plan from a file: TOML where its name ends so, else a table; see `read_table`.

    Raises:
        InputError: it cannot be read, is no UTF-8 text, or holds no plan.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_LETTERS * 4 + 1)
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror}.",
            remedy="Check the path and its permissions.",
        ) from error
    try:
        # A file that is cut off in a letter is too long in any case.
        text = content.decode("utf-8-sig", errors="ignore" if len(content) > 4e5 else "strict")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path} is not UTF-8 text (byte {error.start}).",
            remedy="Save it again as CSV with the encoding UTF-8.",
        ) from error
    read = read_toml if path.suffix.lower() == ".toml" else read_table
    return read(text, source=str(path))


def read_table(text: str, *, source: str = "The plan") -> Plan:
    """A plan from a table with the columns of `COLUMNS`, of which `NEEDED` must be there.

    Cells are parted by commas, or by tabs as a spreadsheet copies them; several traits in a
    cell by ";". Empty lines, and lines before the column names that begin with #, are skipped.

    Args:
        text: the whole table.
        source: what messages call it.

    Raises:
        InputError: no or unknown columns, more than `MAX_ROWS`, a row of another
            width, or a cell that cannot be used; the message names line and column.

    Example:
        >>> read_table("group,participants\\nAfrican,2000")[0].participants
        2000
    """
    lines = _bounded(text, source).removeprefix("\ufeff").splitlines()
    above = next(
        (at for at, line in enumerate(lines) if line.strip() and not line.startswith("#")),
        len(lines),
    )
    tabs = above < len(lines) and "\t" in lines[above] and "," not in lines[above]
    reader = csv.reader(lines[above:], delimiter="\t" if tabs else ",", strict=True)
    rows: list[Planned] = []
    try:
        names = _columns(next(reader, []), source)
        for cells in reader:
            place = f"{source}, line {above + reader.line_num}"
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(names):
                raise InputError(
                    f"{place}: {len(cells)} cells under {len(names)} columns.",
                    remedy='Put double quotes around a cell that holds a comma: "12,000" is no '
                    "number, but a trait may have one.",
                )
            if len(rows) == MAX_ROWS:
                raise _too_many(source)
            rows.append(planned(dict(zip(names, cells, strict=True)), place=place))
    except csv.Error as error:
        raise InputError(
            f"{source}, line {above + reader.line_num}: not readable as a table ({error}).",
            remedy="Check the double quotes on this line.",
        ) from error
    return tuple(rows)


def read_toml(text: str, *, source: str = "The plan") -> Plan:
    """A plan from TOML: a table `[[sample]]` for each sample, with the columns as keys.

    Raises:
        InputError: no TOML, another key, or a value that cannot be used; see `read_table`.

    Example:
        >>> read_toml('[[sample]]\\ngroup = "African"\\nparticipants = 2000')[0].group
        'African'
    """
    try:
        read = tomllib.loads(_bounded(text, source))
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            f"{source} is no TOML: {error}.",
            remedy="Write a table [[sample]] for each sample, or give the plan as CSV.",
        ) from error
    samples = read.get("sample", [])
    if set(read) - {"sample"} or not isinstance(samples, list):
        raise InputError(
            f"{source} holds {', '.join(map(repr, read))}.",
            remedy="Write a table [[sample]] for each sample, and nothing else.",
        )
    if len(samples) > MAX_ROWS:
        raise _too_many(source)
    return tuple(
        planned(item if isinstance(item, dict) else {}, place=f"{source}, sample {number}")
        for number, item in enumerate(samples, start=1)
    )


def _columns(found: list[str], source: str) -> list[str]:
    names = [name.strip().lower() for name in found]
    shown = ", ".join(map(repr, found)) or "nothing"
    if not names:
        raise InputError(f"{source} is empty.", remedy=_EXAMPLE)
    lacking = [name for name in NEEDED if name not in names]
    if lacking:
        raise InputError(
            f"{source} has no column {' and no column '.join(lacking)} (found: {shown}).",
            remedy=_EXAMPLE,
        )
    unknown = [name for name in names if name not in COLUMNS]
    if unknown or len(set(names)) < len(names):
        raise InputError(
            f"{source} has "
            + (f"the column {unknown[0]!r}" if unknown else "a column twice")
            + f" (found: {shown}).",
            remedy=f"The columns are {', '.join(COLUMNS)}, each at most once.",
        )
    return names


def _bounded(text: str, source: str) -> str:
    if len(text) > _MAX_LETTERS:
        raise InputError(
            f"{source} is longer than {_MAX_LETTERS:,} letters.",
            remedy=f"A plan has at most {MAX_ROWS} samples.",
        )
    return text


def _too_many(source: str) -> InputError:
    return InputError(
        f"{source} has more than {MAX_ROWS} samples.",
        remedy="Put samples of one group, trait, study and stage together.",
    )
