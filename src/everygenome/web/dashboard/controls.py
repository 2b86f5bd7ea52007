"""The controls of every view: the same names as in the address, in the API and in Python."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from everygenome.queries.question import SEPARATOR, SEVERAL
from everygenome.queries.release import Release
from everygenome.vocabulary.countries import COUNTRIES
from everygenome.vocabulary.references import references
from everygenome.vocabulary.schemes import SCHEMES
from everygenome.vocabulary.terms import CountryRule, Denominator, Stage, Unit
from everygenome.web.site.releases import Listed
from everygenome.web.site.several import ENTITIES, PLURALS, knows
from everygenome.web.site.state import OTHER, View

MAIN = ("unit", "stage", "from_year", "to_year", "trait_parent", "trait", "country", "funder")
MORE = ("denominator", "scheme", "country_rule", "cohort", "journal", "reference")
EVERY = (*MAIN, *MORE)
_LABELS = {
    "unit": "Count",
    "stage": "Part of the study",
    "from_year": "From year",
    "to_year": "To year",
    "trait_parent": "Subject",
    "trait": "Trait or disease",
    "country": "Recruited in",
    "funder": "Funder",
    "cohort": "Cohort",
    "journal": "Journal",
    "denominator": "Shares are of",
    "scheme": "Groups",
    "country_rule": "Records that name several countries",
    "reference": "Compare with a population",
}
_SHOWN = {"share": "shares", "count": "counts", "per_1000": "for each 1,000 people"}
_STAGES = {
    Stage.DISCOVERY: "discovery",
    Stage.REPLICATION: "replication",
    Stage.ALL: "both together",
}
_DENOMINATORS = {
    Denominator.RECORDED: "clear records only",
    Denominator.ALL: "all records",
}
_COUNTRY_RULES = {
    CountryRule.SINGLE: "leave them out",
    CountryRule.SPLIT: "divide them equally (a guess)",
    CountryRule.ANY: "count them for each country",
}


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a control."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Control:
    """One control.

    Attributes:
        name: as in the address.
        label: what a visitor reads.
        kind: `select`, `year`, `text`, or `named`: words, with suggestions while typing.
        value: what is chosen, as text.
        usual: the value that needs not stand in the address.
        options: the values of a select.
        id: unique in the page.
        suggest: where suggestions are from.
        example: what may be written.
    """

    name: str
    label: str
    kind: str
    value: str
    usual: str
    options: tuple[Option, ...]
    id: str
    suggest: str = ""
    example: str = "any"


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice that was made, in words, and the address without it."""

    label: str
    without: str


def controls(
    release: Release, view: View, names: tuple[str, ...], *, prefix: str = ""
) -> list[Control]:
    """The controls of those names, with the view's choices in them.

    A release that holds no grants, cohorts or journals has no control for them.
    """
    return [_control(release, view, name, prefix) for name in names if _known(release, name)]


def _known(release: Release, name: str) -> bool:
    return name not in ENTITIES or knows(release, name)


def release_control(listed: Listed, view: View) -> Control:
    """Which release: time travel."""
    options = tuple(
        Option(
            "" if item["current"] else item["id"],
            item["date"] + (" (current)" if item["current"] else ""),
            item["id"] == view.release,
        )
        for item in listed.releases
        if not item["superseded"] or item["id"] == view.release
    )
    value = "" if view.release == listed.current else view.release
    return Control("release", "Release of", "select", value, "", options, "choose-release")


def own_control(view: View, name: str, label: str, options: Mapping[str, str]) -> Control:
    """A select for a choice of one page or figure; its first value is the usual one."""
    usual = next(iter(options))
    chosen = view.get(name) or usual
    listed = tuple(Option(value, text, value == chosen) for value, text in options.items())
    return Control(name, label, "select", chosen, usual, listed, f"choose-{name}")


def show_control(view: View, values: tuple[str, ...]) -> Control:
    """Whether a figure shows shares or counts."""
    return own_control(view, "show", "Show", {value: _SHOWN[value] for value in values})


