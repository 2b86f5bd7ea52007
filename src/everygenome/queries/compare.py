"""Two selections of one release, side by side."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from everygenome.errors import UsageError
from everygenome.queries.answer import Answer, Note
from everygenome.queries.measures.bands import Interval, PerPublication, field_weights, real
from everygenome.queries.measures.composition import composition
from everygenome.queries.measures.overlap import overlap
from everygenome.queries.notes import note
from everygenome.queries.question import Question
from everygenome.statistics.paired import difference_bands
from everygenome.vocabulary.terms import Denominator, Rule

if TYPE_CHECKING:
    from everygenome.queries.release import Release
    from everygenome.queries.tables import Tables

# Two selections may differ in what they select, never in how they count.
_MUST_AGREE = ("unit", "scheme", "denominator", "rule")
_SIDE = ("value", "share", "share_with_others", "share_min", "share_max", "rows")
_WHOLE_NUMBERS = ("value", "rows")


def compare(
    release: "Release", question_a: Question, question_b: Question, *, bands: bool = True
) -> Answer:
    """Compare two selections of the same release.

    Args:
        release: the release that both are asked of.
        question_a: the first selection.
        question_b: the second: other filters, or another stage, but the same unit, scheme
            and denominator.
        bands: reckon the interval of each difference.

    Returns:
        An answer of the measure `comparison`. Rows: `group`, `is_class`, the figures of
        `composition` for either side (`value_a`, `share_a`, ..., `rows_b`), and `difference`
        = `share_b` - `share_a` (-1 to 1; missing where either is), with `bands` also
        `difference_low` and `difference_high`: 95% over the same seeded resamples of
        publications for both, missing where fewer than ten publications contribute to the
        group in either. The coverage holds that of `a` and of `b`, and their exact
        `overlap`; see `measures.overlap`. Filters are named `a_...` and `b_...`.

    Raises:
        UsageError: the two count differently, or ask what a comparison does not have.
        NotFoundError: no such country or trait; or the release lacks the ancestry file.
    """
    denominator = _checked(question_a, question_b)
    tables = release.tables
    sides = {
        "a": composition(tables, question_a.but(denominator=denominator)),
        "b": composition(tables, question_b.but(denominator=denominator)),
    }
    shared = overlap(tables, question_a, question_b)
    records = _records(sides["a"], sides["b"])
    extra = []
    if shared["studies"]["both"] or shared["publications"]["both"]:
        counts = {name: f"{shared[name]['both']:,}" for name in ("studies", "publications")}
        extra.append(note("overlapping_selections", **counts))
    if bands:
        found = _intervals(tables, question_a, question_b, denominator)
        for record in records:
            low, high = found.get(record["group"], (None, None))
            record["difference_low"], record["difference_high"] = low, high
        extra.append(note("clustering_by_publication"))
    stages = dict.fromkeys((question_a.stage.value, question_b.stage.value))
    return Answer(
        measure="comparison",
        release=release.label,
        unit=question_a.unit.value,
        stage=" against ".join(stages),
        scheme=question_a.scheme,
        denominator=denominator.value,
        rule=question_a.rule.value,
        filters=_filters(question_a, question_b),
        caveats=(*_caveats(sides), *extra),
        coverage={**{name: side.coverage for name, side in sides.items()}, "overlap": shared},
        table=pa.Table.from_pylist(records, _schema(bands=bands)),
        names=tables.names_of(question_a, question_b),
    )


def _checked(first: Question, second: Question) -> Denominator:
    """The denominator of both, once it is certain that they count alike."""
    for question in (first, second):
        if question.rule is Rule.MONITOR2020 or question.reference is not None:
            raise UsageError(
                "Two selections are compared with each other, under the standard rule; the 2020 "
                "monitor's rules and reference populations have no place there.",
                remedy="Leave rule and reference out.",
            )
    default = Denominator.RECORDED
    first = first.but(denominator=first.denominator or default)
    second = second.but(denominator=second.denominator or default)
    for name in _MUST_AGREE:
        one, other = getattr(first, name), getattr(second, name)
        if one != other:
            raise UsageError(
                f"The two selections have different choices of {name}, {one} and {other}, so "
                "their shares cannot be compared.",
                remedy=f"Choose the same {name} for both; filters and stage may differ.",
            )
    return first.denominator or default


def _records(first: Answer, second: Answer) -> list[dict[str, Any]]:
    records = []
    # The groups of a scheme are listed whatever is selected, so the two sides have the same.
    for a, b in zip(first.rows, second.rows, strict=True):
        record = {"group": a["group"], "is_class": a["is_class"]}
        record |= {f"{name}_a": a[name] for name in _SIDE}
        record |= {f"{name}_b": b[name] for name in _SIDE}
        both = a["share"] is not None and b["share"] is not None
        record["difference"] = b["share"] - a["share"] if both else None
        records.append(record)
    return records


def _intervals(
    tables: "Tables", first: Question, second: Question, denominator: Denominator
) -> dict[str, Interval]:
    one = PerPublication(tables, first, denominator)
    other = PerPublication(tables, second, denominator)
    groups = [group for group in one.groups if group in other.groups]
    if not groups:
        return {}
    # A publication that is in neither adds nothing to either.
    held = (one.base > 0) | (other.base > 0)
    weights = field_weights(one.publications)
    found = difference_bands(
        weights if held.all() else weights[:, held],
        before=_side_of(one, groups, held),
        after=_side_of(other, groups, held),
    )
    return {
        group: (real(found.low[index]), real(found.high[index]))
        for index, group in enumerate(groups)
    }


def _side_of(
    counted: PerPublication, groups: list[str], held: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    columns = [counted.groups.index(group) for group in groups]
    return counted.values[held][:, columns], counted.base[held]


def _filters(first: Question, second: Question) -> dict[str, Any]:
    sides: dict[str, Any] = {}
    for name, question in (("a", first), ("b", second)):
        if first.stage is not second.stage:
            sides[f"{name}_stage"] = question.stage.value
        sides |= {f"{name}_{choice}": value for choice, value in question.filters().items()}
    return sides


def _caveats(sides: Mapping[str, Answer]) -> list[Note]:
    """Each caveat once; where the two differ, it says which side it is about."""
    told = {name: {item.id: item.text for item in side.caveats} for name, side in sides.items()}
    listed = []
    for caveat in dict.fromkeys((*told["a"], *told["b"])):
        texts = {name: of[caveat] for name, of in told.items() if caveat in of}
        if len(texts) == len(told) and len(set(texts.values())) == 1:
            listed.append(Note(caveat, texts["a"]))
        else:
            said = (f"{name.upper()}: {text}" for name, text in texts.items())
            listed.append(Note(caveat, " ".join(said)))
    return listed


def _schema(*, bands: bool) -> pa.Schema:
    kinds = {"group": pa.string(), "is_class": pa.bool_()}
    figures = [f"{name}_{side}" for side in "ab" for name in _SIDE]
    intervals = ["difference_low", "difference_high"] if bands else []
    kinds |= {f"{name}_{side}": pa.int64() for name in _WHOLE_NUMBERS for side in "ab"}
    names = ["group", "is_class", *figures, "difference", *intervals]
    return pa.schema([(name, kinds.get(name, pa.float64())) for name in names])
