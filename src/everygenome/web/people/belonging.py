"""Keys and database belong together: each holds the same random word.

Without this, a database that is empty by mistake would make every key look as if it belonged to
nothing, and a folder of keys that is not there would make every story look withdrawn. What is
destroyed on such a mistake cannot be brought back, so nothing is.
"""

import os
import secrets

from everygenome.errors import StoreError
from everygenome.web.people.apart import apart
from everygenome.web.people.models import Belonging

_FILE = "site"


def begin() -> None:
    """Let a new database and a new folder of keys belong together; after each migration."""
    row, word = Belonging.objects.first(), word_of_keys()
    if row is None and word is None:
        word = secrets.token_hex(16)
        handle = os.open(apart() / _FILE, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(word)
        Belonging.objects.create(word=word)


def check() -> None:
    """Make sure that they belong together.

    Raises:
        StoreError: they do not, or one of them is not there.
    """
    row = Belonging.objects.first()
    if row is None or row.word != word_of_keys():
        raise StoreError(
            f"The keys in {apart()} and this database do not belong together, so nothing was done.",
            remedy="Check EVERYGENOME_APART, EVERYGENOME_STORE and DATABASE_URL, and that the "
            "folder of keys is mounted.",
        )


def word_of_keys() -> str | None:
    """The word in the folder of keys; None where there is none."""
    path = apart() / _FILE
    return path.read_text().strip() if path.exists() else None
