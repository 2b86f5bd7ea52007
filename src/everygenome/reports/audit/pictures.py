"""The pictures of an audit's report."""

from everygenome.audit.capability import POWER, smallest_effect
from everygenome.audit.comparing import Comparison, NoRatio
from everygenome.audit.result import Audit
from everygenome.charts.composition import composition_chart
from everygenome.charts.detectable import detectable_chart
from everygenome.charts.figures import listed_words
from everygenome.charts.ratio import ratio_chart
from everygenome.reports.audit import words
from everygenome.reports.documents.model import Picture

_FREQUENCIES = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5)
_NOTE = (
    "Bar: share of everybody. Line: up to what it would be if all whose group is not recorded were "
    "in this one."
)


def composition_picture(audit: Audit) -> Picture:
    """Who is in the data."""
    name = audit.dimensions[0].name
    rows = [
        {
            "group": row.values[name],
            "is_class": False,
            "share": row.share_of_all,
            "share_min": row.share_of_all,
            "share_max": row.at_most,
            "rows_with_others": row.count or 0,
            "told": _told(audit, row.count, row.hidden, row.share_of_all),
        }
        for row in audit.groups.rows
    ]
    title = "Who is in the data"
    return Picture(
        specification=composition_chart(rows, title="", note=_NOTE),
        title=title,
        alt=f"{title}: " + "; ".join(f"{row['group']}: {row['told']}" for row in rows) + ".",
        caption=f"People by {words.label(name)}, as shares of everybody.",
    )


def ratio_picture(audit: Audit, made: Comparison) -> Picture:
    """Each group beside the reference."""
    rows = [
        {
            "group": row.group,
            "is_class": False,
            "ratio": row.ratio,
            "ratio_low": row.ratio_low,
            "ratio_high": row.ratio_high,
            "share": row.share,
            "reference_share": row.reference_share,
            "hidden": row.no_ratio is NoRatio.HIDDEN,
        }
        for row in made.rows
    ]
    title = _title(made)
    said = "; ".join(f"{row.group}: {words.ratio(row)}" for row in made.rows)
    reference = "" if audit.expected is None else audit.expected.reference.title
    return Picture(
        specification=ratio_chart(rows, title=""),
        title=title,
        alt=f"{title}. {said}.",
        caption=f"Share in the data divided by share in the reference: {reference}.",
    )


def _title(made: Comparison) -> str:
    fewer = [row.group for row in made.rows if words.verdict(row) == "fewer"]
    if not fewer:
        return "No group stands clearly below its share of the reference"
    return f"Fewer than in the reference: {listed_words(fewer, most=4)}"


def _told(audit: Audit, count: int | None, hidden: object, share: float | None) -> str:
    if count is None:
        return words.people(None, hidden, audit.threshold)  # type: ignore[arg-type]
    return f"{count:,}" + ("" if share is None else f" ({words.percent(share)})")


def effects_picture(audit: Audit) -> Picture | None:
    """What each group can find by itself; None where all counts are hidden."""
    assumed = audit.assumed
    curves = {
        one.group: [
            (
                frequency,
                smallest_effect(
                    one.people, frequency, alpha=assumed.alpha, imputation_r2=one.imputation_r2
                ),
            )
            for frequency in _FREQUENCIES
        ]
        for one in audit.capabilities
        if one.people
    }
    if not curves:
        return None
    title = "The smallest effect that each group can find by itself"
    at = _FREQUENCIES[-1]
    said = "; ".join(f"{group}: {line[-1][1]:.2g}" for group, line in curves.items())
    return Picture(
        specification=detectable_chart(curves, title=""),
        title=title,
        alt=f"{title}. At a frequency of {at:.0%}, in standard deviations: {said}.",
        caption=f"Effect of one allele, in standard deviations of a trait measured as a number, "
        f"found with a power of {POWER:.0%} at {assumed.alpha:g}, by frequency of the allele.",
    )
