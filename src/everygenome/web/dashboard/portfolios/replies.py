"""The right of reply: what those whose portfolio is shown have answered, whole and unedited.

A reply is a file that whoever runs the site publishes, `replies/KIND/IDENTIFIER.toml` in the
store (docs/decisions/0018-right-of-reply.md):

    organisation = "Wellcome Trust"
    received = 2026-03-01
    text = "..."
    link = "https://..."              # may be left out
    about_release = "2019-12-06"      # may be left out

It is plain text. What cannot be read is told to whoever runs the site, and is never half shown.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from everygenome.errors import StoreError
from everygenome.web.dashboard.portfolios.kinds import KINDS

MOST_LETTERS = 2000
_MOST_BYTES = 64_000
_LINK = re.compile(r"https://[^\s\"'<>\\^`{|}]{1,490}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_FIELDS = {"organisation": 200, "text": MOST_LETTERS, "link": 500, "about_release": 100}
_NEEDED = ("organisation", "received", "text")
# A line's end, and what some scripts need between their letters.
_UNSEEN = "\n\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply, as it was received.

    Attributes:
        organisation: who replies.
        received: on which day.
        text: the reply, as plain text; empty lines part paragraphs.
        link: where more stands.
        about_release: the release that it is about.
    """

    organisation: str
    received: date
    text: str
    link: str = ""
    about_release: str = ""

    @property
    def paragraphs(self) -> list[str]:
        """The text in paragraphs."""
        return [part.strip() for part in re.split(r"\n\s*\n", self.text) if part.strip()]


def reply_to(store: Path, kind: str, name: str) -> Reply | None:
    """The reply of an entity, or None where there is none.

    Args:
        store: the folder of the store.
        kind: funder, cohort, journal or country.
        name: the identifier of the entity.

    Raises:
        StoreError: there is a file, and it cannot be read as a reply.
    """
    if kind not in KINDS or not _NAME.fullmatch(name):
        return None
    path = store / "replies" / kind / f"{name}.toml"
    return _read(path) if path.is_file() else None


def faults(store: Path) -> Iterator[str]:
    """A sentence for each file among the replies that cannot be shown."""
    folder = store / "replies"
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_dir():
            continue
        kind, name = path.parent.name, path.stem
        if path.parent.parent != folder or kind not in KINDS or path.suffix != ".toml":
            yield (
                f"{path} is no reply: it must be {folder}/KIND/IDENTIFIER.toml, with the kind "
                f"{', '.join(KINDS)}."
            )
            continue
        try:
            if not _NAME.fullmatch(name):
                raise _fault(path, "its name is no identifier", "Name it as the page's address.")
            _read(path)
        except StoreError as error:
            yield str(error)


def _read(path: Path) -> Reply:
    try:
        held = path.read_bytes()
        if len(held) > _MOST_BYTES:
            raise _fault(path, f"it has {len(held):,} bytes", f"Keep it under {_MOST_BYTES:,}.")
        found = tomllib.loads(held.decode("utf-8"))
    except OSError as error:
        raise _fault(path, f"it cannot be opened ({error.strerror})", "Mend its rights.") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _fault(path, f"it is no TOML ({error})", "Mend the line.") from error
    return Reply(**_checked(path, found))


def _checked(path: Path, found: dict[str, Any]) -> dict[str, Any]:
    unknown = set(found) - {*_FIELDS, "received"}
    lacking = [name for name in _NEEDED if not found.get(name)]
    if unknown or lacking:
        told = [f"it lacks {name}" for name in lacking]
        told += [f"it has {name!r}" for name in sorted(unknown)]
        known = ", ".join(dict.fromkeys([*_NEEDED, *_FIELDS]))
        raise _fault(path, ", ".join(told), f"It holds {known}.")
    # A TOML date is a day; a moment is one of its kinds, and too much.
    if type(found["received"]) is not date:
        raise _fault(path, "received is no day", "Write it as 2026-03-01, without quotation marks.")
    for name, most in _FIELDS.items():
        text = found.get(name, "")
        if not isinstance(text, str):
            raise _fault(path, f"{name} is no text", "Put it between quotation marks.")
        if len(text) > most:
            raise _fault(path, f"{name} has {len(text):,} letters", f"Keep it to {most:,}.")
        if any(not (letter.isprintable() or letter in _UNSEEN) for letter in text):
            raise _fault(path, f"{name} holds letters that cannot be seen", "Take them out.")
    if found.get("link") and not _LINK.fullmatch(found["link"]):
        raise _fault(path, "link is no address", "Begin it with https://.")
    return found


def _fault(path: Path, what: str, remedy: str) -> StoreError:
    return StoreError(f"The reply {path} cannot be shown: {what}.", remedy=remedy)
