"""The map that `audit init` prints: everything that can be seen, and nothing guessed.

A column whose dimension stays empty is not used, so whoever fills in the dimension and the kind
of one column has a map that runs.
"""

import textwrap
from collections.abc import Mapping, Sequence

from everygenome.audit.classes import Class, class_called
from everygenome.audit.inspecting import MOST_LISTED, Seen
from everygenome.audit.mapping.kinds import Kind
from everygenome.audit.mapping.model import MISSING
from everygenome.audit.mapping.toml import toml_key, toml_text

_ABOUT = ("assigned_by", "method", "panel", "date", "why")
OTHERS = "Other, not listed"


def proposed(
    columns: Sequence[Seen],
    *,
    source: str,
    rows: int,
    delimiter: str = "",
    encoding: str = "utf-8",
    suppress: int = 10,
    questions: Mapping[str, str] | None = None,
) -> str:
    """The text of a map to fill in.

    Args:
        columns: what was seen of each column of the file.
        source: the name of the file.
        rows: of the file.
        delimiter, encoding: of a text file.
        suppress: a value in fewer rows was not kept.
        questions: a key of `[documentation]` -> what it asks.
    """
    lines = [*_head(source, rows, suppress), "", *_file(columns, delimiter, encoding)]
    for place, seen in enumerate(columns, start=1):
        lines += ["", *_column(seen, f"column {place} of {len(columns)}", suppress)]
    if questions:
        lines += ["", "[documentation]", *_comment("What is not known can stay as it is.")]
        for key, question in questions.items():
            lines += [*_comment(question), f'{toml_key(key)} = "not stated"']
    return "\n".join(lines) + "\n"


def _head(source: str, rows: int, suppress: int) -> list[str]:
    named = toml_text(source)
    kinds = [
        line for kind in Kind for line in _comment(f"{toml_text(kind)}: {kind.sentence}", indent=2)
    ]
    return [
        *_comment(
            f"Map of {named} (about {about(rows)} rows): what its columns mean. Made by "
            "`everygenome audit init`, which guesses nothing. To use a column, fill in its "
            "dimension and its kind; a column whose dimension stays empty is not used. Exactly one "
            'has the dimension "group": the one that people are compared by. Then:'
        ),
        "#   everygenome audit run COHORT --map MAP.toml --reference NAME",
        "#",
        *_comment(
            'A dimension is "group", "sex", "gender", "age_band", "deprivation", or a name of your '
            "own in lower case. A kind is one of:"
        ),
        *kinds,
        "#",
        *_comment(
            "Under values, what the file says stands on the left and the group that it counts as "
            "on the right: change the right side to join values or to use the words of a "
            "reference. Of each column that is used, assigned_by, method, panel (the reference "
            "panel of a genetic label), date and why (why people are grouped by it) can be stated "
            f"for the report. Values in fewer than {suppress:,} rows are never printed, and "
            "numbers of rows only roughly: exact ones would tell of the others."
        ),
    ]


def _file(columns: Sequence[Seen], delimiter: str, encoding: str) -> list[str]:
    lines = ["[file]"]
    if delimiter:
        lines += [f"encoding = {toml_text(encoding)}", f"delimiter = {toml_text(delimiter)}"]
    distinct = [seen.name for seen in columns if seen.distinct]
    lines += _comment(
        "One column may say who each row is: it must differ in every row, and one that is "
        'repeated stops the count (duplicates = "count" goes on and says how many).'
    )
    if distinct:
        lines += [
            f"# identifier = {toml_text(name)}    # differs in every row" for name in distinct
        ]
    else:
        lines += ["# No column differs in every row."]
    lines += _comment("If rows are counts instead of people, the column with how many:")
    lines += ['# people = ""']
    called = [value for seen in columns for value in seen.values or ()]
    missing = [*MISSING, *_called(called, Class.MISSING)]
    refused = _called(called, Class.REFUSED)
    lines += _comment(
        "What stands for nothing known, and what stands for somebody who did not wish to say: "
        "move such values here from the lists below, as they are written."
    )
    lines += [f"missing = {_list(missing)}", f"refused = {_list(refused)}"]
    return lines


def _called(values: Sequence[str], wanted: Class) -> list[str]:
    return list(dict.fromkeys(value for value in values if class_called(value) is wanted))


def _column(seen: Seen, place: str, suppress: int) -> list[str]:
    different = (
        f"more than {MOST_LISTED} different values"
        if seen.values is None
        else f"{len(seen.values) + seen.rare} different values"
    )
    missing = "" if seen.missing < suppress else f", about {about(seen.missing)} rows missing"
    what = ", all numbers" if seen.numbers else ""
    key = toml_key(seen.name)
    title = f"---- {place}: {toml_text(seen.name)}: "
    if seen.distinct:
        return _comment(f"{title}differs in every row, so it says no groups{what}")
    lines = [
        *_comment(f"{title}{different}{what}{missing}"),
        f"[columns.{key}]",
        'dimension = ""    # FILL IN, or leave empty: the column is not used',
        'kind = ""         # FILL IN: one of the kinds above',
        *([] if seen.values is None else [f'# {name} = "not stated"' for name in _ABOUT]),
    ]
    if seen.numbers:
        lines += _comment(
            "Numbers to bands (under 18, 18 to 29, ..., 75 and over)"
            + ("; without the lines of values below:" if seen.values else ":")
        )
        lines += ["# bands = [18, 30, 45, 60, 75]"]
    lines += ['# separator = ";"    # if a cell can hold several values']
    if seen.values is None:
        if not seen.numbers:
            lines += _comment(
                "Too many different values to list. To use the column, list those that are groups "
                "under values, and name a group for all others:"
            )
            lines += [f"# others = {toml_text(OTHERS)}"]
        return lines
    if seen.rare:
        many = f"{seen.rare} values are" if seen.rare > 1 else "1 value is"
        lines += _comment(
            f"{many} in fewer than {suppress:,} rows and not printed. List them below if you know "
            "them; without that and without the next line they stop the count:"
        )
        lines += [f"others = {toml_text(OTHERS)}"]
    return [*lines, *_values(key, seen.values)]


def _values(key: str, values: Mapping[str, int]) -> list[str]:
    lines = [f"[columns.{key}.values]"]
    for value, rows in values.items():
        found = class_called(value)
        if found in (Class.MISSING, Class.REFUSED):
            lines.append(f"# {toml_text(value)} is listed above, under missing or refused")
            continue
        group = '""' if found else toml_text(value)
        ask = "FILL IN; " if found else ""
        lines.append(f"{toml_text(value)} = {group}    # {ask}about {about(rows)} rows")
    return lines


def about(rows: int) -> str:
    """A number of rows, roughly: exact ones would tell, by subtraction, what is not printed.

    Example:
        >>> about(1_237), about(60), about(499_500)
        ('1,200', '60', '500,000')
    """
    return f"{float(f'{rows:.2g}'):,.0f}"


def _list(values: Sequence[str]) -> str:
    return "[" + ", ".join(map(toml_text, values)) + "]"


def _comment(text: str, *, indent: int = 0) -> list[str]:
    return textwrap.wrap(
        text,
        98,
        initial_indent="# " + " " * indent,
        subsequent_indent="# " + " " * 3 * indent,
        break_on_hyphens=False,
    )
