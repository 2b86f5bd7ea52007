"""An engine that answers one window of variants after the other."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from everygenome.sources.variation.calls.matched import MATCHED
from everygenome.sources.variation.frequencies import Frequencies, Prepared
from everygenome.variants.evidence.by_group import group_rows
from everygenome.variants.evidence.by_variant import variant_rows
from everygenome.variants.evidence.details import detail_form
from everygenome.variants.evidence.flags import flag_table
from everygenome.variants.evidence.forms import long_form, summary_form
from everygenome.variants.evidence.info_fields import info_form
from everygenome.variants.evidence.question import Question
from everygenome.variants.evidence.tally import tally_form
from everygenome.variants.evidence.wording import Counting, Wording, kind

Form = Callable[[ir.Table, ir.Table, ir.Table, ir.Table, Question], ir.Table]
FORMS: Mapping[str, Form] = {
    "group": long_form,
    "variant": summary_form,
    "info": info_form,
    "detail": detail_form,
    "tally": tally_form,
}
"""What can be made of the same evidence, by name."""
BY_GROUP = {"group", "tally"}
"""Forms of which each variant has a row for each group."""


class Engine:
    """Answers windows.

    Args:
        frequencies: an open store.
        question: what is asked.
        wording: shared with other engines that are asked the same.
    """

    def __init__(self, frequencies: Frequencies, question: Question, wording: Wording) -> None:
        self._frequencies, self._question, self._wording = frequencies, question, wording
        self._quantiles = frequencies.quantiles()
        self._flags = frequencies.add("flag_words", flag_table())
        self._bars = frequencies.add("bars", question.held.rows())
        self._countings: dict[str, Counting] = {}
        self._told: dict[tuple[str, str], Prepared] = {}

    def answer(self, window: pa.Table, forms: Mapping[str, str]) -> dict[str, pa.Table]:
        """Forms of the evidence of some variants of a chromosome.

        Args:
            window: variants, in order, with their `place`.
            forms: name -> which of `FORMS`.
        """
        ends = pc.min_max(window["mpos"])
        first, last = int(ends["min"].as_py()), int(ends["max"].as_py())
        return self._answer(window, window["contig"][0].as_py(), first, last, forms)

    def get_ready(self, forms: Sequence[str]) -> None:
        """Put into words what most variants are asked with: those of the first chromosome."""
        if contig := next(iter(self._frequencies.manifest.contigs), None):
            self._answer(_no_rows(), contig, 1, 0, {form: form for form in forms})

    def _answer(
        self, window: pa.Table, contig: str, first: int, last: int, forms: Mapping[str, str]
    ) -> dict[str, pa.Table]:
        frequencies = self._frequencies
        frequencies.show("asked_here", window)
        sites = frequencies.sites(contig, first, last)
        numbers = frequencies.allele_numbers(contig, first, last)
        of = kind(sites, numbers, contig)
        if of not in self._countings:
            self._countings[of] = Counting(
                frequencies, self._wording, codes=self._question.codes, sites=sites,
                numbers=numbers, contig=contig,
            )  # fmt: skip
        counts = self._countings[of].counts()
        if missing := [form for form in forms.values() if (form, of) not in self._told]:
            self._tell(missing, counts, contig, of)
        return {name: _in_order(self._told[form, of].rows()) for name, form in forms.items()}

    def _tell(self, forms: Sequence[str], counts: ir.Table, contig: str, of: str) -> None:
        """Put forms into words, for chromosomes of one kind."""
        frequencies, question = self._frequencies, self._question
        words = partial(self._wording.prepared, frequencies)

        def by_group() -> ir.Table:
            beside = question.held.beside(counts, self._bars)
            return group_rows(beside, self._quantiles, question, contig)

        each = words(("group_rows", of), by_group, kept=f"group_rows_{of}").view()
        whole = words(
            ("variant_rows", of), lambda: variant_rows(each), kept=f"variant_rows_{of}"
        ).view()
        for form in forms:
            make = partial(FORMS[form], counts, each, whole, self._flags, question)
            self._told[form, of] = words((form, of), make)


def _no_rows() -> pa.Table:
    """A window of no variants, with the columns of all."""
    plain = [(one.name, _plain(one.type)) for one in MATCHED]
    return pa.schema([*plain, ("place", pa.int32())]).empty_table()


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _in_order(rows: pa.Table) -> pa.Table:
    """The rows as they were asked for; engines promise no order, and rarely change it."""
    place = np.asarray(rows["place"]).astype(np.int64) * 256 + np.asarray(rows["rank"])
    if (np.diff(place) < 0).any():
        rows = rows.take(pa.array(np.argsort(place, kind="stable")))
    return rows.drop_columns(["place", "rank"])
