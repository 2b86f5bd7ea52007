"""The command line, in the words of its own help."""

from typing import Any

import typer

from everygenome.__main__ import app
from generator.text import code

WIDTH = 96


def body() -> str:
    """The help of the program and of each command."""
    group: Any = typer.main.get_command(app)
    parts = [code(_help(group, group.name))]
    for name, command in group.commands.items():
        parts += [f"## everygenome {name}", code(_help(command, f"{group.name} {name}"))]
    return "\n\n".join(parts)


def _help(command: Any, name: str) -> str:
    context = command.context_class(
        command, info_name=name, terminal_width=WIDTH, max_content_width=WIDTH
    )
    return str(command.get_help(context))
