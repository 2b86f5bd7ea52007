"""What changed for variants that are watched: words, and a document."""

from collections.abc import Mapping
from importlib.metadata import version

from everygenome.reports.documents.model import Block, Document, Grid, Heading, Paragraph, Points
from everygenome.reports.variants import amounts, words
from everygenome.variants.limits import LIMITS
from everygenome.variants.watching.comparing import Change, Comparison
from everygenome.variants.watching.model import Source, Told, Watched

Labels = Mapping[str, str]


def headline(found: Comparison) -> str:
    """The first sentence."""
    if found.is_same:
        return f"Nothing changed: of {_variants(found.compared)}, the same is said."
    if not found.changes:
        return f"Of {_variants(found.compared)}, the same is said; but look at what is new."
    return f"Of {_variants(found.compared)}, something else is said of {found.variants_changed:,}."


def points(found: Comparison, watched: Mapping[str, Watched], labels: Labels) -> tuple[str, ...]:
    """What is to be known of all of them."""
    whole = [change for change in found.changes if not change.group]
    now = sum(change.became_evaluable for change in whole)
    no_more = sum(change.no_longer_evaluable for change in whole)
    said = []
    if now:
        said.append(f"Can be judged now, and could not before: {now:,}.")
    if no_more:
        said.append(f"Could be judged before, and cannot any more: {no_more:,}.")
    if found.recounted:
        said.append(f"Counts changed, and nothing that is said: {_variants(found.recounted)}.")
    for what, codes in (
        (
            "Groups that were not there before, and have nothing to be compared with",
            found.groups_new,
        ),
        ("Groups that are not there any more, and cannot be compared", found.groups_gone),
    ):
        if codes:
            said.append(f"{what}: {', '.join(labels.get(code, code) for code in codes)}.")
    for what, places in (
        ("Asked for the first time", found.new),
        ("Not asked any more", found.gone),
    ):
        if places:
            named = [words.name(watched[p].called if p in watched else p) for p in places[:5]]
            more = f" and {len(places) - 5:,} more" if len(places) > 5 else ""
            said.append(f"{what}: {', '.join(named)}{more}.")
    return tuple(said)


def source_line(source: Source) -> str:
    """A source with its day."""
    return f"{source.title}, {source.build}, asked on {source.day or 'a day not stated'}"


def of_whom(change: Change, labels: Labels) -> str:
    """The group that a change is of."""
    return labels.get(change.group, change.group) if change.group else "All that was asked"


def told(told: Told) -> str:
    """What was said, with the code that it would support.

    Example:
        >>> from everygenome.variants.verdict import Verdict
        >>> told(Told(verdict=Verdict.RARE, criterion="PM2_supporting"))
        'rare (PM2, supporting)'
    """
    return words.verdict(told.verdict, told.criterion)


def copies(told: Told) -> str:
    """Copies and chromosomes.

    Example:
        >>> from everygenome.variants.verdict import Verdict
        >>> copies(Told(verdict=Verdict.RARE, ac=0, an=80_914))
        '0 of 80,914'
    """
    if told.an is None:
        return "number not known"
    return f"{amounts.count(told.ac)} of {told.an:,}"


def why(change: Change) -> str:
    """The reasons of a change, as a sentence."""
    return words.sentence("; ".join(change.reasons))


def changes_document(found: Comparison, watched: Mapping[str, Watched], labels: Labels) -> Document:
    """The report: what changed first, then from where it is and what it is not.

    Args:
        found: the comparison; watched: variants of the list, by place.
        labels: code of a group -> its name.
    """
    rows = tuple(
        (
            words.name(watched[change.place].called),
            of_whom(change, labels),
            told(change.before),
            told(change.after),
            copies(change.before),
            copies(change.after),
            why(change),
        )
        for change in found.changes
    )
    noted = {change.place: watched[change.place].note for change in found.changes}
    notes = tuple(
        f"{words.name(watched[place].called)}: {note}" for place, note in noted.items() if note
    )
    blocks: list[Block] = [Paragraph(headline(found), lead=True)]
    if said := points(found, watched, labels):
        blocks.append(Points(said))
    if rows:
        caption = "Copies of the allele, of the chromosomes looked at."
        head = ("Variant", "Group", "Before", "Now", "Copies", "Copies now", "Why")
        blocks += [Heading("Changes"), Grid(head=head, rows=rows, caption=caption)]
    if notes:
        blocks += [Heading("Notes of the list"), Points(notes)]
    blocks += [Heading("What this is not"), Points(LIMITS)]
    return Document(
        title="What changed for variants that are watched",
        subtitle="",
        facts=(("Before", source_line(found.before)), ("Now", source_line(found.after))),
        demonstration=False,
        blocks=tuple(blocks),
        footer=f"everygenome {version('everygenome')}; supports a decision, makes none",
    )


def _variants(count: int) -> str:
    return "1 variant" if count == 1 else f"{count:,} variants"
