"""What is known of a variant as a card: the words of the report, in the order of a quick reader."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from everygenome.reports.variants import verdicts, words
from everygenome.reports.variants.tables import fafmax
from everygenome.variants.result import Evidence, VariantEvidence
from everygenome.web.variants import pictures

# Each takes a moment to draw; a longer list gets its tables, and a link to each by itself.
PICTURES = 10


@dataclass(frozen=True, slots=True)
class Card:
    """A variant, ready to be read.

    Attributes:
        place: its number on the page, from 1.
        name: as it was asked for, shortened where it is long; matched: as it was looked up.
        verdict: in a word or two; kind: the same, for the style sheet.
        headline: the verdict in a sentence.
        others: sentences for the other verdicts that groups have.
        found: whether the source says anything of it.
        takes: what it would take to tell absence; may be empty.
        unsure: what follows where PM2 cannot be given; may be empty.
        whom: of the groups that were asked for, whom the source samples.
        largest: the largest frequency that it has at least, and where.
        picture: may be empty; numbers: the same as a table; bars: what it was held against.
        alone: the address of this variant by itself, where it has no picture here.
    """

    place: int
    name: str
    gene: str
    matched: str
    verdict: str
    kind: str
    headline: str
    others: tuple[str, ...]
    found: str
    takes: str
    unsure: str
    flags: tuple[str, ...]
    filters: tuple[str, ...]
    whom: tuple[tuple[str, str], ...]
    largest: str
    picture: SafeString | str
    numbers: SafeString | str
    bars: SafeString | str
    alone: str = ""


def cards(evidence: Evidence) -> list[Card]:
    """A card for each variant, in the order of the answer."""
    return [
        _card(variant, evidence, place) for place, variant in enumerate(evidence.variants, start=1)
    ]


def sampled(evidence: Evidence) -> list[tuple[str, str]]:
    """Whom the source samples under each name."""
    found: dict[str, str] = {}
    for variant in evidence.variants:
        found |= {
            words.label(one): words.sentence(one.sampled) for one in variant.groups if one.sampled
        }
    return list(found.items())


def _card(variant: VariantEvidence, evidence: Evidence, place: int) -> Card:
    headline = verdicts.headline(variant, evidence)
    counted = bool(variant.groups or variant.everybody)
    return Card(
        place=place,
        name=words.name(variant.name),
        gene=words.name(variant.gene),
        matched=words.name(variant.matched) if variant.matched != variant.name else "",
        verdict=words.verdict(variant.verdict, variant.criterion),
        kind=variant.verdict.value.replace(" ", "-"),
        headline=headline,
        # What the headline says need not be said twice.
        others=tuple(
            said for said in verdicts.by_verdict(variant, evidence) if said not in headline
        ),
        found=verdicts.looked_at(variant),
        takes=verdicts.to_show_absence(variant, evidence),
        unsure=verdicts.unsure(variant, evidence),
        flags=tuple(map(words.sentence, variant.flags)),
        filters=tuple(map(words.name, variant.filters)),
        whom=tuple(
            (words.label(one), words.sentence(one.sampled))
            for one in variant.groups
            if one.group in evidence.asked and one.sampled
        ),
        largest=fafmax(variant, evidence) if variant.fafmax95 else "",
        picture=pictures.picture(variant, evidence, place=f"{place}-1")
        if counted and place <= PICTURES
        else "",
        numbers=pictures.numbers(variant, evidence, place=f"{place}-2") if counted else "",
        bars=pictures.held_against(variant.bars, place=f"{place}-3", of=words.called(variant))
        if variant.bars
        else "",
    )
