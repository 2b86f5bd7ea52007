"""The pages of one release, prepared as bytes."""

import logging
from typing import Any

from everygenome.errors import NotFoundError
from everygenome.queries.release import Release
from everygenome.vocabulary import meanings
from everygenome.vocabulary.ancestry import CATEGORIES, HANCESTRO_RELEASE
from everygenome.vocabulary.caveats import CAVEATS
from everygenome.vocabulary.flags import QUARANTINE_FLAGS, ROW_FLAGS
from everygenome.vocabulary.schemes import SCHEMES
from everygenome.vocabulary.terms import CountryRule, Denominator, Rule, Stage, Unit
from everygenome.web.dashboard.first import first_view
from everygenome.web.dashboard.pictures import picture
from everygenome.web.site.page import base_context, render
from everygenome.web.site.prepared import PANTRY, Prepared
from everygenome.web.site.releases import SHELF, Listed


def first_page(listed: Listed, release_id: str, *, chosen: bool) -> Prepared:
    """The first page of a release."""

    def make() -> Prepared:
        release = SHELF.open(release_id)
        context = base_context(listed, release, chosen=chosen) | {"here": "first"}
        try:
            context |= first_view(release)
        except NotFoundError as error:
            # A release without one of its files: say which, and still show where it came from.
            context |= {"lacking": error.what, "flags": flags_of(release)}
            return render("dashboard/first_lacking", context)
        return render("dashboard/first", context | {"flags": flags_of(release)})

    return PANTRY.get(("first", release_id, chosen, _fingerprint(listed)), make)


def counting_page(listed: Listed, release_id: str, *, chosen: bool) -> Prepared:
    """How we count: the whole vocabulary."""

    def make() -> Prepared:
        context = base_context(listed, SHELF.open(release_id), chosen=chosen) | {"here": "counting"}
        return render("dashboard/counting", context | _vocabulary())

    return PANTRY.get(("counting", release_id, chosen, _fingerprint(listed)), make)


def flags_of(release: Release) -> list[dict[str, Any]]:
    """Flags that rows of a release carry, each with its sentence and number of rows."""
    sentences = QUARANTINE_FLAGS | ROW_FLAGS
    return [
        {"id": name, "rows": count, "sentence": sentences.get(name, "")}
        for name, count in sorted(release.manifest.flags.items())
    ]


def warm() -> None:
    """Prepare what the first visitor asks for."""
    try:
        listed = SHELF.listed()
        if listed.current:
            first_page(listed, listed.current, chosen=False)
            picture(listed.current, "trend", "svg")
    except Exception:
        # A site that cannot show its first page must still be up, to say so.
        logging.getLogger("django").exception("The first page cannot be prepared.")


def _fingerprint(listed: Listed) -> tuple[Any, ...]:
    return (listed.current, *(item["id"] for item in listed.releases))


def _vocabulary() -> dict[str, Any]:
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
    }
