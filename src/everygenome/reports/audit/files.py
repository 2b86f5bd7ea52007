"""An audit in each of its forms: on the screen, or as files."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from everygenome.audit.as_json import as_json
from everygenome.audit.result import Audit
from everygenome.reports.audit.document import audit_document
from everygenome.reports.documents.outputs import to_screen, written
from everygenome.reports.documents.write import FORMATS

_ALL = ("html", "pdf", "md", "json")


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
