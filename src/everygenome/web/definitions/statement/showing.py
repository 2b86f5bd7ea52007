"""The pages of the builder, and a statement as a file."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import mark_safe

from everygenome.reports.documents.page_blocks import body
from everygenome.reports.documents.write import FORMATS
from everygenome.reports.statement.document import statement_document
from everygenome.web.definitions.statement.form import Filled, parts
from everygenome.web.definitions.statement.saved import MOST_BYTES, saved
from everygenome.web.moderation.fields.records import Errors
from everygenome.web.moderation.views.forms import NOT_TAKEN, shown_token, summary
from everygenome.web.people.gate import Refusal
from everygenome.web.site.pages import page

_NAME = "diverse-data-statement"
# Of a file of the reader's own: an open page may not run or fetch anything.
_KEPT = {"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "no-store"}


def form_page(
    request: HttpRequest,
    values: Mapping[str, Any],
    errors: Errors | None = None,
    *,
    refused: Refusal | None = None,
) -> HttpResponse:
    """The form with some values, and what is wrong with them."""
    errors = errors or {}
    groups = parts(values, errors)
    status, told = (200, "") if not refused else NOT_TAKEN.get(refused, (403, ""))
    context = {
        "here": "definitions",
        "parts": groups,
        "wrong": summary(errors, [bound for _, bounds in groups for bound in bounds]),
        "file_wrong": errors.get("file", []),
        "told": told,
        "token": shown_token(request, refused),
        "kilobytes": MOST_BYTES // 1000,
    }
    sent_here = request.method == "POST"
    return page(
        request,
        "definitions/statement/form",
        context,
        status=400 if errors else status,
        private=sent_here,
        # The token in it is for one reader.
        headers={"Cache-Control": "no-store"},
    )


def statement_page(
    request: HttpRequest, found: Filled, *, told: str = "", status: int = 200
) -> HttpResponse:
    """The finished statement, with buttons that take it away."""
    document = statement_document(found.worksheet)
    context = {
        "here": "definitions",
        "document": document,
        # Each text in it was escaped where the lines were made.
        "body": mark_safe("\n".join(body(document.blocks))),  # noqa: S308
        "worksheet": saved(found.data),
        "token": shown_token(request),
        "told": told,
    }
    return page(request, "definitions/statement/statement", context, status=status, private=True)


def download(form: str, content: bytes | str) -> HttpResponse:
    """A file to be kept, not shown here."""
    kind = "application/json" if form == "json" else FORMATS[form].media_type
    name = f"{_NAME}-worksheet.json" if form == "json" else f"{_NAME}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', **_KEPT}
    return HttpResponse(content, content_type=kind, headers=headers)
