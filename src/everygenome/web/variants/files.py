"""An answer as a file to be kept."""

import csv
import io

from django.http import HttpResponse

from everygenome.reports.documents.write import FORMATS
from everygenome.reports.exports import safe
from everygenome.reports.variants.files import evidence_bytes
from everygenome.variants.result import Evidence, GroupEvidence, VariantEvidence

# Of a file of the reader's own: an open page may not run or fetch anything.
_KEPT = {"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "no-store"}
_OF_VARIANT = ("chrom", "pos", "ref", "alt")
_OF_GROUP = (
    "group", "ac", "an", "af", "nhomalt", "af_low", "af_high", "faf95", "faf99", "p_seen",
    "verdict",
)  # fmt: skip
FILES = {
    "pdf": "PDF",
    "html": "Web page (HTML)",
    "csv": "Table (CSV)",
    "json": "JSON",
}


def download(form: str, evidence: Evidence) -> HttpResponse:
    """A file to be kept, not shown here.

    Args:
        form: one of `FILES`.
        evidence: the answer.

    Raises:
        EverygenomeError: it cannot be typeset.
    """
    if form == "csv":
        kind, content = "text/csv; charset=utf-8", as_csv(evidence).encode()
    else:
        kind = "application/json" if form == "json" else FORMATS[form].media_type
        content = evidence_bytes(evidence, form)
    headers = {
        "Content-Disposition": f'attachment; filename="variants.{form}"',
        "X-Robots-Tag": "noindex",
        **_KEPT,
    }
    return HttpResponse(content, content_type=kind, headers=headers)


def as_csv(evidence: Evidence) -> str:
    """One row for each variant and group; what is not known is empty, never 0.

    A variant of which no group is known has a row of its own: nothing is left out.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow((*_OF_VARIANT, *_OF_GROUP, "flags", "status", "source"))
    for variant in evidence.variants:
        groups = [one for one in (*variant.groups, variant.everybody) if one is not None]
        for one in groups or [GroupEvidence(group="", verdict=variant.verdict)]:
            writer.writerow(map(safe, _row(variant, one, evidence)))
    return text.getvalue()


def _row(variant: VariantEvidence, group: GroupEvidence, evidence: Evidence) -> list[object]:
    return [
        *(getattr(variant, name) for name in _OF_VARIANT),
        *(getattr(group, name) for name in _OF_GROUP),
        [*variant.flags, *group.flags],
        variant.status.value,
        f"{evidence.source.name} ({evidence.source.build})",
    ]
