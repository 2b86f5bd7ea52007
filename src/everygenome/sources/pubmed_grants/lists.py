"""One row's lists of a table of grants: which values belong together.

The lists are joined by `;` and belong together by position. Names carry HTML entities such as
`&amp;`, whose `;` is no separator. "Missing Agency" and its like, and an empty text, say nothing.

Where the lists differ in length even so, the list of agencies leads: lists of the same length
stand beside it, and each value of another length gets a row of its own, so that nothing is lost
and nothing is paired by guess. (A blank after `;` does not tell a separator from a part of a
number: in the real table it stands in both places.)
"""

import html
import re
from html.entities import html5
from typing import Final

from everygenome.sources.pubmed_grants.records import Grant, stated

_MISSING: Final = frozenset({"Missing Acronym", "Missing Agency", "Missing Country", "Missing ID"})
_ENTITY: Final = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);")
# No text holds it, because such a file is refused.
_NO_SEPARATOR: Final = "\0"


def placed(
    acronym: str, agency: str, country: str, grant_id: str
) -> tuple[list[Grant], tuple[str, ...]]:
    """The grants of a row, and its flags.

    Args:
        acronym, agency, country, grant_id: the four lists, as the row writes them.

    Example:
        >>> grants, flags = placed("CA;Missing Acronym", "NCI;A &amp; B", "US;", "1; 2;3")
        >>> [(grant.agency, grant.grant_id) for grant in grants], flags
        ([('NCI', None), ('A & B', None), (None, '1'), (None, '2'), (None, '3')], \
('grant_lists_misaligned',))
    """
    lists = {"acronym": acronym, "agency": agency, "country": country, "grant_id": grant_id}
    values = {name: _values(text) for name, text in lists.items()}
    if set(lists.values()) <= _MISSING:  # how the table writes "returned without grants"
        return [], ()
    nothing = dict.fromkeys(lists)
    length = len(values["agency"])
    beside = {name: found for name, found in values.items() if len(found) == length}
    grants = [
        Grant(**{**nothing, **{name: found[at] for name, found in beside.items()}})
        for at in range(length)
    ]
    if len(beside) == len(values):
        return grants, ()
    alone = [
        Grant(**{**nothing, name: value})
        for name, found in values.items()
        if name not in beside
        for value in found
        if value is not None
    ]
    return grants + alone, ("grant_lists_misaligned",)


def _values(text: str) -> list[str | None]:
    """The values of a list; None where one says nothing."""
    parts = _ENTITY.sub(_character, text).split(";")
    values = (stated(part.replace(_NO_SEPARATOR, ";")) for part in parts)
    return [None if value in _MISSING else value for value in values]


def _character(entity: re.Match[str]) -> str:
    # Only what is an entity to its end: in "R&D;" there is none, and its `;` does separate.
    known = entity[0][1] == "#" or entity[0][1:] in html5
    return html.unescape(entity[0]).replace(";", _NO_SEPARATOR) if known else entity[0]
