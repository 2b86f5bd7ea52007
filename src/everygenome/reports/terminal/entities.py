"""Print what became of stated names, and of decisions about them."""

from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from everygenome.pipeline.reviews import Kept
from everygenome.queries.answer import ReleaseLabel
from everygenome.queries.stated_names import StatedNames
from everygenome.reports.terminal.cells import number, table_of
from everygenome.vocabulary.entities.audit import Audit
from everygenome.vocabulary.entities.near import StatedName
from everygenome.vocabulary.entities.resolve import Names

_SHOWN = 40
_LONGEST = 80
NEXT = {
    "funder": "everygenome sync --from current",
    "cohort": "everygenome sync --from FOLDER, with the catalogue's files of the release",
}


def audit_dict(
    found: Audit, names: Names, stated: StatedNames, *, release: ReleaseLabel
) -> dict[str, Any]:
    """An audit ready for JSON, with nothing left out."""
    return {
        "kind": stated.kind,
        "release": release.id,
        "demonstration": release.demonstration,
        "names": len(stated.publications),
        "merged": [
            {
                "id": one.entity.id,
                "name": one.entity.name,
                "level": one.entity.level or None,
                "parent": one.entity.parent,
                "source": one.entity.source,
                "names": [_name(name) for name in one.names],
            }
            for one in found.merged
        ],
        "own": [_name(name) for name in found.own],
        "near": [
            {
                "first": _name(pair.first),
                "second": _name(pair.second),
                "similarity": pair.similarity,
                "why": pair.why,
            }
            for pair in found.near
        ],
        "by_code": [
            {
                "stated": text,
                "country": country,
                "code": code,
                "publications": count,
                "id": entity,
            }
            for text, country, code, count, entity in by_code(names, stated)
        ],
        "nobody": [
            {"stated": text, "country": country, "publications": stated.publications[text, country]}
            for text, country in found.nobody
        ],
    }


def by_code(names: Names, stated: StatedNames) -> list[tuple[str, str | None, str, int, str]]:
    """Names that say nobody, beside a code that says who is meant."""
    listed = []
    for (text, country, code), count in stated.codes.items():
        if names.resolve(text, country=country) is not None:
            continue
        found = names.resolve(text, country=country, acronym=code)
        if found is not None:
            listed.append((text, country, code, count, found.entity.id))
    return listed


def audit_table(
    found: Audit, names: Names, stated: StatedNames, *, release: ReleaseLabel, top: int
) -> RenderableType:
    """What was merged, what was not, and pairs for a person to look at."""
    several = [one for one in found.merged if len(one.names) > 1]
    head = Text(
        f"{number(len(stated.publications))} names of {stated.kind}s are stated in the release "
        f"{release.id}{' (demonstration data, not real)' if release.demonstration else ''}: "
        f"{sum(len(one.names) for one in found.merged):,} are read as {len(found.merged):,} "
        f"reviewed {stated.kind}s, {len(found.own):,} stand for themselves, and "
        f"{len(found.nobody):,} name nobody.",
        style="bold",
    )
    merged = table_of("Merged", "Name as stated", "Country", "How", "Publications")
    for column in merged.columns[1:4]:
        column.justify, column.no_wrap = "left", False
    for one in several:
        for place, name in enumerate(one.names):
            merged.add_row(Text("" if place else one.entity.name), *_cells(name))
    own = table_of("Not merged: name as stated", "Country", "Publications")
    own.columns[1].justify = "left"
    for name in found.own[:_SHOWN]:
        own.add_row(Text(_cut(name.stated)), Text(name.country or ""), number(name.publications))
    near = table_of("Look alike", "and", "Means", "and", "Alike in", "Of 1")
    for column in near.columns[:5]:
        column.justify, column.no_wrap = "left", False
    for pair in found.near:
        near.add_row(
            *map(Text, (_cut(pair.first.stated), _cut(pair.second.stated))),
            *map(Text, (pair.first.entity_id, pair.second.entity_id, pair.why)),
            f"{pair.similarity:.2f}",
        )
    parts: list[RenderableType] = [head, Text(""), merged if several else Text("None was merged.")]
    alone = len(found.merged) - len(several)
    if alone:
        parts.append(
            Text(f"and {alone:,} reviewed under one name each; --format json has them", style="dim")
        )
    parts += [Text(""), own if found.own else Text("Every name was reviewed.")]
    if len(found.own) > _SHOWN:
        rest = len(found.own) - _SHOWN
        parts.append(Text(f"and {rest:,} more; --format json has them all", style="dim"))
    if coded := by_code(names, stated):
        told = "; ".join(f"{code} as {entity} ({count:,})" for _, _, code, count, entity in coded)
        parts += [Text(""), Text(f"Without a name, read by the agency's code: {told}.")]
    if found.near:
        parts += [Text(""), near]
    else:
        parts += [Text(""), Text(f"Among the {top} names with most publications, none look alike.")]
    parts.append(
        Text(
            "Names that look alike are for a person to decide, and were not put together: "
            f"everygenome entities review --kind {stated.kind}",
            style="dim",
        )
    )
    return Group(*parts)


def kept_text(kept: Kept, *, kind: str) -> str:
    """What became of decisions, which of them replaced an earlier one, and what to run next.

    Plain lines: a command that is broken over two cannot be copied.
    """
    added = f"{kept.added:,} new decision{'' if kept.added == 1 else 's'}"
    lines = [
        f"{added}, {len(kept.replaced):,} in the place of an earlier one, {kept.repeated:,} as "
        f"before. The store now holds {kept.total:,}, in {kept.path}."
    ]
    for stated, country, before, now in kept.replaced:
        place = f" ({country})" if country else ""
        lines.append(f"{stated}{place} meant {before}, and now means {now}.")
    lines.append(f"Releases that are there keep to the old names. To use them, run: {NEXT[kind]}")
    return "\n".join(lines)


def _cells(name: StatedName) -> tuple[Text, ...]:
    # As it is stated: no mark in a name is taken for markup.
    country = name.country or ""
    return tuple(map(Text, (_cut(name.stated), country, name.how, number(name.publications))))


def _cut(text: str) -> str:
    """A name where room is short; JSON has it whole."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _name(name: StatedName) -> dict[str, Any]:
    return {
        "stated": name.stated,
        "country": name.country,
        "publications": name.publications,
        "how": name.how,
        "id": name.entity_id,
    }
