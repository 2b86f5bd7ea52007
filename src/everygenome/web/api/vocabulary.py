"""The words that every number carries, as lists: what each means, and what it rests on."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from everygenome.vocabulary import meanings
from everygenome.vocabulary.ancestry import CATEGORIES, HANCESTRO_RELEASE
from everygenome.vocabulary.caveats import CAVEATS
from everygenome.vocabulary.countries import COUNTRIES
from everygenome.vocabulary.flags import QUARANTINE_FLAGS, ROW_FLAGS
from everygenome.vocabulary.references import references
from everygenome.vocabulary.schemes import CLASS_GROUPS, SCHEMES
from everygenome.vocabulary.terms import CountryRule, Denominator, Rule, Stage, Unit

Items = list[dict[str, Any]]


def _worded(kind: Any, told: Any) -> Items:
    return [{"name": item.value, "meaning": told[item]} for item in kind]


def _schemes() -> Items:
    return [
        {
            "name": name,
            "meaning": meanings.SCHEMES[name],
            "groups": [
                {
                    "name": group,
                    "categories": [label for label, of in scheme.group_of.items() if of == group],
                }
                for group in scheme.groups
            ],
            "classes": list(CLASS_GROUPS),
        }
        for name, scheme in SCHEMES.items()
    ]


def _references() -> Items:
    return [
        {
            "name": item.name,
            "title": item.title,
            "descriptor": item.descriptor.value,
            "unit": item.unit,
            "date": item.date,
            "citation": item.citation,
            "licence": item.licence,
            "source_url": item.source_url,
            "notes": list(item.notes),
            "groups": dict(item.groups),
        }
        for item in references()
    ]


def _flags() -> Items:
    return [
        {"name": name, "meaning": meaning, "of": of}
        for of, flags in (("row", ROW_FLAGS), ("line in quarantine", QUARANTINE_FLAGS))
        for name, meaning in flags.items()
    ]


def _units() -> Items:
    return [{"name": u.value, "meaning": u.meaning, "additive": u.additive} for u in Unit]


LISTS: dict[str, Callable[[], Items]] = {
    "ancestry": lambda: [
        asdict(item) | {"hancestro_release": HANCESTRO_RELEASE} for item in CATEGORIES
    ],
    "schemes": _schemes,
    "units": _units,
    "stages": lambda: _worded(Stage, meanings.STAGES),
    "denominators": lambda: _worded(Denominator, meanings.DENOMINATORS),
    "rules": lambda: _worded(Rule, meanings.RULES),
    "country-rules": lambda: _worded(CountryRule, meanings.COUNTRY_RULES),
    "caveats": lambda: [asdict(item) for item in CAVEATS.values()],
    "flags": _flags,
    "references": _references,
    "countries": lambda: [asdict(item) for item in COUNTRIES.values()],
}
