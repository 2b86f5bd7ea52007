"""Bars beside variants: one for all, or one for each gene."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil, log, log1p
from typing import TYPE_CHECKING

import pyarrow as pa

from everygenome.errors import UsageError
from everygenome.variants.bars import Bars
from everygenome.variants.exceptions import exceptions

if TYPE_CHECKING:
    import ibis.expr.types as ir

_NONE_SEEN = -log(0.05)
_MOST = 2.0**53
_SCHEMA = pa.schema(
    [
        ("bar_gene", pa.string()),
        ("bar_rare", pa.float64()),
        ("bar_enough", pa.int64()),
        ("bar_unseen", pa.float64()),
        ("bar_expected", pa.float64()),
        ("bar_common", pa.float64()),
        ("bar_statistic", pa.string()),
        ("bar_chromosomes", pa.int64()),
        ("bar_copies", pa.int64()),
        ("bar_absent", pa.bool_()),
        ("bar_absent_in_males", pa.bool_()),
        ("bar_states_rare", pa.bool_()),
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What variants are held against.

    Attributes:
        for_all: one for every variant; None: none, or by gene.
        by_gene: gene -> bars; a variant of another gene has none. `MYH7` and `myh7` are one gene.
        build: of the variants, for those that are exempt from BA1.
    """

    for_all: Bars | None = None
    by_gene: Mapping[str, Bars] = field(default_factory=dict)
    build: str = ""

    def __post_init__(self) -> None:
        seen: dict[str, str] = {}
        for gene in self.by_gene:
            if (before := seen.setdefault(_key(gene), gene)) != gene:
                raise UsageError(
                    f"{before!r} and {gene!r} are one gene, with bars for each.",
                    remedy="Keep one of them: genes are matched in any case of their letters.",
                )

    def of(self, gene: str) -> Bars | None:
        """The bars of a gene, or those for all.

        Example:
            >>> held = Held(by_gene={"MYH7": Bars(rare=4e-5, expected=1e-4)})
            >>> held.of("myh7").rare, held.of("MYH6")
            (4e-05, None)
        """
        if not self.by_gene:
            return self.for_all
        return {_key(one): bars for one, bars in self.by_gene.items()}.get(_key(gene))

    def beside(self, table: "ir.Table", rows: "ir.Table") -> "ir.Table":
        """The table with columns of the bars: `bar_rare` and so on; null where there is none.

        And `exempt`: BA1 does not hold for the variant; `no_gene_bar`: bars are by gene, and none
        is of its gene; `several_genes`: bars are by gene, and it is in others too.

        Args:
            table: of variants, with `gene`, `hgvs_c` and how they are matched.
            rows: those of `rows()`, as a table of the same engine. Numbers are not written into
                the question: an engine may take 0.001 for a decimal, and answer with one.
        """
        table = table.mutate(exempt=self._exempt(table))
        if self.by_gene:
            barred = table.left_join(rows, table.gene.strip().lower() == rows.bar_gene)
            return barred.mutate(
                no_gene_bar=barred.bar_gene.isnull(),
                several_genes=(barred.genes > 1).fill_null(False),
            ).drop("bar_gene")
        barred = table.cross_join(rows.drop("bar_gene"))
        return barred.mutate(no_gene_bar=False, several_genes=False)

    def rows(self) -> pa.Table:
        """The bars by gene, a row for each; or one row for all variants."""
        by_gene: Mapping[str, Bars | None] = self.by_gene or {"": self.for_all}
        rows = [_row(gene, bars) for gene, bars in by_gene.items()]
        return pa.Table.from_pylist(rows, schema=_SCHEMA)

    def _exempt(self, table: "ir.Table") -> "ir.BooleanValue":
        """The variant is on the list of those that BA1 does not hold for."""
        # A file is read while it is loaded; see `variants.asking`.
        import ibis

        names = [(one.gene, name) for one in exceptions() for name in (one.hgvs_c, *one.also)]
        # As `is_exception` reads them: a transcript may stand before the name, and any case of
        # letters may be used.
        named = table.hgvs_c.strip().re_replace("^.*:", "").lower()
        named = named.re_replace("dup[acgt]+$", "dup")
        of_gene = table.gene.strip().lower()
        places = [
            at
            for one in exceptions()
            if (at := one.grch37 if self.build == "GRCh37" else one.grch38)
        ]
        found: ir.BooleanValue = ibis.literal(False)
        for gene, hgvs_c in names:
            found |= ((of_gene == _key(gene)) & (named == hgvs_c.lower())).fill_null(False)
        for place in places:
            contig, pos, ref, alt = place.split("-")
            # The position first: it tells nearly all apart, and costs least.
            found |= (
                (table.mpos == int(pos))
                & (table.contig == contig)
                & (table.mref == ref)
                & (table.malt == alt)
            )
        return found


def _row(gene: str, bars: Bars | None) -> dict[str, object]:
    return {
        "bar_gene": _key(gene),
        "bar_rare": bars.rare if bars else None,
        "bar_enough": _enough(bars.rare) if bars else None,
        "bar_unseen": _unseen(bars.rare) if bars else None,
        "bar_expected": bars.expected if bars else None,
        "bar_common": bars.common if bars else None,
        "bar_statistic": bars.statistic.value if bars else "",
        "bar_chromosomes": bars.least_chromosomes if bars else 0,
        "bar_copies": bars.least_copies if bars else 0,
        "bar_absent": bars.absent if bars else False,
        "bar_absent_in_males": bars.absent_in_males if bars else False,
        "bar_states_rare": bars.states_rare if bars else False,
    }


def _enough(rare: float) -> int:
    """The least whole number of chromosomes by which absence can be told, for a bar above 0.

    No more than a whole number of 53 bits: a bar may be as low as anything above 0.

    Example:
        >>> _enough(4e-5)
        74894
    """
    return ceil(min(_NONE_SEEN / rare, _MOST))


def _key(gene: str) -> str:
    """By what a gene is matched."""
    return gene.strip().lower()


def _unseen(frequency: float) -> float:
    """The logarithm of the chance that a chromosome lacks an allele so common.

    Reckoned here: 1 - 1e-9 as a number loses half of its digits. Of what everybody has, a number
    so low that its exponential is 0.
    """
    return log1p(-frequency) if frequency < 1 else -1000.0
