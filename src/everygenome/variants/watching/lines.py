"""Lines of a watch file: what each kind holds, written and read."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from everygenome.errors import EverygenomeError
from everygenome.sources.variation.builds import Build, contig
from everygenome.sources.variation.calls.typed import Typed, typed
from everygenome.sources.variation.normalising import trimmed
from everygenome.variants.bars import Bars, Statistic
from everygenome.variants.result import Status
from everygenome.variants.verdict import Verdict
from everygenome.variants.watching.fields import Line
from everygenome.variants.watching.model import Said, Source, Told, Watched

KINDS = ("format", "bars", "frequencies", "variant", "said")
_NUMBERS = ("rare", "expected", "common")


def as_text(held: Mapping[str, Any]) -> str:
    """One line; the same values give the same letters.

    Signs that cannot be shown, as in names of a map or of files, are replaced: the file would be
    refused for them when it is read.

    Example:
        >>> as_text({"frequencies": "a\\x1b[31m", "groups": ["b"], "ac": None})
        '{"frequencies": "a�[31m", "groups": ["b"], "ac": null}'
    """
    return json.dumps(_plain(held), ensure_ascii=False, allow_nan=False)


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return "".join(one if one.isprintable() else "\ufffd" for one in value)
    if isinstance(value, Mapping):
        return {_plain(name): _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else value


def of_bars(gene: str, bars: Bars) -> str:
    """Bars of a gene; of all under the empty name. What is as usual is left out."""
    held = {one.name: getattr(bars, one.name) for one in fields(bars)}
    usual = {one.name: one.default for one in fields(bars)}
    return as_text({"bars": gene, **{name: v for name, v in held.items() if v != usual[name]}})


def bars_of(line: Line) -> tuple[str, Bars]:
    """The gene and its bars.

    Raises:
        InputError: a bar is no frequency.
    """
    kinds = {one.name: one.type for one in fields(Bars)}
    line.only("bars", *kinds)
    told: dict[str, Any] = {}
    for name in kinds.keys() & line.held.keys():
        default = next(one.default for one in fields(Bars) if one.name == name)
        if name in _NUMBERS:
            told[name] = line.share(name)
        elif name == "statistic":
            told[name] = line.one_of(name, Statistic)
        elif isinstance(default, bool):
            told[name] = line.yes(name)
        elif isinstance(default, int):
            told[name] = line.count(name)
        else:
            told[name] = line.text(name)
    for name in ("rare", "expected"):
        if told.get(name) is None:
            line.wrong(f"has no {name}", "Give a frequency above 0 and up to 1, such as 0.0001.")
    try:
        return line.text("bars"), Bars(**told)
    except EverygenomeError as error:
        line.wrong(f"is no bar: {error.what.rstrip('.')}", error.remedy)


def of_source(source: Source) -> str:
    """Where and when the list was asked."""
    return as_text(
        {
            "frequencies": source.title,
            "version": source.version,
            "build": source.build,
            "settings": source.settings,
            "groups": list(source.groups),
            "files": [{"name": name, "sha256": told} for name, told in source.files.items()],
            "day": source.day,
            "made_with": source.made_with,
        }
    )


def source_of_line(line: Line) -> Source:
    """The source.

    Raises:
        InputError: a field is none.
    """
    line.only("frequencies", "version", "build", "settings", "groups", "files", "day", "made_with")
    files = line.held.get("files", [])
    if not isinstance(files, list) or not all(
        isinstance(one, dict)
        and set(one) == {"name", "sha256"}
        and all(isinstance(text, str) and text.isprintable() for text in one.values())
        for one in files
    ):
        line.wrong("has files that are not understood", "Each has a name and a sha256.")
    return Source(
        title=line.text("frequencies", needed=True),
        version=line.text("version"),
        build=line.one_of("build", Build).value,
        settings=line.text("settings"),
        groups=line.texts("groups"),
        files={one["name"]: one["sha256"] for one in files},
        day=line.text("day"),
        made_with=line.text("made_with"),
    )


def of_variant(one: Watched) -> str:
    """A variant, with all four fields: whoever edits the file sees what there is."""
    return as_text(
        {
            "variant": one.place,
            "name": one.name,
            "gene": one.gene,
            "hgvs_c": one.hgvs_c,
            "note": one.note,
        }
    )


def variant_of(line: Line) -> Watched:
    """A variant.

    Raises:
        InputError: its place is none.
    """
    line.only("variant", "name", "gene", "hgvs_c", "note")
    place = line.text("variant", needed=True)
    try:
        found = typed(place)
    except EverygenomeError:
        found = None
    # By its place a variant is known: one written in two ways would be two.
    usual = _place(found) if found else ""
    if usual != place:
        line.wrong(
            f"names a variant {place[:60]!r}",
            f"Write it as {usual[:200] or '1-55051215-G-GA'}, also where something is said of it; "
            "`variants watch add` understands other forms.",
        )
    return Watched(
        place=place,
        name=line.text("name"),
        gene=line.text("gene"),
        hgvs_c=line.text("hgvs_c"),
        note=line.text("note"),
    )


def _place(one: Typed) -> str:
    """As a list has it: without "chr", in capitals, and trimmed."""
    pos, ref, alt = one.pos, one.ref.upper(), one.alt
    if alt.isalpha():
        pos, ref, alt = trimmed(pos, ref, alt.upper())
    return f"{contig(one.chrom)}-{pos}-{ref}-{alt}"


def of_said(place: str, said: Said) -> Iterator[str]:
    """What was said of a variant: of the whole first, then of each group."""
    whole = {"status": said.status.value, "filters": list(said.filters)}
    yield as_text({"said": place, "group": "", **whole, **_of_told(said.whole)})
    for code, told in said.groups.items():
        yield as_text({"said": place, "group": code, **_of_told(told)})


def said_of(told: Mapping[str, Line]) -> Said:
    """What was said of a variant, from its lines by group.

    Raises:
        InputError: a field is none.
    """
    whole = told[""]
    return Said(
        status=whole.one_of("status", Status),
        filters=whole.texts("filters"),
        whole=_told_of(whole, "status", "filters"),
        groups={code: _told_of(line) for code, line in told.items() if code},
    )


def _of_told(told: Told) -> dict[str, Any]:
    return {
        "verdict": told.verdict.value,
        "criterion": told.criterion,
        "ac": told.ac,
        "an": told.an,
        "faf95": told.faf95,
    }


def _told_of(line: Line, *more: str) -> Told:
    line.only("said", "group", "verdict", "criterion", "ac", "an", "faf95", *more)
    return Told(
        verdict=line.one_of("verdict", Verdict),
        criterion=line.text("criterion"),
        ac=line.count("ac"),
        an=line.count("an"),
        faf95=line.share("faf95"),
    )
