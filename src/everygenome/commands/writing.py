"""Write a result to a file, or to standard output."""

import json
import sys
from collections.abc import Callable, Mapping
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from everygenome.commands.common import Format
from everygenome.errors import UsageError

if TYPE_CHECKING:
    from everygenome.queries.answer import Answer


def write_view(view: Any, output: Path | None = None) -> None:
    """Print something for a reader.

    Raises:
        StoreError: the file cannot be written.
    """
    from rich.console import Console

    if output is None:
        Console().print(view)
        return
    text = StringIO()
    Console(file=text, width=120).print(view)
    write_bytes(text.getvalue().encode(), output)


def write_bytes(data: bytes, output: Path | None, *, binary: bool = False) -> None:
    """Write bytes.

    Args:
        data: what to write.
        output: the file; None is standard output.
        binary: no reader can read it on a screen.

    Raises:
        StoreError: the file cannot be written.
        UsageError: it is not for a screen.
    """
    from everygenome.store.folder import told

    if output is not None:
        try:
            output.write_bytes(data)
        except OSError as error:
            raise told(error, output) from error
        return
    if binary and sys.stdout.isatty():
        raise UsageError(
            "Parquet is not for reading on a screen.",
            remedy="Add --output FILE, or send it into a file with >.",
        )
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def write_rows(output_format: Format, *, rows: Mapping[str, Any], table: Callable[[], Any]) -> None:
    """Write what a command found: as a table, or as JSON.

    Raises:
        UsageError: another format.
    """
    if output_format is Format.TABLE:
        write_view(table())
    elif output_format is Format.JSON:
        write_bytes((json.dumps(rows, indent=2, ensure_ascii=False) + "\n").encode(), None)
    else:
        raise UsageError(
            f"This command does not write {output_format.value}.",
            remedy="Use --format table or json.",
        )


def write_answer(answer: "Answer", output_format: Format, output: Path | None) -> None:
    """Write an answer in any format.

    Raises:
        StoreError: the file cannot be written.
        UsageError: it is not for a screen.
    """
    from everygenome.reports import exports
    from everygenome.reports.terminal.answers import View

    if output_format is Format.TABLE:
        write_view(View(answer), output)
        return
    make = {
        Format.JSON: exports.to_json,
        Format.CSV: exports.to_csv,
        Format.PARQUET: exports.to_parquet,
    }[output_format]
    write_bytes(make(answer), output, binary=output_format is Format.PARQUET)
