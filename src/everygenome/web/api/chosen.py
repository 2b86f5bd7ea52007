"""The one release that a request is about; it is chosen once, before anything is read."""

from dataclasses import dataclass

from everygenome.queries.release import Release
from everygenome.web.api.parameters import Parameter
from everygenome.web.api.problems import ProblemError, shown
from everygenome.web.site.releases import SHELF

RELEASE = Parameter(
    "release",
    "The release: its identifier, its date, or `current`. Name the identifier to get the same "
    "answer for ever.",
    default="current",
)
HEADER = "Everygenome-Release"
_EMPTY = (
    "This site has no release yet, or none that can be read. Whoever runs it can make one with "
    "`everygenome sync`."
)


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


def choose(wanted: str) -> Chosen:
    """Open the release that a request means.

    Raises:
        ProblemError: there is none (503), or none of that name (404).
        StoreError: it cannot be read.
    """
    found = identifier(wanted)
    return Chosen(SHELF.open(found), pinned=wanted == found)


def identifier(wanted: str) -> str:
    """The identifier of the release that a request means.

    Raises:
        ProblemError: there is no release (503), or none of that name (404).
    """
    known = SHELF.listed()
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
