"""The pages of the monitor, in the order of the list of views."""

from everygenome.web.dashboard.pages.about import ABOUT
from everygenome.web.dashboard.pages.compare import COMPARE
from everygenome.web.dashboard.pages.gaps import GAPS
from everygenome.web.dashboard.pages.groups import GROUP
from everygenome.web.dashboard.pages.method import METHOD
from everygenome.web.dashboard.pages.overview import OVERVIEW
from everygenome.web.dashboard.pages.page import Page
from everygenome.web.dashboard.pages.simple import SIMPLE
from everygenome.web.dashboard.pages.studies import STUDY, STUDY_LIST
from everygenome.web.dashboard.pages.traits import TRAIT, TRAITS
from everygenome.web.dashboard.planning.award import AWARD
from everygenome.web.dashboard.planning.simulator import SIMULATOR
from everygenome.web.dashboard.portfolios.directories import DIRECTORIES
from everygenome.web.dashboard.portfolios.entity import ENTITIES
from everygenome.web.dashboard.portfolios.overview import OVERVIEW as PORTFOLIOS
from everygenome.web.dashboard.portfolios.replying import REPLY

PAGES: tuple[Page, ...] = (
    OVERVIEW,
    *SIMPLE,
    TRAITS,
    TRAIT,
    STUDY_LIST,
    STUDY,
    GAPS,
    COMPARE,
    PORTFOLIOS,
    *DIRECTORIES,
    *ENTITIES,
    SIMULATOR,
    AWARD,
    GROUP,
    *ABOUT,
    REPLY,
    *METHOD,
)
