"""Bars of genes, where whoever runs the site has a table of them."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from django import conf

from everygenome.errors import EverygenomeError
from everygenome.variants.bars import Bars
from everygenome.variants.gene_bars import read_gene_bars
from everygenome.web.variants.asking import note


def gene_bars() -> Mapping[str, Bars]:
    """Gene, in capitals, to its bars; empty where there is no table, or it cannot be read."""
    path: Path | None = conf.settings.GENE_BARS
    if path is None:
        return {}
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (EverygenomeError, OSError) as error:
        note("Bars of genes", error)
        return {}


@lru_cache(maxsize=1)
def _read(path: Path, _changed: int) -> Mapping[str, Bars]:
    return {gene.upper(): bars for gene, bars in read_gene_bars(path).items()}
