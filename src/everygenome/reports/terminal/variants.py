"""Print what a frequency says of variants."""

from collections.abc import Callable, Iterator

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from everygenome.reports.terminal.cells import named
from everygenome.reports.variants import amounts, verdicts, words
from everygenome.reports.variants.document import overall
from everygenome.reports.variants.method import GROUPS, IS_NOT
from everygenome.reports.variants.pictures import EVERYBODY, bar_lines
from everygenome.reports.variants.summary import headline
from everygenome.reports.variants.summary_tables import part
from everygenome.reports.variants.tables import fafmax
from everygenome.variants.result import Evidence, FileSummary, GroupEvidence, VariantEvidence

# Below the first two, columns are left out; below the last, a line of a table is two of text.
_WIDE, _MIDDLE, _NARROW = 126, 104, 78
_LISTED = 200


def show_evidence(evidence: Evidence) -> RenderableType:
    """Evidence as it looks in a console of some width: one variant, a list, or a file."""
    return EvidenceView(evidence)


class EvidenceView:
    """Evidence in a console; no text from outside can style or steer it."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Verdict first, then the numbers, then what to know of them."""
        evidence, room = self.evidence, options.max_width
        if evidence.summary is not None:
            yield from _file(evidence, evidence.summary, room)
        if len(evidence.variants) == 1 and evidence.summary is None:
            yield from _one(evidence.variants[0], evidence, room)
        elif evidence.variants:
            if evidence.summary is None:
                yield from _points(overall(evidence))
            yield Text("")
            yield _overview(evidence, room)
            left = max(evidence.shown_of, len(evidence.variants)) - _LISTED
            if left > 0:
                yield Text(f"and {left:,} more, with --format csv or --out", style="dim")
        yield Text("")
        source = evidence.source
        yield named(f"Frequencies: {source.name}, {source.build}.", "dim")
        for said in (*source.notes, *evidence.caveats, GROUPS, IS_NOT):
            yield named(said, "dim")


def _one(variant: VariantEvidence, evidence: Evidence, room: int) -> Iterator[RenderableType]:
    yield named(words.called(variant), "bold")
    yield named(f"Background: {words.background(evidence)}.", "dim")
    yield named(verdicts.headline(variant, evidence), "bold")
    said = [verdicts.looked_at(variant), *verdicts.by_verdict(variant, evidence)]
    said += [verdicts.to_show_absence(variant, evidence), verdicts.unsure(variant, evidence)]
    if variant.filters:
        said.append(f"It failed filters of the source: {', '.join(variant.filters)}.")
    said += [f"Look closer: {words.sentence(flag)}" for flag in variant.flags]
    yield from _points(tuple(told for told in said if told))
    yield Text("")
    yield from _groups(variant, evidence, room)
    for flag, groups in words.flagged(variant.groups):
        yield named(f"{flag}: {groups}", "dim")
    if variant.bars is not None:
        yield Text("")
        for _, told in sorted(bar_lines(variant)):
            yield Text(f"Bar {told}")
        yield named(f"Source of the bars: {variant.bars.source or 'not stated'}", "dim")
        yield named(f"Derived from: {variant.bars.population or 'not stated'}", "dim")


def _groups(variant: VariantEvidence, evidence: Evidence, room: int) -> Iterator[RenderableType]:
    everybody = variant.everybody
    rows = [(words.labelled(one, evidence.asked), _verdict(one), one) for one in variant.groups]
    rows += [(EVERYBODY, "", everybody)] if everybody is not None else []
    if room < _NARROW:
        for name, verdict, one in rows:
            yield named(f"{name}{': ' if verdict else ''}{verdict}", "bold")
            short = one.verdict in words.UNSURE and one.needed
            more = f"; {one.needed:,} more needed" if short else ""
            yield named(f"  {_copies(one)}, {_frequency(one)}{more}")
        return
    sexed = any(one.nhemi is not None for _, _, one in rows)
    columns: list[tuple[str, Callable[[GroupEvidence], str]]] = [
        ("AC", lambda one: amounts.count(one.ac)),
        ("AN", lambda one: amounts.count(one.an)),
        ("Frequency", _frequency),
    ]
    if variant.bars is not None and variant.bars.absent_in_males:
        columns.insert(2, ("AN, one X", lambda one: amounts.count(one.an_xy)))
    if room >= _MIDDLE:
        columns.append(("Interval", lambda one: amounts.interval(one.af_low, one.af_high)))
        columns.append(("FAF95", lambda one: amounts.frequency(one.faf95)))
    if room >= _WIDE:
        columns.append(("Two copies", lambda one: amounts.count(one.nhomalt)))
        columns += [("One X or Y", lambda one: amounts.count(one.nhemi))] if sexed else []
        columns.append(("Seen", lambda one: amounts.chance(one.p_seen)))
    table = _table("Group", ("Verdict",), ("Needed", *(name for name, _ in columns)))
    for name, verdict, one in rows:
        needed = amounts.needed(one.needed) if verdict else ""
        cells = [cell(one) for _, cell in columns]
        table.add_row(named(name, "" if verdict else "dim"), named(verdict), needed, *cells)
    yield table


