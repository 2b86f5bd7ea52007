"""What the notes of a table of bars say of whom they were derived from."""

import re

from everygenome.errors import InputError
from everygenome.variants.gene_bars_file import Row

_SAME = "same caveat"
# "studies in Northern European populations": one or more names that begin with a capital.
_POPULATION = re.compile(r"\b(?:in|from|of)\s+((?:[A-Z][\w-]*,?\s+(?:and\s+)?)+populations?)\b")


def population_in(note: str) -> str:
    """The population that a note says bars were derived from; empty where it says none.

    Example:
        >>> population_in("derived from studies in Northern European populations; see text")
        'Northern European populations'
        >>> population_in("mean depth >=25")
        ''
    """
    found = _POPULATION.search(note)
    return found[1] if found else ""


class Notes:
    """Notes of the rows so far: "same caveat" is that of the row above, of the same panel."""

    def __init__(self) -> None:
        self._above: dict[str, tuple[str, str]] = {}

    def of(self, row: Row) -> tuple[str, str]:
        """Note and population of a row; call it for each row, in their order.

        Raises:
            InputError: it refers to a caveat that no row above has.
        """
        panel, note = row.cell("vcep").casefold(), row.cell("note")
        if note.casefold() == _SAME:
            if panel not in self._above:
                raise InputError(
                    f"{row.place}: the note says {note!r}, but no row above, of the panel "
                    f"{row.cell('vcep')!r}, has a note.",
                    remedy="Write the caveat out.",
                )
            note, population = self._above[panel]
        else:
            population = population_in(note)
        population = row.cell("population") or population
        if note:
            self._above[panel] = (note, population)
        return note, population
