"""`everygenome show`: a measure of a release, with everything needed to read it."""

# Heavy rooms are imported inside the command: `everygenome --help` must be quick.
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from everygenome.commands.common import (
    Format,
    FormatOption,
    OutOption,
    SchemeName,
    StoreOption,
    store_of,
)
from everygenome.commands.writing import write_answer
from everygenome.errors import UsageError
from everygenome.vocabulary.terms import CountryRule, Denominator, Rule, Stage, Unit


class Measure(StrEnum):
    """What `show` can show."""

    SUMMARY = "summary"
    COMPOSITION = "composition"
    TREND = "trend"
    COUNTRIES = "countries"
    TRAITS = "traits"
    PEOPLE = "people"
    CONCENTRATION = "concentration"
    STUDIES = "studies"
    BENEATH = "beneath"
    GAPS = "gaps"
    PORTFOLIO = "portfolio"
    STANDARDISED = "standardised"
    PEERS = "peers"


class EntityKind(StrEnum):
    """Who has a portfolio; the field is everything together."""

    FUNDER = "funder"
    COHORT = "cohort"
    JOURNAL = "journal"
    COUNTRY = "country"
    TRAIT = "trait"
    FIELD = "field"


def show(
    *,
    measure: Annotated[Measure, typer.Argument(help="What to show.")],
    release: Annotated[str, typer.Option(help="Release, by identifier or date.")] = "current",
    unit: Annotated[Unit, typer.Option(help="What is counted.")] = Unit.PARTICIPATIONS,
    stage: Annotated[Stage, typer.Option(help="Part of the studies.")] = Stage.DISCOVERY,
    scheme: Annotated[SchemeName, typer.Option(help="How groups are made.")] = SchemeName.BROAD,
    denominator: Annotated[
        Denominator | None,
        typer.Option(help="What shares are of. [default: recorded; countries: all]"),
    ] = None,
    rule: Annotated[Rule, typer.Option(help="How rows are counted.")] = Rule.STANDARD,
    broad_dictionary: Annotated[
        Path | None, typer.Option(help="The 2020 monitor's dictionary, for --rule monitor2020.")
    ] = None,
    year: Annotated[int | None, typer.Option(help="Year of publication.")] = None,
    from_year: Annotated[int | None, typer.Option(help="First year of publication.")] = None,
    to_year: Annotated[int | None, typer.Option(help="Last year of publication.")] = None,
    trait_parent: Annotated[
        list[str] | None, typer.Option(help="Name of a trait parent; can be repeated.")
    ] = None,
    trait: Annotated[
        list[str] | None, typer.Option(help="Ontology identifier of a trait; can be repeated.")
    ] = None,
    country: Annotated[
        list[str] | None,
        typer.Option(help="Country of recruitment, ISO3 code; can be repeated."),
    ] = None,
    funder: Annotated[
        list[str] | None, typer.Option(help="Name or identifier of a funder; can be repeated.")
    ] = None,
    cohort: Annotated[
        list[str] | None, typer.Option(help="Name or identifier of a cohort; can be repeated.")
    ] = None,
    journal: Annotated[
        list[str] | None, typer.Option(help="Name or identifier of a journal; can be repeated.")
    ] = None,
    country_rule: Annotated[
        CountryRule, typer.Option(help="How records of several countries count.")
    ] = CountryRule.SINGLE,
    reference: Annotated[
        str | None, typer.Option(help="Reference population: a name, or a CSV file.")
    ] = None,
    crosswalk: Annotated[
        Path | None, typer.Option(help="CSV that leads from the reference's groups to ours.")
    ] = None,
    bands: Annotated[
        bool, typer.Option("--bands", help="Add bootstrap intervals (composition, trend).")
    ] = False,
    top: Annotated[int, typer.Option(help="How many of the largest (concentration).")] = 10,
    group: Annotated[
        str | None,
        typer.Option(help="A group or class of the scheme (beneath, studies, gaps, portfolio)."),
    ] = None,
    kind: Annotated[
        EntityKind | None, typer.Option(help="Whose (portfolio, standardised).")
    ] = None,
    name: Annotated[str | None, typer.Option(help="One of that kind: name or identifier.")] = None,
    min_publications: Annotated[
        int | None,
        typer.Option(help="Compare none with fewer publications (portfolio, standardised)."),
    ] = None,
    inclusive: Annotated[
        bool | None,
        typer.Option(
            "--inclusive", help="Leave the portfolio in the field: a check (standardised)."
        ),
    ] = None,
    search: Annotated[
        str | None, typer.Option(help="Text in title, author, trait, journal or number (studies).")
    ] = None,
    order: Annotated[
        str | None, typer.Option(help="newest, oldest, largest, ... (studies).")
    ] = None,
    limit: Annotated[int | None, typer.Option(help="How many, 1 to 1000 (studies).")] = None,
    after: Annotated[
        str | None, typer.Option(help="`next` from the page before, in --format json (studies).")
    ] = None,
    store: StoreOption = None,
    output_format: FormatOption = Format.TABLE,
    output: OutOption = None,
) -> None:
    """Show a measure of a release, with everything needed to read it."""
    from everygenome.queries.measures import question
    from everygenome.queries.release import open_release

    if year is not None and (from_year is not None or to_year is not None):
        raise UsageError(
            "--year cannot stand beside --from-year or --to-year.", remedy="Use one or the other."
        )
    if reference is not None and measure is not Measure.COMPOSITION:
        raise UsageError(
            f"{measure.value} is not compared with a reference population.",
            remedy="Use --reference with composition.",
        )
    if bands and measure not in (Measure.COMPOSITION, Measure.TREND):
        raise UsageError(
            f"{measure.value} has no bootstrap intervals.",
            remedy="Use --bands with composition or trend.",
        )
    asked = question(
        unit=unit,
        stage=stage,
        scheme=scheme.value,
        denominator=denominator,
        rule=rule,
        broad_dictionary=broad_dictionary,
        from_year=from_year if year is None else year,
        to_year=to_year if year is None else year,
        trait_parent=trait_parent,
        trait=trait,
        country=country,
        country_rule=country_rule,
        funder=funder,
        cohort=cohort,
        journal=journal,
        reference=reference,
        crosswalk=crosswalk,
    )
    options: dict[str, Any] = {"bands": True} if bands else {}
    if measure is Measure.CONCENTRATION:
        options["top"] = top
    listing = {
        "group": group,
        "search": search,
        "order": order,
        "limit": limit,
        "after": after,
        "kind": None if kind is None else kind.value,
        "name": name,
        "min_publications": min_publications,
        "inclusive": inclusive,
    }
    options |= _listing(measure, {name: v for name, v in listing.items() if v is not None})
    answer = open_release(release, store=store_of(store).root).ask(measure.value, asked, **options)
    write_answer(answer, output_format, output)


def _listing(measure: Measure, given: dict[str, Any]) -> dict[str, Any]:
    """The options of a list, which other measures do not take."""
    taken = _TAKEN.get(measure, frozenset())
    if beyond := sorted(given.keys() - taken):
        with_it = [item.value for item, names in _TAKEN.items() if beyond[0] in names]
        raise UsageError(
            f"{measure.value} does not take --{beyond[0].replace('_', '-')}.",
            remedy=f"Use it with {' or '.join(with_it)}.",
        )
    if measure is Measure.PORTFOLIO and "kind" not in given:
        raise UsageError(
            "A list of portfolios needs --kind.",
            remedy=f"Add --kind {', --kind '.join(EntityKind)}.",
        )
    return given


_TAKEN: dict[Measure, frozenset[str]] = {
    Measure.BENEATH: frozenset({"group"}),
    Measure.STUDIES: frozenset({"group", "search", "order", "limit", "after"}),
    Measure.GAPS: frozenset({"group", "order", "limit", "after"}),
    Measure.PORTFOLIO: frozenset({"kind", "name", "group", "order", "min_publications"}),
    Measure.STANDARDISED: frozenset({"kind", "name", "min_publications", "inclusive"}),
    Measure.PEERS: frozenset({"kind", "name"}),
}