def _verdict(one: GroupEvidence) -> str:
    return words.verdict(one.verdict, one.criterion)


def _copies(one: GroupEvidence) -> str:
    if one.an is None:
        return "number looked at not known"
    return f"{amounts.count(one.ac)} of {one.an:,}"


def _frequency(one: GroupEvidence) -> str:
    """The frequency; where no copy was seen, how common it can be."""
    most = amounts.at_most(one)
    if most is None:
        return amounts.MISSING
    return f"up to {amounts.frequency(most)}" if not one.ac else amounts.frequency(one.af)


def _overview(evidence: Evidence, room: int) -> RenderableType:
    wide = room >= _MIDDLE
    names = ("Verdict", "In the source") if wide else ("Verdict",)
    table = _table("Variant", names, ())
    if room >= _NARROW:
        table.add_column("Largest FAF95" if wide else "FAF95")
    if wide:
        table.add_column("Flags")
    for variant in evidence.variants[:_LISTED]:
        cells: list[RenderableType] = [named(words.called(variant))]
        cells.append(named(words.verdict(variant.verdict, variant.criterion)))
        if wide:
            cells += [Text(variant.status.value), named(fafmax(variant, evidence))]
            cells.append(named("; ".join(variant.flags) or amounts.MISSING))
        elif room >= _NARROW:
            cells.append(amounts.frequency(variant.fafmax95))
        table.add_row(*cells)
    return table


def _file(evidence: Evidence, summary: FileSummary, room: int) -> Iterator[RenderableType]:
    yield named(words.name(evidence.input_name), "bold")
    yield named(headline(evidence, summary), "bold")
    yield Text(f"{summary.variants:,} variants in {summary.records:,} records.")
    yield Text(f"{summary.disparity:,} are rare in all together, and common in one group.")
    yield Text("")
    if room < _NARROW:
        for group in summary.groups:
            yield named(group.label or group.group, "bold")
            yield Text(f"  absence could be told of {part(group.evaluable, group.with_bar)}")
            yield Text(f"  pass a plain filter: {group.passes:,}")
            yield Text(f"  only as too few were sampled: {part(group.undersampled, group.passes)}")
    elif summary.groups:
        heads = ("Held to a bar", "Absence told", "Pass a filter", "As too few")
        table = _table("Group", (), heads)
        for group in summary.groups:
            table.add_row(
                named(group.label or group.group),
                f"{group.with_bar:,}",
                part(group.evaluable, group.with_bar),
                f"{group.passes:,}",
                part(group.undersampled, group.passes),
            )
        yield table
        yield Text("As too few: pass only because too few people were sampled.", style="dim")
    counted = (("Verdict", summary.verdicts), ("Status", summary.statuses))
    for title, counts in (*counted, ("Met on the way", summary.classes)):
        if any(counts.values()):
            yield Text("")
            table = _table(title, (), ("Variants" if title != "Met on the way" else "Met",))
            for name, many in counts.items():
                if many:
                    table.add_row(named(str(name)), f"{many:,}")
            yield table


def _points(said: tuple[str, ...]) -> Iterator[RenderableType]:
    table = Table.grid(padding=(0, 1))
    for told in said:
        table.add_row(Text("•"), named(told))
    yield table


def _table(first: str, texts: tuple[str, ...], numbers: tuple[str, ...]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    # Names are broken between words, and where one is endless, anywhere.
    table.add_column(first, overflow="fold", min_width=16)
    for name in texts:
        table.add_column(name, overflow="fold")
    for name in numbers:
        table.add_column(name, justify="right", no_wrap=True)
    return table
