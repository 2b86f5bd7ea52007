"""How often one network may ask for an audit: counted in memory, and forgotten after a minute."""

from django.http import HttpRequest
from django_ratelimit import ALL
from django_ratelimit.core import get_usage

from everygenome.web.people.limits import client_of

A_MINUTE = 30


def allowed(request: HttpRequest) -> bool:
    """Whether this client may ask for another audit now; the request is counted."""
    client = client_of(request)
    if client is None:
        # Behind a proxy that does not say for whom it asks, all clients look like one. Places
        # for drawing (`site.turns`) bound what all of them take together.
        return True
    usage = get_usage(
        request,
        group="audit",
        key=lambda _group, _request: client,
        rate=f"{A_MINUTE}/m",
        method=ALL,
        increment=True,
    )
    return usage is None or not usage["should_limit"]
