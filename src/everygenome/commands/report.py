"""`everygenome report`: portfolios as documents."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from everygenome.commands.common import ReleaseOption, SchemeName, StoreOption, read_text, store_of
from everygenome.errors import EverygenomeError

report = typer.Typer(
    help="Write a portfolio as a report: PDF, web page or Markdown.", no_args_is_help=True
)
_FAILURES_TOLD = 10


class Kind(StrEnum):
    """Who has a portfolio report."""

    FUNDER = "funder"
    COHORT = "cohort"
    JOURNAL = "journal"
    COUNTRY = "country"


class Written(StrEnum):
    """How a report is written."""

    PDF = "pdf"
    HTML = "html"
    MD = "md"


Name = Annotated[str, typer.Argument(help="Name or identifier.")]
Format = Annotated[Written, typer.Option("--format", help="How to write it.")]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", help="File, or folder. [default: a name of its own, in this folder]"
    ),
]
Minimum = Annotated[
    int, typer.Option("--min-publications", min=1, help="Compare none with fewer publications.")
]
Groups = Annotated[SchemeName, typer.Option("--scheme", help="How groups are made.")]
FromYear = Annotated[int | None, typer.Option(help="First year of publication.")]
ToYear = Annotated[int | None, typer.Option(help="Last year of publication.")]
ReplyFile = Annotated[
    Path | None, typer.Option("--reply", help="Text file: their answer, to be printed whole.")
]


def _command(kind: Kind, text: str) -> None:
    def one(
        *,
        name: Name,
        output_format: Format = Written.PDF,
        output: Output = None,
        release: ReleaseOption = "current",
        scheme: Groups = SchemeName.BROAD,
        from_year: FromYear = None,
        to_year: ToYear = None,
        min_publications: Minimum = 20,
        reply: ReplyFile = None,
        store: StoreOption = None,
    ) -> None:
        _one(
            kind=kind,
            name=name,
            output_format=output_format,
            output=output,
            release=release,
            choices=_choices(scheme, from_year, to_year),
            minimum=min_publications,
            reply=reply,
            store=store_of(store).root,
        )

    one.__doc__ = text
    report.command(kind.value)(one)


def _one(
    *,
    kind: Kind,
    name: str,
    output_format: Written,
    output: Path | None,
    release: str,
    choices: dict[str, Any],
    minimum: int,
    reply: Path | None,
    store: Path,
) -> None:
    from everygenome.queries.release import open_release
    from everygenome.reports.portfolio import files
    from everygenome.reports.portfolio.closing import Reply
    from everygenome.reports.portfolio.document import portfolio_document
    from everygenome.settings import settings

    files.check_format(output_format.value)
    answer = None if reply is None else Reply(read_text(reply))
    opened = open_release(release, store=store)
    document = portfolio_document(
        opened,
        kind.value,
        name,
        choices=choices,
        reply=answer,
        minimum=minimum,
        contact=settings().contact or "",
    )
    entity = opened.tables.entities.named(kind.value, name)
    own = files.file_name(kind.value, entity.id, opened.label.id, output_format.value, choices)
    path = Path(own) if output is None else output / own if output.is_dir() else output
    files.write_report(document, path, output_format.value)
    typer.echo(path)


for _kind, _text in (
    (Kind.FUNDER, "The publications that a funder's grants paid for."),
    (Kind.COHORT, "The studies that use a cohort."),
    (Kind.JOURNAL, "The publications of a journal."),
    (Kind.COUNTRY, "The studies that recruit in a country."),
):
    _command(_kind, _text)


@report.command("all")
def every(
    *,
    kind: Annotated[Kind, typer.Option(help="Whose reports.")],
    folder: Annotated[Path, typer.Option(help="Folder to write them into.")],
    output_format: Format = Written.PDF,
    min_publications: Minimum = 20,
    again: Annotated[
        bool, typer.Option("--again", help="Write those too that are there for this release.")
    ] = False,
    release: ReleaseOption = "current",
    scheme: Groups = SchemeName.BROAD,
    from_year: FromYear = None,
    to_year: ToYear = None,
    store: StoreOption = None,
) -> None:
    """A report on each that has enough publications; goes on where it was stopped."""
    from everygenome.queries.release import open_release
    from everygenome.reports.portfolio.files import write_all
    from everygenome.reports.terminal.progress import bars, say
    from everygenome.settings import settings

    opened = open_release(release, store=store_of(store).root)
    with bars() as progress:
        made = write_all(
            opened,
            kind.value,
            folder,
            suffix=output_format.value,
            choices=_choices(scheme, from_year, to_year),
            minimum=min_publications,
            again=again,
            contact=settings().contact or "",
            progress=progress,
        )
    typer.echo(
        f"{len(made.written)} written to {folder}, {len(made.kept)} there before, "
        f"{len(made.failed)} failed."
    )
    for name, why in made.failed[:_FAILURES_TOLD]:
        say(f"No report on {name}: {why}")
    if made.failed:
        rest = len(made.failed) - _FAILURES_TOLD
        raise EverygenomeError(
            f"{len(made.failed)} of the reports could not be made"
            + (f" ({rest} more than are named above)." if rest > 0 else ", as said above."),
            remedy="Run the command again: it makes only those that are missing. Please report "
            "what fails twice.",
        )


def _choices(scheme: SchemeName, from_year: int | None, to_year: int | None) -> dict[str, Any]:
    """Those that are not the default, so that the usual report has the usual name."""
    if None not in (from_year, to_year) and from_year > to_year:  # type: ignore[operator]
        from everygenome.errors import UsageError

        raise UsageError(
            f"The years {from_year} to {to_year} hold no year.", remedy="Put the earlier first."
        )
    given = {"scheme": scheme.value, "from_year": from_year, "to_year": to_year}
    return {key: value for key, value in given.items() if value not in (None, "broad")}
