"""What may be done only by somebody who logged in just now: a computer may have been left open."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

JUST_NOW = 15 * 60  # seconds
View = Callable[..., HttpResponse]


def is_fresh(request: HttpRequest) -> bool:
    """Whether this browser's person logged in within the last quarter of an hour."""
    times = [record.get("at", 0) for record in get_authentication_records(request, request.user)]
    return bool(times) and time.time() - max(times) < JUST_NOW


def freshly(view: View) -> View:
    """Let in whoever logged in just now; the others go to the list of passkeys, which says why."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated or not is_fresh(request):
            return HttpResponseRedirect(reverse("mfa_list_webauthn"), status=303)
        return view(request, *args, **kwargs)

    return inner
