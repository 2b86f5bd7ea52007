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

from everygenome.commands.admin import admin
from everygenome.commands.audit import audit
from everygenome.commands.award import award
from everygenome.commands.common import Format, FormatOption, StoreOption, store_of
from everygenome.commands.entities import entities
from everygenome.commands.plan import plan
from everygenome.commands.report import report
from everygenome.commands.show import show
from everygenome.commands.simulate import simulate
from everygenome.commands.variants import variants
from everygenome.commands.writing import write_rows
from everygenome.errors import EverygenomeError, UsageError

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
app.add_typer(admin, name="admin")
app.add_typer(audit, name="audit")
app.add_typer(variants, name="variants")
report.command("award")(award)
app.command("show")(show)
app.command("simulate")(simulate)
app.command("plan")(plan)


class LeftOut(StrEnum):
    """What a copy of the site can do without."""

    PNG = "png"
    PARQUET = "parquet"
    ZIP = "zip"


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
    write_rows(output_format, rows=outcome_dict(done), table=lambda: outcome_table(done))


@app.command()
def releases(
    store: StoreOption = None,
    output_format: FormatOption = Format.TABLE,
) -> None:
    """List the releases in the store, oldest first."""
    from everygenome.queries.release import list_releases
    from everygenome.reports.terminal.releases import releases_table

    rows = list_releases(store=store_of(store).root)
    write_rows(output_format, rows={"rows": rows}, table=lambda: releases_table(rows))


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
    write_rows(output_format, rows=found.to_dict(), table=lambda: difference_table(found))


@app.command()
def references(output_format: FormatOption = Format.TABLE) -> None:
    """List the reference populations that are built in."""
    from everygenome.reports.terminal.releases import references_dict, references_table

    write_rows(output_format, rows=references_dict(), table=references_table)


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

    _needs_the_web()
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
    write_rows(output_format, rows=rows, table=lambda: copy_table(rows))


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


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line, and end with the exit code of what happened."""
    given = sys.argv[1:] if arguments is None else arguments
    arguments = [argument for argument in given if argument != DEBUG]
    try:
        app(arguments, standalone_mode=True)
    except EverygenomeError as error:
        if DEBUG in given:
            raise
        print(f"everygenome: {_printable(error)}", file=sys.stderr)
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


def _printable(error: EverygenomeError) -> str:
    """The message; a name of a file in it can hold signs that would steer a terminal."""
    return "".join(one if one.isprintable() or one == "\n" else "?" for one in str(error))


if __name__ == "__main__":
    main()
