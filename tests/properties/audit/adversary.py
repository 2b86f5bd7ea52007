"""Somebody who reads all tables, knows the rule, and reckons: by OR-tools, in whole numbers.

It shares no code with the package: it is given what a reader sees.
"""

from collections.abc import Mapping
from itertools import product
from types import MappingProxyType

from ortools.sat.python import cp_model

Cell = tuple[tuple[str, str], ...]


def ranges(
    shown: Mapping[Cell, int | None],
    *,
    small: set[Cell],
    within: set[Cell],
    values: Mapping[str, list[str]],
    threshold: int,
    floor: int,
    most: int,
    unions: Mapping[tuple[str, str], list[str]] = MappingProxyType({}),
) -> dict[Cell, tuple[int, int]]:
    """The least and the most that each hidden cell can be.

    Args:
        shown: every cell of every table with its count; None where it is hidden.
        small: the hidden cells that are said to be small.
        within: the hidden cells that lie within a small one.
        values: dimension -> its values.
        threshold: below it a count is small.
        floor: the least that any other hidden cell can be.
        most: more people than anybody thinks there are.
        unions: dimension and name -> the values that are published together under this name.
    """
    found = {}
    for cell in (cell for cell, count in shown.items() if count is None):
        ends = []
        for least in (True, False):
            model = cp_model.CpModel()
            people = {
                one: model.new_int_var(0, most, str(one)) for one in product(*values.values())
            }

            def total(wanted: Cell, people=people):
                asked = {name: unions.get((name, value), [value]) for name, value in wanted}
                return sum(
                    count
                    for one, count in people.items()
                    if all(
                        value in asked.get(name, [value])
                        for name, value in zip(values, one, strict=True)
                    )
                )

            for other, count in shown.items():
                if count is not None:
                    model.add(total(other) == count)
                elif other in small:
                    model.add(total(other) >= 1)
                    model.add(total(other) <= threshold - 1)
                elif other not in within:
                    model.add(total(other) >= floor)
            (model.minimize if least else model.maximize)(total(cell))
            solver = cp_model.CpSolver()
            solver.parameters.num_workers = 1
            assert solver.solve(model) == cp_model.OPTIMAL, cell
            ends.append(round(solver.objective_value))
        found[cell] = (ends[0], ends[1])
    return found
