"""One study: all that a release holds of it."""

import re
from typing import Any

import pyarrow as pa

from everygenome.errors import NotFoundError, UsageError
from everygenome.queries.answer import Answer
from everygenome.queries.measures.shared import make
from everygenome.queries.measures.study_cells import (
    ANCESTRY,
    STUDY,
    ancestry_cells,
    flagged,
    links,
    study_cells,
)
from everygenome.queries.notes import note
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables
from everygenome.store.release import Place
from everygenome.vocabulary.schemes import MULTIPLE_GROUP
from everygenome.vocabulary.terms import Stage, Unit

_TRAITS = pa.struct(
    [
        ("trait_id", pa.string()),
        ("trait_uri", pa.string()),
        ("trait", pa.string()),
        ("trait_parents", pa.list_(pa.string())),
        ("mapped_by", pa.string()),
    ]
)
_FLAGS = pa.struct([("flag", pa.string()), ("meaning", pa.string())])
_LINKS = pa.struct([("label", pa.string()), ("url", pa.string())])
SCHEMA = pa.schema(
    [
        *STUDY,
        ("cohorts", pa.list_(pa.string())),
        ("flags", pa.list_(_FLAGS)),
        ("traits", pa.list_(_TRAITS)),
        ("ancestry", pa.list_(pa.struct(ANCESTRY))),
        ("links", pa.list_(_LINKS)),
    ]
)
_ACCESSION = Place("accession", "\ue000accession")
_PUBMED = Place("pubmed", "\ue000pubmed")
_ACCESSIONS_SHOWN = 20
# Of accessions and of PubMed numbers, those of the demonstration too.
_NAME = re.compile("[A-Z]{0,8}[0-9]{1,12}")


def study(tables: Tables, question: Question, *, accession: str | None = None) -> Answer:
    """One row: the columns of the studies file, and lists of what belongs to the study.

    Args:
        tables: the release.
        question: its scheme says which group each ancestry row counts in; the study is shown
            whole, in both stages, whatever else is chosen.
        accession: such as GCST000854.

    Returns:
        One row as in `SCHEMA`: columns ending in `_stated` hold the words of the file.
        `ancestry` lists the ancestry rows: what they state beside what we read in it.

    Raises:
        NotFoundError: no such study; for a PubMed number the remedy names its studies.
        UsageError: no accession was given.
    """
    if not (accession or "").strip():
        raise UsageError("This is about one study, and none was named.", remedy=_remedy(tables))
    name = str(accession).strip().upper()
    asked = Question(scheme=question.scheme, stage=Stage.ALL, unit=Unit.PARTICIPATIONS)
    is_name = _NAME.fullmatch(name) is not None
    stated = _rows(tables, "studies", name) if is_name else []
    rows = _rows(tables, "ancestry", name) if is_name else []
    if not stated and not rows:
        raise _not_found(tables, str(accession).strip())
    # A study that the studies file lacks still has its ancestry rows.
    record = study_cells(stated[0] if stated else rows[0])
    demonstration = tables.manifest.demonstration
    if demonstration:
        record["link"] = None
    record |= {
        "cohorts": [row["cohort"] for row in _rows(tables, "cohorts", name) if row["cohort"]],
        "flags": flagged(stated[0]["flags"] if stated else []),
        "traits": _traits(tables, name),
        "ancestry": [ancestry_cells(row, question.grouping) for row in rows],
        "links": [] if demonstration else links(name, record["pubmed_id"]),
    }
    extra = [note("country_is_not_ancestry")]
    if any(row["additional_ancestry_description"] for row in rows):
        extra.append(note("stated_populations"))
    numbers = [row["participations"] for row in rows]
    covered = {
        "rows": 1,
        "ancestry_rows": len(rows),
        "multiple": sum(row["group"] == MULTIPLE_GROUP for row in record["ancestry"]),
        "rows_without_number": sum(number is None for number in numbers),
    }
    return make(
        tables,
        asked,
        measure="study",
        denominator="all",
        covered=covered,
        extra=extra,
        filters={"study": name},
        table=pa.Table.from_pylist([record], SCHEMA),
    )


def _rows(tables: Tables, name: str, accession: str) -> list[dict[str, Any]]:
    """The rows of a table that belong to a study, in the order of the file."""
    if not tables.manifest.tables.get(name):
        return []

    def build() -> Any:
        whole = tables.opened.whole(name)
        own = whole.filter(whole.study_accession == _ACCESSION.token)
        return own.order_by("ancestry_row") if name == "ancestry" else own

    found = tables.opened.run(
        ("study", name, accession),
        build,
        shape=("study", name),
        values={_ACCESSION: accession},
    )
    listed: list[dict[str, Any]] = found.to_pylist()
    return listed


def _traits(tables: Tables, accession: str) -> list[dict[str, Any]]:
    """The mapped traits, each with its parents."""
    found: dict[str, dict[str, Any]] = {}
    known = tables.kept.always("trait parents", lambda: _parents(tables))
    for row in _rows(tables, "study_trait", accession):
        label, parents = known.get(row["trait_uri"], (None, []))
        found[row["trait_uri"]] = {
            "trait_id": row["trait_id"],
            "trait_uri": row["trait_uri"],
            "trait": label,
            "trait_parents": parents,
            "mapped_by": row["mapped_by"],
        }
    return sorted(found.values(), key=lambda trait: str(trait["trait"] or trait["trait_id"]))


def _parents(tables: Tables) -> dict[str, tuple[str | None, list[str]]]:
    """Label and parents of each trait, by address."""
    found: dict[str, tuple[str | None, list[str]]] = {}
    for row in tables.run("traits with parents", lambda: tables["trait_parent"]).to_pylist():
        label, parents = found.get(row["trait_uri"], (None, []))
        named = {*parents, row["trait_parent"]} - {None}
        found[row["trait_uri"]] = (label or row["trait_label"], sorted(named))
    return found


def _not_found(tables: Tables, asked: str) -> NotFoundError:
    number = asked.upper().removeprefix("PMID").strip(": ")

    def build() -> Any:
        whole = tables.opened.whole("studies")
        return whole.filter(whole.pubmed_id == _PUBMED.token).select("study_accession")

    names: list[str] = []
    if _NAME.fullmatch(number):
        found = tables.opened.run(
            ("studies of a paper", number),
            build,
            shape=("studies of a paper",),
            values={_PUBMED: number},
        )
        names = sorted(found["study_accession"].to_pylist())
    if names:
        more = len(names) - _ACCESSIONS_SHOWN
        listed = ", ".join(names[:_ACCESSIONS_SHOWN]) + (f" and {more} more" if more > 0 else "")
        return NotFoundError(
            f"{asked!r} is a PubMed number, not a study.", remedy=f"Its studies are {listed}."
        )
    return NotFoundError(
        f"The release {tables.label.id} has no study {asked!r}.", remedy=_remedy(tables)
    )


def _remedy(tables: Tables) -> str:
    if tables.manifest.demonstration:
        return "Accessions of the demonstration are DEMO and six digits, such as DEMO000001."
    return (
        "An accession is GCST and six to eight digits, such as GCST000854; a study may also be "
        "in a newer release only."
    )
