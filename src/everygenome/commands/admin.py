"""`everygenome admin`: look after the collections, their people and their database."""

from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from everygenome.commands.common import StoreOption, store_of
from everygenome.errors import UsageError

admin = typer.Typer(
    help="Look after the collections, their people and their database.", no_args_is_help=True
)
role = typer.Typer(help="Give or end a role of an account.", no_args_is_help=True)
admin.add_typer(role, name="role")

EmailOption = Annotated[str, typer.Option(help="E-mail address of the account.")]
RoleOption = Annotated[str, typer.Option(help="reviewer, curator, editor, panel or administrator.")]
ReasonOption = Annotated[str, typer.Option(help="Why; it is kept.")]


class ImportFormat(StrEnum):
    """What the file is."""

    CITATION_CFF = "citation-cff"
    CODEMETA = "codemeta"
    BIOTOOLS = "biotools"
    JSON = "json"


@admin.command()
def migrate(store: StoreOption = None) -> None:
    """Bring the database up to date; every other command does so, too."""
    _run("migrate", "--verbosity=0", store=store)
    typer.echo("The database is up to date.")


@admin.command()
def seed(store: StoreOption = None) -> None:
    """Fill the collections with what this software brings; what is there stays."""
    _run("seed", store=store)


@admin.command()
def export(
    folder: Annotated[Path, typer.Argument(help="Folder to write to.")],
    store: StoreOption = None,
) -> None:
    """Write everything public of the collections as files."""
    _run("export", "--", str(folder), store=store)


@admin.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="File to read.")],
    collection: Annotated[str, typer.Option(help="Collection, such as toolbox.")],
    file_format: Annotated[
        ImportFormat, typer.Option("--format", help="What the file is.")
    ] = ImportFormat.JSON,
    given: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="FIELD=VALUE",
            help="A field of new entries of which the file says nothing; a list: a,b.",
        ),
    ] = None,
    store: StoreOption = None,
) -> None:
    """Read entries into a collection; facts that a curator locked stay."""
    options = [f"--collection={collection}", f"--format={file_format.value}"]
    options += [f"--set={one}" for one in given or ()]
    _run("import", *options, "--", str(file), store=store)


@admin.command()
def scrub(
    to: Annotated[Path, typer.Option(help="New SQLite file; it must not be there.")],
    store: StoreOption = None,
) -> None:
    """Write a copy of the database that holds nothing about anybody."""
    _run("scrub", f"--to={to}", store=store, shows_progress=True)


@admin.command()
def invite(
    email: EmailOption,
    name: Annotated[str, typer.Option(help="Name that colleagues see.")],
    role: RoleOption,
    reason: ReasonOption,
    store: StoreOption = None,
) -> None:
    """Make an account with a role. No mail is sent."""
    options = {"email": email, "name": name, "role": role, "reason": reason}
    _run("invite", *_written(options), store=store)


@role.command()
def give(
    email: EmailOption, role: RoleOption, reason: ReasonOption, store: StoreOption = None
) -> None:
    """Give a role."""
    _run("role", "give", *_written({"email": email, "role": role, "reason": reason}), store=store)


@role.command()
def end(
    email: EmailOption, role: RoleOption, reason: ReasonOption, store: StoreOption = None
) -> None:
    """End a role; what was done in it stays in the audit trail."""
    _run("role", "end", *_written({"email": email, "role": role, "reason": reason}), store=store)


@admin.command("erase-account")
def erase_account(email: EmailOption, store: StoreOption = None) -> None:
    """Erase who an account belongs to; what it decided stays, by its number."""
    _run("erase-account", *_written({"email": email}), store=store)


@admin.command("check-links")
def check_links(
    limit: Annotated[
        int | None,
        typer.Option(min=1, help="At most so many, first what waited longest. [default: 200]"),
    ] = None,
    store: StoreOption = None,
) -> None:
    """Ask whether the addresses in the collections still answer."""
    _run("check-links", *([] if limit is None else [f"--limit={limit}"]), store=store)


@admin.command()
def forget(store: StoreOption = None) -> None:
    """Delete what was kept long enough: contact details, drafts, links, traces. Run it daily."""
    _run("forget", store=store)


@admin.command("stories-due")
def stories_due(store: StoreOption = None) -> None:
    """End embargoes, destroy stories whose last day came, ask tellers again. Run it daily."""
    _run("stories-due", store=store)


@admin.command()
def backup(
    file: Annotated[Path, typer.Argument(help="New file; it must not be there.")],
    store: StoreOption = None,
) -> None:
    """Write a backup that holds no key of a story: what is withdrawn cannot come back from it."""
    _run("backup", "--", str(file), store=store)


@admin.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `backup` wrote.")],
    over: Annotated[
        bool, typer.Option("--over", help="Also into a site in use: its database is replaced.")
    ] = False,
    store: StoreOption = None,
) -> None:
    """Bring a backup back; stories that were withdrawn since stay withdrawn."""
    _run("restore", *(["--over"] if over else []), "--", str(file), store=store)


@admin.command()
def reindex(store: StoreOption = None) -> None:
    """Make the words by which entries are found anew."""
    _run("reindex", store=store)


@admin.command("rotate-keys")
def rotate_keys(store: StoreOption = None) -> None:
    """Seal contact details anew with the newest key, so that an old one can be thrown away."""
    _run("rotate-keys", store=store)


def _written(options: dict[str, str]) -> list[str]:
    return [f"--{name}={value}" for name, value in options.items()]


def _run(command: str, *arguments: str, store: Path | None, shows_progress: bool = False) -> None:
    if find_spec("django") is None:
        raise UsageError(
            "The web site is not installed.", remedy="Install everygenome with the extra `web`."
        )
    from everygenome.reports.terminal.progress import bars
    from everygenome.web.admin import administer

    root = store_of(store).root
    if not shows_progress:
        administer(command, *arguments, store=root)
        return
    with bars() as progress:
        administer(command, *arguments, store=root, progress=progress)
