"""What a server said about a file, and the name it served it under."""

import re
from email.utils import parsedate_to_datetime
from typing import Protocol
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, ConfigDict

_QUOTED_NAME = re.compile(r'(?:^|;)\s*filename\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^;]*))', re.I)
_EXTENDED_NAME = re.compile(r"(?:^|;)\s*filename\*\s*=\s*(utf-8|iso-8859-1)'[^']*'([^;]*)", re.I)


class Headers(Protocol):
    """The part of a header mapping that is used here; names are not case-sensitive."""

    def get(self, key: str, default: None = None) -> str | None:
        """The header's value, or the default."""


class Served(BaseModel):
    """What the server said when it began to send the file.

    It is kept beside an unfinished file, because the answer to a request for the rest may leave
    most of it out (RFC 9110, section 15.3.7).

    Args:
        url: the address that was asked.
        final_url: the address that answered.
        etag, last_modified, content_type, content_disposition: the headers, as written.
        validator: what proves that the rest belongs to the same version; empty: nothing does.
        total_bytes: size of the whole file; None when the server did not say.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str
    final_url: str
    etag: str | None = None
    last_modified: str | None = None
    content_type: str | None = None
    content_disposition: str | None = None
    validator: str = ""
    total_bytes: int | None = None

    @property
    def file_name(self) -> str:
        """The name from Content-Disposition, else from the answering address, else the asked one.

        Example:
            >>> Served(url="https://a.org/latest", final_url="https://a.org/r1/x.tsv").file_name
            'x.tsv'
        """
        paths = (urlsplit(self.final_url).path, urlsplit(self.url).path)
        candidates = (disposition_name(self.content_disposition), *map(unquote, paths))
        return next((name for name in map(base_name, candidates) if name), "unnamed")


def validator(headers: Headers) -> str:
    """The header value that may stand in `If-Range`; empty when the server gave none.

    A weak ETag may not be used, nor a date that is not older than the answer itself.

    Source: RFC 9110, sections 8.8.2.2 and 13.1.5.

    Example:
        >>> validator({"etag": '"v1"'}), validator({"etag": 'W/"v1"'})
        ('"v1"', '')
    """
    etag = headers.get("etag")
    if etag is not None and etag.startswith('"'):
        return etag
    modified, answered = headers.get("last-modified"), headers.get("date")
    try:
        older = parsedate_to_datetime(modified or "") < parsedate_to_datetime(answered or "")
    except (
        ValueError,
        OverflowError,
        TypeError,
    ):  # TypeError: only one of the two names a time zone
        return ""
    return (modified or "") if older else ""


def disposition_name(header: str | None) -> str:
    """The file name in a Content-Disposition header, as the server wrote it; empty when none.

    Source: RFC 6266, section 4.3 (the extended form goes first).

    Example:
        >>> disposition_name("attachment; filename=a.tsv; filename*=UTF-8''%C3%A9.tsv")
        'é.tsv'
        >>> disposition_name('attachment; filename="gwas r2025.tsv"')
        'gwas r2025.tsv'
    """
    if extended := _EXTENDED_NAME.search(header or ""):
        return unquote(extended[2].strip(), encoding=extended[1].lower(), errors="replace")
    if plain := _QUOTED_NAME.search(header or ""):
        return plain[2].strip() if plain[1] is None else re.sub(r"\\(.)", r"\1", plain[1])
    return ""


def base_name(text: str) -> str:
    """The last part of a path of either slash, without control characters; empty when none.

    Example:
        >>> base_name("../../etc/passwd"), base_name("C:\\\\data\\\\x.tsv"), base_name("a/..")
        ('passwd', 'x.tsv', '')
    """
    last = re.split(r"[/\\]", text)[-1]
    printable = "".join(letter for letter in last if letter.isprintable()).strip()
    return "" if printable.strip(".") == "" else printable[:200]
