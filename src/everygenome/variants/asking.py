"""One door to the evidence: of variants that are typed, and of files of any size."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from everygenome.errors import UsageError
from everygenome.sources.variation.builds import Build
from everygenome.sources.variation.calls.gene_places import GeneSource
from everygenome.sources.variation.calls.handed import STANDARD_INPUT
from everygenome.sources.variation.calls.reading import Calls, read_calls
from everygenome.sources.variation.preparing.manifest import read_frequencies
from everygenome.variants.bars import Bars
from everygenome.variants.limits import NEVER_RARE
from everygenome.variants.reading import begun, done, told
from everygenome.variants.result import Evidence
from everygenome.variants.sources import question_of, source_of

SHOWN = 200
"""Variants of a file that are told one by one; the summary and the tables hold all."""
_WORKERS = 2
Receiver = tuple[str, Callable[[pa.Table], None]]
"""The name of a form (see `evidence.engine.FORMS`), and who is given its rows."""


def ask(
    names: Sequence[str],
    *,
    frequencies: Path,
    groups: Sequence[str] = (),
    bars: Bars | Mapping[str, Bars] | None = None,
    gene: str = "",
    fasta: Path | None = None,
) -> Evidence:
    """Evidence of variants that are typed.

    Args:
        names: such as `1-55051215-G-GA` or `NC_000001.11:g.55051215G>A`.
        frequencies: a store; see `everygenome variants prepare`.
        groups: codes of groups that the question is about; none: the background is unknown, or
            several.
        bars: what frequencies are held against: one for all, or by gene.
        gene: of all of them, for bars by gene.
        fasta: the reference genome, to move alleles to the left.

    Raises:
        InputError, UsageError: a name is none, or of another build; a group is not in the store.
        StoreError: the store cannot be read.
    """
    return ask_file(
        names, frequencies=frequencies, groups=groups, bars=bars, gene=gene, fasta=fasta,
        shown=len(names),
    )  # fmt: skip


def ask_file(
    inputs: Path | Sequence[str],
    *,
    frequencies: Path,
    groups: Sequence[str] = (),
    bars: Bars | Mapping[str, Bars] | None = None,
    gene: str = "",
    fasta: Path | None = None,
    genes: GeneSource | None = None,
    build: Build | None = None,
    shown: int = SHOWN,
    receivers: Mapping[str, Receiver] | None = None,
    summarised: bool | None = None,
    after: Callable[[Calls], None] | None = None,
    report: Callable[..., None] | None = None,
) -> Evidence:
    """Evidence of a file of variants, or of variants that are typed; memory does not grow with it.

    Args:
        inputs: VCF, BCF or list; or names.
        frequencies, groups, bars, gene, fasta: as for `ask`.
        genes: where genes are, for variants whose gene the input does not name.
        build: of the input, where it does not say.
        shown: variants that are told one by one, from the first in the order of the genome on.
        receivers: name -> a form of the evidence and who is given its rows, window by window.
        summarised: with a summary; None: of a file, and not of what was typed.
        after: is given the variants that were read, when all receivers have their rows.
        report: is told what is done, how far, and of how much.

    Raises:
        InputError, UsageError: the input cannot be read, or is of another build; a group is not
            in the store.
        StoreError: the store cannot be read.
    """
    if summarised is None:
        summarised = isinstance(inputs, Path)
    question = question_of(frequencies, groups, bars)
    wanted = Build(read_frequencies(frequencies).build)
    if build is not None and build is not wanted:
        raise UsageError(
            f"The variants are on {build}, and the frequencies on {wanted}.",
            remedy="Name frequencies of the same build, or lift the variants over.",
        )
    with ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="everygenome-")))

        def read(met: Callable[[int], None]) -> Calls:
            return read_calls(inputs, build=wanted, fasta=fasta, genes=genes, work=work, report=met)

        is_file = isinstance(inputs, Path)
        reading = (
            begun(read, stack, report)
            if isinstance(inputs, Path) and inputs.is_file() and str(inputs) != STANDARD_INPUT
            # What is typed is soon read. A stream may never end, and a wait for it be broken off.
            else done(read(partial(told, report)))
        )
        # Loaded, and started, while a file is read: together that takes as long as a million rows.
        from everygenome.variants.evidence.details import variants_of
        from everygenome.variants.evidence.engine import BY_GROUP
        from everygenome.variants.evidence.tally import Tally
        from everygenome.variants.evidence.windows import GROUP_ROWS, WINDOW, Engines

        given = dict(receivers or {})
        forms = {name: form for name, (form, _) in given.items()}
        if summarised:
            forms["tally"] = "tally"
        soon = tuple(forms.values()) if is_file else ()
        engines = stack.enter_context(
            Engines(frequencies, question, workers=_WORKERS if is_file else 1, soon=soon)
        )
        calls = reading.result()
        path = _named_gene(calls.path, gene.strip()) if gene.strip() else calls.path
        tally = Tally(question, calls)
        details: list[pa.Table] = []
        if shown:
            _first(path, shown, work / "shown.parquet")
            for tables in engines.answers(work / "shown.parquet", {"detail": "detail"}):
                details.append(tables["detail"])
        if forms:
            by_group = not BY_GROUP.isdisjoint(forms.values())
            size = GROUP_ROWS // len(question.codes) if by_group else WINDOW
            for tables in engines.answers(path, forms, size=size, report=report):
                for name, (_, receive) in given.items():
                    receive(tables[name])
                if summarised:
                    tally.add(tables["tally"])
        if after is not None:
            after(calls)
    held = question.held
    return Evidence(
        source=source_of(frequencies),
        input_name=calls.name,
        asked=question.asked,
        bars=held.by_gene or ({"": held.for_all} if held.for_all else {}),
        variants=tuple(variants_of(details, question)),
        summary=tally.summary() if summarised else None,
        shown_of=calls.variants,
        caveats=(NEVER_RARE, *calls.caveats),
    )


def _named_gene(path: Path, gene: str) -> Path:
    """The same variants, with the gene that was named where the input names none."""
    out = path.with_name("with-gene.parquet")
    file = pq.ParquetFile(path)
    at = file.schema_arrow.get_field_index("gene")
    with pq.ParquetWriter(out, file.schema_arrow) as writer:
        for batch in file.iter_batches():
            named = pc.fill_null(batch.column(at), gene)
            writer.write_batch(batch.set_column(at, file.schema_arrow.field(at), named))
    return out


def _first(path: Path, rows: int, out: Path) -> None:
    file = pq.ParquetFile(path)
    batch = next(file.iter_batches(rows), None)
    table = file.schema_arrow.empty_table() if batch is None else pa.Table.from_batches([batch])
    pq.write_table(table, out)
