"""Filters that may name several things, as an address writes them and as a form sends them.

`funder=nih;wellcome-trust` and `funder=nih&funder=wellcome-trust` ask the same. A name instead
of an identifier is understood too; the address that people share holds the identifiers.
"""

from collections.abc import Iterable, Iterator

from everygenome.errors import EverygenomeError, NotFoundError
from everygenome.queries.outside import outside
from everygenome.queries.question import MOST, SEPARATOR
from everygenome.queries.release import Release
from everygenome.web.site.words import told

# Kinds of which a release holds the names, and may hold none at all.
ENTITIES = ("funder", "cohort", "journal")
# Kinds that have pages, as their addresses begin.
PLURALS = {
    "funder": "funders",
    "cohort": "cohorts",
    "journal": "journals",
    "country": "countries",
}
_LONGEST = 300
# To look for what a wrong name may have meant takes a moment each.
_TOLD = 3


def several(given: Iterable[str], release: Release, name: str) -> tuple[str, list[str]]:
    """The identifiers that an address names for one filter, joined, and what was not understood.

    Args:
        given: the values of the parameter, each of which may join several.
        release: the release that they are about.
        name: the filter, one of `queries.question.SEVERAL`.
    """
    wanted = [text for text in (one.strip() for one in given) if text.strip(SEPARATOR + " ")]
    if not wanted:
        return "", []
    if name in ENTITIES and (lacking := why_unknown(release, name)):
        return "", [f"{lacking} So the {name} was left out."]
    # A name may hold the separator itself.
    names = [part for text in wanted for part in _parts(text, release, name)]
    if len(names) > MOST:
        what = name.replace("_", " ")
        return "", [
            f"{len(names)} things are named as {what}; name at most {MOST}. All are left out."
        ]
    found: set[str] = set()
    messages: list[str] = []
    for text in names:
        if len(messages) > _TOLD:
            break
        try:
            found.add(_identifier(text, release, name))
        except EverygenomeError as error:
            messages.append(told(name, text, error))
    if len(messages) > _TOLD:
        messages = [*messages[:_TOLD], "There are more that are not known here: all are left out."]
        return "", messages
    return SEPARATOR.join(sorted(found)), messages


def knows(release: Release, kind: str) -> bool:
    """Whether a release can say anything of a kind of entity."""
    return not why_unknown(release, kind)


def why_unknown(release: Release, kind: str) -> str:
    """Why a release knows nothing of a kind of entity; empty where it does."""
    try:
        release.tables.entities.need(kind)
    except NotFoundError as error:
        return error.what
    return ""


def _parts(text: str, release: Release, name: str) -> Iterator[str]:
    if SEPARATOR in text and _exactly(text, release, name):
        yield text
    else:
        yield from (part for part in (one.strip() for one in text.split(SEPARATOR)) if part)


def _exactly(text: str, release: Release, name: str) -> bool:
    """Whether a text with the separator in it is the name of one thing."""
    if name == "trait":
        return release.trait_named(text[:_LONGEST]) is not None
    if name in ENTITIES:
        return any(one.name == text for one in release.tables.entities.of(name).values())
    return False


def _identifier(text: str, release: Release, name: str) -> str:
    """The identifier that a text names: an identifier, a name, or "name (identifier)".

    Raises:
        EverygenomeError: the release knows nothing of that name, or several.
    """
    if name == "trait":
        text = release.trait_named(text[:_LONGEST]) or text
    asked = outside(**{name: text})
    if name in ENTITIES:
        return named(text, release, name)
    release.check(asked)
    return str(getattr(asked, name))


def named(text: str, release: Release, kind: str) -> str:
    """The identifier of the entity that a text names.

    Raises:
        UsageError: the text fits several.
        NotFoundError: it fits none.
    """
    entities = release.tables.entities
    before, bracket, last = text.removesuffix(")").rpartition("(")
    if bracket and before and last in entities.of(kind):
        return last
    return entities.named(kind, text).id
