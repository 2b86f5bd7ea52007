"""What the badges say: numbers of the whole field, and of nothing smaller.

There is no badge for a selection. A picture of a portfolio's, a country's or a subject's mix
would be shown far from its caveats, as praise or blame; a page can hold the caveats, 20 pixels
cannot.
"""

from collections.abc import Callable
from dataclasses import dataclass

from everygenome.charts.figures import number
from everygenome.charts.rows import percent
from everygenome.queries.answer import Answer
from everygenome.queries.release import Release
from everygenome.vocabulary.schemes import BROAD
from everygenome.web.site.templatetags.figures import day

USUAL_GROUP = "European"
GROUPS = BROAD.groups


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a badge.

    Attributes:
        label: what the number is.
        value: the number.
        title: the whole sentence, without a full stop.
    """

    label: str
    value: str
    title: str


def release_date(release: Release) -> Said:
    """The date of the release."""
    date = day(release.label.date)
    return Said("GWAS Catalog release", date, f"Numbers from the GWAS Catalog as of {date}")


def _counted(unit: str, meaning: str) -> Callable[[Release], Said]:
    def said(release: Release) -> Said:
        values = {row["id"]: row["value"] for row in release.summary().rows}
        value = number(values.get(unit))
        return Said(f"GWAS {unit}", value, f"{value} {meaning}, discovery stage, {_dated(release)}")

    return said


def share(release: Release, group: str) -> Said:
    """The share of a group among clear records, alone, in the discovery stage.

    Raises:
        NotFoundError: the release lacks its ancestry file.
    """
    answer: Answer = release.composition()
    value = percent(next(row["share"] for row in answer.rows if row["group"] == group))
    return Said(
        f"{group}, of GWAS participations",
        value,
        f"{value} of participations that say clearly who took part are recorded as {group} "
        f"alone, discovery stage, {_dated(release)}",
    )


NUMBERS: dict[str, Callable[[Release], Said]] = {
    "release": release_date,
    "participations": _counted(
        "participations", "uses of one person’s data in a genome-wide association study"
    ),
    "studies": _counted("studies", "genome-wide association studies"),
    "publications": _counted("publications", "publications of genome-wide association studies"),
}


def _dated(release: Release) -> str:
    return f"GWAS Catalog as of {day(release.label.date)}"
