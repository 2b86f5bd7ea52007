"""`everygenome report award`: a diversity report at the end of an award."""

# Heavy rooms are imported inside the command: `everygenome --help` must be quick.
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from everygenome.commands.common import ReleaseOption, SchemeName, StoreOption, store_of
from everygenome.errors import UsageError


class AwardFormat(StrEnum):
    """How the report is written."""

    HTML = "html"
    PDF = "pdf"
    MARKDOWN = "md"


def award(
    *,
    title: Annotated[str, typer.Option(help="What the award is called.")],
    publication: Annotated[
        list[str] | None, typer.Option(help="PubMed number of a publication; can be repeated.")
    ] = None,
    study: Annotated[
        list[str] | None, typer.Option(help="Accession (GCST...) of a study; can be repeated.")
    ] = None,
    grant: Annotated[
        list[str] | None,
        typer.Option(help='Grant number, such as "R01 HL123456"; can be repeated.'),
    ] = None,
    plan: Annotated[
        Path | None, typer.Option(help="What was planned: a file as `simulate` reads it.")
    ] = None,
    statement: Annotated[
        Path | None,
        typer.Option(
            help="What the awardee states: TOML with recruitment, hindered, shared, by, date."
        ),
    ] = None,
    scheme: Annotated[SchemeName, typer.Option(help="How groups are made.")] = SchemeName.BROAD,
    min_publications: Annotated[
        int, typer.Option(help="Compare like for like from so many publications on.")
    ] = 20,
    release: ReleaseOption = "current",
    store: StoreOption = None,
    output_format: Annotated[
        AwardFormat, typer.Option("--format", help="How to write the report.")
    ] = AwardFormat.HTML,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file, not the screen.")
    ] = None,
) -> None:
    """Report who took part in the studies of an award, for the end of its grant."""
    from everygenome.commands.writing import write_bytes
    from everygenome.queries.plans import read_plan
    from everygenome.queries.release import open_release
    from everygenome.reports.award.report import award_document
    from everygenome.reports.award.statements import read_statements
    from everygenome.reports.documents.write import FORMATS

    if output is None and output_format is AwardFormat.PDF and sys.stdout.isatty():
        raise UsageError(
            "A PDF is not for reading on a screen.",
            remedy="Add --output FILE, or send it into a file with >.",
        )
    if not 1 <= len(title.strip()) <= 200:
        raise UsageError(
            f"The title has {len(title.strip())} letters.", remedy="Use 1 to 200 letters."
        )
    # Files are read first: a slip in one costs no counting.
    samples = None if plan is None else read_plan(plan)
    said = None if statement is None else read_statements(statement)
    found = open_release(release, store=store_of(store).root).award(
        publications=publication or (),
        studies=study or (),
        grants=grant or (),
        plan=samples,
        min_publications=min_publications,
        scheme=scheme.value,
    )
    document = award_document(found, title=title.strip(), statements=said)
    write_bytes(FORMATS[output_format.value](document), output)
