"""How commands show what they do: progress on stderr, results on stdout."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from everygenome.web.collections.seeds import Loaded


@contextmanager
def progress(*, shown: bool = True) -> Iterator[Callable[[str, int, int], None]]:
    """A bar for each collection, on stderr; call it with name, done and of how many."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(file=sys.stderr)
    with Progress(*columns, console=console, disable=not shown) as bars:
        tasks: dict[str, int] = {}

        def report(name: str, done: int, total: int) -> None:
            if name not in tasks:
                tasks[name] = bars.add_task(name, total=total)
            bars.update(tasks[name], completed=done, total=total)

        yield report


def sentence(loaded: Loaded) -> str:
    """What loading a file came to, in lines."""
    lines = [
        f"{loaded.name}: {loaded.new:,} new, {loaded.changed:,} changed, {loaded.same:,} as before."
    ]
    if loaded.kept:
        lines.append(f"  Left alone, because somebody else said it: {', '.join(loaded.kept)}.")
    if loaded.withdrawn:
        lines.append(f"  Left alone, because withdrawn: {', '.join(loaded.withdrawn)}.")
    if loaded.closed:
        names = ", ".join(loaded.closed)
        lines.append(f"  Left alone, because no file brings them back or changes them: {names}.")
    return "\n".join(lines)
