"""Variants in a terminal: wide, narrow, and with names that want more than to be read."""

from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from everygenome.reports.terminal.variants import show_evidence
from everygenome.reports.variants.files import write_evidence
from everygenome.reports.variants.words import UNSURE
from tests.factories import evidence as made

HOSTILE = "[red]\x1b[31m\x07[/red]\u202e"


def printed(given, width=100):
    console = Console(file=StringIO(), width=width, force_terminal=True, color_system="truecolor")
    console.print(show_evidence(given))
    return console.file.getvalue()


def plain(given, width):
    console = Console(file=StringIO(), width=width)
    console.print(show_evidence(given))
    return console.file.getvalue()


@pytest.mark.parametrize("width", [34, 77, 80, 103, 110, 126, 160])
@pytest.mark.parametrize("kind", ["one", "unknown", "x", "list", "file"])
def test_it_fits_and_no_number_is_cut(width, kind):
    given = {
        "one": made.evidence(made.tnni3()),
        "unknown": made.evidence(made.unknown()),
        "x": made.evidence(made.x_linked()),
        "list": made.evidence(made.tnni3(), made.not_seen(), made.unknown()),
        "file": made.evidence(made.tnni3(), summary=made.summary()),
    }[kind]
    told = plain(given, width)
    assert max(map(len, told.splitlines())) <= width
    assert "…" not in told
    if kind in ("one", "x"):
        # A number that is cut at the edge would be another number.
        groups = given.variants[0].groups
        assert all(f"{one.needed:,}" in told for one in groups if one.verdict in UNSURE)
        assert all(f"{one.an:,}" in told for one in groups)
        assert "Seen" in told or width < 126
    assert "nan" not in told
    assert "None" not in told


def test_one_variant_says_verdict_first_and_all_counts():
    told = plain(made.evidence(made.tnni3()), 130)
    lines = told.splitlines()
    assert lines[0] == "19-55667607-G-A (TNNI3)"
    assert lines[2].startswith("Common in African/African American: the frequency is at least 2.1%")
    row = next(line for line in lines if line.startswith("European (Finnish)"))
    assert row.split() == [
        *("European", "(Finnish)", "not", "evaluable", "49,302", "0", "25,592", "up", "to"),
        *("0.012%", "0–0.015%", "0%", "0", "64%"),
    ]
    assert "PM2 (supporting) cannot be given for" in told


def test_a_narrow_terminal_has_two_lines_for_each_group():
    told = plain(made.evidence(made.tnni3()), 60)
    assert "South Asian: not evaluable\n  1 of 30,576, 0.0033%; 44,318 more needed" in told


def test_a_file_leads_with_its_number():
    told = plain(made.evidence(summary=made.summary()), 100)
    assert "8,950 of 10,000 variants pass a plain rarity filter in Other" in told
    assert "spanning deletion (*)" in told


@pytest.mark.parametrize("width", [40, 120])
def test_nothing_from_a_file_steers_the_terminal(width):
    group = replace(made.judged("afr", 3, 20_000), label=HOSTILE, flags=(HOSTILE,))
    one = replace(
        made.tnni3(), name=HOSTILE, gene=HOSTILE, flags=(HOSTILE,), filters=(HOSTILE,),
        groups=(group,),
    )  # fmt: skip
    source = replace(made.SOURCE, name=HOSTILE, notes=(HOSTILE,))
    summary = replace(made.summary(), classes={HOSTILE: 3})
    for given in (
        made.evidence(one, source=source),
        made.evidence(one, one, name=HOSTILE, source=source),
        made.evidence(one, name=HOSTILE, summary=summary),
    ):
        told = printed(given, width)
        assert "\x1b[31m" not in told
        assert not {"\x07", "\u202e"} & set(told)
        assert "red]" in told


def test_the_screen_takes_a_table(capsys):
    assert list(write_evidence(made.evidence(made.tnni3()), (), None)) == []
    assert "19-55667607-G-A (TNNI3)" in capsys.readouterr().out
