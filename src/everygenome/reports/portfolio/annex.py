"""The annex: every figure in one table; and how to cite them."""

from collections.abc import Iterator

from everygenome.reports.citation import Work, works
from everygenome.reports.documents.model import Grid, Heading, Part, Points
from everygenome.reports.portfolio import tables
from everygenome.reports.portfolio.asking import Asked


def annex(asked: Asked) -> Iterator[Heading | Grid]:
    """The table of all figures."""
    yield Heading("Annex: all figures")
    yield tables.figures(asked.composition.rows, asked.compared.rows, small=asked.small)


def citation(asked: Asked, *, address: str) -> Iterator[Part]:
    """What to cite."""
    yield Heading("How to cite")
    manifest = asked.release.manifest
    yield Points(tuple(cited(work) for work in works(manifest, address=address)))


def cited(work: Work) -> str:
    """A work in one line.

    Example:
        >>> cited(Work("a", "dataset", "Data", ("Doe, J", "Roe, R"), 2020, {"url": "https://a.b"}))
        'Doe, J; Roe, R (2020). Data. https://a.b'
    """
    authors = "; ".join(work.authors[:3]) + (" and others" if len(work.authors) > 3 else "")
    more = work.more
    told = f"{authors} ({work.year}). {work.title}."
    if "journal" in more:
        told += f" {more['journal']} {more['volume']}({more['number']})."
    if "version" in more:
        told += f" Version {more['version']}."
    address = f"https://doi.org/{more['doi']}" if "doi" in more else more.get("url", "")
    return f"{told} {address}".strip()
