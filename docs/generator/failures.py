"""The tree of errors, with exit codes."""

import inspect

from everygenome import errors
from generator.text import docstring, table


def body() -> str:
    """What the module says, and each kind."""
    kinds = [
        kind
        for kind in vars(errors).values()
        if inspect.isclass(kind) and issubclass(kind, errors.EverygenomeError)
    ]
    rows = [
        (f"`{kind.__name__}`", kind.exit_code, (inspect.getdoc(kind) or "").splitlines()[0])
        for kind in kinds
    ]
    return (
        f"{docstring(errors)}\n\n130 means that it was stopped with Ctrl-C.\n\n"
        "## In Python\n\nAll are in `everygenome.errors`, with the attributes `what`, `remedy` "
        f"and `exit_code`.\n\n{table(('Error', 'Exit code', 'Meaning'), rows)}"
    )
