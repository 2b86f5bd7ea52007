"""The top of a report: what it is, of which release, and the large numbers."""

from collections.abc import Iterator

from everygenome.charts.figures import number
from everygenome.charts.rows import percent
from everygenome.reports.documents.model import Block, Callout, Figures, Paragraph
from everygenome.reports.portfolio.asking import Asked
from everygenome.reports.portfolio.words import narrowed, words_of


def facts_of(asked: Asked, *, address: str) -> tuple[tuple[str, str], ...]:
    """The small print below the title."""
    manifest = asked.release.manifest
    inferred = " (inferred)" if manifest.date_inferred else ""
    source = "Demonstration data, not real" if manifest.demonstration else "GWAS Catalog"
    told = [
        ("Source", f"{source}, release of {manifest.date}{inferred}"),
        ("Release", manifest.id),
    ]
    if chosen := narrowed(asked.choices, kind=asked.entity.kind):
        told.append(("Chosen", chosen))
    if asked.above:
        told.append(("Part of", "; ".join(one.name for one in asked.above)))
    if asked.entity.ror:
        told.append(("Registry", f"https://ror.org/{asked.entity.ror}"))
    if address:
        told.append(("Online", address))
    return tuple(told)


def opening(asked: Asked) -> Iterator[Block]:
    """What the report is about, and how large the portfolio is."""
    words = words_of(asked.entity.kind)
    counted = words.counted.format(name=asked.name)
    beneath = len(asked.beneath)
    bodies = "the body" if beneath == 1 else f"the {beneath} bodies"
    those = f", or {'' if beneath == 1 else 'one of '}{bodies} beneath it" if beneath else ""
    yield Paragraph(
        f"This report is about {counted}{those}: who takes part, how that compares with like "
        "studies, and who is not there. It gives no mark and no rank."
    )
    yield Figures(tuple(_large(asked)))
    yield Paragraph(_full_and_fractional(asked))


def too_small(asked: Asked) -> Callout:
    """Why nothing is compared."""
    many = asked.row["publications"]
    return Callout(
        f"There {'is' if many == 1 else 'are'} {many} {_plural(many, 'publication')}, fewer than "
        f"{asked.minimum}, so nothing is compared: with so few, the difference from the rest of "
        "the field would be that of a few studies, and one more could turn it round.",
        "small base",
    )


def _large(asked: Asked) -> Iterator[tuple[str, str]]:
    mine, field = asked.amounts, asked.field_amounts
    publications = asked.row["publications"]
    yield f"{publications:,}", _plural(publications, "publication")
    studies = round(mine["studies"] or 0)
    yield f"{studies:,}", "discovery study" if studies == 1 else "discovery studies"
    yield number(mine["participations"]), "participations: uses of people’s data, not people"
    yield percent(_part(publications, field["publications"])), "of the field’s publications"
    if asked.entity.kind == "funder" and asked.grants:
        naming = asked.grants["naming_a_funder"]
        yield (
            percent(_part(publications, naming)),
            f"of the {naming:,} publications that name any funder",
        )
        yield (
            percent(asked.grants["share"]),
            "of the field’s publications name any funder; the others are not called unfunded",
        )


def _full_and_fractional(asked: Asked) -> str:
    """How the counts above are meant, and what they are if credit is divided."""
    row = asked.row
    shared = words_of(asked.entity.kind).shared
    if not shared:
        return "Each publication has one journal, so these counts add up over journals."
    parts = number(row["publications_fractional"])
    uses = number(row["participations_fractional"])
    return (
        f"These are full counts: each publication counts whole for everyone it is linked to, so "
        f"they do not add up. Fractional counts divide it equally between {shared}: "
        f"{parts} publications and {uses} participations."
    )


def _part(value: float | None, whole: float | None) -> float | None:
    return None if value is None or not whole else value / whole


def _plural(count: int, one: str) -> str:
    return one if count == 1 else f"{one}s"
