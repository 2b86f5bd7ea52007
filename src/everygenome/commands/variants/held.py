"""Bars, as the command line names them: a frequency, a model, or a file of genes."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from everygenome.errors import UsageError

if TYPE_CHECKING:
    from everygenome.variants.bars import Bars


def held_against(
    *, threshold: str | None, model: Path | None, gene_bars: Path | None
) -> "Bars | Mapping[str, Bars] | None":
    """What frequencies are held against; None: nothing was named.

    Raises:
        UsageError: two were named, or the threshold is no frequency.
        InputError: a file cannot be used.
    """
    named = {"--threshold": threshold, "--model": model, "--gene-bars": gene_bars}
    given = [name for name, value in named.items() if value is not None]
    if len(given) > 1:
        raise UsageError(
            f"{given[0]} and {given[1]} are both given.",
            remedy="Variants are held against one of them: leave the other out.",
        )
    if threshold is not None:
        from everygenome.variants.bars import one_bar
        from everygenome.variants.model_numbers import AS_SHARE, share_of

        share = share_of(threshold)
        if share is None:
            raise UsageError(f"--threshold is {threshold!r}.", remedy=AS_SHARE)
        return one_bar(share, source="a threshold that was typed")
    if model is not None:
        from everygenome.variants.model_file import read_model

        _, bars = read_model(model)
        return bars
    if gene_bars is not None:
        from everygenome.variants.gene_bars import read_gene_bars

        return read_gene_bars(gene_bars)
    return None
