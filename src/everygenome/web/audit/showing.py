"""The pages of the audit, and an audit as a file."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import mark_safe

from everygenome.audit.as_json import as_json
from everygenome.audit.mapping.kinds import Kind
from everygenome.audit.result import Audit
from everygenome.reports.audit import audit_document
from everygenome.reports.documents.model import Document, PageBreak
from everygenome.reports.documents.page_blocks import body
from everygenome.reports.documents.write import FORMATS
from everygenome.vocabulary.references import crosswalks
from everygenome.web.audit import fields
from everygenome.web.audit.carried import sealed
from everygenome.web.audit.form import MOST_BYTES
from everygenome.web.audit.naming import names_listed
from everygenome.web.audit.stating import statement_fields
from everygenome.web.moderation.fields import Bound
from everygenome.web.moderation.fields.records import Errors
from everygenome.web.moderation.views.forms import shown_token, summary
from everygenome.web.people.gate import Refusal
from everygenome.web.site.pages import page

# Of a file of the reader's own: an open page may not run or fetch anything.
_KEPT = {"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "no-store"}
_PARTS = {
    "groups": fields.GROUPS,
    "nobody": fields.NOBODY,
    "came_about": fields.CAME_ABOUT,
    "compared": fields.COMPARED,
    "protected": fields.PROTECTED,
    "power": fields.POWER,
    "said": fields.SAID,
}


def form_page(
    request: HttpRequest,
    values: Mapping[str, Any],
    errors: Errors | None = None,
    *,
    told: str = "",
    status: int = 200,
    refused: Refusal | None = None,
) -> HttpResponse:
    """The form with some values, and what is wrong with them."""
    errors = errors or {}
    bounds = {bound.field.name: bound for bound in fields.FORM.bound(values, errors)}
    parts = {name: [bounds[field.name] for field in some] for name, some in _PARTS.items()}
    chosen, others = names_listed(values)
    context = {
        "here": "datasets",
        **parts,
        "kinds": [(kind.value, kind.sentence) for kind in Kind],
        "opened": {name: any(map(_holds, some)) for name, some in parts.items()},
        "earlier": values.get(fields.EARLIER, ""),
        "earlier_wrong": errors.get(fields.EARLIER, []),
        "megabytes": MOST_BYTES // 1_000_000,
        "chosen_names": chosen,
        "other_names": others,
        "names_asked": "names" in request.POST,
        "crosswalks": crosswalks(),
        "wrong": summary(errors, bounds.values()),
        "told": told,
        "token": shown_token(request, refused),
    }
    return page(
        request,
        "audit/form",
        context,
        status=400 if errors else status,
        private=request.method == "POST",
        # The token in it is for one reader.
        headers={"Cache-Control": "no-store"},
    )


def audit_page(
    request: HttpRequest,
    audit: Audit,
    values: Mapping[str, Any],
    *,
    told: str = "",
    status: int = 200,
) -> HttpResponse:
    """The audit, with buttons that take it away."""
    document = audit_document(audit)
    first, rest = _halves(document)
    context = {
        "here": "datasets",
        "document": document,
        # Each text in these was escaped where the lines were made.
        "findings": mark_safe("\n".join(body(first, "1-"))),  # noqa: S308
        "figures": mark_safe("\n".join(body(rest, "2-"))),  # noqa: S308
        "carried": sealed(values),
        "statement": statement_fields(audit),
        "hides": any(audit.hidden.values()),
        "threshold": audit.threshold,
        "token": shown_token(request),
        "told": told,
    }
    return page(request, "audit/audit", context, status=status, private=True)


def download(form: str, audit: Audit) -> HttpResponse:
    """A file to be kept, not shown here.

    Raises:
        EverygenomeError: it cannot be typeset.
    """
    if form == "json":
        kind, content = "application/json", as_json(audit).encode()
    else:
        kind, content = FORMATS[form].media_type, FORMATS[form](audit_document(audit))
    headers = {"Content-Disposition": f'attachment; filename="audit.{form}"', **_KEPT}
    return HttpResponse(content, content_type=kind, headers=headers)


def _halves(document: Document) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """What stands on the first page of paper, and the rest."""
    at = next(
        (place for place, one in enumerate(document.blocks) if isinstance(one, PageBreak)),
        len(document.blocks),
    )
    return document.blocks[:at], document.blocks[at + 1 :]


def _holds(bound: Bound) -> bool:
    return bool(bound.value or bound.errors)
