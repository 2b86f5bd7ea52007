"""Reading crosswalks: built-in or a user's own, in one layout, with the same checks."""

import math
from pathlib import Path

from everygenome.errors import InputError
from everygenome.vocabulary.references.crosswalk_model import Crosswalk, CrosswalkRow, check_fit
from everygenome.vocabulary.references.model import Descriptor, Reference
from everygenome.vocabulary.references.table_files import Row, TableFile, parse_table, read_text
from everygenome.vocabulary.schemes import CLASS_GROUPS, SCHEMES, Scheme

_WEIGHTS = ("weight_low", "weight", "weight_high")
_COLUMNS = ("from_group", "to_group", *_WEIGHTS, "why")
_KEYS = ("title", "descriptor", "scheme", "date", "licence")
# Weights are written with a few decimals; their sum is compared within this.
_TOLERANCE = 1e-6


def read_crosswalk(
    path: Path, scheme: Scheme | None = None, *, reference: Reference | None = None
) -> Crosswalk:
    """Read a crosswalk from a CSV file, in the layout of the built-in ones.

    Columns `from_group,to_group,weight_low,weight,weight_high,why`, under the line
    `# descriptor:` (the kind of the reference) and, if wished, `# title:` and `# scheme:`.

    Args:
        path: the file.
        scheme: where it leads; targets must be groups of it, never "Multiple" or "Not reported".
            None takes the one that the file names, or groups of the file's own.
        reference: where given, the groups must be exactly those of this reference.

    Raises:
        InputError: an unreadable file, a weight outside 0-1 or out of order, central weights
            that do not sum to 1, a pair given twice, an unknown target, or no reason.
        UsageError: the crosswalk does not fit the reference.

    Example:
        >>> from importlib.resources import as_file, files
        >>> from everygenome.vocabulary.schemes import BROAD
        >>> data = files("everygenome.vocabulary.references") / "data"
        >>> with as_file(data / "un_subregions_to_broad.csv") as path:
        ...     len(read_crosswalk(path, BROAD).by_from_group)
        22
    """
    path = Path(path)
    crosswalk = parse_crosswalk(read_text(path), name=path.stem, source=str(path), scheme=scheme)
    if reference is not None:
        check_fit(crosswalk=crosswalk, reference=reference, scheme=scheme or crosswalk.leads_to)
    return crosswalk


def parse_crosswalk(
    text: str, *, name: str, source: str, scheme: Scheme | None = None
) -> Crosswalk:
    """Read a crosswalk from the text of its file; see `read_crosswalk`."""
    table = parse_table(text, source=source, columns=_COLUMNS, header_keys=_KEYS)
    scheme = scheme or _own(table)
    if table.header.get("scheme", scheme.name) != scheme.name:
        raise InputError(
            f"{source} leads to the scheme {table.header['scheme']!r}, not to {scheme.name!r}.",
            remedy="Choose the scheme that the file names, or change its line `# scheme:`.",
        )
    stated = table.required("descriptor", example=Descriptor.WORLD_REGION)
    if stated not in set(Descriptor):
        raise InputError(
            f"{source} has the descriptor {stated!r}, which is not a known kind.",
            remedy=f"Use one of: {', '.join(Descriptor)}.",
        )
    rows: dict[tuple[str, str], CrosswalkRow] = {}
    for row in table.rows:
        made = _row(row, source=source, scheme=scheme)
        if rows.setdefault((made.from_group, made.to_group), made) is not made:
            raise InputError(
                f"{source}, line {row.line}: the pair {made.from_group!r} to {made.to_group!r} "
                "is given twice.",
                remedy="Give each pair one row.",
            )
    crosswalk = Crosswalk(
        name=name,
        title=table.header.get("title") or name,
        descriptor=Descriptor(stated),
        scheme=scheme.name,
        rows=tuple(rows.values()),
        notes=table.notes,
    )
    _check_sums(crosswalk, source=source)
    return crosswalk


def _own(table: TableFile) -> Scheme:
    """The scheme that a file names, or one of the groups that it leads to."""
    named = table.header.get("scheme", "")
    if named in SCHEMES:
        return SCHEMES[named]
    groups = dict.fromkeys(row.cells["to_group"] for row in table.rows)
    return Scheme(named or "own", tuple(g for g in groups if g and g not in CLASS_GROUPS), {})


def _row(row: Row, *, source: str, scheme: Scheme) -> CrosswalkRow:
    where, cells = f"{source}, line {row.line}", row.cells
    if cells["to_group"] not in scheme.groups:
        raise InputError(
            f"{where}: {cells['to_group']!r} is no group of the scheme {scheme.name!r}.",
            remedy=f"Use one of: {', '.join(scheme.groups)}. Rows of several groups and rows "
            "without a record are kinds of study, not kinds of people, and cannot be targets.",
        )
    if not cells["from_group"] or not cells["why"]:
        raise InputError(
            f"{where}: from_group or why is empty.",
            remedy="Name the group, and give the reason for the weights in a sentence.",
        )
    low, weight, high = (_weight(cells[column], column=column, where=where) for column in _WEIGHTS)
    if not low <= weight <= high:
        raise InputError(
            f"{where}: the weights {low:g}, {weight:g}, {high:g} are not in order.",
            remedy="weight_low must be at most weight, and weight at most weight_high.",
        )
    return CrosswalkRow(cells["from_group"], cells["to_group"], low, weight, high, cells["why"])


def _weight(stated: str, *, column: str, where: str) -> float:
    try:
        weight = float(stated)
    except ValueError:
        weight = math.nan
    if not 0 <= weight <= 1:
        raise InputError(
            f"{where}: {column} is {stated!r}, which is not a number from 0 to 1.",
            remedy="Write a share such as 0.25, not a percentage.",
        )
    return weight


def _check_sums(crosswalk: Crosswalk, *, source: str) -> None:
    for group, rows in crosswalk.by_from_group.items():
        total = math.fsum(row.weight for row in rows)
        if abs(total - 1) > _TOLERANCE:
            raise InputError(
                f"{source}: the weights of {group!r} sum to {total:g}, not to 1.",
                remedy="Change the column weight so that everyone in the group goes somewhere, "
                "once.",
            )
