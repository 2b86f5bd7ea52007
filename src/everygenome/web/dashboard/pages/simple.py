"""Pages that are a heading, the controls and one figure or two."""

from everygenome.web.dashboard.controls import EVERY
from everygenome.web.dashboard.figures.composition import COMPOSITION
from everygenome.web.dashboard.figures.concentration import CONCENTRATION
from everygenome.web.dashboard.figures.history import HISTORY
from everygenome.web.dashboard.figures.people import PEOPLE
from everygenome.web.dashboard.figures.places import COUNTRIES, MAP
from everygenome.web.dashboard.figures.representation import REPRESENTATION
from everygenome.web.dashboard.figures.subjects import SUBJECTS
from everygenome.web.dashboard.figures.trend import TREND
from everygenome.web.dashboard.pages.page import Page


def _but(*names: str) -> tuple[str, ...]:
    return tuple(name for name in EVERY if name not in names)


SIMPLE = (
    Page(
        name="composition",
        path="/composition/",
        link="Groups",
        title="Which groups take part?",
        lead="The share of each group, and how far the unclear records could change it. Choose a "
        "group in the table to see what lies beneath it: its categories, the populations that "
        "were stated, and the countries.",
        figures=(COMPOSITION,),
        controls=_but("reference"),
    ),
    Page(
        name="trend",
        path="/trend/",
        link="Over time",
        title="Is it changing?",
        lead="By year of publication, seen with today’s records. What the catalogue showed at the "
        "time was different: see “As released”.",
        figures=(TREND,),
        controls=_but("reference"),
    ),
    Page(
        name="history",
        path="/history/",
        link="As released",
        title="What did each release say at the time?",
        lead="The catalogue goes on adding studies, old ones too. Here is what each release said "
        "on its day, beside what the newest says of the same years.",
        figures=(HISTORY,),
        controls=("unit", "stage", "denominator", "scheme"),
    ),
    Page(
        name="representation",
        path="/representation/",
        link="Against populations",
        title="Who is missing, compared with a population?",
        lead="A share says little without something to compare it with. Here each group’s share "
        "of the records stands beside its share of a population.",
        figures=(REPRESENTATION,),
    ),
    Page(
        name="subjects",
        path="/subjects/",
        link="Subjects",
        title="Who takes part in studies of what?",
        lead="Choose a subject to see its traits and diseases, and a trait to see its page.",
        figures=(SUBJECTS,),
        controls=_but("reference"),
    ),
    Page(
        name="map",
        path="/map/",
        link="Map",
        title="Where are people recruited?",
        lead="Many records name several countries, or none. How those are counted changes the "
        "picture, so you can choose, and how much is counted is always in sight.",
        figures=(MAP, COUNTRIES),
        controls=_but("reference"),
    ),
    Page(
        name="people",
        path="/people/",
        link="People",
        title="How many people is that?",
        lead="The same person can be counted in many studies. Nobody knows how many different "
        "people there are; but there is a number that can be proved, and one that is too high.",
        figures=(PEOPLE,),
        controls=_but("unit", "denominator", "reference"),
    ),
    Page(
        name="concentration",
        path="/concentration/",
        link="Concentration",
        title="How much hangs on a few?",
        lead="A handful of publications, cohorts and countries hold much of what is counted.",
        figures=(CONCENTRATION,),
        controls=_but("unit", "denominator", "reference"),
    ),
)
