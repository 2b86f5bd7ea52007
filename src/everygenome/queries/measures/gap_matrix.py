"""Every subject against every group, counted once for a selection and kept."""

from dataclasses import dataclass
from functools import cached_property

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from everygenome.measures import gaps as measure
from everygenome.measures.selection import listed
from everygenome.queries.measures import references
from everygenome.queries.measures.shared import key
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables
from everygenome.statistics.representation import shortfall
from everygenome.vocabulary.governance import Extent, extent
from everygenome.vocabulary.schemes import Scheme
from everygenome.vocabulary.terms import Denominator

Numbers = NDArray[np.float64]
# Labels for whoever fits nowhere else: no group of people that could be missing.
_LEFTOVERS = {"Other", "Other admixed ancestry", "Asian unspecified", "African unspecified"}
_COUNTS = ("studies_naming", "studies_naming_with_others", "participations")
_PARENTS_BETWEEN = "; "


def gap_groups(scheme: Scheme) -> list[str]:
    """The groups of a scheme that are groups of people, in its order.

    Example:
        >>> from everygenome.vocabulary.schemes import BROAD
        >>> [group for group in BROAD.groups if group not in gap_groups(BROAD)]
        ['Other']
    """
    kept = {group for label, group in scheme.group_of.items() if label not in _LEFTOVERS}
    return [group for group in scheme.groups if group in kept]


@dataclass(frozen=True)
class GapMatrix:
    """Figures of every subject and group: row `subject * len(groups) + group`.

    Attributes:
        traits: identifiers of the subjects, in order.
        labels: their names.
        parents: the subjects they stand under, joined by "; " where there are several.
        groups: the groups, in the order of the scheme.
        figures: by column name, one number for each row; NaN is missing.
        unmapped_studies: selected studies without a mapped trait.
    """

    traits: list[str]
    labels: list[str]
    parents: list[str | None]
    groups: list[str]
    figures: dict[str, Numbers]
    unmapped_studies: int

    @cached_property
    def by_name(self) -> Numbers:
        """The place of each row's subject in the order of names."""
        order = sorted(range(len(self.traits)), key=lambda at: (self.labels[at], self.traits[at]))
        rank = np.empty(len(order))
        rank[order] = np.arange(len(order))
        return np.repeat(rank, len(self.groups))

    @cached_property
    def group_at(self) -> NDArray[np.int64]:
        """The place of each row's group."""
        return np.tile(np.arange(len(self.groups)), len(self.traits))

    def place(self, trait: str, group: str) -> int | None:
        """The row of a subject and a group, or None where there is none."""
        if trait not in self._number or group not in self.groups:
            return None
        return self._number[trait] * len(self.groups) + self.groups.index(group)

    @cached_property
    def _number(self) -> dict[str, int]:
        return {trait: at for at, trait in enumerate(self.traits)}


def gap_matrix(tables: Tables, question: Question, denominator: Denominator) -> GapMatrix:
    """The matrix of a question, made once; with a reference it has shortfalls.

    Raises:
        NotFoundError: no such reference, trait or country; or the release lacks the file.
        UsageError: the reference has no crosswalk to the scheme.
    """
    named = (question.reference, question.crosswalk)
    return tables.kept.newest(
        key("gap matrix", question, denominator, *named),
        lambda: _built(tables, question, denominator),
    )


def _built(tables: Tables, question: Question, denominator: Denominator) -> GapMatrix:
    # The reference is looked up first: a question that names none that exists costs nothing.
    against = references.comparison(question) if question.reference else None
    rows = tables.selected(question)
    groups = tables.groups(question.grouping)

    def subjects() -> ir.Table:
        return _subjects(tables, question)

    totals = tables.run(
        key("gap totals", question), lambda: measure.subject_totals(rows, groups, subjects())
    )
    counts = tables.run(
        key("gap counts", question), lambda: measure.subject_groups(rows, groups, subjects())
    )
    unmapped = 0
    last = totals.num_rows - 1
    if last >= 0 and totals["trait_id"][last].as_py() is None:
        unmapped = totals["studies_of_trait"][last].as_py()
        totals = totals.slice(0, last)
    shown = gap_groups(question.grouping)
    traits = totals["trait_id"].to_pylist()
    figures = _figures(totals, counts, question.grouping, shown, denominator)
    if against is not None:
        figures["shortfall"] = _shortfalls(figures, shown, question.grouping, against)
    parents = _parents(tables, question.chosen("trait_parent"))
    return GapMatrix(
        traits=traits,
        labels=[tables.traits.get(trait) or trait for trait in traits],
        parents=[_PARENTS_BETWEEN.join(parents.get(trait, ())) or None for trait in traits],
        groups=shown,
        figures=figures,
        unmapped_studies=unmapped,
    )


