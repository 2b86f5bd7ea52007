"""Options that several commands on variants take."""

from pathlib import Path
from typing import Annotated

import typer

FrequenciesOption = Annotated[Path, typer.Option(help="Store made by `variants prepare`.")]
ThresholdOption = Annotated[
    str | None, typer.Option(help='The bar: a frequency, 0.0001 or "1/10000".')
]
ModelOption = Annotated[
    Path | None, typer.Option(help="The bar of a disease model; see `variants model`.")
]
GeneBarsOption = Annotated[
    Path | None, typer.Option(help="Bars by gene, as CSV, such as ClinGen's panels give.")
]
GeneOption = Annotated[
    str, typer.Option(help="Gene of the variants, where the input does not say it.")
]
GenesOption = Annotated[
    Path | None, typer.Option(help="Where genes are (BED: chrom, start, end, name).")
]
FastaOption = Annotated[
    Path | None, typer.Option(help="Reference genome; needed to left-align only.")
]
WatchListArgument = Annotated[Path, typer.Argument(help="The watch list; see `watch init`.")]
