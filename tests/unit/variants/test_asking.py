"""A file is read beside the start of the engines; nothing goes on reading when that has failed."""

import io
import sys
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest
from scipy.special import ndtri

from everygenome.errors import InputError
from everygenome.sources.variation.calls.reading import Calls
from everygenome.sources.variation.preparing.prepare import prepare
from everygenome.variants import asking, reading
from everygenome.variants.evidence import engine, judging


def test_reading_stops_when_what_goes_on_beside_it_has_failed() -> None:
    begun, stopped = threading.Event(), threading.Event()

    def endless(told):
        try:
            for done in range(10**9):
                told(done)
                begun.set()
        finally:
            stopped.set()
        return Calls(path=Path("never"), name="never")

    def fails_beside_it() -> None:
        with ExitStack() as stack:
            reading.begun(endless, stack, None)
            assert begun.wait(10)
            raise InputError("something beside it", remedy="none")

    with pytest.raises(InputError, match="beside"):
        fails_beside_it()
    # The stack waited for the end: the folder that is read into goes with it.
    assert stopped.is_set()


def test_progress_of_reading_is_told() -> None:
    told: list[tuple[object, ...]] = []

    def read(progress):
        progress(3)
        return Calls(path=Path("some"), name="some", records=3)

    with ExitStack() as stack:
        assert reading.begun(read, stack, lambda *now: told.append(now)).result(10).records == 3
    assert told == [("Reading variants", 3, None)]


def test_a_stream_is_read_where_a_wait_for_it_can_be_broken_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sites = tmp_path / "sites.vcf"
    sites.write_text(
        "##fileformat=VCFv4.2\n##contig=<ID=1,length=248956422,assembly=GRCh38>\n"
        + "".join(
            f'##INFO=<ID={name},Number={number},Type=Integer,Description="x">\n'
            for name, number in (("AC", "A"), ("AN", "1"), ("AC_afr", "A"), ("AN_afr", "1"))
        )
        + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
        "1\t1000\t.\tA\tG\t.\tPASS\tAC=1;AN=100;AC_afr=1;AN_afr=50\n",
        encoding="utf-8",
    )
    mapping = tmp_path / "map.toml"
    mapping.write_text(
        'name = "A cohort"\nbuild = "GRCh38"\n[all]\nac = "AC"\nan = "AN"\n'
        '[groups.afr]\nlabel = "African"\nac = "AC_afr"\nan = "AN_afr"\n',
        encoding="utf-8",
    )
    prepare([sites], tmp_path / "store", mapping=mapping)
    read_by: list[str] = []

    class Slow(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            read_by.append(threading.current_thread().name)
            return super().read(size)

    stream = io.TextIOWrapper(Slow(sites.read_bytes()))
    monkeypatch.setattr(sys, "stdin", stream)
    found = asking.ask_file(Path("-"), frequencies=tmp_path / "store")
    assert [(one.groups[0].ac, one.groups[0].an) for one in found.variants] == [(1, 50)]
    assert set(read_by) == {"MainThread"}


def test_the_quantile_that_is_written_down() -> None:
    assert ndtri(0.975) == judging._Z


def test_each_form_has_a_name() -> None:
    assert set(engine.FORMS) == {"group", "variant", "info", "detail", "tally"}
