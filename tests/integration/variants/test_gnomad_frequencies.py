"""What is reckoned anew is what gnomAD v4.0 publishes, from file to answer; v2.1 has a defect.

The fields `fafmax_*`, `grpmax` and `AF_grpmax` of v4 are left out of a record where no group that
counts has a filtering frequency, or a copy; we say 0 and no group there. v2.1 has `popmax` alone.
"""

import gzip
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from everygenome.sources.variation.preparing.manifest import FrequencyManifest
from everygenome.sources.variation.preparing.prepare import prepare
from everygenome.variants.asking import ask_file
from everygenome.variants.evidence.forms import CALL
from everygenome.variants.frequency import filtering_frequency

pytestmark = [pytest.mark.slow]

V2 = "freqs__grch37__v2.1__gnomad-exomes.1"
FIELD = re.compile(r"faf(95|99)((?:_[A-Za-z]+)*)")
Infos = Mapping[tuple[str, int, str, str], Mapping[str, str]]
OF_GROUP = ("group", "ac", "an", "nhomalt", "faf95", "faf99")
OF_VARIANT = ("fafmax95", "fafmax95_group", "fafmax99", "fafmax99_group", "grpmax", "grpmax_af")


def path_of(test_data: Path, name: str) -> Path:
    whole = name if name == V2 else f"freqs__grch38__v4.0__gnomad-{name}"
    return test_data / "variants" / "gnomad_vcf" / f"{whole}.vcf.gz"


@cache
def infos(path: Path) -> Infos:
    """INFO of each record."""
    found = {}
    with gzip.open(path, "rt") as file:
        for line in file:
            if not line.startswith("#"):
                chrom, pos, _, ref, alt, _, _, info = line.rstrip("\n").split("\t")
                pairs = [item.split("=", 1) for item in info.split(";") if "=" in item]
                found[chrom, int(pos), ref, alt] = dict(pairs)
    return found


def published(path: Path) -> list[tuple[int, int, int, float]]:
    """Confidence, AC, AN and the value, for each published value above 0."""
    return [
        (int(found[1]), int(info["AC" + found[2]]), int(info["AN" + found[2]]), float(value))
        for info in infos(path).values()
        for name, value in info.items()
        if name.startswith("faf")
        and (found := FIELD.fullmatch(name))
        and "max" not in name
        and value != "."
        and float(value) > 0
    ]


def near(mine: Any, told: Any) -> Any:
    return np.abs(mine - told) <= 1.01e-6 + 1e-4 * told


@pytest.mark.parametrize(
    ("name", "values"),
    [("exomes.1", 416), ("exomes.X", 724), ("genomes.1", 96), ("genomes.X", 17_544)],
)
def test_every_value_of_v4_agrees(test_data: Path, name: str, values: int) -> None:
    """Those without UK Biobank too, of which a store keeps no counts."""
    rows = published(path_of(test_data, name))
    assert len(rows) == values
    for confidence in (95, 99):
        told = np.array([row[1:] for row in rows if row[0] == confidence])
        mine = filtering_frequency(told[:, 0], told[:, 1], confidence=confidence / 100)
        assert near(mine, told[:, 2]).all()


def test_in_v2_the_value_called_99_is_that_at_95(test_data: Path) -> None:
    told = np.array([row[1:] for row in published(path_of(test_data, V2)) if row[0] == 99])
    at = {c: filtering_frequency(told[:, 0], told[:, 1], confidence=c / 100) for c in (95, 99)}
    assert near(at[95], told[:, 2]).all()
    assert not near(at[99], told[:, 2]).all()


