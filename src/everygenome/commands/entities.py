"""`everygenome entities`: which names were put together, and what people decided of others."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from everygenome.commands.common import (
    ReleaseOption,
    StoreOption,
    read_text,
    store_of,
)
from everygenome.commands.writing import write_bytes, write_view
from everygenome.errors import UsageError

entities = typer.Typer(
    help="Names of funders and cohorts: what was merged, and by whose decision.",
    no_args_is_help=True,
)


class Kind(StrEnum):
    """Whose names are reviewed."""

    FUNDER = "funder"
    COHORT = "cohort"


class Format(StrEnum):
    """How the audit is written."""

    TABLE = "table"
    JSON = "json"


KindOption = Annotated[Kind, typer.Option(help="Whose names.")]


@entities.command()
def audit(
    kind: KindOption,
    top: Annotated[
        int, typer.Option(min=1, max=2000, help="Among how many names to look for near pairs.")
    ] = 200,
    output_format: Annotated[Format, typer.Option("--format", help="How to write it.")] = (
        Format.TABLE
    ),
    release: ReleaseOption = "current",
    store: StoreOption = None,
) -> None:
    """Say what was merged and how, what was not, and which names look alike."""
    import json

    from everygenome.pipeline.entities import names_of
    from everygenome.queries.release import open_release
    from everygenome.queries.stated_names import stated_names
    from everygenome.reports.terminal.entities import audit_dict, audit_table
    from everygenome.vocabulary.entities.audit import audit as run

    place = store_of(store)
    opened = open_release(release, store=place.root)
    stated = stated_names(opened, kind.value)
    names = names_of(place.root, [kind.value])[kind.value]
    found = run(names, stated.publications, top=top)
    if output_format is Format.JSON:
        told = audit_dict(found, names, stated, release=opened.label)
        write_bytes((json.dumps(told, indent=2, ensure_ascii=False) + "\n").encode(), None)
        return
    write_view(audit_table(found, names, stated, release=opened.label, top=top))


@entities.command()
def review(
    kind: KindOption,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write the table to this file, not to the screen."),
    ] = None,
    apply: Annotated[
        Path | None, typer.Option(help="A table that somebody filled in: keep its decisions.")
    ] = None,
    release: ReleaseOption = "current",
    store: StoreOption = None,
) -> None:
    """Write every stated name as a table to be filled in; or, with --apply, keep the decisions."""
    place = store_of(store)
    if apply is not None:
        if output is not None:
            raise UsageError(
                "--apply reads a table and --output writes one.", remedy="Use one at a time."
            )
        _apply(kind, apply, place.root)
        return
    from everygenome.pipeline.entities import names_of
    from everygenome.queries.release import open_release
    from everygenome.queries.stated_names import stated_names
    from everygenome.reports.terminal.progress import say
    from everygenome.vocabulary.entities.review import review_rows, to_csv

    stated = stated_names(open_release(release, store=place.root), kind.value)
    rows = review_rows(names_of(place.root, [kind.value])[kind.value], stated.publications)
    write_bytes(to_csv(rows).encode(), output)
    if output is not None:
        say(
            f"{len(rows):,} names are in {output}. Fill in `means`, `source` and `reviewed_on`, "
            f"then: everygenome entities review --kind {kind.value} --apply {output}"
        )


def _apply(kind: Kind, path: Path, root: Path) -> None:
    from everygenome.pipeline.reviews import keep_decisions
    from everygenome.reports.terminal.entities import kept_text
    from everygenome.store.folder import Store

    text = read_text(path)
    store = Store(root)
    # A store that holds nothing has nothing to decide about: most likely another one is meant.
    store.resolve()
    kept = keep_decisions(store, kind.value, text, file_name=str(path))
    typer.echo(kept_text(kept, kind=kind.value))
