"""Evidence in each of its forms: on the screen, or as files."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from everygenome.reports.documents.outputs import check_formats, to_screen, written
from everygenome.reports.documents.write import FORMATS
from everygenome.reports.variants.document import evidence_document
from everygenome.variants.as_json import evidence_text
from everygenome.variants.result import Evidence

_ALL = ("html", "pdf", "json")


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
    made = partial(evidence_bytes, evidence)
    if out is not None:
        yield from written(out, "evidence", formats or _ALL, made)
        return
    from everygenome.reports.terminal.variants import show_evidence

    form = formats[0] if formats else "table"
    to_screen(form, made, lambda: show_evidence(evidence), what="The evidence")


def evidence_bytes(evidence: Evidence, suffix: str) -> bytes:
    """Evidence as html, pdf, md or json."""
    if suffix == "json":
        return evidence_text(evidence)
    return FORMATS[suffix](evidence_document(evidence))
