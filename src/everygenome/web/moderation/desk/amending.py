"""Other wording that a curator suggests: the contributor's own form, filled in."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from everygenome.web.moderation.actions.reviewing import amend as store
from everygenome.web.moderation.desk.doing import refused
from everygenome.web.moderation.desk.reading import Reading
from everygenome.web.moderation.desk.reasons import reason_of
from everygenome.web.moderation.desk.sentences import REASONS
from everygenome.web.moderation.desk.staff import for_staff, shown
from everygenome.web.moderation.desk.views import sent, version
from everygenome.web.moderation.fields.records import Errors
from everygenome.web.moderation.models import Contribution
from everygenome.web.moderation.posted import with_one_more
from everygenome.web.moderation.refused import QuickerError, RefusedError


@for_staff("amend")
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, number: int) -> HttpResponse:
    """The form; sent, the suggestion goes to the contributor."""
    found = sent(number)
    if request.method != "POST":
        if refused(found, request.user, "amend"):
            raise Http404
        return _page(request, found, found.proposed, {})
    reading = Reading(found, request.user)
    given = reading.schema.read(request.POST)
    if more := request.POST.get("more"):
        # One more row of a field with several records: the form again, with nothing lost.
        return _page(request, found, with_one_more(reading.kind, request.POST, more), {})
    values, errors = reading.schema.clean(given)
    # What is on no form stays as its contributor sent it.
    own = {field.name for field in reading.kind.schema if field.curated}
    values |= {name: value for name, value in found.proposed.items() if name in own}
    if errors:
        return _page(request, found, given, errors, status=400)
    try:
        reason = reason_of(request.POST, "amend")
        store(
            contribution=found,
            by=request.user,
            values=values,
            reason=reason,
            seen=version(request),
        )
    except RefusedError as error:
        status = 409 if isinstance(error, QuickerError) else 400
        return _page(request, found, given, {}, wrong=error, status=status)
    return HttpResponseRedirect(
        f"{reverse('desk-contribution', args=[number])}?done=amend", status=303
    )


def _page(
    request: HttpRequest,
    found: Contribution,
    values: Any,
    errors: Errors,
    *,
    wrong: RefusedError | None = None,
    status: int = 200,
) -> HttpResponse:
    reading = Reading(found, request.user)
    context = {
        "reading": reading,
        "c": found,
        "bound": reading.schema.bound(values, errors),
        "wrongs": [(place, text) for place, texts in errors.items() for text in texts],
        "wrong": wrong,
        # What was seen stays what was seen: only opening the page anew takes the newest.
        "version": request.POST.get("version", "")[:10] or found.version,
        "sentences": REASONS["amend"],
        "written": request.POST.get("reason", "").replace("\0", ""),
        "canned": request.POST.get("canned", ""),
    }
    return shown(request, "moderation/desk/amend", context, status=status)
