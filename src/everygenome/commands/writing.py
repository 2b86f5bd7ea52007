"""Write a result to a file, or to standard output."""

import sys
from io import StringIO
from pathlib import Path
from typing import Any


def write_view(view: Any, output: Path | None) -> None:
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


def write_bytes(data: bytes, output: Path | None) -> None:
    """Write bytes.

    Raises:
        StoreError: the file cannot be written.
    """
    from everygenome.store.folder import told

    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise told(error, output) from error
