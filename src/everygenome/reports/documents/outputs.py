"""A report in each of its forms: one on the screen, or several in a folder."""

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from everygenome.errors import StoreError, UsageError

Made = Callable[[str], bytes]


def check_formats(formats: tuple[str, ...], out: Path | None, *, keep: Sequence[Path] = ()) -> None:
    """Refuse what cannot be written, before anything is counted.

    Args:
        formats: the forms that are asked for.
        out: the folder; None is the screen.
        keep: earlier reports, which later ones have to be checked against too.

    Raises:
        UsageError: several forms for one screen, a PDF for a screen, a folder that is a file, or
            one in which an earlier report would be written over.
    """
    if out is not None and any(path.resolve().parent == out.resolve() for path in keep):
        raise UsageError(
            f"An earlier report is in {out}, and could be written over.",
            remedy="Name another folder with --out: each later audit needs every earlier one.",
        )
    if out is not None and out.exists() and not out.is_dir():
        raise UsageError(f"{out} is no folder.", remedy="Name a folder with --out.")
    if out is not None:
        if "table" in formats:
            raise UsageError(
                "A table is for the screen.", remedy="Leave out --out, or --format table."
            )
        return
    if len(formats) > 1:
        raise UsageError(
            f"The screen takes one form, and {len(formats)} are asked for.",
            remedy="Add --out FOLDER, or ask for one.",
        )
    if formats == ("pdf",) and sys.stdout.isatty():
        raise UsageError(
            "A PDF is not for reading on a screen.",
            remedy="Add --out FOLDER, or send it into a file with >.",
        )


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
