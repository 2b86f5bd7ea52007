"""The engine's answer is that of the plain reference, cell by cell."""

import math
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings

from everygenome.sources.variation.builds import Build
from everygenome.sources.variation.calls.reading import read_calls
from everygenome.sources.variation.preparing.prepare import prepare
from everygenome.variants.asking import ask_file
from everygenome.variants.evidence.details import variants_of
from everygenome.variants.evidence.windows import Engines
from everygenome.variants.result import Evidence, VariantEvidence
from everygenome.variants.sources import question_of
from tests.factories.reference.variants import OF_THE_PLACE, WORDS, Answer, World, read
from tests.properties.variants.worlds import Made, made

pytestmark = [pytest.mark.slow]

few = settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
Rows = list[dict[str, Any]]


def prepared(folder: Path, one: Made) -> Path:
    paths = []
    for place, text in enumerate(one.world.texts):
        paths.append(folder / f"{place}.vcf")
        paths[-1].write_text(text, encoding="utf-8")
    mapping, numbers = folder / "mapping.toml", folder / "numbers.tsv"
    mapping.write_text(one.mapping, encoding="utf-8")
    numbers.write_text(one.world.numbers, encoding="utf-8")
    prepare(
        paths,
        folder / "store",
        mapping=mapping if one.mapping else None,
        combine=one.world.combine,
        allele_numbers=numbers if one.world.numbers else None,
    )
    return folder / "store"


def written(folder: Path, one: Made) -> Path:
    names = ("chrom", "pos", "ref", "alt", "gene", "hgvs_c")
    lines = ["\t".join(str(call[name]) for name in names) for call in one.asked.calls]
    path = folder / "calls.tsv"
    path.write_text("\n".join(["\t".join(names), *lines]) + "\n", encoding="utf-8")
    return path


def all_forms(folder: Path, one: Made) -> tuple[Evidence, dict[str, list[pa.Table]]]:
    """The summary of the file, and the tables of all other forms, of one pass."""
    tables: dict[str, list[pa.Table]] = {"long": [], "summary": [], "detail": []}
    forms = {"long": "group", "summary": "variant", "detail": "detail"}
    evidence = ask_file(
        written(folder, one),
        frequencies=prepared(folder, one),
        groups=one.asked.groups,
        bars=one.asked.bars,
        shown=0,
        receivers={name: (form, tables[name].append) for name, form in forms.items()},
    )
    return evidence, tables


def same(found: Any, expected: Any) -> bool:
    if isinstance(found, float) and isinstance(expected, int | float):
        return math.isclose(found, expected, rel_tol=1e-12, abs_tol=1e-15)
    return bool(found == expected)


def check(found: Rows, expected: Rows) -> None:
    assert len(found) == len(expected)
    for mine, theirs in zip(found, expected, strict=True):
        wrong = {
            name: (value, theirs[name])
            for name, value in mine.items()
            if not same(value, theirs[name])
        }
        assert not wrong, {"place": {n: mine[n] for n in ("chrom", "pos", "ref", "alt")}, **wrong}


def check_all(one: Made) -> None:
    with TemporaryDirectory() as folder:
        evidence, tables = all_forms(Path(folder), one)
        question = question_of(Path(folder) / "store", one.asked.groups, one.asked.bars)
    answer = Answer(one.world, read(one.world), one.asked)
    check(pa.concat_tables(tables["long"]).to_pylist(), answer.long())
    check(pa.concat_tables(tables["summary"]).to_pylist(), answer.summary())
    check_file(evidence, answer)
    check_variants(variants_of(tables["detail"], question), answer, one)


def check_file(evidence: Evidence, answer: Answer) -> None:
    told, expected = evidence.summary, answer.file()
    assert told is not None
    assert {k: n for k, n in told.statuses.items() if n} == expected["statuses"]
    assert told.verdicts == expected["verdicts"]
    assert told.disparity == expected["disparity"]
    assert [group.group for group in told.groups] == answer.codes
    for group in told.groups:
        for name, value in expected["groups"][group.group].items():
            assert getattr(group, name) == value, (group.group, name)


def check_variants(found: list[VariantEvidence], answer: Answer, one: Made) -> None:
    """Details come in the order in which variants were handed in."""
    assert len(found) == len(answer.variants)
    words = dict(WORDS)
    for call, mine in zip(one.asked.calls, found, strict=True):
        theirs = next(each for each in answer.variants if each["asked"] is call)
        for name in ("status", "verdict", "criterion", "grpmax", "fafmax95_group",
                     "fafmax99_group", "grpmax_af", "fafmax95", "fafmax99"):  # fmt: skip
            assert same(getattr(mine, name), theirs[name]), (call, name)
        assert mine.everybody is not None
        for group in (mine.everybody, *mine.groups):
            expected = theirs["groups"][group.group]
            for name in ("ac", "an", "nhomalt", "nhemi", "af", "af_low", "af_high", "faf95",
                         "faf99", "p_seen", "verdict", "criterion", "needed"):  # fmt: skip
                assert same(getattr(group, name), expected[name]), (call, group.group, name)
        for group in mine.groups:
            flags = theirs["groups"][group.group]["flags"] - set(OF_THE_PLACE)
            assert group.flags == tuple(text for name, text in WORDS if name in flags)
        if theirs["problem"]:
            assert mine.flags == (theirs["problem"],)
        else:
            flags = theirs["groups"]["all"]["flags"]
            said = [words[name] for name, _ in WORDS if name in flags & set(OF_THE_PLACE)]
            assert list(mine.flags[: len(said)]) == said
            assert len(mine.flags) == len(said) + theirs["sentences"]
        numbers = [group.an or -1 for group in mine.groups if group.group not in one.asked.groups]
        assert numbers == sorted(numbers)


@few
@given(made())
def test_every_cell_is_that_of_the_reference(one: Made) -> None:
    """Fields stand in another order in each line of the files, too."""
    check_all(one)


def rows_of(store: Path, calls: Path, one: Made, *, size: int, workers: int) -> Rows:
    question = question_of(store, one.asked.groups, one.asked.bars)
    forms = {"long": "group"}
    with Engines(store, question, workers=workers) as engines:
        windows = engines.answers(calls, forms, size=size)
        return [row for tables in windows for row in tables["long"].to_pylist()]


@settings(few, max_examples=1)
@given(made(files=(1,), most=8))
def test_neither_windows_nor_parts_of_the_source_matter(one: Made) -> None:
    one = replace(one, asked=replace(one.asked, calls=one.asked.calls[:10]))
    with TemporaryDirectory() as made_here:
        folder = Path(made_here)
        store = prepared(folder, one)
        path = written(folder, one)
        calls = read_calls(path, build=Build.GRCH38, work=folder).path
        whole = rows_of(store, calls, one, size=100_000, workers=2)
        check(whole, Answer(one.world, read(one.world), one.asked).long())
        for size, workers in ((1, 1), (2, 2), (7, 1)):
            assert rows_of(store, calls, one, size=size, workers=workers) == whole
        (folder / "parts").mkdir()
        parts = prepared(folder / "parts", replace(one, world=in_parts(one.world)))
        assert rows_of(parts, calls, one, size=100_000, workers=1) == whole


def in_parts(world: World) -> World:
    """The same records in two files: chromosome 1, and the others."""
    lines = world.texts[0].splitlines(keepends=True)
    head = [line for line in lines if line.startswith("#")]
    records = [line for line in lines if not line.startswith("#")]
    first = [line for line in records if line.removeprefix("chr").startswith("1\t")]
    others = [line for line in records if line not in first]
    return replace(world, texts=["".join([*head, *mine]) for mine in (first, others)])
