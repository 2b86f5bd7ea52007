"""`everygenome variants prepare`: make a store of frequencies out of sites files."""

# Heavy rooms are imported inside the command: `everygenome --help` must be quick.
from pathlib import Path
from typing import Annotated

import typer

from everygenome.errors import UsageError


def prepare(
    *,
    sites: Annotated[
        list[Path] | None,
        typer.Argument(help="VCF or BCF files with counts by group, such as those of gnomAD."),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Folder to make the store in.")] = None,
    fields: Annotated[
        Path | None,
        typer.Option(
            "--map", help="Which fields hold the counts, as TOML, where the files are not gnomAD's."
        ),
    ] = None,
    joint: Annotated[
        bool,
        typer.Option("--joint", help="Take the counts of exomes and genomes together (gnomAD v4)."),
    ] = False,
    combine: Annotated[
        bool,
        typer.Option("--combine", help="Add up counts: the files are of different people."),
    ] = False,
    build: Annotated[
        str | None, typer.Option(help="GRCh37 or GRCh38, where the files do not say it.")
    ] = None,
    allele_numbers: Annotated[
        Path | None,
        typer.Option(
            help="How many chromosomes were looked at in every place: a table with tabs. It tells "
            '"not seen" from "not covered".'
        ),
    ] = None,
    template: Annotated[
        bool, typer.Option("--template", help="Print a --map file to fill in, and end.")
    ] = False,
) -> None:
    """Make a store of frequencies: everygenome variants prepare gnomad.*.vcf.bgz --out gnomad.

    Once made, each question is quick. A command that was stopped goes on where it was.
    """
    if template:
        from everygenome.sources.variation.mapping import TEMPLATE

        typer.echo(TEMPLATE, nl=False)
        return
    if not sites or out is None:
        raise UsageError(
            "No sites file is given." if not sites else "It is not said where the store goes.",
            remedy="For example: everygenome variants prepare gnomad.chr*.vcf.bgz --out gnomad.",
        )
    from everygenome.commands.discreet import stopped_cleanly
    from everygenome.reports.terminal.frequencies import frequencies_text
    from everygenome.reports.terminal.progress import bars
    from everygenome.sources.variation.preparing.prepare import prepare as make

    try:
        with stopped_cleanly(), bars() as report:
            made = make(
                sites, out, mapping=fields, joint=joint, build=build, combine=combine,
                allele_numbers=allele_numbers, report=report,
            )  # fmt: skip
    except KeyboardInterrupt:
        typer.echo(
            f"everygenome: stopped. Chromosomes that are finished are kept in {out}.preparing: the "
            "same command goes on from there, or remove it.",
            err=True,
        )
        raise typer.Exit(130) from None
    typer.echo(frequencies_text(made, out))