def _subjects(tables: Tables, question: Question) -> ir.Table:
    """Each study's traits, each once; only those inside where a subject was chosen."""
    pairs = tables["study_trait"]
    placed = tables.placed(question)
    if placed.trait_id is not None:
        pairs = pairs.filter(listed(placed.trait_id).contains(pairs.trait_id))
    if placed.trait_parent is not None:
        parents = tables["trait_parent"]
        pairs = pairs.semi_join(
            parents.filter(listed(placed.trait_parent).contains(parents.trait_parent)),
            "trait_uri",
        )
    return pairs.select("study_accession", "trait_id").distinct()


def _figures(
    totals: pa.Table, counts: pa.Table, scheme: Scheme, shown: list[str], denominator: Denominator
) -> dict[str, Numbers]:
    """The sparse counts in the frame of all subjects and groups."""
    size = len(shown)
    column_of = np.full(len(scheme.groups), -1)
    column_of[[scheme.groups.index(group) for group in shown]] = np.arange(size)
    number = {trait: at for at, trait in enumerate(totals["trait_id"].to_pylist())}
    column = column_of[np.asarray(counts["position"].to_numpy(), dtype=np.int64)]
    subject = np.array([number[trait] for trait in counts["trait_id"].to_pylist()], dtype=np.int64)
    inside = column >= 0
    at = (subject * size + column)[inside]
    figures = {name: np.zeros(totals.num_rows * size) for name in _COUNTS}
    for name in _COUNTS:
        figures[name][at] = _numbers(counts, name)[inside]
    # Rows that name the group only beside others state nothing of it alone: a true zero.
    figures["participations"][(figures["studies_naming"] == 0)] = 0
    figures["last_year"] = np.full(totals.num_rows * size, np.nan)
    figures["last_year"][at] = _numbers(counts, "last_year")[inside]
    base = "recorded_value" if denominator is Denominator.RECORDED else "all_value"
    for name, source in (
        ("studies_of_trait", "studies_of_trait"),
        ("unclear_studies", "unclear_studies"),
        ("participations_of_trait", base),
    ):
        figures[name] = np.repeat(_numbers(totals, source), size)
    whole = figures["participations_of_trait"]
    figures["share"] = np.full(len(whole), np.nan)
    np.divide(figures["participations"], whole, out=figures["share"], where=whole > 0)
    return figures


def _numbers(table: pa.Table, name: str) -> Numbers:
    return np.asarray(table[name].to_numpy(), dtype=np.float64)


def _shortfalls(
    figures: dict[str, Numbers], shown: list[str], scheme: Scheme, against: references.Comparison
) -> Numbers:
    """Missing without a reference share, and for every group that a people governs."""
    found = np.full(len(figures["share"]), np.nan)
    numbers, wholes = figures["participations"].round(), figures["participations_of_trait"].round()
    for place, group in enumerate(shown):
        expected = against.expected.get(group)
        if expected is None or expected.central >= 1 or extent(scheme, group) is not Extent.NONE:
            continue
        for at in range(place, len(found), len(shown)):
            if wholes[at] > 0 and not np.isnan(numbers[at]):
                found[at] = shortfall(numbers[at], wholes[at], reference=expected.central)
    return found


def _parents(tables: Tables, within: tuple[str, ...]) -> dict[str, list[str]]:
    """The parents of each trait, in order; only those chosen where some were."""
    parents = tables["trait_parent"]
    found = tables.run(
        "parents of traits", lambda: parents.select("trait_id", "trait_parent").distinct()
    )
    named: dict[str, list[str]] = {}
    pairs = (found["trait_id"].to_pylist(), found["trait_parent"].to_pylist())
    for trait, parent in zip(*pairs, strict=True):
        if parent is not None and (not within or parent in within):
            named.setdefault(trait, []).append(parent)
    return {trait: sorted(of_trait) for trait, of_trait in named.items()}
