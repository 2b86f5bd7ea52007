"""`everygenome simulate`: what a plan of studies would change, if it were done."""

# Heavy rooms are imported inside the command: `everygenome --help` must be quick.
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from everygenome.commands.common import ReleaseOption, SchemeName, StoreOption, store_of
from everygenome.vocabulary.terms import Denominator, Stage


class PlanFormat(StrEnum):
    """How the result is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def simulate(
    *,
    plan: Annotated[
        Path,
        typer.Argument(
            help="CSV file with the columns study, group, participants, trait, stage (of which "
            "group and participants must be there), or TOML."
        ),
    ],
    funder: Annotated[
        list[str] | None,
        typer.Option(help="Whose portfolio the plan joins: a funder; can be repeated."),
    ] = None,
    cohort: Annotated[list[str] | None, typer.Option(help="The same, a cohort.")] = None,
    journal: Annotated[list[str] | None, typer.Option(help="The same, a journal.")] = None,
    country: Annotated[
        list[str] | None, typer.Option(help="The same, a country of recruitment (ISO3 code).")
    ] = None,
    reference: Annotated[
        str | None, typer.Option(help="Reference population: a name, or a CSV file.")
    ] = None,
    crosswalk: Annotated[
        Path | None, typer.Option(help="CSV that leads from the reference's groups to ours.")
    ] = None,
    stage: Annotated[Stage, typer.Option(help="Part of the studies.")] = Stage.DISCOVERY,
    scheme: Annotated[SchemeName, typer.Option(help="How groups are made.")] = SchemeName.BROAD,
    denominator: Annotated[
        Denominator, typer.Option(help="What shares are of.")
    ] = Denominator.RECORDED,
    from_year: Annotated[int | None, typer.Option(help="First year of the records.")] = None,
    to_year: Annotated[int | None, typer.Option(help="Last year of the records.")] = None,
    release: ReleaseOption = "current",
    store: StoreOption = None,
    output_format: Annotated[
        PlanFormat, typer.Option("--format", help="How to write the result.")
    ] = PlanFormat.TABLE,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file, not the screen.")
    ] = None,
) -> None:
    """Say what a plan of studies would change: in a portfolio, and in the whole field."""
    from everygenome.commands.writing import write_bytes, write_view
    from everygenome.queries.plans import read_plan
    from everygenome.queries.release import open_release
    from everygenome.reports import exports
    from everygenome.reports.terminal.simulated import SimulatedView

    samples = read_plan(plan)
    answer = open_release(release, store=store_of(store).root).simulate(
        samples,
        funder=funder,
        cohort=cohort,
        journal=journal,
        country=country,
        reference=reference,
        crosswalk=crosswalk,
        stage=stage,
        scheme=scheme.value,
        denominator=denominator,
        from_year=from_year,
        to_year=to_year,
    )
    if output_format is PlanFormat.TABLE:
        write_view(SimulatedView(answer), output)
    elif output_format is PlanFormat.JSON:
        write_bytes(exports.to_json(answer), output)
    else:
        write_bytes(exports.to_csv(answer), output)
