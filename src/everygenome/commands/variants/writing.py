"""Evidence into files: rows for programs, a VCF with fields added, and reports for people."""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from everygenome.commands.variants.asked import Asked
from everygenome.errors import StoreError, UsageError
from everygenome.reports.documents.outputs import check_formats as check_reports
from everygenome.reports.variants.method import GROUPS, IS_NOT
from everygenome.reports.variants.rows import RowWriter, row_writer
from everygenome.sources.variation.calls.info_text import Field
from everygenome.sources.variation.calls.reading import Calls
from everygenome.sources.variation.calls.vcf_out import Annotated, annotate
from everygenome.variants.result import Evidence
from everygenome.variants.sources import about_of, question_of, source_of

ROW_FORMATS = ("csv", "parquet")
ONE_FILE = (*ROW_FORMATS, "vcf")
# How names of files end -> formats.
_ENDINGS = {
    **{f".{form}": form for form in (*ONE_FILE, "html", "pdf", "md", "json")},
    **dict.fromkeys((".vcf.gz", ".vcf.bgz", ".bcf"), "vcf"),
}


def formats_of(formats: Sequence[str], out: Path | None) -> tuple[str, ...]:
    """The formats that are asked for; where none is, the one that the name of the file says.

    Example:
        >>> formats_of([], Path("all.vcf.gz")), formats_of(["csv", "csv"], None)
        (('vcf',), ('csv',))
    """
    if not formats and out is not None and not out.is_dir():
        said = next((form for end, form in _ENDINGS.items() if out.name.lower().endswith(end)), "")
        return (said,) if said else ()
    return tuple(dict.fromkeys(formats))


def check_formats(formats: tuple[str, ...], out: Path | None) -> None:
    """Refuse what cannot be written, before anything is looked up.

    Raises:
        UsageError: formats that do not go together, or do not fit what is named with --out.
    """
    whole = [one for one in formats if one in ONE_FILE]
    if whole and len(formats) > 1:
        raise UsageError(
            f"{formats[0]} and {formats[1]} are both asked for.",
            remedy=f"{', '.join(ONE_FILE)} are written one at a time: run the command twice.",
        )
    if out is None or (not whole and not _is_one_file(formats, out)):
        check_reports(formats, out)
        return
    if out.is_dir():
        raise UsageError(f"{out} is a folder.", remedy=f"Name a file, such as {out}/evidence.csv.")
    if not out.parent.is_dir():
        raise UsageError(f"There is no folder {out.parent}.", remedy="Make it first.")


def _is_one_file(formats: tuple[str, ...], out: Path) -> bool:
    return len(formats) == 1 and formats[0] != "table" and out.suffix.lower() == f".{formats[0]}"


def write_rows(
    asked: Asked, form: str, out: Path | None, *, by: str, report: Callable[..., None]
) -> list[str]:
    """Write CSV or Parquet, and tell what was counted on the way.

    Raises:
        UsageError, StoreError: see `row_writer`.
    """
    calls: list[Calls] = []
    with row_writer(out, form, about_of(asked.frequencies, asked.groups, asked.bars)) as writer:
        answer = asked.evidence(
            report=report, receivers={"rows": (by, writer.write)}, shown=0,
            summarised=False, after=calls.append,
        )  # fmt: skip
    met = [f"{count:,} {what}" for read in calls for what, count in read.classes.items()]
    return [
        # Of what was typed, everybody sees how it was written.
        *(met if asked.is_file else []),
        *(IS_NOT, GROUPS, *answer.caveats),
        *([f"{writer.rows:,} rows: {out}"] if out else []),
    ]


def write_vcf(asked: Asked, out: Path | None, *, report: Callable[..., None]) -> list[str]:
    """Write the input again, with INFO fields added.

    Raises:
        UsageError: the input is no VCF.
    """
    if not asked.is_file:
        raise _no_vcf()
    from everygenome.variants.evidence.info_fields import info_fields, info_rows

    question = question_of(asked.frequencies, asked.groups, asked.bars)
    fields = info_fields(question, source_of(asked.frequencies).name)
    done: list[Annotated] = []
    with tempfile.TemporaryDirectory(prefix="everygenome-") as folder:
        rows = Path(folder) / "info.parquet"
        target = out or Path(folder) / "out.vcf"
        with rows.open("wb") as sink, closing(RowWriter(sink, "parquet", {})) as writer:

            def annotated(calls: Calls) -> None:
                if calls.source is None:
                    raise _no_vcf()
                writer.close()
                if not writer.rows:
                    pq.write_table(_no_rows(fields), sink)
                sink.flush()
                done.append(annotate(calls.source, rows, target, fields=fields))

            groups: list[pa.Table] = []

            def write(alleles: pa.Table) -> None:
                writer.write(info_rows(alleles, groups.pop(), question))

            answer = asked.evidence(
                report=report, shown=0, summarised=False, after=annotated,
                # In this order: the groups of a window are there when its alleles come.
                receivers={"groups": ("group", groups.append), "info": ("info", write)},
            )  # fmt: skip
        if out is None:
            with target.open("rb") as made:
                shutil.copyfileobj(made, sys.stdout.buffer)
            sys.stdout.flush()
    (told,) = done
    return [
        f"{told.records:,} records, {told.annotated:,} with fields added",
        *([f"{told.replaced:,} had such fields, which were replaced"] if told.replaced else []),
        *(IS_NOT, GROUPS, *answer.caveats),
        *([f"Written: {out}"] if out else []),
    ]


def write_reports(answer: Evidence, formats: tuple[str, ...], out: Path | None) -> Iterator[Path]:
    """Write a report: on the screen, into a folder, or as the one file that is named.

    Raises:
        UsageError, StoreError: see `write_evidence`.
    """
    # Rows are written without it, and it takes longer to load than many files to be answered.
    from everygenome.reports.variants.files import evidence_bytes, write_evidence

    if out is None or not _is_one_file(formats, out):
        yield from write_evidence(answer, formats, out)
        return
    try:
        out.write_bytes(evidence_bytes(answer, formats[0]))
    except OSError as error:
        raise StoreError(
            f"{out} cannot be written: {error.strerror}.", remedy="Name another file."
        ) from None
    yield out


def _no_vcf() -> UsageError:
    return UsageError(
        "INFO fields can be added to a VCF or BCF only.",
        remedy="Give one, or choose another --format, such as csv.",
    )


def _no_rows(fields: Sequence[Field]) -> pa.Table:
    types = {"Float": pa.float64(), "Integer": pa.int32(), "String": pa.string()}
    columns = {"ordinal": pa.int64(), "chrom": pa.string(), "pos": pa.int32()}
    columns |= {"ref": pa.string(), "alt": pa.string()}
    columns |= {one.id: types[one.type] for one in fields}
    return pa.schema(list(columns.items())).empty_table()
