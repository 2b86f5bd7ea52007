"""From files to counts and to a map: what the commands call."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from everygenome.audit.classes import Class, class_called, is_reserved
from everygenome.audit.counts import Counts, counted
from everygenome.audit.inspecting import inspected
from everygenome.audit.mapping.dimensions import needed_columns
from everygenome.audit.mapping.kinds import Kind
from everygenome.audit.mapping.model import GROUP, MISSING, CohortMap, ColumnMap, FileMap
from everygenome.audit.mapping.proposal import OTHERS, proposed
from everygenome.errors import InputError
from everygenome.sources.cohort import loaded, scanned


def read_counts(
    cohort: Path,
    cohort_map: CohortMap,
    *,
    by: Sequence[str] = (),
    suppress: int = 10,
    allow_unmapped: bool = False,
) -> Counts:
    """Count the people of a cohort file.

    Args:
        cohort: the file.
        cohort_map: what its columns mean; see `read_map`.
        by: dimensions besides `group`.
        suppress: a value in fewer rows is not named in an error.
        allow_unmapped: count what is not in the map as a class of its own.

    Raises:
        UsageError: a dimension that the map does not have.
        InputError: the file cannot be used as it is.
        UnreviewedError: it holds values that are not in the map.
        StoreError: there is no room to count it.

    Example:
        >>> import tempfile
        >>> from everygenome.audit.mapping import parse_map
        >>> told = parse_map('''
        ... [columns.sex]
        ... dimension = "group"
        ... kind = "sex"
        ... values = {F = "Women", M = "Men"}
        ... ''')
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder) / "cohort.csv"
        ...     _ = path.write_text("id,sex\\n1,F\\n2,M\\n3,F\\n")
        ...     dict(read_counts(path, told).people)
        {('Women',): 2, ('Men',): 1}
    """
    file = cohort_map.file
    with loaded(
        cohort,
        columns=needed_columns(cohort_map, by),
        encoding=file.encoding,
        delimiter=file.delimiter,
        whole=file.people,
    ) as found:
        return counted(
            found.table,
            cohort_map,
            by=by,
            suppress=suppress,
            allow_unmapped=allow_unmapped,
            source=found.name,
        )


def proposed_map(
    cohort: Path,
    *,
    encoding: str = "utf-8",
    delimiter: str | None = None,
    suppress: int = 10,
    questions: Mapping[str, str] | None = None,
) -> str:
    """The text of a map for a cohort file, to be filled in.

    Args:
        cohort: the file.
        encoding, delimiter: of a text file.
        suppress: a value in fewer rows is not printed.
        questions: a key of `[documentation]` -> what it asks.

    Raises:
        InputError: the file cannot be used as it is.
        StoreError: there is no room to look at it.
    """
    with scanned(cohort, encoding=encoding, delimiter=delimiter) as found:
        seen = inspected(found.table, found.columns, rows=found.rows, suppress=suppress)
        return proposed(
            seen,
            source=found.name,
            rows=found.rows,
            delimiter=found.delimiter,
            encoding=found.encoding,
            suppress=suppress,
            questions=questions,
        )


def stated_map(
    cohort: Path,
    *,
    group: str,
    kind: Kind,
    identifier: str | None = None,
    suppress: int = 10,
) -> CohortMap:
    """A map that takes the values of one column as they stand, for a file that needs no other.

    Args:
        cohort: the file, in UTF-8.
        group: the column.
        kind: what kind of thing it describes.
        identifier: a column with another value in each row.
        suppress: values in fewer rows are put together, so that none of them is named.

    Raises:
        InputError: the file cannot be used as it is, has no such column, or too many values in it.
        StoreError: there is no room to look at it.
    """
    with loaded(cohort, columns=(group,)) as found:
        (seen,) = inspected(found.table, (group,), rows=found.rows, suppress=suppress)
    if not seen.values:
        raise InputError(
            f"The column {group!r} of {found.name} has too many different values, or none in "
            f"{suppress} rows or more, so they cannot be groups as they stand.",
            remedy=f"Make a map: everygenome audit init {found.name} > map.toml",
        )
    stated = {value: class_called(value) for value in seen.values}
    if strange := [value for value, one in stated.items() if is_reserved(value) and not one]:
        raise InputError(
            f"The column {group!r} of {found.name} has a value {strange[0]!r}, which is what all "
            "groups together are called.",
            remedy=f"Make a map: everygenome audit init {found.name} > map.toml",
        )
    return CohortMap(
        file=FileMap(
            identifier=identifier,
            missing=(*MISSING, *(v for v, one in stated.items() if one is Class.MISSING)),
            refused=tuple(v for v, one in stated.items() if one is Class.REFUSED),
        ),
        columns={
            group: ColumnMap(
                dimension=GROUP,
                kind=kind,
                values={value: value for value, one in stated.items() if one is None},
                others=OTHERS if seen.rare else None,
            )
        },
    )
