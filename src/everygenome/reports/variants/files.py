"""Evidence in each of its forms: on the screen, or as files."""

import sys
from collections.abc import Iterator
from pathlib import Path

from everygenome.errors import StoreError
from everygenome.reports.audit.files import check_formats
from everygenome.reports.documents.write import FORMATS
from everygenome.reports.variants.document import evidence_document
from everygenome.variants.as_json import evidence_text
from everygenome.variants.result import Evidence

_ALL = ("html", "pdf", "json")

__all__ = ["check_formats", "evidence_bytes", "write_evidence"]


def write_evidence(
    evidence: Evidence, formats: tuple[str, ...], out: Path | None
) -> Iterator[Path]:
    """Write evidence to the screen, or as files whose paths are given back.

    Args:
        evidence: the answer.
        formats: of table, json, html, pdf and md; none: a table, or in a folder all reports.
        out: the folder; None is the screen, which takes one form.

    Raises:
        UsageError: several forms for one screen, a table for a folder, a folder that is none.
        StoreError: a file cannot be written.
    """
    check_formats(formats, out)
    if out is None:
        _to_screen(evidence, formats[0] if formats else "table")
        return
    made = {suffix: evidence_bytes(evidence, suffix) for suffix in formats or _ALL}
    for suffix, data in made.items():
        path = out / f"evidence.{suffix}"
        try:
            out.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as error:
            raise StoreError(
                f"{path} cannot be written: {error.strerror}.", remedy="Name another folder."
            ) from None
        yield path


def evidence_bytes(evidence: Evidence, suffix: str) -> bytes:
    """Evidence as html, pdf, md or json."""
    if suffix == "json":
        return evidence_text(evidence)
    return FORMATS[suffix](evidence_document(evidence))


def _to_screen(evidence: Evidence, form: str) -> None:
    from rich.console import Console

    from everygenome.reports.terminal.variants import show_evidence

    try:
        if form == "table":
            Console().print(show_evidence(evidence))
        else:
            sys.stdout.buffer.write(evidence_bytes(evidence, form))
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        # What is left in the buffer would be tried again at the end.
        sys.stdout = None
        raise StoreError(
            f"The evidence cannot be written to where standard output goes: {error.strerror}.",
            remedy="Make room there, or send it elsewhere.",
        ) from None
