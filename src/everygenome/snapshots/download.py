"""Fetch a file: conditional, resumable, bounded, and never half."""

import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial as bind
from pathlib import Path

from everygenome.errors import DownloadError
from everygenome.snapshots.answer import IS_HTML
from everygenome.snapshots.deadline import Deadline
from everygenome.snapshots.files import publish, writing
from everygenome.snapshots.origin import Origin, sidecar, write_origin
from everygenome.snapshots.partial import Partial
from everygenome.snapshots.policy import DEFAULT, Policy
from everygenome.snapshots.redirects import AddressError
from everygenome.snapshots.retry import persist
from everygenome.snapshots.served import Served
from everygenome.snapshots.transfer import Progress, transfer

__all__ = ["Fetched", "Policy", "fetch"]


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """A file that is complete and in its place.

    Args:
        path: the file.
        origin: where its bytes come from; also in the record beside it.
        unchanged: the bytes and the served name are those of the previous origin.
    """

    path: Path
    origin: Origin
    unchanged: bool


def fetch(
    urls: Sequence[str],
    folder: Path,
    *,
    name: str,
    licence: str,
    policy: Policy = DEFAULT,
    progress: Progress | None = None,
    previous: Origin | None = None,
) -> Fetched:
    """Brings `folder/name` up to date from the first address that works.

    The bytes are stored as sent (an unasked gzip encoding is kept; see `archives.open_plain`).
    An interrupted download is continued by the next call if the server can prove that the rest
    belongs to it. One process at a time may fetch into a folder: the caller holds the lock.

    Args:
        urls: addresses of the same file; the next is asked when one is gone or does not work.
        folder: where the file is kept; made if missing.
        name: the file's name there, chosen by us, not by the server.
        licence: the terms under which the source publishes the file.
        policy: time and size limits.
        progress: called with the bytes that are there and the bytes expected (None: not known).
        previous: the origin of the file now in place; lets the server say "not modified".

    Returns:
        The file, its origin (also recorded beside it), and whether it is unchanged.

    Raises:
        DownloadError: no address worked, a limit was passed, or the server asks for a long wait.
        StoreError: no space or no permission in the folder.

    Example:
        >>> import tempfile
        >>> fetch(["ftp://a.org/x"], Path(tempfile.mkdtemp()), name="x.tsv", licence="CC0-1.0")
        Traceback (most recent call last):
        everygenome.errors.DownloadError: Could not fetch x.tsv. Tried: ftp://a.org/x \
(ftp://a.org/x is not an http or https address). Check the network and try again; or download \
the file yourself and give its folder with --from.
    """
    import httpx

    target = folder / name
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    timeout = httpx.Timeout(policy.idle_timeout_s, connect=policy.connect_timeout_s)
    tried: list[str] = []
    with Deadline(policy.total_timeout_s) as deadline, httpx.Client(timeout=timeout) as client:
        for url in urls:
            attempt = bind(
                transfer,
                client,
                url,
                Partial(target),
                conditions=_conditions(url, target, previous),
                policy=policy,
                deadline=deadline,
                progress=progress or _silent,
            )
            try:
                done = persist(attempt, url=url, policy=policy, deadline=deadline)
                if done is not None:
                    return _keep(target, *done, licence=licence, previous=previous)
            except AddressError as why:
                tried.append(f"{url} ({why})")
                continue
            if previous is not None:  # the server said "not modified" of it
                return Fetched(path=target, origin=previous, unchanged=True)
    raise DownloadError(
        f"Could not fetch {name}. Tried: {'; '.join(tried) or 'nothing, no address was given'}.",
        remedy=_remedy(policy),
    )


def _silent(_received: int, _total: int | None) -> None:
    """Progress that nobody watches."""


def _conditions(url: str, target: Path, previous: Origin | None) -> dict[str, str]:
    """Headers that allow "not modified", only while what they speak of is really here."""
    if previous is None or previous.url != url:
        return {}
    if not target.is_file() or target.stat().st_size != previous.size_bytes:
        return {}
    headers = {"If-None-Match": previous.etag, "If-Modified-Since": previous.last_modified}
    return {key: value for key, value in headers.items() if value is not None}


def _keep(
    target: Path,
    served: Served,
    size: int,
    sha256: str,
    *,
    licence: str,
    previous: Origin | None,
) -> Fetched:
    partial = Partial(target)
    if size == 0 or _looks_like_html(partial.path):
        partial.discard()
        raise AddressError(IS_HTML if size else "it sent an empty file")
    origin = Origin(
        url=served.url,
        final_url=served.final_url,
        file_name=served.file_name,
        retrieved_at=datetime.now(UTC),
        last_modified=served.last_modified,
        etag=served.etag,
        size_bytes=size,
        sha256=sha256,
        licence=licence,
        content_type=served.content_type,
    )
    # The old record goes first: whenever we are interrupted, no record tells of other bytes.
    with writing(sidecar(target)):
        sidecar(target).unlink(missing_ok=True)
    publish(partial.path, target)
    partial.discard()
    write_origin(target, origin)
    same = previous is not None and (previous.sha256, previous.file_name) == (
        sha256,
        origin.file_name,
    )
    return Fetched(path=target, origin=origin, unchanged=same)


def _looks_like_html(path: Path) -> bool:
    with writing(path), path.open("rb") as handle:
        head = handle.read(4096)
    with suppress(zlib.error):  # not gzip: the head is the text itself
        head = zlib.decompressobj(wbits=31).decompress(head, 4096)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return text.startswith((b"<!doctype html", b"<html"))


def _remedy(policy: Policy) -> str:
    moved = (
        f"If an address has moved, correct it in {policy.edit_hint}. " if policy.edit_hint else ""
    )
    return (
        f"{moved}Check the network and try again; or download the file yourself and give its "
        "folder with --from."
    )
