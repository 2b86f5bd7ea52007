"""Reference populations from a user's own CSV file."""

import math
import re
from pathlib import Path

from everygenome.errors import InputError
from everygenome.vocabulary.references.model import PEOPLE, Descriptor, Reference
from everygenome.vocabulary.references.table_files import Row, TableFile, parse_table, read_text

_KEYS = (
    "name",
    "title",
    "descriptor",
    "citation",
    "date",
    "licence",
    "source_url",
    "unit",
    "total",
)
# Published totals differ a little from the sum of their parts, where these were changed to protect
# privacy.
_TOLERANCE = 0.001
_TOTAL = re.compile(r"\b(all|everybody|everyone|overall|sum|total|together)\b", re.IGNORECASE)


def read_reference(path: Path) -> Reference:
    """Read a reference population: columns `group,people` under `# key: value` lines.

    `# descriptor:`, `# citation:` and `# date:` must be there; `# title:`, `# licence:`,
    `# source_url:`, `# name:`, `# unit: people`, `# total:` (checked against the sum) and any
    number of `# note:` may be.

    Raises:
        InputError: the file cannot be read, has no descriptor, citation or date, or holds a
            group twice, or people that are no number, negative, or nobody at all; or groups that
            do not sum to the total, hold a row that is their total, or are percentages.

    Example:
        >>> import tempfile
        >>> lines = [
        ...     "# descriptor: world region",
        ...     "# citation: Statistics Exampleland, Census 2021, table 7",
        ...     "# date: 1 May 2021",
        ...     "group,people",
        ...     "Africa,1200",
        ...     '"Asia, all parts",3400',
        ... ]
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder) / "exampleland.csv"
        ...     _ = path.write_text("\\n".join(lines))
        ...     read_reference(path).total
        4600.0
    """
    path = Path(path)
    table = parse_table(
        read_text(path), source=str(path), columns=("group", "people"), header_keys=_KEYS
    )
    if table.header.get("unit", PEOPLE) != PEOPLE:
        raise InputError(
            f"{path} counts {table.header['unit']!r}.",
            remedy="Give whole people (not thousands, not percent) and `# unit: people`.",
        )
    return Reference(
        name=table.header.get("name") or path.stem,
        title=table.header.get("title") or path.stem,
        descriptor=_descriptor(table),
        citation=table.required("citation", example="Office for National Statistics, Census 2021"),
        date=table.required("date", example="21 March 2021"),
        licence=table.header.get("licence") or "not stated",
        source_url=table.header.get("source_url", ""),
        groups=_summing(_groups(table), table),
        notes=table.notes,
    )


def _summing(groups: dict[str, float], table: TableFile) -> dict[str, float]:
    total = math.fsum(groups.values())
    if stated := table.header.get("total", ""):
        said = _people(Row(0, {"people": stated, "group": "total"}), source=table.source)
        if abs(total - said) > _TOLERANCE * said:
            raise InputError(
                f"{table.source} states a total of {said:,.0f}, and its groups sum to "
                f"{total:,.0f}.",
                remedy="Add a row for whoever is in none of the groups, or mend the numbers.",
            )
    for group, people in groups.items():
        # Half of everybody can be in one group; a row that says so of itself is a total.
        if not stated and _TOTAL.search(group) and abs(2 * people - total) <= 1e-9 * total:
            raise InputError(
                f"{table.source}: “{group}” has as many people as all other groups together, as a "
                "total has.",
                remedy="Take the row of the total out: everybody would count twice. If it is a "
                "group, say so with a line `# total:` and the sum of all rows.",
            )
    return groups


def _descriptor(table: TableFile) -> Descriptor:
    stated = table.required("descriptor", example=Descriptor.CENSUS_ETHNIC_GROUP)
    try:
        return Descriptor(stated)
    except ValueError as error:
        raise InputError(
            f"{table.source} has the descriptor {stated!r}, which is not a known kind.",
            remedy=f"Use one of: {', '.join(Descriptor)}.",
        ) from error


def _groups(table: TableFile) -> dict[str, float]:
    groups: dict[str, float] = {}
    for row in table.rows:
        group = row.cells["group"]
        if not group or group in groups:
            raise InputError(
                f"{table.source}, line {row.line}: the group {group!r} is empty or given twice.",
                remedy="Give each group a name of its own, on one row.",
            )
        groups[group] = _people(row, source=table.source)
    if not math.fsum(groups.values()):
        raise InputError(
            f"{table.source} counts nobody: every group has 0 people.",
            remedy="Check the column people.",
        )
    return groups


def _people(row: Row, *, source: str) -> float:
    stated = row.cells["people"]
    try:
        people = float(stated)
    except ValueError:
        people = math.nan
    # "1_000" and "1e3" are numbers to Python, but typing slips or percentages in a census table.
    broken = not math.isfinite(people) or people != int(people)
    if broken or people < 0 or set(stated.lower()) & set("_e"):
        raise InputError(
            f"{source}, line {row.line}: people is {stated!r} for the group "
            f"{row.cells['group']!r}, which is not a number of people.",
            remedy="Write a whole number of 0 or more without separators, such as 48699231, and no "
            "percentage; where it is not known, leave the row out: missing is not zero.",
        )
    return people
