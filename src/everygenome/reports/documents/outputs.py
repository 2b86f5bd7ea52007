"""A report in each of its forms: one on the screen, or several in a folder."""

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from everygenome.errors import StoreError

Made = Callable[[str], bytes]


def written(folder: Path, name: str, formats: Sequence[str], made: Made) -> Iterator[Path]:
    """Write a report into a folder, and give each path back when its file is there.

    Args:
        folder: is made if it is not there.
        name: of the files, without ending.
        formats: html, pdf, md, json.
        made: gives the bytes of a form. All are made before the first one is written.

    Raises:
        StoreError: a file cannot be written.
    """
    contents = {suffix: made(suffix) for suffix in formats}
    for suffix, data in contents.items():
        path = folder / f"{name}.{suffix}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as error:
            raise StoreError(
                f"{path} cannot be written: {error.strerror}.", remedy="Name another folder."
            ) from None
        yield path


def to_screen(form: str, made: Made, view: Callable[[], object], *, what: str) -> None:
    """Write a report to where standard output goes.

    Args:
        form: `table`, or a form that `made` gives.
        made: gives the bytes of a form.
        view: gives the table, for a console.
        what: what is written, for the message.

    Raises:
        StoreError: it cannot be written there.
    """
    from rich.console import Console

    try:
        if form == "table":
            Console().print(view())
        else:
            sys.stdout.buffer.write(made(form))
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        # What is left in the buffer would be tried again at the end.
        sys.stdout = None
        raise StoreError(
            f"{what} cannot be written to where standard output goes: {error.strerror}.",
            remedy="Make room there, or send it elsewhere.",
        ) from None
