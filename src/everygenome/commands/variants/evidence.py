"""`everygenome variants evidence`: what a frequency source says of variants, group by group."""

# Heavy rooms are imported inside the command: `everygenome --help` must be quick.
from enum import StrEnum
from pathlib import Path
from typing import Annotated

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
)
from everygenome.errors import UsageError


class Written(StrEnum):
    """How evidence is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"
    VCF = "vcf"
    HTML = "html"
    PDF = "pdf"
    MD = "md"


class Rows(StrEnum):
    """What a row of CSV or Parquet is."""

    GROUP = "group"
    VARIANT = "variant"


def evidence(
    *,
    variants: Annotated[
        list[str],
        typer.Argument(
            help="A VCF, BCF or list (- for standard input), or variants: 1-55051215-G-GA, "
            "NC_000001.11:g.55051215G>A.",
            metavar="INPUT...",
        ),
    ],
    frequencies: FrequenciesOption,
    group: Annotated[
        list[str] | None,
        typer.Option(
            help="Group of the source that the patient is most like, such as afr; repeat it for "
            "several. [default: unknown, or several]"
        ),
    ] = None,
    threshold: ThresholdOption = None,
    model: ModelOption = None,
    gene_bars: GeneBarsOption = None,
    gene: GeneOption = "",
    genes: GenesOption = None,
    fasta: FastaOption = None,
    build: Annotated[
        str | None, typer.Option(help="GRCh37 or GRCh38, of an input that does not say it.")
    ] = None,
    rows: Annotated[
        Rows | None,
        typer.Option(
            help="CSV and Parquet: a row for each variant and group, or for each variant. "
            "[default: group]"
        ),
    ] = None,
    output_format: Annotated[
        list[Written] | None,
        typer.Option(
            "--format",
            help="How to write it; html, pdf, md and json can be repeated with --out FOLDER. "
            "[default: table]",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            help="A file whose ending says the format (evidence.csv, report.html, out.vcf.gz), or "
            "a folder for reports."
        ),
    ] = None,
) -> None:
    """Say what "rare" or "absent" means for a patient of some background.

    everygenome variants evidence 1-55051215-G-GA --frequencies gnomad --threshold 0.0001
    """
    from everygenome.commands.discreet import stopped_cleanly
    from everygenome.commands.variants.asked import Asked, inputs_of
    from everygenome.commands.variants.writing import (
        ROW_FORMATS,
        check_formats,
        formats_of,
        write_reports,
        write_rows,
        write_vcf,
    )
    from everygenome.reports.terminal.cells import named
    from everygenome.reports.terminal.progress import bars as progress

    formats = formats_of([one.value for one in output_format or ()], out)
    as_rows = set(formats) <= set(ROW_FORMATS) and bool(formats)
    if rows is not None and not as_rows:
        raise UsageError(
            "--rows is for CSV and Parquet.", remedy="Add --format csv, or leave --rows out."
        )
    check_formats(formats, out)
    asked = Asked(
        inputs=inputs_of(variants),
        frequencies=frequencies,
        groups=tuple(group or ()),
        bars=held_against(threshold=threshold, model=model, gene_bars=gene_bars),
        gene=gene,
        genes=genes,
        fasta=fasta,
        build=build,
    )
    with stopped_cleanly(), progress() as report:
        if formats == ("vcf",):
            told = write_vcf(asked, out, report=report)
        elif as_rows:
            form = (rows or Rows.GROUP).value
            told = write_rows(asked, formats[0], out, by=form, report=report)
        else:
            answer = asked.evidence(report=report, summarised=asked.is_file)
    if formats == ("vcf",) or as_rows:
        for line in told:
            typer.echo(named(line).plain, err=True)
    else:
        for path in write_reports(answer, formats, out):
            typer.echo(path)
