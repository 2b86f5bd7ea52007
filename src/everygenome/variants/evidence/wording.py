"""What is asked, in the engine's own words: made once, since that takes longer than an answer."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from functools import cached_property, partial
from threading import RLock
from typing import TypedDict

import ibis.expr.types as ir

from everygenome.sources.variation.builds import Build
from everygenome.sources.variation.frequencies import Frequencies, Prepared
from everygenome.sources.variation.preparing.most import REGIONS, REST
from everygenome.variants.evidence.absent import not_found_counts
from everygenome.variants.evidence.counts import found_counts


class Wording:
    """Words that several engines use: the first one that needs them makes them."""

    def __init__(self) -> None:
        self._made: dict[Hashable, Prepared] = {}
        self._lock = RLock()

    def prepared(
        self,
        frequencies: Frequencies,
        what: Hashable,
        make: Callable[[], ir.Table],
        *,
        kept: str = "",
    ) -> Prepared:
        """An expression in words, for one engine.

        Args:
            frequencies: with the engine.
            what: tells it from all others.
            make: gives the expression, where nobody has made it yet.
            kept: see `Frequencies.prepared`.
        """
        with self._lock:
            if what not in self._made:
                self._made[what] = frequencies.prepared(make(), kept=kept)
            return replace(self._made[what], engine=frequencies.engine)


class _Where(TypedDict):
    codes: Sequence[str]
    build: Build
    contig: str


class Counting:
    """From variants to the counts beside them, on chromosomes that have the same columns.

    Args:
        frequencies: where the variants are `asked_here`.
        wording: of all engines.
        codes: groups, with `all`.
        sites, numbers: see `Frequencies`; None: there are none.
        contig: one of these chromosomes.
    """

    def __init__(
        self,
        frequencies: Frequencies,
        wording: Wording,
        *,
        codes: Sequence[str],
        sites: ir.Table | None,
        numbers: ir.Table | None,
        contig: str,
    ) -> None:
        self._frequencies = frequencies
        build = Build(frequencies.manifest.build)
        self._where = _Where(codes=codes, build=build, contig=contig)
        self._sites, self._numbers = sites, numbers
        self._words = partial(self._prepared, wording, kind(sites, numbers, contig))
        asked = frequencies.table("asked_here")
        if sites is None:
            self._found = self._words(
                "counts", lambda: not_found_counts(asked, numbers, None, **self._where)
            )
            return
        self._found = self._words("counts", lambda: found_counts(asked, sites, **self._where))
        found = self._found.keep()
        self._first_missing = self._words("first_missing", lambda: _missing(found).limit(1))

    def counts(self) -> ir.Table:
        """The table `counts`, of the variants that are asked for now."""
        found = self._found.keep()
        if self._sites is None or not self._first_missing.rows().num_rows:
            return found
        absent, both = self._with_absent
        absent.keep()
        return both.keep()

    @cached_property
    def _with_absent(self) -> tuple[Prepared, Prepared]:
        found = self._frequencies.table("counts")

        def told() -> ir.Table:
            missing = _missing(found)
            rows = not_found_counts(missing, self._numbers, self._sites, **self._where)
            return rows.select(*found.columns)

        absent = self._words("absent", told)
        rows = absent.keep()
        both = self._words("with_absent", lambda: found.anti_join(rows, "place").union(rows))
        return absent, replace(both, kept="counts")

    def _prepared(
        self, wording: Wording, of: Hashable, name: str, make: Callable[[], ir.Table]
    ) -> Prepared:
        return wording.prepared(self._frequencies, (name, of), make, kept=name)


def kind(sites: ir.Table | None, numbers: ir.Table | None, contig: str) -> str:
    """The same for chromosomes that are asked in the same words; part of a name.

    X and Y have columns that others have not, and ends that are theirs; the mitochondrion is not
    there twice; files can lack a column.
    """
    widths = [str(len(one.columns)) if one is not None else "0" for one in (sites, numbers)]
    return "_".join([*widths, contig if contig in REGIONS else REST])


def _missing(found: ir.Table) -> ir.Table:
    """Variants that the source has no row of."""
    return found.filter(found.status.isnull() | found.problem.notnull())
