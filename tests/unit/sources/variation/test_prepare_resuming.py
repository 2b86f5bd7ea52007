"""A command that is stopped goes on, and gives the store that it would have given at once."""

import fcntl
import hashlib
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from everygenome.__main__ import main
from everygenome.commands.discreet import stopped_cleanly
from everygenome.errors import InputError, StoreError, UsageError
from everygenome.sources.variation.preparing import kept, parsing, prepare, working
from tests.factories.sites_files import MAPPING, header, prepared, rows_of, sites_text

pytestmark = [pytest.mark.slow]

# Several alleles, repeats and a place outside: counted once, however often the command is stopped.
LINES = [
    f"chr{contig} {place} A G,T {place % 7},{contig}/50"
    if place % 3
    else f"chr{contig} {place * (contig != 3)} a g"
    for contig in (1, 2, 3, 4)
    for place in range(5, 40)
]
# Killed while its second chromosome is written down: a process of its own, as a user has it.
_KILLED = """
import os, signal, sys
from pathlib import Path
from everygenome.sources.variation.preparing import kept
from everygenome.sources.variation.preparing.prepare import prepare
write, done = kept.Chromosome.write, []
def stopping(one):
    write(one)
    done.append(one)
    if len(done) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
kept.Chromosome.write = stopping
prepare([Path(one) for one in sys.argv[3:]], Path(sys.argv[1]), mapping=Path(sys.argv[2]))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two files, and the store of both that was made at once."""
    folder = tmp_path_factory.mktemp("resuming")
    (folder / "a.vcf").write_text(sites_text(*LINES))
    (folder / "b.vcf").write_text(
        sites_text("chr5 9 A G", "chr5 5 A G", "chr6 5 A G", "chr7 5 A G")
    )
    (folder / "map.toml").write_text(MAPPING)
    prepared(_files(folder), folder / "whole")
    return folder


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Chromosomes whose lines were read, one for each line."""
    names: list[str] = []
    parse = parsing.Parser.parsed

    def counting(self: parsing.Parser, named: str, lines: bytes) -> parsing.Parsed:
        names.extend([named] * lines.count(b"\n"))
        return parse(self, named, lines)

    monkeypatch.setattr(parsing.Parser, "parsed", counting)
    return names


def _files(folder: Path) -> list[Path]:
    return [folder / "a.vcf", folder / "b.vcf"]


def _bytes(store: Path) -> dict[str, str]:
    found = {
        str(path.relative_to(store)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(store.rglob("*"))
        if path.is_file() and path.name != "manifest.json"
    }
    told = json.loads((store / "manifest.json").read_text())
    del told["prepared"]
    return found | {"manifest": json.dumps(told)}


@contextmanager
def _stopped_at(number: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A command that is stopped when the chromosome of this number has been written down."""
    write, done = kept.Chromosome.write, []

    def stopping(one: kept.Chromosome) -> None:
        write(one)
        done.append(one)
        if len(done) == number:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(kept.Chromosome, "write", stopping)
        with pytest.raises(KeyboardInterrupt):
            yield


def test_a_killed_command_goes_on(folder: Path, tmp_path: Path, parsed: list[str]) -> None:
    out, files = tmp_path / "out", _files(folder)
    ended = subprocess.run(
        [sys.executable, "-c", _KILLED, out, folder / "map.toml", *files],
        stderr=subprocess.PIPE, check=False, start_new_session=True,
    )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (-signal.SIGKILL, b"")
    assert not out.exists()
    prepared(files, out)
    # Two chromosomes are not read again.
    assert parsed == ["chr3"] * 35 + ["chr4"] * 35 + ["chr5"] * 2 + ["chr6", "chr7"]
    assert _bytes(out) == _bytes(folder / "whole")
    assert not out.with_name("out.preparing").exists()


