"""Like with like, in plain loops: every portion placed by hand, and every sum a fraction."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa

from everygenome.statistics.strata import NONE, Field, field
from tests.factories.reference.groups import divided, uris_of
from tests.factories.reference.lists import group_of
from tests.factories.reference.world import World

UNCLEAR = ("Partly reported", "Not reported")
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Portion:
    """A study's participations in one group, for one of its traits; all the trait's parents."""

    paper: Hashable
    trait: Hashable | None
    parents: tuple[Hashable, ...]
    year: int | None
    stage: str
    group: Hashable
    value: Fraction | None


def portions(world: World, *, scheme: str, denominator: str) -> list[Portion]:
    """Each row of a world, in as many portions as its study has traits."""
    uris = uris_of(world)
    made = []
    for row in world.rows:
        group = group_of(row, scheme)
        if denominator == "recorded" and group in UNCLEAR:
            continue
        traits: list[str | None] = sorted(uris[row.accession]) or [None]
        for trait in traits:
            named = {m.parent for m in world.mappings if m.uri == trait and m.parent}
            value = None if row.people is None else Fraction(row.people, len(traits))
            parents = tuple(sorted(named)) if trait else ()
            made.append(Portion(row.paper, trait, parents, row.year, row.stage, group, value))
    return made


def placed(
    given: Sequence[Portion], portfolio: set[Any], *, inclusive: bool, outside: int, recorded: Any
) -> list[tuple[Any, Portion, Fraction | None]]:
    """Each portion in its stratum, or in equal parts in its parents' strata."""
    papers = defaultdict(set)
    for one in given:
        counts = one.value is not None and one.value > 0 and recorded(one.group)
        if one.trait is not None and counts and (inclusive or one.paper not in portfolio):
            papers[one.trait, one.year, one.stage].add(one.paper)
    found: list[tuple[Any, Portion, Fraction | None]] = []
    for one in given:
        if one.trait is not None and len(papers[one.trait, one.year, one.stage]) >= outside:
            found.append((("trait", one.trait, one.year, one.stage), one, one.value))
        elif one.parents:
            part = None if one.value is None else one.value / len(one.parents)
            for parent in one.parents:
                found.append((("parent", parent, one.year, one.stage), one, part))
        else:
            found.append((("unmapped", None, one.year, one.stage), one, one.value))
    return found


def standardised(
    given: Sequence[Portion],
    portfolio: set[Any],
    *,
    groups: Iterable[Any],
    inclusive: bool = False,
    outside: int = 5,
    balanced: bool = False,
    recorded: Any = lambda group: True,
    times: Mapping[Any, int] | None = None,
) -> Figures:
    """The figures of every group, and how much is matched; `times` draws publications again."""
    rows = placed(given, portfolio, inclusive=inclusive, outside=outside, recorded=recorded)
    own: dict[Any, dict[Any, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    beside: dict[Any, dict[Any, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    # Of each stratum and group, the rows that name it: do any of them state a number?
    told: dict[Any, dict[Any, list[bool]]] = defaultdict(lambda: defaultdict(list))
    papers: dict[Any, dict[Any, set[Any]]] = defaultdict(lambda: defaultdict(set))
    for stratum, one, value in rows:
        weight = 1 if times is None else times[one.paper]
        sides = [("own", own)] if one.paper in portfolio else []
        sides += [("beside", beside)] if inclusive or one.paper not in portfolio else []
        for side, table in sides:
            told[side, stratum][one.group].append(value is not None)
            table[stratum][one.group] += weight * (value or 0)
            if value:
                papers[side, stratum][one.group].add(one.paper)
    strata = {stratum for stratum, _, _ in rows}
    o = {s: sum(own[s].values(), Fraction(0)) for s in strata}
    f = {s: sum(beside[s].values(), Fraction(0)) for s in strata}
    matched = {s for s in strata if f[s] > 0}
    shared = {s for s in matched if o[s] > 0}

    def known(side: str, where: set[Any], group: Any, total: Fraction) -> Fraction | None:
        said = [word for s in where for word in told[side, s][group]]
        return None if said and not any(said) else total

    def among(side: str, where: set[Any], group: Any) -> int:
        return len(set().union(*(papers[side, s][group] for s in where)))

    def weight(s: Any) -> Fraction:
        return f[s] / (o[s] + f[s]) if balanced else Fraction(1)

    sums: dict[Any, dict[str, Fraction]] = {}
    groups = list(groups)
    for g in groups:
        sums[g] = {
            "observed": sum((own[s][g] * weight(s) for s in matched), Fraction(0)),
            "expected": sum((o[s] * weight(s) * beside[s][g] / f[s] for s in matched), Fraction(0)),
            "crude": sum((own[s][g] for s in strata), Fraction(0)),
            "field": sum((beside[s][g] for s in strata), Fraction(0)),
        }
    base, crude, whole = (
        sum((sums[g][name] for g in groups), Fraction(0)) for name in ("observed", "crude", "field")
    )
    figures: Figures = {"groups": {}}
    for g in groups:
        seen = known("own", matched, g, sums[g]["observed"])
        expected = known("beside", shared, g, sums[g]["expected"])
        crude_share = divided(known("own", strata, g, sums[g]["crude"]), crude)
        field_share = divided(known("beside", strata, g, sums[g]["field"]), whole)
        figures["groups"][g] = {
            "observed": seen,
            "expected": expected,
            "observed_share": divided(seen, base),
            "expected_share": divided(expected, base),
            "ratio": divided(seen, expected),
            "crude_share": crude_share,
            "field_share": field_share,
            "crude_ratio": divided(crude_share, field_share),
            "publications": among("own", matched, g),
            "publications_outside": among("beside", shared, g),
            "crude_publications": among("own", strata, g),
        }
    everything = sum(o.values(), Fraction(0))
    for rung in ("trait", "parent", "unmapped"):
        held = sum((o[s] for s in matched if s[0] == rung), Fraction(0))
        figures[f"{rung}_share"] = divided(held, everything)
    figures["matched_share"] = divided(sum((o[s] for s in matched), Fraction(0)), everything)
    return figures


def field_of(table: pa.Table, *, groups: int, **choices: Any) -> tuple[Field, list[Any]]:
    """The fast field of a table of `measures.portions`, and its publications in order."""
    papers = sorted(set(table["cluster"].to_pylist()))
    place = {name: at for at, name in enumerate(papers)}
    numbers: dict[str, list[int]] = {}
    for name in ("trait_uri", "trait_parent", "stage"):
        codes: dict[Any, int] = {None: NONE}
        values = table[name].to_pylist()
        numbers[name] = [codes.setdefault(value, len(codes)) for value in values]
    made = field(
        publications=len(papers),
        groups=groups,
        publication=[place[name] for name in table["cluster"].to_pylist()],
        trait=numbers["trait_uri"],
        parent=numbers["trait_parent"],
        year=[year or 0 for year in table["publication_year"].to_pylist()],
        stage=numbers["stage"],
        group=table["position"].to_pylist(),
        value=np.asarray(table["value"].to_numpy(zero_copy_only=False), dtype=np.float64),
        **choices,
    )
    return made, papers