def chips(release: Release, view: View, names: tuple[str, ...]) -> list[Chip]:
    """Every choice of those names that differs from the usual, in words."""
    made = []
    for name, value in (*view.said, *view.extra):
        plain = name.removeprefix(OTHER)
        if plain not in names or plain not in _LABELS:
            continue
        side = "B, " if name.startswith(OTHER) else ""
        label = f"{side}{_LABELS[plain]}: {words_of(release, plain, value)}"
        made.append(Chip(label, view.address(**{name: None})))
    return made


def words_of(release: Release, name: str, value: str) -> str:
    """A value as a visitor reads it; of several things, that any of them fits."""
    if name in SEVERAL:
        return " or ".join(_label(release, name, one) for one in value.split(SEPARATOR))
    return next((o.label for o in _options(release, name, value) if o.chosen), value)


def _label(release: Release, name: str, value: str) -> str:
    """What readers call one thing that a filter names."""
    if name == "trait":
        return release.tables.traits.get(value) or value
    if name in ENTITIES and knows(release, name):
        found = release.tables.entities.of(name).get(value)
        return found.name if found else value
    if name == "country" and value.upper() in COUNTRIES:
        return COUNTRIES[value.upper()].name
    return value


def _control(release: Release, view: View, name: str, prefix: str) -> Control:
    value = view.get(prefix + name)
    options = _options(release, name, value)
    kind, suggest, example = "select", "", "any"
    usual = options[0].value if options and name not in _OPTIONAL else ""
    if name in ("from_year", "to_year"):
        kind = "year"
    elif name in _EXAMPLES:
        kind, example = "named", f"any: a name, or {_EXAMPLES[name]}"
        suggest = f"/{_SUGGESTED[name]}/suggest.json{view.release_only()}"
        value = "; ".join(
            f"{_label(release, name, one)} ({one})" for one in value.split(SEPARATOR) if one
        )
    return Control(
        prefix + name,
        _LABELS[name],
        kind,
        value,
        usual,
        options,
        f"choose-{prefix}{name}",
        suggest,
        example,
    )


_OPTIONAL = ("trait_parent", "country", "reference", "trait", "from_year", "to_year")
_EXAMPLES = {
    "trait": "EFO_0000249",
    "funder": "wellcome-trust",
    "cohort": "uk-biobank",
    "journal": "nat-genet",
}
_SUGGESTED = {"trait": "traits", **{kind: PLURALS[kind] for kind in ENTITIES}}


def _options(release: Release, name: str, value: str) -> tuple[Option, ...]:
    listed: list[tuple[Any, str]]
    if name == "unit":
        listed = [(item.value, item.value) for item in Unit]
    elif name == "stage":
        listed = [(item.value, label) for item, label in _STAGES.items()]
    elif name == "denominator":
        listed = [("", "the usual"), *((item.value, text) for item, text in _DENOMINATORS.items())]
    elif name == "country_rule":
        listed = [(item.value, label) for item, label in _COUNTRY_RULES.items()]
    elif name == "scheme":
        listed = [
            (key, f"{key} ({len(SCHEMES[key].groups)} groups)")
            for key in ("broad", "detailed", "monitor")
        ]
    elif name == "trait_parent":
        listed = [("", "all subjects"), *((item, item) for item in release.tables.parents)]
    elif name == "country":
        places = sorted(COUNTRIES.values(), key=lambda item: item.name)
        listed = [("", "any country"), *((item.iso3, item.name) for item in places)]
    elif name == "reference":
        named = ((item.name, f"{item.title}, {item.date}") for item in references())
        listed = [("", "none"), *named]
    else:
        return ()
    chosen = value or listed[0][0]
    if SEPARATOR in chosen:
        # Several were named in an address: the list holds them as one choice beside the others.
        listed.append((chosen, words_of(release, name, chosen)))
    return tuple(Option(key, label, key.upper() == chosen.upper()) for key, label in listed)
