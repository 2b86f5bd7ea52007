"""The web site's secret: given, or made once and kept where only its owner can read it."""

import os
import secrets
from pathlib import Path

from everygenome.errors import StoreError
from everygenome.settings import Settings


def secret_key(ours: Settings) -> str:
    """The secret from the settings, or the one kept in the store.

    Raises:
        StoreError: it cannot be read or written; the message names the file.
    """
    if ours.secret_key:
        return ours.secret_key
    path = ours.store / "web" / "secret-key"
    try:
        return _kept(path)
    except OSError as error:
        raise StoreError(
            f"The web site's secret cannot be kept in {path}: {error.strerror}.",
            remedy="Make the folder writable, or set EVERYGENOME_SECRET_KEY.",
        ) from error


def _kept(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f"secret-key.{os.getpid()}")
    handle = os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(secrets.token_urlsafe(64))
    try:
        # A link either makes the whole file or finds the one that was first.
        os.link(made, path)
    except FileExistsError:
        pass
    finally:
        made.unlink()
    return path.read_text("utf-8")
