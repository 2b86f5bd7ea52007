"""Load the columns of a cohort file that are needed, or look through all of them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from everygenome.errors import InputError
from everygenome.sources.cohort.encodings import UTF_8
from everygenome.sources.cohort.header import check_columns
from everygenome.sources.cohort.opening import Cohort, opened


@contextmanager
def loaded(
    path: Path,
    *,
    columns: Sequence[str],
    encoding: str = UTF_8,
    delimiter: str | None = None,
    whole: str | None = None,
) -> Iterator[Cohort]:
    """Read some columns of a file, once.

    Args:
        path: CSV, TSV or another delimiter, plain or gzip; or Parquet.
        columns: those that are needed, by their names; no other is kept.
        encoding: of a text file; see `ENCODINGS`.
        delimiter: of a text file; None takes the one that its header shows.
        whole: a column, among them, that must hold whole numbers of 0 or more.

    Raises:
        InputError: the file cannot be read as it is, or has no such column.
        StoreError: neither memory nor the temporary folder can hold it.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder) / "cohort.csv"
        ...     _ = path.write_text("id,sex,site\\n1,F,north\\n2,M,south\\n")
        ...     with loaded(path, columns=["sex"]) as cohort:
        ...         cohort.rows, cohort.columns, cohort.table.columns
        (2, ('id', 'sex', 'site'), ('sex',))
    """
    with opened(path, encoding=encoding, delimiter=delimiter) as file:
        wanted = tuple(dict.fromkeys(columns))
        check_columns(wanted, columns=file.header.columns, name=file.file.name)
        _check_letters(wanted, name=file.file.name)
        yield file.cohort("TABLE", {file.header.columns.index(n): n for n in wanted}, whole)


@contextmanager
def scanned(path: Path, *, encoding: str = UTF_8, delimiter: str | None = None) -> Iterator[Cohort]:
    """All columns of a file, which is read anew for each question and never kept.

    Raises:
        InputError: the file cannot be read as it is.
        StoreError: neither memory nor the temporary folder can hold what is asked of it.
    """
    with opened(path, encoding=encoding, delimiter=delimiter) as file:
        names = {place: f"c{place}" for place in range(len(file.header.columns))}
        yield file.cohort("VIEW", names, None)


def _check_letters(columns: Sequence[str], *, name: str) -> None:
    folded = [column.casefold() for column in columns]
    for column in columns:
        if folded.count(column.casefold()) > 1:
            raise InputError(
                f"{name}: columns that differ in capital letters only are needed together: "
                f"{column!r} is one of them.",
                remedy="Give one of them another name.",
            )
