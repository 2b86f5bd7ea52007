"""Which address may follow which: only http and https, and never from https down to http."""

from urllib.parse import urljoin, urlsplit


class AddressError(Exception):
    """This address is of no use to us; another one may be."""


def checked(url: str) -> str:
    """The address itself, if it is one that we ask.

    Raises:
        AddressError: not http or https, or no host.

    Example:
        >>> checked("https://example.org/a.tsv")
        'https://example.org/a.tsv'
        >>> checked("file:///a")
        Traceback (most recent call last):
        everygenome.snapshots.redirects.AddressError: file:///a is not an http or https address
    """
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable:
        raise AddressError(f"{url} is not an http or https address")
    return url


def next_hop(here: str, location: str) -> str:
    """The address that a redirect leads to.

    Args:
        here: the address that answered with a redirect.
        location: its Location header, which may be relative.

    Raises:
        AddressError: no location, another kind of address, or a step from https down to http.

    Example:
        >>> next_hop("https://a.org/latest/x", "../r2025/x.tsv")
        'https://a.org/r2025/x.tsv'
    """
    if not location:
        raise AddressError("it redirects without saying where to")
    try:
        target = checked(urljoin(here, location))
    except (AddressError, ValueError) as fault:
        raise AddressError(
            f"it redirects to {location}, which is not an http or https address"
        ) from fault
    if urlsplit(here).scheme == "https" and urlsplit(target).scheme == "http":
        raise AddressError(
            f"it redirects from https to {target}, which anyone on the way could alter"
        )
    return target
