"""What the first page says of a release, all of it from `queries`."""

from typing import Any

from everygenome.charts.rows import by_year, groups_with_shares
from everygenome.queries.answer import Answer, Note
from everygenome.queries.release import Release
from everygenome.vocabulary import meanings
from everygenome.vocabulary.caveats import CAVEATS
from everygenome.vocabulary.schemes import MULTIPLE_GROUP
from everygenome.vocabulary.terms import CountryRule, Denominator, Rule, Stage, Unit
from everygenome.web.site import words

TOP = 10
# From this share on, records of several groups at once are told beside the headline.
_MANY = 0.05


def first_view(release: Release) -> dict[str, Any]:
    """Figures, sentences, tables and caveats of the first page.

    Raises:
        NotFoundError: the release lacks a file without which this cannot be said.
    """
    summary = release.summary()
    composition = release.composition()
    trend = release.trend()
    people = release.people()
    concentration = release.concentration(top=TOP)
    answers = (summary, composition, trend, people, concentration)
    values = {row["id"]: row["value"] for row in summary.rows}
    return {
        "caption": summary.caption,
        "figures": {unit.value: values.get(unit.value) for unit in Unit},
        "headline": _headline(composition),
        "excluded_share": summary.coverage.get("excluded_share"),
        "largest_publications": _largest_publications(concentration),
        "people": next((r for r in people.rows if r["group"] == "Everyone"), None),
        "countries": _countries(summary),
        "country_rule": meanings.COUNTRY_RULES[CountryRule.SINGLE],
        "composition": composition,
        "composition_finding": words.composition_finding(composition.rows),
        "trend": _by_year_table(trend),
        "trend_finding": words.trend_finding(trend.rows),
        "counted": _counted(composition),
        "notes": _notes(answers),
        "said": {note.id: note.text for answer in answers for note in answer.caveats},
    }


def _headline(composition: Answer) -> dict[str, Any] | None:
    """The largest named group, or None where no record names one."""
    named = [row for row in composition.rows if row["share"] and not row["is_class"]]
    if not named:
        return None
    row = max(named, key=lambda item: item["share"])
    return {
        "group": row["group"],
        "described": words.described(row["group"]),
        "of_hundred": words.of_hundred(row["share"]),
        "share": row["share"],
        "share_min": row["share_min"],
        "share_max": row["share_max"],
        "several": _several(composition),
    }


def _several(composition: Answer) -> str | None:
    """How many of 100 stand in records of several groups at once, where that is many."""
    share = next((r["share"] for r in composition.rows if r["group"] == MULTIPLE_GROUP), None)
    return words.of_hundred(share) if share and share >= _MANY else None


def _largest_publications(concentration: Answer) -> dict[str, str] | None:
    rows = [row for row in concentration.rows if row["kind"] == "publication"]
    if not rows or rows[-1]["cumulative_share"] is None:
        return None
    one = len(rows) == 1
    return {
        "count": f"{words.counting_word(len(rows))} publication{'' if one else 's'} alone "
        f"{'makes' if one else 'make'}",
        "of_hundred": words.of_hundred(rows[-1]["cumulative_share"]),
    }


def _countries(summary: Answer) -> list[dict[str, Any]]:
    return [
        {"name": row["label"].removeprefix("Recruited in "), "share": row["value"]}
        for row in summary.rows
        if row["id"].startswith("country:")
    ]


def _by_year_table(trend: Answer) -> dict[str, Any]:
    """Years downwards, groups across; a gap stays a gap."""
    rows = trend.rows
    groups = groups_with_shares(rows)
    lines = {group: by_year(rows, group) for group in groups}
    base = {row["year"]: row["denominator_value"] for row in rows}
    years = [item["year"] for item in lines[groups[0]]] if groups else []
    return {
        "groups": groups,
        "years": [
            {
                "year": year,
                "base": base.get(year),
                "cells": [lines[group][place] for group in groups],
            }
            for place, year in enumerate(years)
        ],
    }


def _counted(answer: Answer) -> list[tuple[str, str, str]]:
    """Term, choice and meaning of everything that the numbers depend on."""
    return [
        ("Unit", answer.unit, Unit(answer.unit).meaning),
        ("Stage", answer.stage, meanings.STAGES[Stage(answer.stage)]),
        ("Denominator", answer.denominator, meanings.DENOMINATORS[Denominator(answer.denominator)]),
        ("Rule", answer.rule, meanings.RULES[Rule(answer.rule)]),
        ("Grouping", answer.scheme, meanings.SCHEMES[answer.scheme]),
    ]


def _notes(answers: tuple[Answer, ...]) -> list[dict[str, str]]:
    """Every caveat that applies to the page, once, for the public and for experts."""
    found: dict[str, Note] = {}
    for answer in answers:
        for note in answer.caveats:
            found.setdefault(note.id, note)
    return [
        {"id": note.id, "text": note.text, "expert": CAVEATS[note.id].expert}
        for note in found.values()
    ]
