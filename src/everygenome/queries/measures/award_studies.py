"""Which studies of a release the numbers of an award lead to, and which numbers lead nowhere."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from everygenome.errors import UsageError
from everygenome.queries.grant_numbers import GrantNumber, grant_number
from everygenome.queries.question import MOST_OF
from everygenome.queries.tables import Tables

MOST_GIVEN = 1000
_LONGEST = 200
# Of accessions and of PubMed numbers, those of the demonstration too.
_NAME = re.compile("[A-Z]{0,8}[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class Given:
    """A number that somebody gave, and where it leads.

    Attributes:
        kind: publication, study or grant.
        text: as it was given.
        studies: accessions that it leads to, in order; none where the release has none.
        publications: PubMed numbers that it leads to, in order.
        near: of a grant, numbers in the release that may be the same and are not taken for it.
    """

    kind: str
    text: str
    studies: tuple[str, ...] = ()
    publications: tuple[str, ...] = ()
    near: tuple[str, ...] = ()

    @property
    def found(self) -> bool:
        """Whether the release has a study of it."""
        return bool(self.studies)


@dataclass(frozen=True, slots=True)
class Grants:
    """The grant numbers of a release: publications by number, and numbers by family."""

    publications: dict[str, list[str]]
    families: dict[str, list[str]]


def look_up(
    tables: Tables,
    *,
    publications: Sequence[str] = (),
    studies: Sequence[str] = (),
    grants: Sequence[str] = (),
) -> tuple[Given, ...]:
    """Each number that was given, once, in the order given, with what it leads to.

    Raises:
        UsageError: none was given, too many, or one that is too long.
        NotFoundError: a grant was given, and the release was made without grants.
    """
    said = [
        (kind, text)
        for kind, texts in (("grant", grants), ("publication", publications), ("study", studies))
        for text in dict.fromkeys(item.strip() for item in texts)
        if text
    ]
    if not said:
        raise UsageError(
            "No study of the award was named.",
            remedy="Name publications, studies or grants, each by its number.",
        )
    if len(said) > MOST_GIVEN or max(len(text) for _, text in said) > _LONGEST:
        raise UsageError(
            f"{len(said):,} numbers were given, the longest of "
            f"{max(len(text) for _, text in said)} letters.",
            remedy=f"Give at most {MOST_GIVEN:,}, of at most {_LONGEST} letters.",
        )
    if grants:
        tables.entities.need("funder")
    return tuple(_looked_up(tables, kind, text) for kind, text in said)


def filters(given: Iterable[Given], tables: Tables) -> dict[str, Any] | None:
    """The filter of a question that selects the studies found; None where there are none.

    Whole publications are selected by their numbers, since they may hold thousands of studies.

    Raises:
        UsageError: they are more than a question can name.
    """
    found = [one for one in given if one.found]
    accessions = sorted({name for one in found for name in one.studies})
    papers = sorted({number for one in found for number in one.publications})
    if not accessions:
        return None
    of_papers = _of_publications(tables, papers)
    name, listed = (
        ("study", accessions)
        if set(of_papers) - set(accessions)
        else (
            "publication",
            papers,
        )
    )
    # A study without a publication is in no publication.
    if set(accessions) - set(of_papers):
        name, listed = "study", accessions
    if len(listed) > MOST_OF[name]:
        raise UsageError(
            f"The numbers lead to {len(listed):,} {'studies' if name == 'study' else name + 's'}.",
            remedy=f"At most {MOST_OF[name]:,} can be looked at together; report the award in "
            "parts.",
        )
    return {name: listed}


def grants_of(tables: Tables) -> Grants:
    """The grant numbers of a release, read once."""
    return tables.kept.always("grants by number", lambda: _grants(tables))


def _looked_up(tables: Tables, kind: str, text: str) -> Given:
    if kind == "grant":
        number = grant_number(text)
        if number is None:
            return Given(kind, text)
        known = grants_of(tables)
        papers = known.publications.get(number.same, [])
        return _given(tables, kind, text, papers, near=_near(known, number))
    name = text.upper()
    if kind == "publication":
        return _given(tables, kind, text, [name.removeprefix("PMID").strip(": ")])
    if not _NAME.fullmatch(name):
        return Given(kind, text)
    every = tables.accessions
    rows = every.filter(pc.equal(every["study_accession"], name))
    numbers = {number for number in rows["pubmed_id"].to_pylist() if number}
    return Given(kind, text, (name,) if rows.num_rows else (), tuple(sorted(numbers)))


def _given(
    tables: Tables, kind: str, text: str, papers: Sequence[str], *, near: Sequence[str] = ()
) -> Given:
    studies = _of_publications(tables, papers)
    # A publication without a study that has an ancestry row leads nowhere.
    known = tables.accessions["pubmed_id"]
    inside = [paper for paper in papers if pc.index(known, paper).as_py() >= 0]
    return Given(kind, text, tuple(studies), tuple(sorted(inside)), tuple(near))


def _of_publications(tables: Tables, papers: Sequence[str]) -> list[str]:
    every = tables.accessions
    rows = every.filter(pc.is_in(every["pubmed_id"], value_set=pa.array(papers, pa.string())))
    return sorted(set(rows["study_accession"].to_pylist()))


def _near(known: Grants, number: GrantNumber) -> list[str]:
    if number.family is None:
        return []
    return [one for one in known.families.get(number.family, []) if one != number.same]


def _grants(tables: Tables) -> Grants:
    whole = tables.opened.whole("grants")
    rows = tables.run(
        "grant numbers", lambda: whole.select("pubmed_id", "grant_id_stated").distinct()
    )
    publications: dict[str, set[str]] = {}
    families: dict[str, set[str]] = {}
    for paper, text in zip(
        rows["pubmed_id"].to_pylist(), rows["grant_id_stated"].to_pylist(), strict=True
    ):
        number = grant_number(text) if text else None
        if number is None:
            continue
        publications.setdefault(number.same, set()).add(paper)
        if number.family is not None:
            families.setdefault(number.family, set()).add(number.same)
    return Grants(
        {name: sorted(papers) for name, papers in publications.items()},
        {name: sorted(numbers) for name, numbers in families.items()},
    )
