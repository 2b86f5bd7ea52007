"""How often one network may ask about variants, and how much at a time."""

from django.http import HttpRequest

from everygenome.web.people import asked

A_MINUTE = 60
MOST_NAMES = 100
LONGEST_NAME = 500  # letters of a line: longer alleles are for files
MOST_SENT = 1_000_000  # bytes of a form; a larger one is not even read


def allowed(request: HttpRequest) -> bool:
    """Whether this client may ask again now; the request is counted."""
    return asked.allowed(request, group="variants", a_minute=A_MINUTE)
