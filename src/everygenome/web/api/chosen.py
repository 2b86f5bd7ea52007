"""The one release that a request is about; it is chosen once, before anything is read."""

import logging
from dataclasses import dataclass

from everygenome.errors import NotFoundError, StoreError
from everygenome.queries.release import Release
from everygenome.web.api.parameters import Parameter
from everygenome.web.api.problems import ProblemError, shown
from everygenome.web.site.releases import SHELF, Listed

RELEASE = Parameter(
    "release",
    "The release: its identifier, its date, or `current`. Name the identifier to get the same "
    "answer for ever.",
    default="current",
)
HEADER = "Everygenome-Release"
_EMPTY = "This site has no release yet. Whoever runs it can make one with `everygenome sync`."


@dataclass(frozen=True, slots=True)
class Chosen:
    """A release that is open.

    Attributes:
        release: the release.
        pinned: the request names its identifier, so the answer never changes.
    """

    release: Release
    pinned: bool

    @property
    def id(self) -> str:
        """Its identifier."""
        return self.release.label.id


class _LastGood:
    """What could be read last: one damaged release must not take all others away."""

    def __init__(self) -> None:
        self._listed: Listed | None = None

    def listed(self) -> Listed:
        """The releases that there are, or were when they could last be listed.

        Raises:
            ProblemError: none can be listed (503).
        """
        try:
            self._listed = SHELF.listed()
        except StoreError as error:
            _log("The releases cannot be listed", error)
            if self._listed is None:
                raise ProblemError(503, "The releases of this site cannot be read.") from error
        return self._listed


LAST_GOOD = _LastGood()


def listed() -> Listed:
    """The releases that there are.

    Raises:
        ProblemError: none can be listed (503).
    """
    return LAST_GOOD.listed()


def choose(wanted: str) -> Chosen:
    """Open the release that a request means.

    Raises:
        ProblemError: there is none (503), none of that name (404), or it cannot be read (503).
    """
    known = listed()
    found = _found(known, wanted)
    if wanted != "current":
        return Chosen(SHELF.open(found), pinned=wanted == found)
    return Chosen(_current(known), pinned=False)


def identifier(wanted: str) -> str:
    """The identifier of the release that a request means.

    Raises:
        ProblemError: there is no release (503), or none of that name (404).
    """
    return _found(listed(), wanted)


def _found(known: Listed, wanted: str) -> str:
    if known.current is None:
        raise ProblemError(503, _EMPTY, headers={"Retry-After": "60"})
    found = known.find(wanted)
    if found is None:
        dates = [item["date"] for item in known.releases]
        several = dates.count(wanted) > 1
        raise ProblemError(
            404,
            f"There {'are several releases' if several else 'is no release'} {shown(wanted)}.",
            parameter="release",
            valid=["current", *(item["id"] for item in known.releases)],
        )
    return found


def _current(known: Listed) -> Release:
    """The current release; where it cannot be read, the newest before it that can."""
    ids = [item["id"] for item in known.releases]
    after = ids[ids.index(known.current) + 1 :] if known.current in ids else ids
    for name in (str(known.current), *after):
        try:
            return SHELF.open(name)
        except (StoreError, NotFoundError) as error:
            _log(f"The release {name} cannot be opened", error)
    raise ProblemError(503, "No release of this site can be read.", headers={"Retry-After": "60"})


def _log(what: str, error: Exception) -> None:
    # In a sentence: the place in our code says nothing about a damaged file.
    logging.getLogger("django").error("%s: %s", what, error)
