"""Parts of the report of a variant as they stand inside the page: its picture, and its tables."""

from collections.abc import Iterable

from django.utils.safestring import SafeString, mark_safe

from everygenome.reports.documents.model import Block, Heading, Notes
from everygenome.reports.documents.page_blocks import body
from everygenome.reports.variants import words
from everygenome.reports.variants.pictures import frequency_picture
from everygenome.reports.variants.sections import bars_blocks
from everygenome.reports.variants.tables import groups_grid
from everygenome.variants.bars import Bars
from everygenome.variants.result import Evidence, VariantEvidence


def picture(variant: VariantEvidence, evidence: Evidence, *, place: str) -> SafeString:
    """The frequency of a variant by group as SVG, wide and for a telephone, with words for it.

    Args:
        variant: what is known of it.
        evidence: the answer that it is in.
        place: of it on the page, which no other part has.
    """
    return _inside([frequency_picture(variant, evidence.asked)], place)


def numbers(variant: VariantEvidence, evidence: Evidence, *, place: str) -> SafeString:
    """The same numbers as a table, and what is flagged in single groups."""
    marked = words.flagged(variant.groups)
    notes = [Notes(marked)] if marked else []
    return _inside([groups_grid(variant, evidence.asked), *notes], place)


def held_against(bars: Bars, *, place: str, of: str) -> SafeString:
    """The bars, where they come from, and whom they were derived from."""
    blocks = bars_blocks(bars, of=of)
    return _inside((one for one in blocks if not isinstance(one, Heading)), place)


def _inside(blocks: Iterable[Block], place: str) -> SafeString:
    # Each text was escaped where the lines were made, each part of a picture held to a list.
    return mark_safe("\n".join(body(tuple(blocks), f"{place}-")))  # noqa: S308
