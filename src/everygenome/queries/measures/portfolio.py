"""Portfolios: what funders, cohorts, journals, countries and traits have, each once."""

from enum import StrEnum

import pyarrow as pa

from everygenome.errors import UsageError
from everygenome.queries.answer import Answer, Note
from everygenome.queries.measures.compared_portfolios import MINIMUM
from everygenome.queries.measures.composition import composition
from everygenome.queries.measures.grant_coverage import grant_coverage, grant_notes
from everygenome.queries.measures.one_portfolio import one_portfolio
from everygenome.queries.measures.portfolio_records import records
from everygenome.queries.measures.portfolio_rows import portfolios_of
from everygenome.queries.measures.shared import coverage, make
from everygenome.queries.notes import note
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables
from everygenome.vocabulary.schemes import CLASS_GROUPS
from everygenome.vocabulary.terms import Unit

SCHEMA = pa.schema(
    [
        ("kind", pa.string()),
        ("id", pa.string()),
        ("name", pa.string()),
        ("level", pa.string()),
        ("parent", pa.string()),
        ("country_iso3", pa.string()),
        ("reviewed", pa.bool_()),
        ("publications", pa.int64()),
        ("publications_fractional", pa.float64()),
        ("studies", pa.int64()),
        ("participations", pa.int64()),
        ("participations_fractional", pa.float64()),
        ("group", pa.string()),
        ("observed_share", pa.float64()),
        ("observed_low", pa.float64()),
        ("observed_high", pa.float64()),
        ("share_min", pa.float64()),
        ("share_max", pa.float64()),
        ("small", pa.bool_()),
    ]
)


class Order(StrEnum):
    """How portfolios are listed: by name, unless somebody asks for size."""

    NAME = "name"
    PUBLICATIONS = "publications"


def portfolio(
    tables: Tables,
    question: Question,
    *,
    kind: str,
    name: str | None = None,
    group: str | None = None,
    min_publications: int = MINIMUM,
    order: str = Order.NAME,
) -> Answer:
    """Every entity of a kind that is linked to a selected study, each once, by name.

    With a `name`, that one's groups: the rows of `one_portfolio`.

    Rows: `SCHEMA`. Counts are full (whoever is linked has all of it; not additive) and, as
    `..._fractional`, divided equally between those of one level. `observed_share` is the share
    (0-1) of `group` alone among the clear records, `observed_low` and `_high` its bootstrap
    interval, and `share_min` and `share_max` what unclear records allow. `small` says that
    there are fewer publications than `min_publications`, under which nothing is compared.

    Raises:
        UsageError: no such kind, group or order; or a unit other than participations.
        NotFoundError: the release knows nothing of that kind.
    """
    _check(question, min_publications, order)
    tables.entities.need(kind)
    if name is not None:
        if group is not None:
            raise UsageError(
                "One portfolio shows every group.", remedy="Leave out --group, or --name."
            )
        return one_portfolio(
            tables, question, kind=kind, name=name, min_publications=min_publications
        )
    chosen = group or largest_group(tables, question)
    names = (*question.grouping.groups, *CLASS_GROUPS)
    if chosen not in names:
        raise UsageError(
            f"The scheme {question.scheme} has no group {chosen!r}.",
            remedy=f"Use {', '.join(names)}.",
        )
    found = portfolios_of(tables, kind, question, group=chosen)
    listed = records(tables, found, chosen, minimum=min_publications)
    if order == Order.PUBLICATIONS:
        listed.sort(key=lambda row: (-row["publications"], row["name"].casefold()))
    covered = coverage(tables, question)
    extra = [note("full_counting"), note("clustering_by_publication"), note("own_names_stand")]
    if kind == "funder":
        covered |= {"grants": grant_coverage(tables, question)}
        extra += grant_notes(covered["grants"])
    if kind == "cohort":
        extra.append(note("cohorts_overlap"))
    if kind == "country":
        extra.append(note("country_is_not_ancestry"))
    covered["found"] = len(listed)
    return make(
        tables,
        question,
        measure="portfolio",
        denominator="recorded",
        covered=covered,
        extra=[item for item in extra if _fits(item, kind)],
        filters={"kind": kind, "group": chosen, "min_publications": min_publications},
        table=pa.Table.from_pylist(listed, SCHEMA),
    )


def _fits(item: Note, kind: str) -> bool:
    """Only names of funders and cohorts are reviewed, and a publication has one journal."""
    if item.id == "own_names_stand":
        return kind in ("funder", "cohort")
    return not (item.id == "full_counting" and kind == "journal")


def _check(question: Question, minimum: int, order: str) -> None:
    if question.unit is not Unit.PARTICIPATIONS:
        raise UsageError(
            f"Portfolios are listed with participations, not with {question.unit.value}.",
            remedy="Leave the unit out; the other measures take --funder with any unit.",
        )
    if not 1 <= minimum <= 100_000:
        raise UsageError(
            f"A minimum of {minimum} publications cannot be used.",
            remedy="Use a number from 1 to 100000.",
        )
    if order not in list(Order):
        raise UsageError(
            f"Portfolios cannot be put in the order {order!r}.",
            remedy=f"Use {' or '.join(Order)}.",
        )


def largest_group(tables: Tables, question: Question) -> str:
    """The group with the largest share of the field under the same counting; no other default."""
    whole = Question(scheme=question.scheme, stage=question.stage)
    rows = [row for row in composition(tables, whole).rows if not row["is_class"]]
    return str(max(rows, key=lambda row: row["share"] or 0.0)["group"])
