"""`everygenome audit`: who is in a dataset, beside a reference population."""

# Heavy rooms are imported inside the commands: `everygenome --help` must be quick.
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from everygenome.errors import UsageError

if TYPE_CHECKING:
    from everygenome.audit.mapping.model import CohortMap

audit = typer.Typer(
    help="Say who is in a dataset, beside a reference population, and what it can show.",
    no_args_is_help=True,
)
CohortArgument = Annotated[
    Path,
    typer.Argument(
        help="The dataset: one row for each person, or counts. CSV, TSV, Parquet, plain or .gz."
    ),
]
Suppress = Annotated[
    int,
    typer.Option(min=2, help="Hide counts of people below this: 5, 10 or 20 are usual."),
]


class Written(StrEnum):
    """How an audit is written."""

    TABLE = "table"
    JSON = "json"
    HTML = "html"
    PDF = "pdf"
    MD = "md"


@audit.command()
def init(
    *,
    cohort: CohortArgument,
    encoding: Annotated[str, typer.Option(help="Encoding of a text file.")] = "utf-8",
    delimiter: Annotated[
        str | None, typer.Option(help="What stands between columns. [default: seen in the file]")
    ] = None,
    suppress: Suppress = 10,
) -> None:
    """Print a map of a dataset to fill in: everygenome audit init cohort.csv > map.toml."""
    from everygenome.audit.documentation import QUESTIONS
    from everygenome.audit.reading import proposed_map
    from everygenome.commands.discreet import discreetly, stopped_cleanly

    with stopped_cleanly():
        told = discreetly(
            lambda: proposed_map(
                cohort,
                encoding=encoding,
                delimiter=delimiter,
                suppress=suppress,
                questions={one.key: one.asks for one in QUESTIONS},
            )
        )
    typer.echo(told, nl=False)


@audit.command()
def run(
    *,
    cohort: CohortArgument,
    cohort_map: Annotated[
        Path | None, typer.Option("--map", help="What its columns mean; see `audit init`.")
    ] = None,
    group: Annotated[
        str | None, typer.Option(help="Without a map: the column of groups, taken as they stand.")
    ] = None,
    kind: Annotated[
        str | None, typer.Option(help="Without a map: what kind of thing that column describes.")
    ] = None,
    reference: Annotated[
        str | None,
        typer.Option(help="Population to compare with: see `references`, or a CSV file."),
    ] = None,
    crosswalk: Annotated[
        str | None,
        typer.Option(
            help="How the reference's groups stand for those of the dataset: a built-in one, or "
            "a CSV file. Needed where they are of different kinds."
        ),
    ] = None,
    by: Annotated[
        str, typer.Option(help="Other dimensions of the map, with commas: sex,age_band.")
    ] = "",
    suppress: Suppress = 10,
    round_to: Annotated[
        int, typer.Option("--round", min=1, help="Round counts to multiples of this: 5 or 10.")
    ] = 1,
    crossed: Annotated[
        bool | None,
        typer.Option(
            "--crossed/--not-crossed",
            help="With a table of all dimensions together. [default: where it is short]",
        ),
    ] = None,
    earlier: Annotated[
        list[Path] | None,
        typer.Option(
            help="The JSON of an audit of the same data that was given out before: both together "
            "will tell no small count. Repeat it for each one."
        ),
    ] = None,
    allow_unmapped: Annotated[
        bool, typer.Option(help="Count values that are not in the map as a class of their own.")
    ] = False,
    effect: Annotated[
        float, typer.Option(help="For power: effect of one allele, in standard deviations.")
    ] = 0.1,
    alpha: Annotated[float, typer.Option(help="For power: level of significance.")] = 5e-8,
    imputation_r2: Annotated[
        list[str] | None,
        typer.Option(help='Share of the signal that imputation keeps: "African=0.8", or 0.8.'),
    ] = None,
    governed: Annotated[
        list[str] | None,
        typer.Option(help="A group whose people decide themselves about research."),
    ] = None,
    output_format: Annotated[
        list[Written] | None,
        typer.Option("--format", help="How to write it; can be repeated with --out."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Folder to write files into: audit.html, audit.pdf, audit.md, audit.json, or "
            "those that --format names."
        ),
    ] = None,
) -> None:
    """Audit a dataset. Nothing leaves this machine, and no small count is told."""
    from everygenome.audit.capability import Assumed
    from everygenome.audit.earlier import read_earlier
    from everygenome.audit.reading import read_counts
    from everygenome.audit.run import audit as make
    from everygenome.audit.standing import find_reference
    from everygenome.commands.discreet import discreetly, stopped_cleanly
    from everygenome.commands.pairs import for_each
    from everygenome.reports.audit.files import write_audit
    from everygenome.reports.documents.outputs import check_formats
    from everygenome.reports.terminal.progress import working

    formats = tuple(one.value for one in output_format or ())
    check_formats(formats, out, keep=earlier or ())
    # What is small is read first: a slip in it costs no counting.
    found = None if reference is None else find_reference(reference)
    before = [read_earlier(path) for path in earlier or ()]
    dimensions = tuple(name.strip() for name in by.split(",") if name.strip())
    with stopped_cleanly(), working("Counting"):
        told = _map(cohort, cohort_map, group=group, kind=kind, suppress=suppress)
        counts = discreetly(
            lambda: read_counts(
                cohort, told, by=dimensions, suppress=suppress, allow_unmapped=allow_unmapped
            )
        )
    groups = counts.dimensions[0].groups
    with working("Protecting small counts"):
        made = make(
            counts,
            reference=found,
            crosswalk=crosswalk,
            suppress=suppress,
            round_to=round_to,
            crossed_wholly=crossed,
            earlier=before,
            assumed=Assumed(
                effect=effect,
                alpha=alpha,
                imputation_r2=for_each(imputation_r2, "--imputation-r2", groups),
            ),
            governed=tuple(governed or ()),
        )
    for path in write_audit(made, formats, out):
        typer.echo(path)


def _map(
    cohort: Path, cohort_map: Path | None, *, group: str | None, kind: str | None, suppress: int
) -> "CohortMap":
    from everygenome.audit.mapping import Kind, read_map
    from everygenome.audit.reading import stated_map
    from everygenome.commands.discreet import discreetly

    if cohort_map is not None:
        if group or kind:
            raise UsageError(
                "--map is given, and --group or --kind too.",
                remedy="The map says both: leave these out.",
            )
        return read_map(cohort_map)
    if not group or not kind:
        raise UsageError(
            "It is not said what the columns of the dataset mean.",
            remedy=f"Make a map with `everygenome audit init {cohort.name} > map.toml`, fill it in "
            "and give it with --map; or name the column of groups and its kind with --group and "
            "--kind.",
        )
    if kind not in set(Kind):
        raise UsageError(
            f"{kind!r} is no kind of descriptor.",
            remedy=f"Use one of: {'; '.join(Kind)}.",
        )
    return discreetly(lambda: stated_map(cohort, group=group, kind=Kind(kind), suppress=suppress))
