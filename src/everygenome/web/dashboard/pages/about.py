"""Pages about the monitor itself: how we count, questions, privacy, citation."""

from typing import Any

from everygenome.reports.citation import Work, bibtex, ris, works
from everygenome.vocabulary import meanings
from everygenome.vocabulary.ancestry import CATEGORIES, HANCESTRO_RELEASE
from everygenome.vocabulary.caveats import CAVEATS
from everygenome.vocabulary.flags import GRANT_FLAGS, QUARANTINE_FLAGS, ROW_FLAGS
from everygenome.vocabulary.schemes import SCHEMES
from everygenome.vocabulary.terms import CountryRule, Denominator, Rule, Stage, Unit
from everygenome.web.collections import terms
from everygenome.web.dashboard.pages.page import Asked, Page


def _vocabulary(_asked: Asked) -> dict[str, Any]:
    return {
        "units": list(Unit),
        "stages": [(item.value, meanings.STAGES[item]) for item in Stage],
        "denominators": [(item.value, meanings.DENOMINATORS[item]) for item in Denominator],
        "rules": [(item.value, meanings.RULES[item]) for item in Rule],
        "country_rules": [(item.value, meanings.COUNTRY_RULES[item]) for item in CountryRule],
        "schemes": [
            {
                "name": name,
                "meaning": meanings.SCHEMES[name],
                "groups": [
                    (group, [label for label, of in scheme.group_of.items() if of == group])
                    for group in scheme.groups
                ],
            }
            for name, scheme in SCHEMES.items()
        ],
        "categories": CATEGORIES,
        "hancestro_release": HANCESTRO_RELEASE,
        "caveats": list(CAVEATS.values()),
        "row_flags": ROW_FLAGS.items(),
        "quarantine_flags": QUARANTINE_FLAGS.items(),
        "grant_flags": GRANT_FLAGS.items(),
    }


def _citation(asked: Asked) -> dict[str, Any]:
    address = f"{asked.origin}/?release={asked.release.label.id}"
    listed = works(asked.release.manifest, address=address)
    return {
        "citation": {
            "works": [_in_words(work) for work in listed],
            "bib": bibtex(listed),
            "ris": ris(listed),
        }
    }


def _in_words(work: Work) -> str:
    """A work as a line of a list of references."""
    more = work.more
    parts = [f"{'; '.join(work.authors)} ({work.year}). {work.title}"]
    parts += [more[name] for name in ("journal", "version", "doi", "url") if name in more]
    return ". ".join(parts)


ABOUT = (
    Page(
        name="counting",
        path="/about/counting/",
        title="How we count",
        controls=(),
        more=_vocabulary,
        # Words that are defined here are links.
        beside=lambda _asked: terms.version(),
        template="dashboard/counting",
    ),
    Page(
        name="questions",
        path="/about/questions/",
        title="Questions and answers",
        controls=(),
        template="dashboard/questions",
    ),
    Page(
        name="citation",
        path="/about/citation/",
        title="How to cite",
        controls=(),
        more=_citation,
        template="dashboard/citation",
    ),
    Page(
        name="privacy",
        path="/about/privacy/",
        title="Privacy",
        controls=(),
        template="dashboard/privacy",
    ),
)
