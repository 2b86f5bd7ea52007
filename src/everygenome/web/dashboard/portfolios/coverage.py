"""How much is known of who is linked to what: in a sentence, before any list."""

from typing import Any

from everygenome.charts.rows import percent
from everygenome.errors import UsageError
from everygenome.queries.answer import Answer
from everygenome.queries.release import Release
from everygenome.web.dashboard.figures.figure import choices
from everygenome.web.site.state import View


def coverage_sentence(release: Release, view: View, kind: str, answer: Answer) -> str:
    """What part of the selection the entities of a kind are known for.

    Args:
        release: the release.
        view: the choices.
        kind: funder, cohort, journal or country.
        answer: the portfolios of that kind under the choices.
    """
    if kind == "funder":
        return grants_sentence(answer.coverage["grants"])
    if kind == "country":
        return _countries_sentence(release, view)
    if kind == "cohort":
        return (
            "Cohorts are known as far as the records name them; a study that names none is "
            "left out here, and may have used one all the same."
        )
    return "Each publication has one journal, under the name that the catalogue writes."


def grants_sentence(grants: dict[str, Any]) -> str:
    """How many publications name a funder; the others are not called unfunded.

    Example:
        >>> grants_sentence({"publications": 10, "naming_a_funder": 7, "with_grants": 8,
        ...     "without_grants": 1, "not_returned": 1, "not_asked": 0, "share": 0.7})
        'Of 10 publications selected here, 7 (70.0%) name a funder in the grant lists. The other 3 \
(1 with a list that names none, 1 without a list, 1 not found where the lists are kept) are left \
out. They are not called unfunded: no record says who paid.'
    """
    total, naming = grants["publications"], grants["naming_a_funder"]
    if not total:
        return "No publication fits these choices."
    start = (
        f"Of {total:,} publications selected here, {naming:,} ({percent(grants['share'])}) name "
        "a funder in the grant lists."
    )
    if naming == total:
        return start
    why = [
        f"{number:,} {words}"
        for number, words in (
            (grants["with_grants"] - naming, "with a list that names none"),
            (grants["without_grants"], "without a list"),
            (grants["not_returned"], "not found where the lists are kept"),
            (grants["not_asked"], "not asked for"),
        )
        if number > 0
    ]
    if len(why) == 1:
        why = [why[0].partition(" ")[2]]
    return (
        f"{start} The other {total - naming:,} ({', '.join(why)}) are left out. They are not "
        "called unfunded: no record says who paid."
    )


def _countries_sentence(release: Release, view: View) -> str:
    chosen = choices(view) | {"unit": None, "denominator": None, "reference": None}
    try:
        counted = release.countries(**chosen).coverage["share"]
    except UsageError:
        counted = None
    if counted is None:
        return "Nobody knows what part of all participations names a country."
    return (
        f"This counts {percent(counted)} of all participations; the others name no country, or "
        "several at once, as the choice “Records that name several countries” says."
    )
