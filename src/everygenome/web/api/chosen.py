"""The one release that a request is about; it is chosen once, before anything is read."""

import logging
from dataclasses import dataclass

from django import conf

from everygenome.errors import NotFoundError, StoreError
from everygenome.queries.release import Release, list_releases
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


def listed() -> Listed:
    """The releases that there are; a damaged one must not take the others away.

    Raises:
        StoreError: the store itself cannot be read.
    """
    try:
        return SHELF.listed()
    except StoreError as error:
        _log("A release cannot be listed", error)
        found = list_releases(store=conf.settings.STORE, damaged=False)
        newest = found[-1]["id"] if found else None
        current = next((item["id"] for item in found if item["current"]), newest)
        return Listed(tuple(reversed(found)), current)


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
