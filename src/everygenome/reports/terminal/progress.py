"""Progress bars and messages, on standard error."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn


def say(text: str) -> None:
    """One line for the person at the terminal."""
    Console(stderr=True, soft_wrap=True).print(text, markup=False, highlight=False)


@contextmanager
def bars() -> Iterator[Callable[..., None]]:
    """A function that shows what is being done, and how far it is."""
    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        TextColumn("{task.fields[amount]}"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        # In a file, what is left of bars is an empty line.
        disable=not console.is_terminal,
    ) as progress:
        tasks: dict[str, TaskID] = {}

        def report(stage: str, done: int = 0, total: int | None = None) -> None:
            if stage not in tasks:
                for earlier in tasks.values():
                    progress.update(earlier, visible=False)
                tasks[stage] = progress.add_task(stage, total=total, amount="")
            amount = f"{done / 1e6:.1f} MB" if total and total > 10_000 else ""
            progress.update(tasks[stage], completed=done, total=total, amount=amount)

        yield report


@contextmanager
def working(text: str) -> Iterator[None]:
    """Show that something is being done, where nobody knows how long it takes."""
    if not Console(stderr=True).is_terminal:
        yield
        return
    with bars() as report:
        report(text)
        yield
