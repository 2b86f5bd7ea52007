"""The tables of an award's report."""

from collections.abc import Iterable
from typing import Any

from everygenome.charts.figures import listed_words
from everygenome.queries.answer import Answer
from everygenome.queries.award import STAGES, Award
from everygenome.reports.documents.model import Grid
from everygenome.reports.portfolio.tables import ratio
from everygenome.reports.terminal.cells import number, share
from everygenome.vocabulary.terms import Stage

NONE = "–"
_COUNTRIES_SHOWN = 6
_SHOWN = 8
# Of the numbers given, and of publications: in a table, and in small print with their studies, or
# by number alone.
_GIVEN_SHOWN, _PUBLICATIONS_FIRST = 10, 6
_PUBLICATIONS_TOLD, _PUBLICATIONS_LISTED, _IN_A_LINE = 20, 150, 25


def given_table(award: Award) -> Grid:
    """Where each number led, those that are not in the release first; no more than fit."""
    lines = _given(award)
    shown = tuple(lines[:_GIVEN_SHOWN])
    left = len(lines) - len(shown)
    return Grid(
        head=("Number given", "Kind", "In this release"),
        rows=shown,
        caption="Every number that was given, and what it leads to. Several can lead to one study."
        + (f" {left:,} more are listed in the small print." if left else ""),
        widths=(26, 20, 54),
    )


def more_given(award: Award) -> tuple[str, ...]:
    """The numbers that have no room in the table, one in a line."""
    return tuple(f"{text} ({kind}): {led}" for text, kind, led in _given(award)[_GIVEN_SHOWN:])


def _given(award: Award) -> list[tuple[str, str, str]]:
    lines = [
        (one.text, _KINDS[one.kind], "not in this release" + _near(one.near))
        for one in award.not_found
    ]
    for kind, name in _KINDS.items():
        found = [one for one in award.given if one.found and one.kind == kind]
        lines += [
            (one.text, name, _many(one.studies, one.publications) + _near(one.near))
            for one in found
        ]
    return lines


def many(award: Award) -> bool:
    """Whether the publications would fill too much of a page as a table."""
    return len(award.publications) > _PUBLICATIONS_FIRST


def publications_table(award: Award) -> Grid:
    """The publications found, with their studies."""
    return Grid(
        head=("PubMed", "Publication", "Studies of the award"),
        rows=tuple(
            (paper["number"] or NONE, paper["name"], _listed(paper["studies"]))
            for paper in award.publications
        ),
        caption="The award's studies that are in the catalogue.",
    )


def publications_listed(award: Award) -> tuple[str, ...]:
    """The publications in small print: with their studies, or, if they are many, by number."""
    papers = award.publications
    if len(papers) <= _PUBLICATIONS_TOLD:
        return tuple(
            f"{paper['number'] or NONE} {paper['name']}: {_listed(paper['studies'], most=3)}"
            for paper in papers
        )
    told = [paper["number"] or paper["name"] for paper in papers]
    lines = [
        ", ".join(told[at : at + _IN_A_LINE]) + "."
        for at in range(0, min(len(told), _PUBLICATIONS_LISTED), _IN_A_LINE)
    ]
    left = len(told) - _PUBLICATIONS_LISTED
    more = (f"And {left:,} more, found by the same numbers.",) if left > 0 else ()
    return ("By PubMed number.", *lines, *more)


def who_table(award: Award) -> Grid:
    """Who took part, stages apart, with the field beside it."""
    rows: list[tuple[str, ...]] = []
    quiet: set[int] = set()
    found = {stage: _by_group(award.own.get(stage)) for stage in STAGES}
    field = _by_group(award.field.get(Stage.DISCOVERY))
    for group, whole in field.items():
        own = [found[stage].get(group, {}) for stage in STAGES]
        if not any(row.get("rows") for row in own) and not whole.get("rows"):
            continue
        if whole["is_class"]:
            quiet.add(len(rows))
        cells = [
            cell for row in own for cell in (number(row.get("value")), share(row.get("share")))
        ]
        rows.append((group, *cells, share(whole["share"])))
    return Grid(
        head=("Group", "Discovery", "Share", "Replication", "Share", "Field, discovery"),
        rows=tuple(rows),
        caption="Participations and shares by ancestry group as recorded. Shares are of the "
        + (
            "clear records, in which the paler rows without a share do not count."
            if award.question.denominator == "recorded"
            else "records, also of those that do not say who took part."
        ),
        numbers=frozenset(range(1, 6)),
        quiet=frozenset(quiet),
    )


