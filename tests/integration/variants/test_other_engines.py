"""Evidence is asked in expressions that are not of one engine: Spark gives the same rows.

That they can be put into Spark's words is looked at always. Spark itself, and the Java that it
needs, are not among what the project installs; where they are there, each expression that our
engine is given is run there too, over the same tables:

    uv run --with pyspark pytest -m slow -n 0 tests/integration/variants/test_other_engines.py
"""

import math
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import count
from pathlib import Path
from threading import Lock
from typing import Any

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from ibis.backends.sql.compilers.pyspark import PySparkCompiler
from ibis.config import Config

from everygenome.sources.variation import frequencies as module
from everygenome.sources.variation.frequencies import Prepared
from everygenome.sources.variation.preparing.prepare import prepare
from everygenome.variants.asking import ask_file
from everygenome.variants.bars import Bars
from everygenome.variants.evidence.engine import FORMS
from tests.factories.sites import Site, sites_text

pytestmark = [pytest.mark.slow]

BARS = Bars(rare=1e-3, expected=2e-3, source="typed")
GROUPS = ("afr", "nfe", "fin", "remaining")
ENOUGH: dict[Any, tuple[object, object]] = {
    "all": (5, 50_000), "afr": (4, 10_000), "nfe": (1, 30_000), "fin": (0, 4_000),
    "remaining": (0, 6_000),
}  # fmt: skip
ODD: tuple[dict[Any, tuple[object, object]], ...] = (
    {}, {"afr": (200, 10_000)}, {"nfe": (40_000, 30_000)}, {"nfe": (".", 30_000)}, {"fin": (0, 0)},
    {"fin": (0, -5)},
)  # fmt: skip


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of three chromosomes, and a list of what it holds and of what it lacks."""
    folder = tmp_path_factory.mktemp("engines")
    sites = [
        Site(chrom=chrom, pos=5_000_000 + 10 * place, counts={**ENOUGH, **counts},
             filters="AC0" if place == 1 else "PASS")
        for chrom in ("1", "2", "X") for place, counts in enumerate(ODD)
    ]  # fmt: skip
    (folder / "sites.vcf").write_text(sites_text(GROUPS, sites), encoding="utf-8")
    prepare([folder / "sites.vcf"], folder / "store")
    lines = [
        f"{chrom}\t{5_000_000 + place}\tA\t{alt}\tMYH7\n"
        for chrom in ("1", "2", "3", "X", "Y")
        for place in range(0, 70, 5)
        for alt in ("C", "G", "*")
    ]
    (folder / "calls.tsv").write_text("chrom\tpos\tref\talt\tgene\n" + "".join(lines), "utf-8")
    return folder


def ask(folder: Path) -> None:
    """All that can be made of evidence, for one group and for a background that is unknown."""
    for groups in ((), ("afr",)):
        ask_file(
            folder / "calls.tsv",
            frequencies=folder / "store",
            groups=groups,
            bars=BARS,
            receivers={form: (form, lambda _rows: None) for form in FORMS},
        )


@pytest.fixture
def expressions(monkeypatch: pytest.MonkeyPatch) -> dict[str, ir.Table]:
    """Each expression that is put into words while a test runs, by its words."""
    found: dict[str, ir.Table] = {}
    words = module._words

    def noted(expression: ir.Table) -> str:
        text = words(expression)
        found[text] = expression
        return text

    monkeypatch.setattr(module, "_words", noted)
    # What Ibis would set when it loads Spark; and steps stay steps, as with our engine.
    monkeypatch.setattr(ibis.options, "pyspark", OfSpark())
    monkeypatch.setattr(ibis.options.sql, "fuse_selects", False)
    return found


class OfSpark(Config):
    """As in Ibis."""

    treat_nan_as_null: bool = False


def in_spark(expression: ir.Table) -> str:
    return PySparkCompiler().to_sqlglot(expression.unbind()).sql("spark")


def test_there_are_words_of_spark_for_every_expression(
    asked: Path, expressions: dict[str, ir.Table]
) -> None:
    ask(asked)
    assert len(expressions) > 4 * len(FORMS)
    for expression in expressions.values():
        assert in_spark(expression).startswith(("SELECT", "WITH"))


@pytest.mark.filterwarnings("ignore")
def test_spark_gives_the_same_rows(
    asked: Path, expressions: dict[str, ir.Table], monkeypatch: pytest.MonkeyPatch, spark: "Spark"
) -> None:
    differ: Counter[str] = Counter()
    alike = Counter[str]()

    def compare(of: Prepared) -> None:
        if of.words in expressions:
            ours = of.engine.con.sql(of.words).to_arrow_table()
            theirs = spark(of, expressions[of.words])
            same = _cells(ours, ours.column_names) == _cells(theirs, ours.column_names)
            (alike if same else differ)[of.kept or "form"] += ours.num_rows

    rows, keep, view = Prepared.rows, Prepared.keep, Prepared.view

    def compared_rows(self: Prepared) -> pa.Table:
        compare(self)
        return rows(self)

    def compared_keep(self: Prepared) -> ir.Table:
        compare(self)
        return keep(self)

    def compared_view(self: Prepared) -> ir.Table:
        compare(self)
        return view(self)

    monkeypatch.setattr(Prepared, "rows", compared_rows)
    monkeypatch.setattr(Prepared, "keep", compared_keep)
    monkeypatch.setattr(Prepared, "view", compared_view)
    ask(asked)
    assert differ == {}
    # Chromosomes 3 and Y are in no file of the store.
    assert {"counts", "absent", "form"} < set(alike)
    assert sum(rows for of, rows in alike.items() if of.startswith("variant_rows")) > 400


Spark = Callable[[Prepared, ir.Table], pa.Table]


@pytest.fixture
def spark(tmp_path: Path) -> Iterator[Spark]:
    """Runs an expression on Spark, over the tables that an engine of ours has now."""
    sql = pytest.importorskip("pyspark.sql", reason="Spark is not installed")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.caseSensitive": "true",
    }
    builder = sql.SparkSession.builder.master("local[2]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    names, turn = count(), Lock()

    def run(of: Prepared, expression: ir.Table) -> pa.Table:
        # Engines answer at the same time, and call their tables by the same names.
        with turn:
            for one in expression.op().find((ops.DatabaseTable, ops.UnboundTable)):
                path = tmp_path / f"{next(names)}.parquet"
                held = of.engine.con.sql(f'SELECT * FROM "{one.name}"').to_arrow_table()
                pq.write_table(_plain(held), path)
                session.read.parquet(str(path)).createOrReplaceTempView(one.name)
            return session.sql(in_spark(expression)).toArrow()

    yield run
    session.stop()


def _plain(rows: pa.Table) -> pa.Table:
    kinds = [
        pa.field(one.name, one.type.value_type if pa.types.is_dictionary(one.type) else one.type)
        for one in rows.schema
    ]
    return rows.cast(pa.schema(kinds))


def _cells(rows: pa.Table, names: list[str]) -> list[str]:
    """Rows in an order that no engine chooses; numbers to nine places that count."""
    return sorted(repr([_cell(row[one]) for one in names]) for row in _plain(rows).to_pylist())


def _cell(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _cell(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_cell(one) for one in value]
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return "nan" if math.isnan(value) else f"{float(value):.9g}"
    return value
