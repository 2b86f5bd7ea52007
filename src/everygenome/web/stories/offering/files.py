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
from everygenome.web.people import vaults
from everygenome.web.stories.media import cleaning, kept
from everygenome.web.stories.schema import MEDIA

_ONE_AT_A_TIME = threading.BoundedSemaphore()
_WAITED = 20  # seconds


def take_in(vault: str, sent: UploadedFile) -> dict[str, Any]:
    """Clean a file, keep it sealed, and say what it is.

    Raises:
        InputError: it is no picture or recording that can be shown; in plain words.
    """
    with _turn(), tempfile.TemporaryDirectory(dir=vaults.apart() / vaults.INCOMING) as folder:
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


def changed(
    vault: str, said: Mapping[str, Any], form: QueryDict, sent: UploadedFile | None
) -> tuple[list[dict[str, Any]], Errors]:
    """The files of a story after a form was sent, and what was wrong with it, by place."""
    errors: Errors = {}
    media = []
    for place, one in enumerate(said.get("media", ())):
        if form.get(f"remove-{place}"):
            for name in (one["id"], one.get("small")):
                if name:
                    kept.remove(vault, name)
            continue
        media.append(one | _words(form, place))
    if sent is not None and len(media) >= MEDIA.most:
        errors["file"] = [f"At most {MEDIA.most} files. Take one out first."]
    elif sent is not None:
        try:
            media.append(take_in(vault, sent) | _words(form, "new"))
        except InputError as error:
            errors["file"] = [f"{error.what} {error.remedy}".strip()]
    made, wrong = MEDIA.look(media)
    errors |= {f"media-{place}": found for place, found in wrong.items()}
    return (made or []) if not wrong else media, errors


def _words(form: QueryDict, place: int | str) -> dict[str, str]:
    return {
        name: text
        for name in ("alt", "credit")
        if (text := form.get(f"{name}-{place}", "").strip()) or f"{name}-{place}" in form
    }
