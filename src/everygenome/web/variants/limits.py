"""How often one network may ask about variants: counted in memory, forgotten after a minute."""

from django.http import HttpRequest
from django_ratelimit import ALL
from django_ratelimit.core import get_usage

from everygenome.web.people.limits import client_of

A_MINUTE = 60
MOST_NAMES = 100
LONGEST_NAME = 500  # letters of a line: longer alleles are for files
MOST_SENT = 1_000_000  # bytes of a form; a larger one is not even read


def allowed(request: HttpRequest) -> bool:
    """Whether this client may ask again now; the request is counted."""
    client = client_of(request)
    if client is None:
        # Behind a proxy that does not say for whom it asks, all clients look like one. Places
        # for drawing (`site.turns`) bound what all of them take together.
        return True
    usage = get_usage(
        request,
        group="variants",
        key=lambda _group, _request: client,
        rate=f"{A_MINUTE}/m",
        method=ALL,
        increment=True,
    )
    return usage is None or not usage["should_limit"]
