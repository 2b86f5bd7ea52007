"""What the engine is asked of a cohort: different combinations of values, and identifiers."""

from collections.abc import Iterator, Sequence

import ibis
import ibis.expr.types as ir

from everygenome.audit.mapping.model import FileMap
from everygenome.audit.placing import Placer
from everygenome.errors import InputError
from everygenome.sources.cohort import answer, answers

# More different values than this in one column are no groups, and would fill memory.
MOST_VALUES = 100_000
MOST_COMBINATIONS = 1_000_000

Key = tuple[str | None, int | None]


def combinations(
    table: ir.Table, placers: Sequence[Placer], *, people: str | None, source: str
) -> Iterator[tuple[tuple[Key, ...], int, int]]:
    """Every combination of values, with its rows and its people.

    Args:
        table: texts as stated.
        placers: the columns.
        people: a column of whole numbers, or None where each row is one person.
        source: the name of the file.

    Raises:
        InputError: a column has far too many different values, or a count is none.
    """
    keys = {}
    for place, placer in enumerate(placers):
        keys[f"text{place}"], keys[f"band{place}"] = placer.keys(table)
    keyed = table.select(**keys, **({} if people is None else {"people": table[people]}))
    grouped = keyed.group_by(list(keys)).aggregate(rows=keyed.count(), **_people(keyed, people))
    for number, (*values, rows, count, broken) in enumerate(
        answers(grouped.limit(MOST_COMBINATIONS + 1)), start=1
    ):
        if broken:
            raise InputError(
                f"{source}: {people!r} holds what is not a whole number of 0 or more.",
                remedy="Write how many people each row stands for, such as 278.",
            )
        pairs = zip(values[::2], values[1::2], strict=True)
        yield tuple(pairs), int(rows), int(count)
        if number > MOST_COMBINATIONS or any(one.different > MOST_VALUES for one in placers):
            raise _no_groups(table, placers, source=source)


def _people(table: ir.Table, people: str | None) -> dict[str, ir.Value]:
    if people is None:
        return {"people": table.count(), "broken": ibis.literal(0)}
    # 278.0 is a whole number too; the source has looked at each, and this is the second fence.
    number = table.people.try_cast("float64")
    whole = ((number >= 0) & (number == number.floor())).fill_null(False)
    return {"people": number.sum(), "broken": (~whole).sum()}


def _no_groups(table: ir.Table, placers: Sequence[Placer], *, source: str) -> InputError:
    different = answer(
        table.aggregate(
            **{str(place): table[p.name].approx_nunique() for place, p in enumerate(placers)}
        )
    )
    most = placers[int(max(different, key=lambda place: different[place]))]
    return InputError(
        f"{source}: the column {most.name!r} has too many different values to say groups.",
        remedy=f"A column may have {MOST_VALUES:,}, and all together {MOST_COMBINATIONS:,} "
        "combinations. Name another column in the map, or give bands if it holds numbers.",
    )


def repeated_rows(table: ir.Table, file: FileMap, *, source: str, suppress: int) -> int:
    """Rows whose identifier stands in an earlier row; 0 where the map names no identifier.

    Raises:
        InputError: identifiers are repeated or missing, and the map does not say that they may.
    """
    if file.identifier is None:
        return 0
    text = table[file.identifier]
    missing = sorted({value.strip() for value in file.missing} | {""})
    # A quick look first: are all texts unlike, with no white space around any of them, and none
    # missing? White space sorts before any letter. Short sums stand for long texts.
    edged = (text < "!") | (text.right(1) < "!") | text.isin(missing)
    first = answer(
        table.aggregate(rows=table.count(), edged=edged.sum(), different=text.hash().nunique())
    )
    if not first["edged"] and first["different"] == first["rows"]:
        return 0
    stated = table.select(identifier=text.strip())
    known = stated.identifier.notin(missing)
    careful = answer(
        stated.aggregate(known=known.sum(), different=stated.identifier.nunique(where=known))
    )
    known_rows = careful["known"]
    repeated, without = known_rows - careful["different"], first["rows"] - known_rows
    if file.duplicates == "count":
        return int(repeated)
    for number, what in ((repeated, "repeats an identifier"), (without, "has none")):
        if number:
            many = f"{number:,}" if number >= suppress else f"fewer than {suppress:,}"
            raise InputError(
                f"{source}: {many} rows, where each {what} (column {file.identifier!r}).",
                remedy="One row is one person. Mend the file; or write "
                'duplicates = "count" under [file] in the map, which counts every row as a person '
                "and says how many were repeated.",
            )
    return 0
