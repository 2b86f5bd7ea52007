"""The figures of the monitor, by the name that stands in addresses."""

from everygenome.web.dashboard.figures.comparison import COMPARISON
from everygenome.web.dashboard.figures.composition import COMPOSITION
from everygenome.web.dashboard.figures.concentration import CONCENTRATION
from everygenome.web.dashboard.figures.figure import Figure
from everygenome.web.dashboard.figures.history import HISTORY
from everygenome.web.dashboard.figures.people import PEOPLE
from everygenome.web.dashboard.figures.places import COUNTRIES, MAP
from everygenome.web.dashboard.figures.representation import REPRESENTATION
from everygenome.web.dashboard.figures.studies import STUDIES
from everygenome.web.dashboard.figures.subjects import SUBJECTS
from everygenome.web.dashboard.figures.trend import TREND
from everygenome.web.dashboard.planning.figure import SIMULATE
from everygenome.web.dashboard.portfolios.like_for_like import LIKE_FOR_LIKE
from everygenome.web.dashboard.portfolios.peers import PEERS

FIGURES: dict[str, Figure] = {
    figure.name: figure
    for figure in (
        COMPOSITION,
        TREND,
        HISTORY,
        REPRESENTATION,
        SUBJECTS,
        MAP,
        COUNTRIES,
        STUDIES,
        PEOPLE,
        CONCENTRATION,
        COMPARISON,
        LIKE_FOR_LIKE,
        PEERS,
        SIMULATE,
    )
}