def planned_table(award: Award) -> Grid:
    """What was planned beside what is recorded, in the stages that have a plan."""
    all_rows = award.planned or ()
    stages = {row["stage"] for row in all_rows if row["planned"]}
    planned = [row for row in all_rows if row["stage"] in stages or not stages]
    left = sorted({row["stage"] for row in all_rows} - {row["stage"] for row in planned})
    caption = "Planned participants and recorded participations."
    if left:
        caption += f" Nothing was planned for {listed_words(left)}: what is recorded stands above."
    return Grid(
        head=("Stage", "Group", "Planned", "Of the plan", "Recorded", "Of the recorded"),
        rows=tuple(
            (
                row["stage"].capitalize(),
                row["group"],
                number(row["planned"]),
                share(row["planned_share"]),
                number(row["achieved"]),
                share(row["achieved_share"]),
            )
            for row in planned
        ),
        caption=caption,
        numbers=frozenset({2, 3, 4, 5}),
        quiet=frozenset(at for at, row in enumerate(planned) if row["is_class"]),
    )


def compared_table(award: Award) -> Grid:
    """Like for like, with the plain figures beside it; what neither side has is left out."""
    own = _by_group(award.own[Stage.DISCOVERY])
    field = _by_group(award.field[Stage.DISCOVERY])
    rows = [row for row in award.compared.rows if row["observed_share"] or row["expected_share"]]
    return Grid(
        head=("Group", "Award", "Field", "Award*", "Expected*", "Ratio*", "95% interval"),
        rows=tuple(
            (
                row["group"],
                share(own[row["group"]]["share"]),
                share(field[row["group"]]["share"]),
                share(row["observed_share"]),
                share(row["expected_share"]),
                ratio(row["ratio"]),
                NONE
                if None in (row["ratio_low"], row["ratio_high"])
                else f"{ratio(row['ratio_low'])} to {ratio(row['ratio_high'])}",
            )
            for row in rows
        ),
        caption="Discovery. Plain shares, and (*) those like for like: subjects and years weigh "
        "as much as both did in them. No interval (–) where fewer than ten publications have the "
        "group.",
        numbers=frozenset(range(1, 7)),
        quiet=frozenset(at for at, row in enumerate(rows) if own[row["group"]]["is_class"]),
    )


def countries_table(found: Answer) -> Grid:
    """Where people were recruited, the largest first."""
    places = [row for row in found.rows if row["iso3"]]
    rest = [row for row in found.rows if not row["iso3"]]
    lines = [_place(row) for row in places[:_COUNTRIES_SHOWN]]
    if len(places) > _COUNTRIES_SHOWN:
        more = places[_COUNTRIES_SHOWN:]
        lines.append(
            (
                f"{len(more)} more countries",
                number(sum(row["value"] or 0 for row in more)),
                share(sum(row["share_of_all"] or 0 for row in more)),
            )
        )
    quiet = frozenset(range(len(lines), len(lines) + len(rest)))
    return Grid(
        head=("Country of recruitment", "Participations", "Of all"),
        rows=(*lines, *(_place(row) for row in rest)),
        caption="Both stages together; a record that names several countries counts for none.",
        numbers=frozenset({1, 2}),
        quiet=quiet,
    )


_KINDS = {"grant": "grant", "publication": "PubMed number", "study": "accession"}


def _near(near: Iterable[str]) -> str:
    listed = list(near)
    return f"; near and not taken for it: {', '.join(listed[:_SHOWN])}" if listed else ""


def _many(studies: tuple[str, ...], publications: tuple[str, ...]) -> str:
    told = f"{len(studies):,} stud{'y' if len(studies) == 1 else 'ies'}"
    papers = len(publications)
    return f"{told} in {papers:,} publication{'' if papers == 1 else 's'}" if papers else told


def _listed(names: tuple[str, ...], *, most: int = _SHOWN) -> str:
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def _by_group(found: Answer | None) -> dict[str, dict[str, Any]]:
    return {} if found is None else {row["group"]: row for row in found.rows}


def _place(row: dict[str, Any]) -> tuple[str, str, str]:
    return (row["name"], number(row["value"]), share(row["share_of_all"]))
