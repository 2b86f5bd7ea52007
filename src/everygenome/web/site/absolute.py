"""Whole addresses, for what leaves the site: mails, feeds and snippets."""

from django import conf
from django.http import HttpRequest


def base(request: HttpRequest) -> str:
    """The site's address without a slash at its end: as configured, or as it was called."""
    # Safe to repeat: a request under a name that is not ours gets no further.
    return conf.settings.SITE_URL or f"{request.scheme}://{request.get_host()}"
