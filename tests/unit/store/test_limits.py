"""A question has a bounded time, and reaches no file outside the releases."""

import threading
import time
from pathlib import Path

import duckdb
import pytest

from everygenome.errors import TooLongError
from everygenome.store.limits import Watch, confine

SLOW = "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range * b.range % 7 = 3"


def test_a_slow_statement_is_ended_and_the_cursor_goes_on() -> None:
    cursor = duckdb.connect().cursor()
    watch = Watch()
    started = time.monotonic()
    refused = pytest.raises(TooLongError, match=r"longer than the 0\.2 seconds")
    with refused, watch.over(cursor, 0.2):
        cursor.execute(SLOW).to_arrow_table()
    assert 0.2 <= time.monotonic() - started < 5
    with watch.over(cursor, 0.2):
        assert cursor.execute("SELECT 1").to_arrow_table().to_pylist() == [{"1": 1}]


def test_only_the_slow_one_is_ended() -> None:
    connection = duckdb.connect()
    watch = Watch()
    answers: list[int] = []

    def quick() -> None:
        cursor = connection.cursor()
        for _ in range(50):
            with watch.over(cursor, 5):
                answers.append(cursor.execute("SELECT count(*) FROM range(9)").fetchall()[0][0])

    slow = connection.cursor()
    other = threading.Thread(target=quick)
    other.start()
    with pytest.raises(TooLongError), watch.over(slow, 0.2):
        slow.execute(SLOW).to_arrow_table()
    other.join()
    assert answers == [9] * 50


def test_a_release_that_is_asked_nothing_holds_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("everygenome.store.limits._IDLE_SECONDS", 0.01)
    before = set(threading.enumerate())
    cursor, watch = duckdb.connect().cursor(), Watch()
    with watch.over(cursor, 5):
        (started,) = set(threading.enumerate()) - before
    started.join(5)
    assert not started.is_alive()
    with watch.over(cursor, 5):
        assert cursor.execute("SELECT 1").fetchall() == [(1,)]


def test_without_a_budget_nothing_is_watched() -> None:
    cursor = duckdb.connect().cursor()
    before = set(threading.enumerate())
    with Watch().over(cursor, None):
        assert cursor.execute("SELECT 1").fetchall() == [(1,)]
        # Watches of tests that ran before may end at any moment.
        assert set(threading.enumerate()) <= before


@pytest.fixture
def confined(tmp_path: Path) -> duckdb.DuckDBPyConnection:
    """A cursor that may read the releases under `tmp_path`."""
    connection = duckdb.connect()
    for name in ("a", "b"):
        (tmp_path / "releases" / name).mkdir(parents=True)
        connection.execute(f"COPY (SELECT 7 AS x) TO '{tmp_path}/releases/{name}/t.parquet'")
    (tmp_path / "secret.csv").write_text("x\n1\n")
    confine(connection, tmp_path / "releases" / "a")
    return connection.cursor()


@pytest.mark.parametrize("name", ["a", "b"])
def test_releases_can_be_read(
    confined: duckdb.DuckDBPyConnection, tmp_path: Path, name: str
) -> None:
    read = f"FROM read_parquet('{tmp_path}/releases/{name}/t.parquet')"
    assert confined.execute(read).fetchall() == [(7,)]


@pytest.mark.parametrize(
    "statement",
    [
        "FROM read_csv('/etc/passwd')",
        "FROM read_text('/etc/hostname')",
        "FROM glob('/etc/*')",
        "FROM read_csv('{folder}/secret.csv')",
        "FROM read_csv('{folder}/releases/../secret.csv')",
        "COPY (SELECT 1) TO '{folder}/out.csv'",
        "ATTACH '{folder}/other.duckdb'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "RESET allowed_directories",
        "SET lock_configuration = false",
    ],
)
def test_nothing_else_can_be_reached(
    confined: duckdb.DuckDBPyConnection, tmp_path: Path, statement: str
) -> None:
    with pytest.raises(duckdb.Error, match=r"disabled|locked|Cannot access"):
        confined.execute(statement.format(folder=tmp_path)).fetchall()
    assert not (tmp_path / "out.csv").exists()
