"""The error for values that are not in the map: it lists them, and the lines to add.

A value in few rows could tell of a person, so it is counted and not named.
"""

from collections.abc import Sequence

from everygenome.audit.classes import Class
from everygenome.audit.mapping.toml import toml_key, toml_text
from everygenome.audit.placing import Placer
from everygenome.errors import UnreviewedError

MOST_NAMED = 20


def unreviewed(placers: Sequence[Placer], *, source: str, suppress: int, rows: bool) -> None:
    """Stop where a value is not in the map.

    Args:
        placers: the columns, after every row was placed.
        source: the name of the file.
        suppress: a value in fewer rows is not named.
        rows: whether rows were counted; else people, by a column of counts.

    Raises:
        UnreviewedError: with the lines to add to the map.
    """
    found = [placer for placer in placers if placer.unmapped]
    if not found:
        return
    unit = "rows" if rows else "people"
    lines = [f"{source} holds values that are not in the map."]
    for placer in found:
        lines += _lines(placer, suppress=suppress, unit=unit)
    raise UnreviewedError(
        "\n".join(lines) + "\n",
        remedy="Write each value and its group in the map, or list it under missing or refused. "
        'Where a column has no bands, others = "..." names a group for all that is not listed; '
        f"--allow-unmapped counts them apart, as “{Class.UNMAPPED}”.",
    )


def _lines(placer: Placer, *, suppress: int, unit: str) -> list[str]:
    ordered = sorted(placer.unmapped.items(), key=lambda item: (-item[1], item[0]))
    frequent = [(value, count) for value, count in ordered if count >= suppress]
    named = frequent[:MOST_NAMED]
    lines = [f"[columns.{toml_key(placer.name)}.values]"] if named else []
    lines += [f'{toml_text(value)} = ""    # {count:,} {unit}' for value, count in named]
    rest = []
    if more := len(frequent) - len(named):
        rest.append(f"{more:,} more values in {suppress:,} {unit} or more each")
    if rare := len(ordered) - len(frequent):
        other = "other values" if rare > 1 else "other value"
        rest.append(f"{rare:,} {other} in fewer than {suppress:,} {unit} each")
    if rest:
        lines.append(f"# column {toml_text(placer.name)}: and {' and '.join(rest)}")
    return lines
