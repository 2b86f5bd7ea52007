"""`everygenome variants watch check`: what changed since a list was last asked."""

# Heavy rooms are imported inside the command: `everygenome --help` must be quick.
from enum import StrEnum
from typing import Annotated

import typer

from everygenome.commands.variants.options import FrequenciesOption, WatchListArgument
from everygenome.errors import CHANGED


class Told(StrEnum):
    """How changes are written."""

    TABLE = "table"
    JSON = "json"
    MD = "md"


def check(
    *,
    file: WatchListArgument,
    frequencies: FrequenciesOption,
    output_format: Annotated[
        Told, typer.Option("--format", help="How to write what changed.")
    ] = Told.TABLE,
    update: Annotated[
        bool, typer.Option("--update", help="Keep what is said now, for the next check.")
    ] = False,
) -> None:
    """Tell which verdicts changed, from what to what, and why.

    Ends with 0 where nothing changed, and with 10 where something did.
    """
    from everygenome.commands.discreet import stopped_cleanly
    from everygenome.commands.writing import write_bytes, write_view
    from everygenome.reports.documents.write import FORMATS
    from everygenome.reports.terminal.progress import bars as progress
    from everygenome.reports.terminal.watching import show_changes
    from everygenome.reports.variants.watching import changes_document
    from everygenome.variants.sources import source_of
    from everygenome.variants.watching.as_json import changes_text
    from everygenome.variants.watching.asking import checked
    from everygenome.variants.watching.comparing import compare
    from everygenome.variants.watching.editing import updated
    from everygenome.variants.watching.file import read_watch, write_watch

    held = read_watch(file)
    with stopped_cleanly(), progress() as report:
        state = checked(held, frequencies=frequencies, report=report)
    found = compare(held.state, state)
    watched = {one.place: one for one in held.variants}
    labels = source_of(frequencies).groups
    if output_format is Told.JSON:
        write_bytes(changes_text(found, watched), None)
    elif output_format is Told.MD:
        write_bytes(FORMATS["md"](changes_document(found, watched, labels)), None)
    else:
        write_view(show_changes(found, watched, labels))
    after = updated(held, state)
    if update and after != held:
        write_watch(after, file, before=held)
        typer.echo(f"{file} holds now what is said on {after.state.source.day}.", err=True)
    if not found.is_same:
        raise typer.Exit(CHANGED)
