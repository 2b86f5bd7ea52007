"""The pictures of a report on variants."""

from collections.abc import Collection

from everygenome.charts.evaluable import evaluable_chart
from everygenome.charts.evaluable import told as judged_told
from everygenome.charts.frequencies import frequency_chart
from everygenome.charts.frequencies import told as frequency_told
from everygenome.charts.page import Spec
from everygenome.charts.rows import Row
from everygenome.charts.theme import LIGHT, Theme
from everygenome.reports.documents.model import Picture
from everygenome.reports.variants import amounts, words
from everygenome.variants.result import FileSummary, GroupEvidence, VariantEvidence
from everygenome.variants.verdict import Verdict

EVERYBODY = "Everybody together"
_CAPTION = (
    "Share of chromosomes with the variant, by group. Bars lead from how common it is at least "
    "(FAF95) to how common it is at most, each with 95% confidence: the numbers that verdicts rest "
    "on. Groups are genetic similarity to reference panels."
)
_NO_BAR = frozenset({Verdict.NO_BAR, Verdict.NOT_COMPARED})


def variant_chart(
    variant: VariantEvidence,
    *,
    asked: Collection[str] = (),
    title: str = "",
    theme: Theme = LIGHT,
    narrow: bool = False,
) -> Spec:
    """One variant's frequency by group, as a Vega-Lite specification.

    Args:
        variant: what is known of it.
        asked: groups that the question is about, which are marked.
        title: the finding; a page that writes it itself gives none.
        theme: the ground to draw on.
        narrow: for a telephone.
    """
    return frequency_chart(
        _rows(variant, asked),
        title=title,
        bars=bar_lines(variant),
        theme=theme,
        narrow=narrow,
    )


def frequency_picture(variant: VariantEvidence, asked: Collection[str] = ()) -> Picture:
    """One variant's frequency by group, with its numbers in words."""
    title = f"How common {words.called(variant)} is, by group"
    said = "; ".join(f"{row['group']}: {frequency_told(row)}" for row in _rows(variant, asked))
    lines = "; ".join(told for _, told in bar_lines(variant))
    return Picture(
        specification=variant_chart(variant, asked=asked),
        narrow=variant_chart(variant, asked=asked, narrow=True),
        title=title,
        alt=f"{title}. {said or 'No group is known'}.{f' Lines: {lines}.' if lines else ''}",
        caption=_CAPTION,
    )


def bar_lines(variant: VariantEvidence) -> list[tuple[float, str]]:
    """The bars as lines of a picture, one for each frequency."""
    if variant.bars is None:
        return []
    found: dict[float, list[str]] = {}
    bars = variant.bars
    for value, told in (
        (bars.rare, "rare below (PM2)"),
        (bars.expected, "too common (BS1)"),
        (bars.common, "benign (BA1)"),
    ):
        if value is not None:
            found.setdefault(value, []).append(told)
    return [
        (value, f"{amounts.frequency(value)}: {'; '.join(told)}") for value, told in found.items()
    ]


def evaluable_picture(summary: FileSummary) -> Picture | None:
    """Of how many variants anything can be told, by group; None where no bar was given."""
    rows = [
        {
            "group": group.label or group.group,
            "verdicts": {
                verdict.value: many
                for verdict, many in group.held.items()
                if verdict not in _NO_BAR and many
            },
        }
        for group in summary.groups
    ]
    rows = [row for row in rows if row["verdicts"]]
    if not rows:
        return None
    title = "Of how many variants anything can be told, by group"
    said = "; ".join(f"{row['group']}: {judged_told(row)} ({_counted(row)})" for row in rows)
    return Picture(
        specification=evaluable_chart(rows, title=""),
        narrow=evaluable_chart(rows, title="", narrow=True),
        title=title,
        alt=f"{title}. {said}.",
        caption="Variants that were held against a bar, by verdict in each group. What was held "
        "against none is left out here.",
    )


def _counted(row: Row) -> str:
    return ", ".join(f"{verdict} {many:,}" for verdict, many in row["verdicts"].items())


def _rows(variant: VariantEvidence, asked: Collection[str]) -> list[Row]:
    rows = [_row(group, words.labelled(group, asked)) for group in variant.groups]
    if variant.everybody is not None:
        # Beside the groups, and never a verdict: what is rare in all together may be common in one.
        rows.append({**_row(variant.everybody, EVERYBODY), "verdict": ""})
    return rows


def _row(group: GroupEvidence, name: str) -> Row:
    high = amounts.at_most(group)
    return {
        "group": name,
        "ac": group.ac,
        "an": group.an,
        "af": None if high is None else amounts.known(group.af),
        "low": None if high is None else amounts.known(group.faf95),
        "high": high,
        "verdict": group.verdict.value,
    }
