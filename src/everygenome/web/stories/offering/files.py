"""Pictures and recordings of a story that is being offered: taken in, named, taken out."""

import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from everygenome.errors import InputError
from everygenome.web.moderation.fields.records import Errors
from everygenome.web.moderation.models import Contribution
from everygenome.web.people import vaults
from everygenome.web.people.apart import INCOMING, apart
from everygenome.web.stories.media import cleaning, kept
from everygenome.web.stories.schema import MEDIA

_ONE_AT_A_TIME = threading.BoundedSemaphore()
_WAITED = 20  # seconds


def take_in(vault: str, sent: UploadedFile) -> dict[str, Any]:
    """Clean a file, keep it sealed, and say what it is.

    Raises:
        InputError: it is no picture or recording that can be shown; in plain words.
    """
    with _turn(), tempfile.TemporaryDirectory(dir=apart() / INCOMING) as folder:
        source = Path(folder) / "sent"
        with source.open("wb") as file:
            for chunk in sent.chunks():
                file.write(chunk)
        made = {one.size_name: one for one in cleaning.clean(source, Path(folder))}
        whole, small = made["whole"], made.get("small")
        said: dict[str, Any] = {
            "id": kept.keep(vault, whole),
            "kind": whole.kind,
            "type": whole.type,
            "size": whole.size,
        }
        for name in ("width", "height", "seconds"):
            if (value := getattr(whole, name)) is not None:
                said[name] = value
        if small is not None:
            said |= {"small": kept.keep(vault, small), "small_size": small.size}
    return said


@contextmanager
def _turn() -> Iterator[None]:
    """One file at a time in each process of the site: each takes the machine for a while.

    Raises:
        InputError: too many wait already.
    """
    if not _ONE_AT_A_TIME.acquire(timeout=_WAITED):
        raise InputError(
            "Other files are being looked at just now.", remedy="Please send it in a few minutes."
        )
    try:
        yield
    finally:
        _ONE_AT_A_TIME.release()


def taken(vault: str, sent: UploadedFile, form: QueryDict) -> tuple[dict[str, Any] | None, Errors]:
    """A file that came with a form, cleaned and sealed; or what is wrong with it."""
    try:
        return take_in(vault, sent) | _words(form, "new"), {}
    except InputError as error:
        return None, {"file": [f"{error.what} {error.remedy}".strip()]}


def merged(
    now: Contribution, form: QueryDict, new: dict[str, Any] | None
) -> tuple[list[dict[str, Any]], Errors]:
    """The files of a story after a form was sent, and what was wrong with it, by place.

    Args:
        now: as it is stored, locked.
        form: what was sent; it names each file by its own word, whatever came or went meanwhile.
        new: a file that came with it.
    """
    media = [
        one | _words(form, one["id"])
        for one in now.proposed.get("media", ())
        if not form.get(f"remove-{one['id']}")
    ]
    if new is not None and len(media) >= MEDIA.most:
        return media, {"file": [f"At most {MEDIA.most} files. Take one out first."]}
    made, wrong = MEDIA.look([*media, new] if new is not None else media)
    errors = {f"media-{place}": found for place, found in wrong.items()}
    return (made or []) if not wrong else media, errors


def tidy(vault: str, named: set[str], *, before: float) -> int:
    """Remove sealed files that nothing names any more; how many.

    Args:
        vault: the story's vault.
        named: the files that the story and its corrections name.
        before: the time, in seconds, before which a file was stored that is removed: one that is
            on its way in is not named yet.
    """
    folder, count = vaults.folder(vault), 0
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in named and path.stat().st_mtime < before:
            path.unlink()
            count += 1
    return count


def names_in(said: Mapping[str, Any]) -> set[str]:
    """The files that a story names."""
    return {one[key] for one in said.get("media", ()) for key in ("id", "small") if key in one}


def _words(form: QueryDict, name: str) -> dict[str, str]:
    return {
        field: form.get(f"{field}-{name}", "").strip()
        for field in ("alt", "credit")
        if f"{field}-{name}" in form
    }
