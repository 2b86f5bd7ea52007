"""On which line of a TOML file each key stands: the parser that comes with Python does not say."""

import tomllib
from collections.abc import Sequence

Path = tuple[str, ...]


def key_lines(text: str) -> dict[Path, int]:
    """The line of each table and key, as far as keys have a line of their own.

    Example:
        >>> key_lines('[file]\\nmissing = [""]\\n[columns."a b"]\\nkind = ""\\n')[
        ...     "columns", "a b", "kind"]
        4
    """
    lines: dict[Path, int] = {}
    table: Path = ()
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if stripped.startswith("[") and (path := _path(stripped)):
            table = path
            lines.setdefault(table, number)
        elif path := _key(stripped):
            lines.setdefault(table + path, number)
    return lines


def line_of(path: Sequence[str], lines: dict[Path, int]) -> int | None:
    """The line of a key, or else of the nearest table that would hold it."""
    wanted = tuple(path)
    while wanted and wanted not in lines:
        wanted = wanted[:-1]
    return lines.get(wanted)


def _key(line: str) -> Path:
    # Of all beginnings that end before an equals sign, the first that is a key: a quoted key can
    # hold such a sign itself.
    for at, letter in enumerate(line):
        if letter == "=" and (path := _path(f"{line[:at]} = 0")):
            return path
    return ()


def _path(text: str) -> Path:
    try:
        found: object = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return ()
    path = []
    while isinstance(found, dict) and len(found) == 1:
        name, found = next(iter(found.items()))
        path.append(str(name))
    return tuple(path)
