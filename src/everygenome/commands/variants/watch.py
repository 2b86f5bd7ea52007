"""`everygenome variants watch`: a list of variants, and what changes with the frequencies."""

# Heavy rooms are imported inside the commands: `everygenome --help` must be quick.
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from everygenome.commands.variants.held import held_against
from everygenome.commands.variants.options import (
    FastaOption,
    FrequenciesOption,
    GeneBarsOption,
    GeneOption,
    GenesOption,
    ModelOption,
    ThresholdOption,
    WatchListArgument,
)
from everygenome.commands.variants.watch_check import check
from everygenome.errors import UsageError

if TYPE_CHECKING:
    from everygenome.variants.watching.handing_in import HandedIn
    from everygenome.variants.watching.model import Said, WatchList

watch = typer.Typer(
    help="Keep a list of variants, and tell which verdicts change when frequencies do.",
    no_args_is_help=True,
)
Variants = Annotated[
    list[str],
    typer.Argument(
        help="A list, VCF or BCF (- for standard input), or variants: 1-55051215-G-GA.",
        metavar="INPUT...",
    ),
]
Note = Annotated[str, typer.Option(help="A note of yours on each of them, in one line.")]


@watch.command()
def init(
    *,
    variants: Variants,
    frequencies: FrequenciesOption,
    out: Annotated[Path, typer.Option(help="File to keep the list in, such as watch.jsonl.")],
    group: Annotated[
        list[str] | None,
        typer.Option(
            help="Group of the source that the question is about; repeat it for several. "
            "[default: unknown, or several]"
        ),
    ] = None,
    threshold: ThresholdOption = None,
    model: ModelOption = None,
    gene_bars: GeneBarsOption = None,
    gene: GeneOption = "",
    genes: GenesOption = None,
    note: Note = "",
    fasta: FastaOption = None,
) -> None:
    """Begin a list: what is said of the variants today is kept, to be compared with later.

    everygenome variants watch init list.csv --frequencies gnomad --threshold 0.0001
    --out watch.jsonl
    """
    from everygenome.commands.discreet import stopped_cleanly
    from everygenome.commands.variants.asked import inputs_of
    from everygenome.reports.terminal.progress import bars as progress
    from everygenome.sources.variation.calls.gene_places import GeneSource
    from everygenome.variants.bars import Bars
    from everygenome.variants.sources import question_of
    from everygenome.variants.watching.asking import said_now, source_now
    from everygenome.variants.watching.file import check_free, write_watch
    from everygenome.variants.watching.handing_in import handed_in
    from everygenome.variants.watching.model import WatchList

    check_free(out)
    held = held_against(threshold=threshold, model=model, gene_bars=gene_bars)
    bars = {"": held} if isinstance(held, Bars) else dict(held or {})
    asked = tuple(dict.fromkeys(group or ()))
    question_of(frequencies, asked, held)
    with stopped_cleanly(), progress() as report:
        given = handed_in(
            inputs_of(variants),
            build=source_now(frequencies).build,
            gene=gene,
            note=note,
            fasta=fasta,
            genes=None if genes is None else GeneSource(genes),
            report=report,
        )
        _check_any(given)
        state = said_now(
            given.variants, frequencies=frequencies, asked=asked, bars=bars, report=report
        )
    made = WatchList(variants=given.variants, asked=asked, bars=bars, state=state)
    write_watch(made, out, new=True)
    _tell(given, f"{_counted(len(made.variants))} watched: {out}.", made)


@watch.command()
def add(
    *,
    file: WatchListArgument,
    variants: Variants,
    frequencies: Annotated[
        Path | None,
        typer.Option(
            help="The store that the list was last asked of, to be asked of these variants at "
            "once. [default: the next check asks]"
        ),
    ] = None,
    gene: GeneOption = "",
    note: Note = "",
    fasta: FastaOption = None,
) -> None:
    """Add variants to a list: everygenome variants watch add watch.jsonl 1-55051215-G-GA."""
    from everygenome.commands.discreet import stopped_cleanly
    from everygenome.commands.variants.asked import inputs_of
    from everygenome.reports.terminal.progress import bars as progress
    from everygenome.variants.watching.asking import said_now, source_now
    from everygenome.variants.watching.editing import not_on, with_more
    from everygenome.variants.watching.file import read_watch, write_watch
    from everygenome.variants.watching.handing_in import handed_in

    held = read_watch(file)
    source = held.state.source
    if frequencies is not None and source_now(frequencies).files != source.files:
        raise UsageError(
            f"{frequencies} was not made of the files that the list was last asked of.",
            remedy=f"Leave --frequencies out; `variants watch check {file}` tells what changed.",
        )
    with stopped_cleanly(), progress() as report:
        given = handed_in(
            inputs_of(variants), build=source.build, gene=gene, note=note, fasta=fasta,
            report=report,
        )  # fmt: skip
        _check_any(given)
        fresh = not_on(held, given.variants)
        said: Mapping[str, Said] = {}
        if frequencies is not None and fresh:
            said = said_now(
                fresh, frequencies=frequencies, asked=held.asked, bars=held.bars, report=report
            ).said
    made = with_more(held, fresh, said)
    if fresh:
        write_watch(made, file, before=held)
    if there := len(given.variants) - len(fresh):
        typer.echo(f"{_counted(there)} on the list already.", err=True)
    _tell(given, f"{_counted(len(fresh))} added; {len(made.variants):,} on the list.", made)


@watch.command()
def remove(
    *,
    file: WatchListArgument,
    variants: Annotated[
        list[str], typer.Argument(help="Variants as the list has them: by place, or by name.")
    ],
) -> None:
    """Take variants off a list: everygenome variants watch remove watch.jsonl 1-55051215-G-GA."""
    from everygenome.variants.watching.editing import without
    from everygenome.variants.watching.file import read_watch, write_watch

    held = read_watch(file)
    made = without(held, variants, file=file)
    write_watch(made, file, before=held)
    gone = len(held.variants) - len(made.variants)
    typer.echo(f"{_counted(gone)} taken off; {len(made.variants):,} on the list.")


watch.command()(check)


def _check_any(given: "HandedIn") -> None:
    if not given.variants:
        why = f": {', '.join(given.left_aside)}" if given.left_aside else ""
        raise UsageError(
            f"There is no variant to watch{why}.", remedy="Give one such as 1-55051215-G-GA."
        )


def _tell(given: "HandedIn", done: str, made: "WatchList") -> None:
    """What was met goes to standard error, what was done to standard output."""
    aside = [f"{_counted(count)} left aside: {why}." for why, count in given.left_aside.items()]
    if given.repeated:
        aside.append(f"{_counted(given.repeated)} given more than once, and watched once.")
    for line in (*aside, *given.caveats):
        typer.echo(line, err=True)
    typer.echo(done)
    if unsaid := len(made.variants) - len(made.state.said):
        typer.echo(f"{_counted(unsaid)} to be asked about by the next check with --update.")


def _counted(count: int) -> str:
    """Example: 1 variant is, 3 variants are."""
    return "1 variant is" if count == 1 else f"{count:,} variants are"
