"""The journal of grant records: what is added comes back, and a crash loses one line at most."""

import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from everygenome.errors import StoreError
from everygenome.sources.pubmed_grants import cache as cache_module
from everygenome.sources.pubmed_grants.cache import GrantCache
from everygenome.sources.pubmed_grants.lines import to_line
from everygenome.sources.pubmed_grants.records import FLAGS, Grant, Record, Source, Status

AT = datetime(2025, 1, 1, tzinfo=UTC)
GRANT = Grant("R01 HL1", "HL", "NHLBI", "United States")
TEXTS = (
    st.none() | st.text(max_size=20) | st.sampled_from(["a\u2028b", "\x85", "\r\n", "\0", "\ud800"])
)


def record(pubmed_id: str = "12", *grants: Grant, at: datetime = AT) -> Record:
    status = Status.WITH_GRANTS if grants else Status.WITHOUT_GRANTS
    return Record(pubmed_id, status, grants, Source.NCBI, at)


@st.composite
def records(draw: st.DrawFn) -> Record:
    grants = tuple(draw(st.lists(st.builds(Grant, TEXTS, TEXTS, TEXTS, TEXTS), max_size=3)))
    empty = st.sampled_from([Status.WITHOUT_GRANTS, Status.NOT_RETURNED])
    return Record(
        pubmed_id=str(draw(st.integers(1, 999_999_999))),
        status=Status.WITH_GRANTS if grants else draw(empty),
        grants=grants,
        source=draw(st.sampled_from(Source)),
        retrieved_at=draw(st.datetimes(timezones=st.just(UTC))),
        flags=tuple(draw(st.lists(st.sampled_from(sorted(FLAGS)), unique=True))),
        origin=draw(st.text(max_size=20)),
    )


@settings(deadline=None)  # each waits for the disk
@given(st.lists(records(), max_size=5))
def test_whatever_is_added_comes_back(added: list[Record]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        cache = GrantCache(Path(folder))
        for each in added:
            cache.add([each])
        assert cache.read() == {each.pubmed_id: each for each in added}
        assert GrantCache(Path(folder)).digest() == cache.digest()


@pytest.mark.slow
@settings(max_examples=30, deadline=None)  # each waits for the disk
@given(records())
def test_a_cut_anywhere_in_the_last_line_loses_that_line_only(last: Record) -> None:
    first = record("1000000000"[:9], GRANT)
    last = replace(last, pubmed_id="2")
    with tempfile.TemporaryDirectory() as folder:
        cache = GrantCache(Path(folder))
        cache.add([first])
        cache.add([last])
        whole = cache.path.read_bytes()
        start = len(to_line(first))
        for size in range(start, len(whole)):
            cache.path.write_bytes(whole[:size])
            assert cache.read() == {first.pubmed_id: first}
        cache.add([last])
        assert cache.path.read_bytes() == whole


def test_an_absent_and_an_empty_cache_hold_nothing(tmp_path: Path) -> None:
    cache = GrantCache(tmp_path / "not there")
    assert cache.read() == {}
    cache.add([])
    assert not cache.path.exists()
    empty = cache.digest()
    cache.path.parent.mkdir()
    cache.path.touch()
    assert (cache.read(), cache.digest()) == ({}, empty)
    cache.add([record()])
    assert cache.read() == {"12": record()}


def test_the_last_line_of_a_publication_counts_and_the_digest_knows_no_history(
    tmp_path: Path,
) -> None:
    long, short = GrantCache(tmp_path / "long"), GrantCache(tmp_path / "short")
    newer = record("12", GRANT, at=AT + timedelta(days=1))
    long.add([record("12"), record("13")])
    long.add([newer])
    short.add([newer, record("13")])
    assert long.read()["12"] == newer
    assert long.digest() == short.digest()
    short.add([record("14")])
    assert long.digest() != short.digest()


def test_a_damaged_line_is_named(tmp_path: Path) -> None:
    cache = GrantCache(tmp_path)
    cache.add([record("12"), record("13")])
    good = cache.path.read_bytes()
    fields = {
        b"garbage": b"",
        b"not a status": b"returned without grants",
        b"2025-01-01T00:00:00": b"2025-01-01T00:00:00+00:00",
        b'["no such flag"]': b"[]",
        b"[[1,2,3,4]]": b"[]",
        b'"with grants"': b'"returned without grants"',
        b'"012"': b'"12"',
        b"12": b'"12"',
    }
    for bad, right in fields.items():
        line, rest = good.split(b"\n", 1)
        damaged = line.replace(right, bad, 1) if right else bad
        assert damaged != line
        cache.path.write_bytes(damaged + b"\n" + rest)
        with pytest.raises(StoreError, match=r"records\.jsonl, line 1 is not a record of grants"):
            cache.read()


def test_the_journal_is_rewritten_when_most_lines_are_superseded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_module, "_FEW_LINES", 10)
    cache = GrantCache(tmp_path)
    for day in range(40):
        cache.add([record("12", GRANT, at=AT + timedelta(days=day)), record("13")])
        assert cache.path.read_bytes().count(b"\n") <= 12
    assert cache.read()["12"].retrieved_at == AT + timedelta(days=39)
    assert [path.name for path in tmp_path.iterdir()] == ["records.jsonl"]


def test_a_folder_that_cannot_be_used_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="Cannot write"):
        GrantCache(tmp_path / "file" / "below").add([record()])
    (tmp_path / "records.jsonl").mkdir()
    with pytest.raises(StoreError, match="Cannot read"):
        GrantCache(tmp_path).read()


def test_a_record_that_contradicts_itself_is_not_written(tmp_path: Path) -> None:
    cache = GrantCache(tmp_path)
    for bad in (
        record("x"),
        replace(record("12", GRANT), status=Status.NOT_RETURNED),
        replace(record(), retrieved_at=AT.replace(tzinfo=None)),
        replace(record(), flags=("no such flag",)),
    ):
        with pytest.raises(ValueError, match=r"no PubMed number|grants, and|time zone|flags"):
            cache.add([record("13"), bad])
    assert not cache.path.exists()
