"""How often one network may ask for an audit."""

from django.http import HttpRequest

from everygenome.web.people import asked

A_MINUTE = 30


def allowed(request: HttpRequest) -> bool:
    """Whether this client may ask for another audit now; the request is counted."""
    return asked.allowed(request, group="audit", a_minute=A_MINUTE)
