"""Write `docs/reference/` from the code, or check that it is current.

    uv run python docs/generate.py            write the pages
    uv run python docs/generate.py --check    end with 1 and list the pages that are not current

The pages depend on nothing but the code: not on the machine, the time or the order of files.
"""

import sys
from pathlib import Path

from generator import commands, failures, files, python_api, settings, spec, tables, words
from generator.text import page

FOLDER = Path(__file__).parent / "reference"
PAGES = {
    "commands.md": ("Command line", commands.body),
    "python.md": ("Python", python_api.body),
    "vocabulary.md": ("Vocabulary", words.body),
    "tables.md": ("Tables of a release", tables.body),
    "layouts.md": ("Layouts of the catalogue's files", files.body),
    "settings.md": ("Settings", settings.body),
    "errors.md": ("Errors and exit codes", failures.body),
    "specification.md": ("Specification", spec.body),
}


def pages() -> dict[str, str]:
    """Every page by file name."""
    made = {name: page(title, body()) for name, (title, body) in PAGES.items()}
    listed = "\n".join(f"- [{title}]({name})" for name, (title, _) in PAGES.items())
    return {"README.md": page("Reference", listed), **made}


def stale(made: dict[str, str]) -> list[str]:
    """The names of pages that are missing, outdated, or no longer made."""
    there = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.md")}
    return sorted(name for name in made.keys() | there if made.get(name) != there.get(name))


def main(arguments: list[str]) -> int:
    """Write or check; the exit code."""
    made = pages()
    changed = stale(made)
    if arguments == ["--check"]:
        for name in changed:
            print(f"docs/reference/{name} is not current: run `uv run python docs/generate.py`")
        return 1 if changed else 0
    if arguments:
        print(__doc__)
        return 2
    FOLDER.mkdir(exist_ok=True)
    for name in changed:
        if name in made:
            (FOLDER / name).write_text(made[name], "utf-8")
        else:
            (FOLDER / name).unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
