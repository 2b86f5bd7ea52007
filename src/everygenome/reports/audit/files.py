"""An audit in each of its forms: on the screen, or as files."""

import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from everygenome.audit.as_json import as_json
from everygenome.audit.result import Audit
from everygenome.errors import UsageError
from everygenome.reports.audit.document import audit_document
from everygenome.reports.documents.outputs import to_screen, written
from everygenome.reports.documents.write import FORMATS

_ALL = ("html", "pdf", "md", "json")


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


def write_audit(audit: Audit, formats: tuple[str, ...], out: Path | None) -> Iterator[Path]:
    """Write an audit to the screen, or as files whose paths are given back.

    Raises:
        StoreError: a file cannot be written.
    """
    made = partial(audit_bytes, audit)
    if out is not None:
        yield from written(out, "audit", formats or _ALL, made)
        return
    from everygenome.reports.terminal.audits import audit_view

    form = formats[0] if formats else "table"
    to_screen(form, made, lambda: audit_view(audit), what="The audit")


def audit_bytes(audit: Audit, suffix: str) -> bytes:
    """An audit as html, pdf, md or json."""
    if suffix == "json":
        return as_json(audit).encode()
    return FORMATS[suffix](audit_document(audit))