def test_a_signal_ends_it_cleanly(
    folder: Path, tmp_path: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write = kept.Chromosome.write

    def stopping(one: kept.Chromosome) -> None:
        write(one)
        os.kill(os.getpid(), signal.SIGTERM)

    with monkeypatch.context() as patched, stopped_cleanly():
        patched.setattr(kept.Chromosome, "write", stopping)
        with pytest.raises(SystemExit) as ended:
            prepared(_files(folder), tmp_path / "out")
    assert ended.value.code == 143
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
    parsed.clear()
    prepared(_files(folder), tmp_path / "out")
    assert parsed[0] == "chr2"
    assert _bytes(tmp_path / "out") == _bytes(folder / "whole")


def test_who_stops_it_is_told_how_to_go_on(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    command = ["variants", "prepare", *map(str, _files(folder)), "--out", str(tmp_path / "out")]

    def stopping(_: kept.Chromosome) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(kept.Chromosome, "write", stopping)
    with pytest.raises(SystemExit) as ended:
        main([*command, "--map", str(folder / "map.toml")])
    assert ended.value.code == 130
    said = capsys.readouterr().err
    assert said.startswith("everygenome: stopped. ")
    assert f"{tmp_path / 'out'}.preparing: the same command goes on" in said
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("number", [4, 7])
def test_wherever_it_is_stopped(
    number: int, folder: Path, tmp_path: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with _stopped_at(number, monkeypatch):
        prepared(_files(folder), tmp_path / "out")
    parsed.clear()
    prepared(_files(folder), tmp_path / "out")
    assert list(dict.fromkeys(parsed)) == [f"chr{one}" for one in range(number + 1, 8)]
    assert _bytes(tmp_path / "out") == _bytes(folder / "whole")


def test_it_is_stopped_when_all_is_read(
    folder: Path, tmp_path: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopping(*_: Any) -> None:
        raise KeyboardInterrupt

    # The parts of the store are where they will be, and the manifest is not.
    with monkeypatch.context() as patched:
        patched.setattr(prepare, "_write_quantiles", stopping)
        with pytest.raises(KeyboardInterrupt):
            prepared(_files(folder), tmp_path / "out")
    parsed.clear()
    prepared(_files(folder), tmp_path / "out")
    assert parsed == []
    assert _bytes(tmp_path / "out") == _bytes(folder / "whole")


def test_rows_that_were_lost_are_read_again(
    folder: Path, tmp_path: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with _stopped_at(3, monkeypatch):
        prepared(_files(folder), tmp_path / "out")
    parts = sorted((tmp_path / "out.preparing").rglob("*.parquet"))
    os.truncate(parts[1], 100)
    parsed.clear()
    prepared(_files(folder), tmp_path / "out")
    assert list(dict.fromkeys(parsed)) == [f"chr{one}" for one in range(2, 8)]
    assert _bytes(tmp_path / "out") == _bytes(folder / "whole")


def test_a_changed_file_is_read_anew_and_the_others_are_not(
    folder: Path, tmp_path: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [shutil.copy(one, tmp_path / one.name) for one in _files(folder)]
    with _stopped_at(5, monkeypatch):
        prepared(files, tmp_path / "out")
    files[1].write_text(sites_text("chr5 5 A C", "chr6 5 A C"))
    parsed.clear()
    prepared(files, tmp_path / "out")
    assert parsed == ["chr5", "chr6"]
    assert [row["alt"] for row in rows_of(tmp_path / "out") if row["contig"] > "4"] == ["C", "C"]


def test_another_mapping_starts_anew(
    folder: Path, tmp_path: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with _stopped_at(2, monkeypatch):
        prepared(_files(folder), tmp_path / "out")
    parsed.clear()
    # The same name, and another content.
    prepared(_files(folder), tmp_path / "out", mapping=MAPPING.replace('"AC_WEST"', '"AC"'))
    assert len(parsed) == 144


def test_what_comes_back_is_seen_again(tmp_path: Path, parsed: list[str]) -> None:
    path = tmp_path / "s.vcf"
    path.write_text(sites_text("chr1 5 A G", "chr2 5 A G", "chr1 6 A G"))
    for _ in range(2):
        with pytest.raises(InputError, match="chr1 comes back") as told:
            prepared(path, tmp_path / "out")
    assert "is kept in" in told.value.remedy
    assert parsed == ["chr1", "chr2", "chr1", "chr1"]


def test_x_and_y_are_read_twice_and_go_on(
    tmp_path: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "s.vcf"
    fields = ["AC", "AN", "AC_afr", "AN_afr", "AC_afr_XY", "AN_afr_XY"]
    info = ";".join(f"{name}={at}" for at, name in enumerate(fields))
    records = [f"chr{one} 5 A G {info}" for one in ("1", "X", "2", "Y")]
    path.write_text(sites_text(*records, head=header(fields)))
    made = prepare.prepare([path], tmp_path / "whole")
    assert parsed == ["chr1", "chrX", "chr2", "chrY", "chrX", "chrY"]
    assert made.files[0].records == made.variants == 4
    assert [row.get("ac_afr_xy") for row in rows_of(tmp_path / "whole")] == [None, None, 4, 4]
    with _stopped_at(5, monkeypatch):
        prepare.prepare([path], tmp_path / "out")
    parsed.clear()
    prepare.prepare([path], tmp_path / "out")
    assert parsed == ["chrY"]
    assert _bytes(tmp_path / "out") == _bytes(tmp_path / "whole")


def test_a_full_disk(tmp_path: Path) -> None:
    path = tmp_path / "s.vcf"
    path.write_text(sites_text(*(f"chr1 {at} A G {at * at}/90000000" for at in range(1, 9_000))))
    (tmp_path / "out.toml").write_text(MAPPING)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        with pytest.raises(StoreError, match=r"cannot be written: File too large. Make room"):
            prepared(path, tmp_path / "out")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert prepared(path, tmp_path / "out").variants == 8_999


def test_two_commands_at_once(folder: Path, tmp_path: Path) -> None:
    work = tmp_path / "out.preparing"
    work.mkdir()
    with (work / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(StoreError, match="Another command is making"):
            prepared(_files(folder), tmp_path / "out")
    # Whose process is gone holds nothing up.
    assert prepared(_files(folder), tmp_path / "out").variants > 0


def test_the_other_command_was_quicker(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = working._lock

    def slow(file: Any, out: Path) -> None:
        lock(file, out)
        out.mkdir()

    monkeypatch.setattr(working, "_lock", slow)
    with pytest.raises(UsageError, match="is there already"):
        prepared(_files(folder), tmp_path / "out")
    assert not (tmp_path / "out.preparing").exists()


def test_nothing_is_kept_of_a_command_that_finished_nothing(tmp_path: Path) -> None:
    path = tmp_path / "s.vcf"
    path.write_text(sites_text("chr1 5 A G", "chr1 x A G"))
    with pytest.raises(InputError) as told:
        prepared(path, tmp_path / "out")
    assert "kept" not in str(told.value)
    assert not (tmp_path / "out.preparing").exists()


def test_progress_grows_and_reaches_its_end(folder: Path, tmp_path: Path) -> None:
    told: dict[str, list[tuple[int, int]]] = {}

    def report(stage: str, done: int, total: int) -> None:
        told.setdefault(stage, []).append((done, total))

    prepared(_files(folder), tmp_path / "out", report=report)
    assert list(told) == ["Reading a.vcf", "Reading b.vcf", "Putting chromosomes together"]
    for numbers in told.values():
        done = [one for one, _ in numbers]
        assert done[0] == 0
        assert done == sorted(done)
        assert {total for _, total in numbers} == {done[-1]}
    assert told["Reading a.vcf"][-1][0] == (folder / "a.vcf").stat().st_size
    assert told["Putting chromosomes together"] == [(at, 7) for at in range(8)]
