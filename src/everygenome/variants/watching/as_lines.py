"""A watch list as text: JSON Lines, for people and for version control.

One thing a line: the question, each bar, the source, each variant, and what was said of it in each
group. So a line that changed is all that a difference shows, two people's additions can be merged,
and a note can be edited by hand. TOML was the other choice: its tables take five lines each, so
that what was said of one variant in ten groups fills a screen, and nothing in Python's own library
writes it.
"""

from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from typing import Any

from everygenome.errors import InputError
from everygenome.variants.watching import lines
from everygenome.variants.watching.fields import Line
from everygenome.variants.watching.model import MOST, Said, State, Watched, WatchList

FORMAT = "everygenome/variants/watch/1"
_FAMILY = FORMAT.rpartition("/")[0]
NEW = "Begin one with `everygenome variants watch init LIST --frequencies FOLDER --out FILE`."


def lines_of(watch: WatchList) -> Iterator[str]:
    """The lines of a list, without their ends."""
    yield lines.as_text({"format": FORMAT, "asked": list(watch.asked)})
    for gene, bars in watch.bars.items():
        yield lines.of_bars(gene, bars)
    yield lines.of_source(watch.state.source)
    for one in watch.variants:
        yield lines.of_variant(one)
    for one in watch.variants:
        if one.place in watch.state.said:
            yield from lines.of_said(one.place, watch.state.said[one.place])


def watch_of(text: str, path: Path) -> WatchList:
    """The list that a text tells of.

    Args:
        text: the text; path: of its file, for messages.

    Raises:
        InputError: it is no watch list, of another version, or contradicts itself; file and line
            are named.
    """
    held: dict[str, list[Line]] = {kind: [] for kind in lines.KINDS}
    for number, one in enumerate(text.split("\n"), start=1):
        if not one.strip():
            continue
        line = Line(one, f"{path}, line {number}")
        kinds = [kind for kind in lines.KINDS if kind in line.held]
        if len(kinds) != 1:
            line.wrong(
                "is of no kind that is known" if not kinds else f"is both {' and '.join(kinds)}",
                f"Each line has one of: {', '.join(lines.KINDS)}.",
            )
        if kinds[0] == "format":
            _check_format(line)
        elif not held["format"]:
            break
        held[kinds[0]].append(line)
    if not held["format"]:
        raise InputError(
            f"{path} is no watch list: its first line does not say “{FORMAT}”.", remedy=NEW
        )
    return _list(path, held)


def _check_format(line: Line) -> None:
    told = line.text("format")
    if told != FORMAT:
        ours = told.rpartition("/")[0] == _FAMILY
        line.wrong(
            f"says “{told[:60]}”; this software reads “{FORMAT}”",
            "Use the version of everygenome that wrote it, or begin a new list." if ours else NEW,
        )
    line.only("format", "asked")


def _list(path: Path, held: Mapping[str, list[Line]]) -> WatchList:
    for kind in ("format", "frequencies"):
        if len(held[kind]) > 1:
            held[kind][1].wrong(f"is a second one of “{kind}”", "Leave one of the two lines.")
    if not held["frequencies"]:
        raise InputError(
            f"{path} does not say which frequencies it was asked of: no line with “frequencies”.",
            remedy=NEW,
        )
    if len(held["variant"]) > MOST:
        raise InputError(
            f"{path} holds {len(held['variant']):,} variants; {MOST:,} are the most.",
            remedy="Divide it into several lists.",
        )
    variants: dict[str, Watched] = {}
    for line in held["variant"]:
        one = lines.variant_of(line)
        _once(line, one.place, variants, "the variant")
        variants[one.place] = one
    bars: dict[str, Any] = {}
    seen: set[str] = set()
    for line in held["bars"]:
        gene, bar = lines.bars_of(line)
        # MYH7 and myh7 are one gene.
        _once(line, gene.strip().lower(), seen, "bars of")
        seen.add(gene.strip().lower())
        bars[gene] = bar
    if "" in bars and len(bars) > 1:
        held["bars"][0].wrong(
            "is a bar for all variants, beside bars of genes" if not held["bars"][0].text("bars")
            else "is a bar of a gene, beside one for all variants",
            "Keep the one, or the others.",
        )  # fmt: skip
    return WatchList(
        variants=tuple(variants.values()),
        asked=held["format"][0].texts("asked"),
        bars=bars,
        state=State(
            source=lines.source_of_line(held["frequencies"][0]), said=_said(held["said"], variants)
        ),
    )


def _said(told: list[Line], variants: Mapping[str, Watched]) -> dict[str, Said]:
    """What was said, variant by variant; of a variant that was taken out by hand, nothing."""
    by_place: dict[str, dict[str, Line]] = {}
    for line in told:
        place, group = line.text("said", needed=True), line.text("group")
        of_place = by_place.setdefault(place, {})
        _once(line, group, of_place, f"{place}, what was said of")
        of_place[group] = line
    found = {}
    for place, of_place in by_place.items():
        if "" not in of_place:
            next(iter(of_place.values())).wrong(
                f"tells of a group, and no line without a group tells of {place} as a whole",
                "Leave these lines out: the next check says it anew.",
            )
        if place in variants:
            found[place] = lines.said_of(of_place)
    return found


def _once(line: Line, name: str, found: Container[str], what: str) -> None:
    if name in found:
        line.wrong(f"names {what} {name or 'all'} a second time", "Leave one of the two lines.")
