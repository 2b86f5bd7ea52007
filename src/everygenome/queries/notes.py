"""Attach the caveats that apply to an answer, with its figures filled in."""

from collections.abc import Iterable, Mapping
from typing import Any

from everygenome.queries.answer import Note
from everygenome.queries.question import Question
from everygenome.store.manifest import Manifest
from everygenome.vocabulary.caveats import CAVEATS
from everygenome.vocabulary.countries import country
from everygenome.vocabulary.terms import CountryRule, Unit

UNMATCHED_SHOWN = 0.05


def note(caveat: str, **figures: Any) -> Note:
    """A caveat with its figures.

    Raises:
        KeyError: no such caveat, or a figure is missing.
    """
    return Note(caveat, CAVEATS[caveat].text.format_map(figures))


def release_notes(manifest: Manifest) -> Iterable[Note]:
    """What is to be known of the release itself."""
    if manifest.demonstration:
        yield note("demonstration")
    if manifest.date_inferred:
        yield note("inferred_date")
    if manifest.missing:
        yield note(
            "partial_release",
            missing_files="no "
            + " or ".join(name.replace("_", " ") for name in manifest.missing)
            + " file",
        )
    elif max(manifest.unmatched.values(), default=0) > UNMATCHED_SHOWN:
        yield note("partial_release", missing_files="its studies and ancestry records hardly match")
    if manifest.unreviewed:
        yield note("unreviewed_labels", unreviewed=len(manifest.unreviewed))


def unit_notes(question: Question) -> Iterable[Note]:
    """What is to be known of the unit."""
    if question.unit is Unit.PARTICIPATIONS:
        yield note("participations_are_not_people")
    else:
        one = {"studies": "study", "publications": "publication", "associations": "association"}
        yield note("shares_do_not_add_up", unit_one=one[question.unit.value])


def selection_notes(question: Question, coverage: Mapping[str, Any]) -> Iterable[Note]:
    """What is to be known of the rows that were selected, from the figures of the coverage."""
    if not coverage.get("rows"):
        yield note("nothing_selected")
        return
    if coverage.get("excluded_share"):
        yield note(
            "not_recorded_excluded",
            excluded=percent(coverage["excluded_share"]),
            unit=question.unit.value,
        )
    if coverage.get("rows_without_number") and question.unit is Unit.PARTICIPATIONS:
        yield note("numbers_missing", missing=f"{coverage['rows_without_number']:,}")
    if coverage.get("multiple"):
        yield note("multiple_is_not_mixed")
    if coverage.get("publications", 10) < 10:
        yield note("small_base", publications=coverage["publications"])
    if question.country is not None:
        yield note("country_is_not_ancestry")
        if question.country_rule is CountryRule.SINGLE:
            places = " or ".join(country(code).name for code in question.countries)
            yield note("one_country_alone", country=places)
        if question.country_rule is CountryRule.SPLIT:
            yield note("imputed_split")


def percent(share: float) -> str:
    """A share (0-1) in words for a sentence: 8.8%, or less than 0.1%."""
    if 0 < share < 0.001:
        return "less than 0.1%"
    return f"{share:.1%}"
