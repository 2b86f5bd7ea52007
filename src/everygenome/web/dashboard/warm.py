"""Prepare what the first visitor asks for."""

import logging
from dataclasses import replace

from django.test import RequestFactory

from everygenome.queries.question import Question
from everygenome.web.dashboard.pages.overview import OVERVIEW
from everygenome.web.dashboard.pages.page import Asked, prepared
from everygenome.web.dashboard.pictures import picture
from everygenome.web.dashboard.portfolios.replying import tell_faults
from everygenome.web.site.releases import SHELF
from everygenome.web.site.state import View


def warm() -> None:
    """Open the current release, ask what the first page asks, and draw its pictures."""
    try:
        tell_faults()
        listed = SHELF.listed()
        if listed.current is None:
            return
        release = SHELF.open(listed.current)
        view = View(release.label.id, False, Question())
        # Under whatever name the site is asked, the questions are the same.
        request = RequestFactory(headers={"host": "localhost"}).get(OVERVIEW.path)
        prepared(OVERVIEW, Asked(request, listed, release, view))
        bare = replace(view, extra=(("title", "no"),))
        for figure in OVERVIEW.figures:
            picture(release, bare, figure.name, "svg")
    except Exception:
        # A site that cannot show its first page must still be up, to say so.
        logging.getLogger("django").exception("The first page cannot be prepared.")
