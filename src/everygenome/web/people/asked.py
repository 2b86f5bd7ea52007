"""How often one network may ask for what takes long: counted in memory, for a minute."""

from django.http import HttpRequest
from django_ratelimit import ALL
from django_ratelimit.core import get_usage

from everygenome.web.people.limits import client_of


def allowed(request: HttpRequest, *, group: str, a_minute: int) -> bool:
    """Whether this client may ask again now; the request is counted.

    Args:
        request: of the client.
        group: what is asked for; each is counted by itself.
        a_minute: how often it may be.
    """
    client = client_of(request)
    if client is None:
        # Behind a proxy that does not say for whom it asks, all clients look like one. Places
        # for drawing (`site.turns`) bound what all of them take together.
        return True
    usage = get_usage(
        request,
        group=group,
        key=lambda _group, _request: client,
        rate=f"{a_minute}/m",
        method=ALL,
        increment=True,
    )
    return usage is None or not usage["should_limit"]