def rows_of(path: Path, store: Path, form: str, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    """One form of the evidence of a file."""
    tables: list[pa.Table] = []
    ask_file(
        path, frequencies=store, shown=0, summarised=False,
        receivers={"form": (form, tables.append)},
    )  # fmt: skip
    return pa.concat_tables(tables).select([*CALL, *columns]).to_pylist()


class Answer:
    """A file, asked about itself: rows of groups and variants, beside its own INFO."""

    def __init__(self, path: Path, folder: Path, *, joint: bool) -> None:
        self.manifest: FrequencyManifest = prepare([path], folder / "store", joint=joint)
        self.codes = ["all", *self.manifest.groups]
        self.middle = "_joint" if joint else ""
        self.infos = infos(path)
        self.folder = folder / "store"
        self.detail = rows_of(path, self.folder, "detail", (*OF_GROUP, *OF_VARIANT))

    def info(self, row: Mapping[str, Any]) -> Mapping[str, str]:
        return self.infos[row["chrom"], row["pos"], row["ref"], row["alt"]]

    def ending(self, row: Mapping[str, Any]) -> str:
        return self.middle + ("" if row["group"] == "all" else f"_{row['group']}")

    def code(self, rank: int | None) -> str | None:
        return None if rank is None else self.codes[rank]


@pytest.fixture(scope="module")
def answers(test_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    made: dict[tuple[str, bool], Answer] = {}

    def answer(name: str, joint: bool) -> Answer:
        if (name, joint) not in made:
            folder = tmp_path_factory.mktemp("gnomad")
            made[name, joint] = Answer(path_of(test_data, name), folder, joint=joint)
        return made[name, joint]

    return answer


FILES = [
    ("exomes.1", False), ("exomes.X", False), ("genomes.1", False), ("genomes.X", False),
    ("exomes.1", True), ("exomes.X", True), (V2, False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "joint"), FILES)
def test_counts_of_all_groups_are_the_files(answers: Any, name: str, joint: bool) -> None:
    answer = answers(name, joint)
    assert len(answer.detail) == len(answer.infos) * len(answer.codes)
    for row in answer.detail:
        info, end = answer.info(row), answer.ending(row)
        for kind, field in (("ac", "AC"), ("an", "AN"), ("nhomalt", "nhomalt")):
            assert row[kind] == int(info[field + end])


def test_the_long_form_holds_the_same(answers: Any, test_data: Path) -> None:
    answer = answers("exomes.1", False)
    long = rows_of(path_of(test_data, "exomes.1"), answer.folder, "group", OF_GROUP)
    groups = [row for row in answer.detail if row["group"] != "all"]
    assert long == [{name: row[name] for name in (*CALL, *OF_GROUP)} for row in groups]


@pytest.mark.parametrize(
    ("name", "joint", "values"),
    [
        ("exomes.1", False, 154), ("exomes.X", False, 30), ("genomes.1", False, 24),
        ("genomes.X", False, 8772), ("exomes.1", True, 162), ("exomes.X", True, 664),
    ],
)  # fmt: skip
def test_filtering_frequencies_agree(answers: Any, name: str, joint: bool, values: int) -> None:
    answer = answers(name, joint)
    assert answer.manifest.notes == ()
    compared = 0
    for row in answer.detail:
        info, end = answer.info(row), answer.ending(row)
        for level in ("faf95", "faf99"):
            # Groups that do not count have no such field.
            told = float(info.get(level + end, "nan"))
            if told == 0:
                # Where nobody was looked at, gnomAD says 0, and we nothing.
                assert row[level] == (0 if row["an"] else None)
            if told > 0:
                compared += 1
                assert near(row[level], told)
    assert compared == values


@pytest.mark.parametrize(
    ("name", "joint", "records", "ties"),
    [
        ("exomes.1", False, 34, 1), ("exomes.X", False, 5, 0), ("genomes.1", False, 5, 0),
        ("genomes.X", False, 1464, 0), ("exomes.1", True, 36, 0), ("exomes.X", True, 115, 0),
    ],
)  # fmt: skip
def test_the_largest_and_its_group_agree(
    answers: Any, name: str, joint: bool, records: int, ties: int
) -> None:
    answer = answers(name, joint)
    compared, other_group = 0, 0
    for row in (one for one in answer.detail if one["group"] == "all"):
        info, end = answer.info(row), answer.middle
        for level in ("95", "99"):
            told = info.get(f"fafmax_faf{level}_max{end}")
            mine, group = row[f"fafmax{level}"], answer.code(row[f"fafmax{level}_group"])
            if told is None:
                # No group that counts has two copies; AN may be 0 in all of them.
                assert not mine
                assert group is None
                continue
            compared += level == "95"
            assert near(mine, float(told))
            other_group += level == "95" and group != info[f"fafmax_faf{level}_max_gen_anc{end}"]
        told = info.get(f"grpmax{end}")
        assert answer.code(row["grpmax"]) == told
        if told is not None:
            assert row["grpmax_af"] == pytest.approx(float(info[f"AF_grpmax{end}"]), rel=1e-5)
    assert compared == records
    # 9.58e-6 in eas and 8.93e-6 in amr are one step of the values that gnomAD writes.
    assert other_group == ties


def test_popmax_of_v2_and_its_defect(answers: Any) -> None:
    answer = answers(V2, False)
    (note,) = answer.manifest.notes
    assert "The fields faf99 hold the value at 95%: 297 of 331 values of faf99 in" in note
    records = [row for row in answer.detail if row["group"] == "all"]
    told = [answer.info(row).get("popmax") for row in records]
    assert [answer.code(row["grpmax"]) for row in records] == told
    assert sum(one is not None for one in told) == 249
    for row in answer.detail:
        info, end = answer.info(row), answer.ending(row)
        value = float(info.get("faf95" + end, 0))
        if value > 0:
            assert near(row["faf95"], value)
            assert row["faf99"] < row["faf95"]
