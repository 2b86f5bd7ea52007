"""The command line: each command parses, calls one function, and prints.

Nothing but the result goes to standard output; progress and messages go to standard error.
"""

# Heavy rooms are imported inside the commands: `everygenome --help` must be quick.
import sys
from datetime import datetime
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from everygenome.commands.award import award
from everygenome.commands.common import SchemeName, StoreOption, store_of
from everygenome.commands.entities import entities
from everygenome.commands.report import report
from everygenome.commands.simulate import simulate
from everygenome.errors import EverygenomeError, UsageError
from everygenome.vocabulary.terms import CountryRule, Denominator, Rule, Stage, Unit

if TYPE_CHECKING:
    from everygenome.store.folder import Store

DEBUG = "--debug"
app = typer.Typer(
    name="everygenome",
    help="Who takes part in genetic studies, measured from the GWAS Catalog.",
    epilog="Add --debug to any command to see the traceback of an error.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)

export = typer.Typer(help="Write things out for others to publish.", no_args_is_help=True)
app.add_typer(export, name="export")
app.add_typer(report, name="report")
app.add_typer(entities, name="entities")
report.command("award")(award)
app.command("simulate")(simulate)


class Format(StrEnum):
    """How a result is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"


class LeftOut(StrEnum):
    """What a copy of the site can do without."""

    PNG = "png"
    PARQUET = "parquet"
    ZIP = "zip"


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


FormatOption = Annotated[Format, typer.Option("--format", help="How to write the result.")]
OutOption = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write to this file instead of the screen.")
]


@app.command()
def sync(
    origin: Annotated[
        str | None,
        typer.Option(
            "--from",
            help="Folder or address of the files, or `current` to keep to the release that is "
            "there. [default: the live catalogue]",
        ),
    ] = None,
    store: StoreOption = None,
    release_date: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The release's date, where no file name says it."),
    ] = None,
    partial: Annotated[bool, typer.Option(help="Publish although files are missing.")] = False,
    allow_unreviewed: Annotated[
        bool, typer.Option(help="Publish labels that nobody has reviewed, as a class of their own.")
    ] = False,
    grants: Annotated[
        str | None,
        typer.Option(
            help="Which grants paid for each publication: `live` (PubMed, Europe PMC), a file, an "
            "address, or `none`. [default: what is kept from before]"
        ),
    ] = None,
    output_format: FormatOption = Format.TABLE,
) -> None:
    """Bring the store up to date, and publish the release."""
    from everygenome.pipeline.build import Options
    from everygenome.pipeline.grants import Wanted
    from everygenome.pipeline.sync import sync as run
    from everygenome.reports.terminal.progress import bars
    from everygenome.reports.terminal.releases import outcome_dict, outcome_table
    from everygenome.settings import settings

    options = Options(
        release_date=release_date.date() if release_date else None,
        partial=partial,
        allow_unreviewed=allow_unreviewed,
        keep=settings().keep_releases,
        grants=Wanted(grants, settings().ncbi_api_key, settings().contact),
    )
    with bars() as progress:
        done = run(
            store_of(store), origin or settings().catalogue_url, options=options, progress=progress
        )
    _write(output_format, rows=outcome_dict(done), table=lambda: outcome_table(done))


@app.command()
def releases(
    store: StoreOption = None,
    output_format: FormatOption = Format.TABLE,
) -> None:
    """List the releases in the store, oldest first."""
    from everygenome.queries.release import list_releases
    from everygenome.reports.terminal.releases import releases_table

    rows = list_releases(store=store_of(store).root)
    _write(output_format, rows={"rows": rows}, table=lambda: releases_table(rows))


@app.command()
def diff(
    before: Annotated[str, typer.Argument(help="Identifier or date of the earlier release.")],
    after: Annotated[str, typer.Argument(help="Identifier or date of the later release.")],
    store: StoreOption = None,
    output_format: FormatOption = Format.TABLE,
) -> None:
    """Say what changed between two releases."""
    from everygenome.queries.difference import difference
    from everygenome.reports.terminal.releases import difference_table

    found = difference(before, after, store=store_of(store).root)
    _write(output_format, rows=found.to_dict(), table=lambda: difference_table(found))


@app.command()
def show(
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
    _write_answer(answer, output_format, output)


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


@app.command()
def references(output_format: FormatOption = Format.TABLE) -> None:
    """List the reference populations that are built in."""
    from everygenome.reports.terminal.releases import references_dict, references_table

    _write(output_format, rows=references_dict(), table=references_table)


@app.command()
def serve(
    origin: Annotated[
        str | None, typer.Option("--from", help="Folder or address to sync from first.")
    ] = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8000,
    store: StoreOption = None,
) -> None:
    """Open the web site; on first start, sync the catalogue before."""
    from everygenome.reports.terminal.progress import bars, say

    _needs_the_web()
    from everygenome.web.serve import check_port
    from everygenome.web.serve import serve as run

    check_port(host, port)
    place = store_of(store)
    with bars() as progress:
        _first_release(place, origin, progress)
    run(
        store=place.root,
        host=host,
        port=port,
        on_ready=lambda url: say(f"everygenome is at {url} (Ctrl-C stops it)"),
    )


@app.command()
def notify(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be sent, and change nothing.")
    ] = False,
    store: StoreOption = None,
) -> None:
    """Send the alerts that the current release gives reason for; run it after `sync`."""
    from everygenome.reports.terminal.progress import say

    _needs_the_web()
    from everygenome.web.notify import notify as run

    typer.echo(run(store=store_of(store).root, dry_run=dry_run, say=say))


def _needs_the_web() -> None:
    if find_spec("django") is None:
        raise UsageError(
            "The web site is not installed.", remedy="Install everygenome with the extra `web`."
        )


@export.command("site")
def export_site(
    folder: Annotated[Path, typer.Argument(help="Empty or new folder, or a former copy.")],
    release: Annotated[str, typer.Option(help="Release, by identifier or date.")] = "current",
    live: Annotated[
        str | None,
        typer.Option(
            help="Address of the live site, for what a copy cannot do. [env: EVERYGENOME_SITE_URL]"
        ),
    ] = None,
    publisher: Annotated[str | None, typer.Option(help="Who publishes the copy.")] = None,
    max_pages: Annotated[int, typer.Option(min=1, help="Leave out further pages.")] = 2000,
    max_megabytes: Annotated[int, typer.Option(min=1, help="Stop beyond this size.")] = 1000,
    without: Annotated[
        list[LeftOut] | None, typer.Option(help="Leave out files of this kind; can be repeated.")
    ] = None,
    store: StoreOption = None,
    output_format: FormatOption = Format.TABLE,
) -> None:
    """Write the web site as plain files that any web host serves."""
    from dataclasses import asdict
    from datetime import UTC

    from everygenome.reports.terminal.copies import copy_table
    from everygenome.reports.terminal.progress import bars

    _need_web()
    from everygenome.settings import settings
    from everygenome.web.export.options import Bounds, Options
    from everygenome.web.export.site import export_site as run

    options = Options(
        made_on=datetime.now(UTC).date(),
        live=live or settings().site_url,
        publisher=publisher,
        bounds=Bounds(
            pages=max_pages,
            size_bytes=max_megabytes * 1_000_000,
            without=frozenset(item.value for item in without or ()),
        ),
    )
    with bars() as progress:
        done = run(
            folder, store=store_of(store).root, release=release, options=options, progress=progress
        )
    rows = {**asdict(done), "folder": str(done.folder)}
    _write(output_format, rows=rows, table=lambda: copy_table(rows))


def _need_web() -> None:
    if find_spec("django") is None:
        raise UsageError(
            "The web site is not installed.", remedy="Install everygenome with the extra `web`."
        )


def _first_release(place: "Store", origin: str | None, progress: Any) -> None:
    """Make sure that something can be served: what was asked, the catalogue, or made-up data."""
    from dataclasses import replace

    from everygenome.errors import DownloadError
    from everygenome.pipeline.sync import sync as run
    from everygenome.pipeline.sync import sync_demonstration
    from everygenome.reports.terminal.progress import say
    from everygenome.settings import settings
    from everygenome.snapshots.policy import DEFAULT

    if origin is not None:
        run(place, origin, progress=progress)
        return
    # A demonstration stands in only until the catalogue can be reached.
    if any(not manifest.demonstration for manifest in place.manifests()):
        return
    try:
        # Someone waits in front of the screen: try twice, not for minutes.
        run(place, settings().catalogue_url, policy=replace(DEFAULT, attempts=2), progress=progress)
    except DownloadError:
        say(
            "The live catalogue cannot be reached, so this is a demonstration with made-up data; "
            "`everygenome sync` says why, and --from FOLDER serves files that you have."
        )
        sync_demonstration(place)


def _write_answer(answer: Any, output_format: Format, output: Path | None) -> None:
    from everygenome.reports import exports
    from everygenome.reports.terminal.answers import View

    if output_format is Format.TABLE:
        _print(View(answer), output)
        return
    make = {
        Format.JSON: exports.to_json,
        Format.CSV: exports.to_csv,
        Format.PARQUET: exports.to_parquet,
    }[output_format]
    _put(make(answer), output, binary=output_format is Format.PARQUET)


def _write(output_format: Format, *, rows: dict[str, Any], table: Any) -> None:
    import json

    if output_format is Format.TABLE:
        _print(table(), None)
    elif output_format is Format.JSON:
        _put((json.dumps(rows, indent=2, ensure_ascii=False) + "\n").encode(), None)
    else:
        raise UsageError(
            f"This command does not write {output_format.value}.",
            remedy="Use --format table or json.",
        )


def _print(what: Any, output: Path | None) -> None:
    from rich.console import Console

    if output is None:
        Console().print(what)
        return
    from io import StringIO

    text = StringIO()
    Console(file=text, width=120).print(what)
    _put(text.getvalue().encode(), output)


def _put(data: bytes, output: Path | None, *, binary: bool = False) -> None:
    from everygenome.store.folder import told

    if output is not None:
        try:
            output.write_bytes(data)
        except OSError as error:
            raise told(error, output) from error
        return
    if binary and sys.stdout.isatty():
        raise UsageError(
            "Parquet is not for reading on a screen.",
            remedy="Add --output FILE, or send it into a file with >.",
        )
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line, and end with the exit code of what happened."""
    given = sys.argv[1:] if arguments is None else arguments
    arguments = [argument for argument in given if argument != DEBUG]
    try:
        app(arguments, standalone_mode=True)
    except EverygenomeError as error:
        if DEBUG in given:
            raise
        print(f"everygenome: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader has gone (head, a pager): nothing is wrong.
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        print("everygenome: stopped.", file=sys.stderr)
        sys.exit(130)
    except Exception as error:
        if DEBUG in given:
            raise
        if type(error).__name__ == "SettingError":
            print(f"everygenome: {error}", file=sys.stderr)
            sys.exit(UsageError.exit_code)
        print(
            f"everygenome: this is a fault of ours ({type(error).__name__}: {error}). Run the "
            "command again with --debug and report what it prints.",
            file=sys.stderr,
        )
        sys.exit(1)
    sys.exit(0)


if __name__ == "__main__":
    main()
