"""Who takes part, how that compares like for like, and how it has moved."""

from collections.abc import Iterator

from everygenome.charts.figures import listed_words
from everygenome.charts.findings import composition_finding
from everygenome.charts.findings.portfolios import like_for_like_finding, peers_finding
from everygenome.charts.like_for_like import reach, reasons
from everygenome.charts.page import Spec
from everygenome.charts.rows import percent
from everygenome.reports.balanced import balanced
from everygenome.reports.documents.model import (
    Block,
    Heading,
    Paragraph,
    Part,
    Picture,
    SideBySide,
)
from everygenome.reports.portfolio import tables
from everygenome.reports.portfolio.asking import Asked, Row
from everygenome.reports.portfolio.drawings import drawn_composition, drawn_peers, drawn_ratios
from everygenome.reports.portfolio.drawings.peers import MOST as PANELS
from everygenome.reports.portfolio.opening import too_small

_LATE = 5


def compared(asked: Asked) -> Iterator[Block]:
    """The composition, and beside it the comparison with the rest of the field."""
    yield SideBySide((tuple(_who(asked)), tuple(_like_for_like(asked))))
    if not asked.small and asked.compared.rows:
        yield Paragraph(_matched(asked.compared.rows[0]))


def _who(asked: Asked) -> Iterator[Part]:
    rows = asked.composition.rows
    yield Heading("Who takes part")
    yield from _shown(
        drawn_composition(rows),
        title=composition_finding(rows),
        alt=_bars_told(rows),
        caption=f"Participations in {asked.composition.stage} studies, shares of clear records. "
        "Bar: share. Line: lowest and highest that unclear or several-group records allow. "
        f"{_interval(rows)}",
    )


def _interval(rows: list[Row]) -> str:
    """How much the largest share hangs on single publications."""
    named = [row for row in rows if row["share"] and not row["is_class"]]
    if not named:
        return ""
    first = max(named, key=lambda row: row["share"])
    if first["share_low"] is None:
        return "Fewer than ten publications contribute, so there is no interval from redrawing."
    return (
        f"95% interval of {first['group']}: {percent(first['share_low'])} to "
        f"{percent(first['share_high'])}. "
        "All in the annex."
    )


def _like_for_like(asked: Asked) -> Iterator[Part]:
    """The comparison with the rest of the field, or why there is none."""
    yield Heading("How that compares, like for like")
    if asked.small:
        yield too_small(asked)
        return
    rows = balanced(asked.compared.rows)
    yield from _shown(
        drawn_ratios(rows),
        title=like_for_like_finding(rows, name=asked.name, minimum=asked.minimum),
        alt=_ratios_told(rows),
        caption="Share here over that of the rest of the field, the portfolio left out; at 1 both "
        "are alike, and equal steps are equal multiples. Filled circle and line: like for like, "
        "in the same subjects, years and stages, with its 95% interval. Hollow diamond: plain, "
        f"whatever was studied.{_more_of_ratios(rows)}",
    )


def _more_of_ratios(rows: list[Row]) -> str:
    """What is to be known of single marks, and of groups that have none."""
    told = ""
    known = [row for row in rows if row["ratio"] is not None]
    if any(row["ratio_high"] and not row["ratio_low"] for row in known):
        told += " Broken line: an interval that leads down to none."
    least, most = reach([row[name] for row in known for name in ("ratio", "crude_ratio")])
    ends = [row[name] for row in known for name in ("ratio_low", "ratio_high") if row[name]]
    if any(not least <= end <= most for end in ends):
        told += " An interval that meets the edge leads further, as its figures say."
    return " ".join((told, *reasons(rows))) if reasons(rows) else told


def moved(asked: Asked) -> Iterator[Block]:
    """The portfolio by year beside its peers."""
    if asked.peers is None:
        return
    yield Heading("How it has moved")
    rows = asked.peers.rows
    shown, left = _largest(rows)
    caption = (
        "By year of publication, each year compared on its own. Solid line with marks: the "
        "portfolio; shaded, where known, its 95% interval. Broken line: expected, as the rest of "
        "the field has in the same subjects, years and stages. Ring: none in that year. Each panel "
        "has a scale of its own; the figures above it are of its newest year. "
    )
    if left:
        caption += f"Not drawn: {listed_words(left, most=20)}. "
    yield from _shown(
        drawn_peers(shown),
        title=peers_finding(rows, name=asked.name),
        alt=_lines_told(shown),
        caption=f"{caption}The figures of every year and group are in the data of the measure "
        "`peers`, and in the CSV file of the portfolio’s page.",
    )


def _largest(rows: list[Row]) -> tuple[list[Row], list[str]]:
    """Rows of the groups that are largest of late, here or expected; and the other groups.

    More panels than fit a page would show less. What several groups share is no group.
    """
    last = max((row["year"] for row in rows), default=0)
    most: dict[str, float] = {}
    for row in rows:
        both = (row["observed_share"] or 0.0) + (row["expected_share"] or 0.0)
        late = row["year"] > last - _LATE and not row["is_class"]
        most[row["group"]] = most.get(row["group"], 0.0) + (both if late else 0.0)
    ranked = sorted((group for group in most if most[group]), key=lambda group: -most[group])
    kept = set(ranked[:PANELS])
    return [row for row in rows if row["group"] in kept], [g for g in most if g not in kept]


def _matched(row: Row) -> str:
    """How much could be compared, and by what."""
    if not row["matched_share"]:
        return "None of its participations have other studies of the same subject to stand beside."
    told = (
        f"{percent(row['matched_share'])} of its participations could be compared: "
        f"{percent(row['trait_share'])} with studies of just the same trait, year and stage, "
        f"{percent(row['parent_share'])} with studies of the same broader subject"
    )
    if row["unmapped_share"]:
        told += f", {percent(row['unmapped_share'])} among studies whose trait has no term"
    return f"{told}."


def _shown(specification: Spec | None, *, title: str, alt: str, caption: str) -> Iterator[Part]:
    """A chart; where there is nothing to draw, its finding in words."""
    if specification is None:
        yield Paragraph(f"{title}. That is not a share of zero.")
        return
    yield Picture(specification=specification, title=f"{title}.", alt=alt, caption=caption.strip())


def _bars_told(rows: list[Row]) -> str:
    """The chart for whoever cannot see it."""
    named = [f"{row['group']} {percent(row['share'])}" for row in rows if row["share"] is not None]
    return f"A bar for each group. {', '.join(named) or 'No group has a share'}."


def _ratios_told(rows: list[Row]) -> str:
    known = [row for row in rows if row["ratio"] is not None]
    told = ", ".join(f"{row['group']} {tables.ratio(row['ratio'])}" for row in known)
    return (
        "A point for each group on a scale where 1 is as in the rest of the field, like for like. "
        f"{told or 'No group has a ratio'}."
    )


def _lines_told(rows: list[Row]) -> str:
    groups = list(dict.fromkeys(row["group"] for row in rows))
    years = sorted({row["year"] for row in rows})
    if not groups:
        return "No group has a line."
    return (
        f"A panel for each of {listed_words(groups, most=20)}: the share by year, {years[0]} to "
        f"{years[-1]}, beside what is expected."
    )
