"""A question about variants, as the command line puts it."""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from everygenome.errors import UsageError
from everygenome.sources.variation.builds import Build
from everygenome.sources.variation.calls.forms import shown
from everygenome.sources.variation.calls.gene_places import GeneSource
from everygenome.variants.asking import ask_file
from everygenome.variants.bars import Bars
from everygenome.variants.result import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked; see `variants.asking.ask_file`."""

    inputs: Path | Sequence[str]
    frequencies: Path
    groups: tuple[str, ...]
    bars: Bars | Mapping[str, Bars] | None
    gene: str
    genes: Path | None
    fasta: Path | None
    build: str | None

    @property
    def is_file(self) -> bool:
        """A file was handed in, which has a summary."""
        return isinstance(self.inputs, Path)

    def evidence(self, *, report: Callable[..., None], **more: Any) -> Evidence:
        """The answer.

        Raises:
            InputError, UsageError, StoreError: see `ask_file`.
        """
        if self.build is not None and self.build not in set(Build):
            raise UsageError(
                f"The build {self.build!r} is not known.",
                remedy="Use GRCh37 (also called hg19) or GRCh38 (hg38).",
            )
        return ask_file(
            self.inputs,
            frequencies=self.frequencies,
            groups=self.groups,
            bars=self.bars,
            gene=self.gene,
            genes=None if self.genes is None else GeneSource(self.genes),
            fasta=self.fasta,
            build=None if self.build is None else Build(self.build),
            report=report,
            **more,
        )


def inputs_of(variants: Sequence[str]) -> Path | Sequence[str]:
    """A file, if one is named; otherwise variants as typed.

    Raises:
        UsageError: a file and something else.
    """
    # `Path.exists` raises on names that are too long, as variants can be.
    files = [one for one in variants if one == "-" or (one.strip() and os.path.exists(one))]
    if not files:
        if like := [one for one in variants if _looks_like_a_file(one)]:
            raise UsageError(f"There is no file {shown(like[0])}.", remedy="Check the path.")
        return list(variants)
    if len(variants) > 1:
        raise UsageError(
            f"{shown(files[0])} is a file, and something else is named beside it.",
            remedy="Give one file at a time, or variants alone.",
        )
    return Path(files[0])


def _looks_like_a_file(name: str) -> bool:
    """Its ending is one of files, or it has a slash and is no variant such as 1:55051215:G/GA."""
    ending = name.lower().endswith(_ENDINGS)
    return ending or ("/" in name and not re.search(r"\d\W*[A-Za-z]+/", name))


_ENDINGS = (".vcf", ".gz", ".bgz", ".bcf", ".txt", ".csv", ".tsv")
