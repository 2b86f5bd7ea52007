"""Fetching from a real server on loopback that behaves well, badly, or not at all."""

import gzip
import hashlib
import itertools
import resource
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from everygenome.errors import DownloadError, StoreError
from everygenome.snapshots.download import Fetched, fetch
from everygenome.snapshots.origin import read_origin, sidecar
from everygenome.snapshots.policy import Policy
from tests.fixtures.server import FakeServer, Reply, Request, serve_file

DATA = b"STUDY ACCESSION\tN\n" + b"".join(b"GCST%06d\t%d\n" % (n, n) for n in range(5000))
SHA = hashlib.sha256(DATA).hexdigest()
HALF = len(DATA) // 2
OLD, NEWER = "Wed, 01 Jan 2025 00:00:00 GMT", "Thu, 02 Jan 2025 00:00:00 GMT"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with FakeServer() as running:
        yield running


class Clockless:
    """A policy that notes its waits instead of waiting."""

    def __init__(self, **limits: Any) -> None:
        self.waits: list[float] = []
        self.policy = replace(Policy(sleep=self.waits.append), **limits)


def get(
    server: FakeServer, folder: Path, *paths: str, policy: Policy | None = None, **more: Any
) -> Fetched:
    return fetch(
        [server.url(path) for path in paths or ("/a.tsv",)],
        folder,
        name="kept.tsv",
        licence="CC0-1.0",
        policy=policy or Clockless().policy,
        **more,
    )


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def ranges(server: FakeServer) -> list[str | None]:
    return [request.headers.get("range") for request in server.seen("/a.tsv")]


def test_a_file_is_stored_with_its_hash_its_size_and_its_origin(
    server: FakeServer, tmp_path: Path
) -> None:
    kind = {"Content-Type": "text/tab-separated-values"}
    server.on("/a.tsv", serve_file(DATA, etag='"v1"', last_modified=OLD, headers=kind))
    seen: list[tuple[int, int | None]] = []
    fetched = get(server, tmp_path / "new", progress=lambda *now: seen.append(now))
    assert fetched.path == tmp_path / "new" / "kept.tsv"
    assert fetched.path.read_bytes() == DATA
    origin = fetched.origin
    assert (origin.sha256, origin.size_bytes, origin.etag) == (SHA, len(DATA), '"v1"')
    assert (origin.file_name, origin.last_modified, origin.licence) == ("a.tsv", OLD, "CC0-1.0")
    assert origin.url == origin.final_url == server.url("/a.tsv")
    assert origin.content_type == "text/tab-separated-values"
    assert not fetched.unchanged
    assert read_origin(fetched.path) == origin
    assert files(tmp_path / "new") == ["kept.tsv", "kept.tsv.origin.json"]
    assert (seen[0], seen[-1]) == ((0, len(DATA)), (len(DATA), len(DATA)))
    assert server.requests[0].headers["accept-encoding"] == "identity"


@pytest.mark.parametrize("marks", [{"etag": '"v1"'}, {"last_modified": OLD}, {"etag": 'W/"v1"'}])
def test_what_is_not_modified_is_not_downloaded(
    server: FakeServer, tmp_path: Path, marks: dict[str, str]
) -> None:
    server.on("/a.tsv", serve_file(DATA, **marks))
    first = get(server, tmp_path)
    seen: list[tuple[int, int | None]] = []
    second = get(server, tmp_path, previous=first.origin, progress=lambda *now: seen.append(now))
    assert (second.unchanged, second.origin, seen) == (True, first.origin, [])
    assert second.path.read_bytes() == DATA


def test_a_new_version_replaces_the_old_one(server: FakeServer, tmp_path: Path) -> None:
    server.on("/a.tsv", serve_file(b"old", etag='"v1"'))
    first = get(server, tmp_path)
    server.on("/a.tsv", serve_file(DATA, etag='"v2"'))
    second = get(server, tmp_path, previous=first.origin)
    assert server.requests[-1].headers["if-none-match"] == '"v1"'
    assert (second.unchanged, second.origin.etag, second.origin.sha256) == (False, '"v2"', SHA)
    assert second.path.read_bytes() == DATA


def test_the_same_bytes_under_a_new_mark_are_unchanged(server: FakeServer, tmp_path: Path) -> None:
    server.on("/a.tsv", serve_file(DATA, etag='"v1"'))
    first = get(server, tmp_path)
    server.on("/a.tsv", serve_file(DATA, etag='"v2"'))
    second = get(server, tmp_path, previous=first.origin)
    assert (second.unchanged, second.origin.etag) == (True, '"v2"')


def test_a_kept_file_that_was_lost_or_cut_is_fetched_again(
    server: FakeServer, tmp_path: Path
) -> None:
    server.on("/a.tsv", serve_file(DATA, etag='"v1"'))
    first = get(server, tmp_path)
    for harm in (first.path.unlink, lambda: first.path.write_bytes(b"cut")):
        harm()
        assert get(server, tmp_path, previous=first.origin).path.read_bytes() == DATA
        assert "if-none-match" not in server.requests[-1].headers


def test_not_modified_without_being_asked_is_an_error(server: FakeServer, tmp_path: Path) -> None:
    server.on("/a.tsv", Reply(status=304))
    with pytest.raises(DownloadError, match="answered 304"):
        get(server, tmp_path)


def test_a_short_wait_asked_for_is_kept(server: FakeServer, tmp_path: Path) -> None:
    busy = Reply(status=429, headers={"Retry-After": "7"})
    past = Reply(status=503, headers={"Retry-After": OLD})
    server.on("/a.tsv", busy, past, Reply(status=503), Reply(body=DATA))
    clockless = Clockless()
    assert get(server, tmp_path, policy=clockless.policy).origin.sha256 == SHA
    assert clockless.waits[:2] == [7.0, 0.0]
    assert 2.0 <= clockless.waits[2] <= 4.0
    assert len(clockless.waits) == 3


@pytest.mark.parametrize("header", ["3600", "Fri, 01 Jan 2100 00:00:00 GMT", "9" * 40])
def test_a_long_wait_asked_for_is_an_error_that_says_until_when(
    server: FakeServer, tmp_path: Path, header: str
) -> None:
    server.on("/a.tsv", Reply(status=429, headers={"Retry-After": header}))
    clockless = Clockless()
    with pytest.raises(DownloadError, match=r"429.*Try again after 2\d{3}-\d\d-\d\d \d\d:\d\d"):
        get(server, tmp_path, policy=clockless.policy)
    assert (clockless.waits, len(server.requests)) == ([], 1)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_server_that_stays_broken_ends_in_an_error(
    server: FakeServer, tmp_path: Path, status: int
) -> None:
    server.on("/a.tsv", Reply(status=status))
    clockless = Clockless(attempts=3, edit_hint="sources/places.toml")
    with pytest.raises(DownloadError) as caught:
        get(server, tmp_path, policy=clockless.policy)
    assert f"/a.tsv (the server answered {status}" in caught.value.what
    assert "3 attempts" in caught.value.what
    assert "sources/places.toml" in caught.value.remedy
    assert (len(server.requests), len(clockless.waits)) == (3, 2)
    assert files(tmp_path) == []


@pytest.mark.parametrize("marks", [{"etag": '"v1"'}, {"last_modified": OLD}])
def test_half_a_file_is_continued_where_it_broke_off(
    server: FakeServer, tmp_path: Path, marks: dict[str, str]
) -> None:
    name = {"Content-Disposition": "attachment; filename=r2025.tsv"}
    broken = serve_file(DATA, **marks, headers=name, cut_after=HALF)
    server.on("/a.tsv", broken, serve_file(DATA, **marks))
    fetched = get(server, tmp_path)
    assert ranges(server) == [None, f"bytes={HALF}-"]
    assert server.requests[1].headers["if-range"] == next(iter(marks.values()))
    assert fetched.path.read_bytes() == DATA
    # The rest came without the name: what was said at the beginning counts.
    assert (fetched.origin.sha256, fetched.origin.file_name) == (SHA, "r2025.tsv")
    assert files(tmp_path) == ["kept.tsv", "kept.tsv.origin.json"]


def test_without_ranges_the_file_is_fetched_from_its_start(
    server: FakeServer, tmp_path: Path
) -> None:
    broken = serve_file(DATA, etag='"v1"', ranges=False, cut_after=HALF)
    server.on("/a.tsv", broken, serve_file(DATA, etag='"v1"', ranges=False))
    assert get(server, tmp_path).path.read_bytes() == DATA
    assert ranges(server) == [None, f"bytes={HALF}-"]


@pytest.mark.parametrize("marks", [{}, {"etag": 'W/"v1"'}, {"last_modified": "not a date"}])
def test_without_proof_of_version_nothing_is_continued(
    server: FakeServer, tmp_path: Path, marks: dict[str, str]
) -> None:
    server.on("/a.tsv", serve_file(DATA, **marks, cut_after=HALF), serve_file(DATA, **marks))
    assert get(server, tmp_path).origin.sha256 == SHA
    assert ranges(server) == [None, None]


def test_halves_of_two_versions_are_never_joined(server: FakeServer, tmp_path: Path) -> None:
    other = DATA.replace(b"GCST", b"GCSX")
    begun = serve_file(other, etag='"v1"', cut_after=HALF)

    def careless(request: Request) -> Reply:  # honours Range although If-Range names v1
        headers = {**request.headers, "if-range": '"v2"'}
        return serve_file(DATA, etag='"v2"')(replace(request, headers=headers))

    server.on("/a.tsv", begun, careless)
    assert get(server, tmp_path).path.read_bytes() == DATA
    assert ranges(server) == [None, f"bytes={HALF}-", None]


@pytest.mark.parametrize(
    "span", ["bytes 0-9/10", f"bytes {HALF}-{len(DATA)}/{len(DATA) + 1}", "", "nonsense"]
)
def test_a_wrong_part_is_thrown_away(server: FakeServer, tmp_path: Path, span: str) -> None:
    begun = serve_file(DATA, etag='"v1"', cut_after=HALF)
    wrong = Reply(status=206, body=DATA[HALF:], headers={"Content-Range": span})
    server.on("/a.tsv", begun, wrong, serve_file(DATA, etag='"v1"'))
    assert get(server, tmp_path).path.read_bytes() == DATA
    assert ranges(server) == [None, f"bytes={HALF}-", None]


def test_a_part_left_by_a_killed_run_is_continued(server: FakeServer, tmp_path: Path) -> None:
    server.on("/a.tsv", serve_file(DATA, etag='"v1"'))

    class KilledError(BaseException):
        pass

    def killed(received: int, total: int | None) -> None:
        if received:
            raise KilledError

    with pytest.raises(KilledError):
        get(server, tmp_path, progress=killed)
    assert files(tmp_path) == ["kept.tsv.part", "kept.tsv.part.json"]
    left = (tmp_path / "kept.tsv.part").stat().st_size
    assert 0 < left < len(DATA)
    seen: list[int] = []
    fetched = get(server, tmp_path, progress=lambda received, total: seen.append(received))
    assert (ranges(server)[1], seen[0]) == (f"bytes={left}-", left)
    assert (fetched.path.read_bytes(), fetched.origin.sha256) == (DATA, SHA)
    assert files(tmp_path) == ["kept.tsv", "kept.tsv.origin.json"]


@pytest.mark.parametrize("size", [len(DATA), len(DATA) + 5])
def test_a_part_that_is_whole_or_too_long_gives_the_right_file(
    server: FakeServer, tmp_path: Path, size: int
) -> None:
    server.on("/a.tsv", serve_file(DATA, etag='"v1"', cut_after=HALF))
    with pytest.raises(DownloadError):
        get(server, tmp_path, policy=Clockless(attempts=1).policy)
    (tmp_path / "kept.tsv.part").write_bytes((DATA + b"extra")[:size])
    server.on("/a.tsv", serve_file(DATA, etag='"v1"'))
    assert get(server, tmp_path).origin.sha256 == SHA
    expected = f"bytes={len(DATA) - 1}-" if size == len(DATA) else None
    assert ranges(server)[-1] == expected


def test_a_part_of_another_address_or_without_a_record_is_not_used(
    server: FakeServer, tmp_path: Path
) -> None:
    server.on("/a.tsv", serve_file(DATA, etag='"v1"'))
    server.on("/b.tsv", serve_file(b"x" * 50, etag='"v1"', cut_after=20))
    with pytest.raises(DownloadError):
        get(server, tmp_path, "/b.tsv", policy=Clockless(attempts=1).policy)
    assert get(server, tmp_path).origin.sha256 == SHA
    (tmp_path / "kept.tsv.part").write_bytes(b"whatever")
    assert get(server, tmp_path).origin.sha256 == SHA
    assert ranges(server) == [None, None]


def test_less_than_announced_is_never_accepted(server: FakeServer, tmp_path: Path) -> None:
    server.on("/a.tsv", Reply(body=DATA, length=len(DATA) + 1))
    with pytest.raises(DownloadError, match="2 attempts"):
        get(server, tmp_path, policy=Clockless(attempts=2).policy)
    assert not (tmp_path / "kept.tsv").exists()


@pytest.mark.parametrize("reply", [Reply(silent=True), Reply(body=DATA, stall_after=HALF)])
def test_a_server_that_falls_silent_is_cut(
    server: FakeServer, tmp_path: Path, reply: Reply
) -> None:
    server.on("/a.tsv", reply)
    with pytest.raises(DownloadError, match=r"sent nothing for 0\.1 s; 1 attempts"):
        get(server, tmp_path, policy=Clockless(idle_timeout_s=0.1, attempts=1).policy)


def drops(stopped: Event, piece: bytes = b"x") -> Iterator[bytes]:
    while not stopped.wait(0.01):
        yield piece


def test_a_server_that_trickles_is_cut(server: FakeServer, tmp_path: Path) -> None:
    server.on("/a.tsv", Reply(body=drops(server.stopped), length=10**6))
    limits = Clockless(idle_timeout_s=0.1, slowest_bytes_per_s=1000.0, attempts=1)
    with pytest.raises(DownloadError, match=r"sent only \d+ bytes in 0 s"):
        get(server, tmp_path, policy=limits.policy)


@pytest.mark.parametrize("length", [10**6, None])
def test_the_total_time_is_kept_and_what_came_is_not_taken_for_the_whole(
    server: FakeServer, tmp_path: Path, length: int | None
) -> None:
    server.on("/a.tsv", Reply(body=drops(server.stopped), length=length))
    started = time.monotonic()
    with pytest.raises(DownloadError, match=r"not finished within the limit of 0\.2 s"):
        get(server, tmp_path, policy=Clockless(total_timeout_s=0.2).policy)
    assert time.monotonic() - started < 2.0
    assert not (tmp_path / "kept.tsv").exists()


def test_the_total_time_is_kept_when_the_headers_trickle(
    server: FakeServer, tmp_path: Path
) -> None:
    def trickling_header(request: Request) -> Reply:
        return Reply(body=b"x", headers=Endless(server.stopped))

    class Endless(dict[str, str]):
        def __init__(self, stopped: Event) -> None:
            self.stopped = stopped

        def items(self) -> Any:  # the handler sends each header as it comes
            return ((f"X-{n}", "x") for n, _ in enumerate(drops(self.stopped)))

    server.on("/a.tsv", trickling_header)
    with pytest.raises(DownloadError, match=r"not finished within the limit of 0.2 s"):
        get(server, tmp_path, policy=Clockless(total_timeout_s=0.2).policy)


def test_a_wait_that_would_pass_the_total_time_is_not_begun(
    server: FakeServer, tmp_path: Path
) -> None:
    server.on("/a.tsv", Reply(status=503, headers={"Retry-After": "60"}))
    clockless = Clockless(total_timeout_s=30.0)
    with pytest.raises(DownloadError, match="not finished within the limit of 30 s"):
        get(server, tmp_path, policy=clockless.policy)
    assert clockless.waits == []


def test_a_file_that_is_too_large_is_refused_before_and_while_it_comes(
    server: FakeServer, tmp_path: Path
) -> None:
    limits = Clockless(max_bytes=100_000)
    server.on("/a.tsv", Reply(body=b"x" * 100_001))
    with pytest.raises(DownloadError, match=r"limit of 100,000 bytes \(100,001 bytes"):
        get(server, tmp_path, policy=limits.policy)
    server.on("/a.tsv", Reply(body=itertools.repeat(b"x" * 1000)))
    with pytest.raises(DownloadError, match=r"limit of 100,000 bytes"):
        get(server, tmp_path, policy=limits.policy)
    assert (files(tmp_path), limits.waits) == ([], [])
    server.on("/a.tsv", Reply(body=b"x" * 100_000))
    assert get(server, tmp_path, policy=limits.policy).origin.size_bytes == 100_000


def test_redirects_are_followed_and_the_last_name_counts(
    server: FakeServer, tmp_path: Path
) -> None:
    server.on("/a.tsv", Reply(status=302, headers={"Location": "/r/2025"}))
    server.on("/r/2025", Reply(status=307, headers={"Location": "full%20r2025-01-01.tsv"}))
    server.on("/r/full%20r2025-01-01.tsv", serve_file(DATA))
    origin = get(server, tmp_path).origin
    assert origin.file_name == "full r2025-01-01.tsv"
    assert origin.url == server.url("/a.tsv")
    assert origin.final_url == server.url("/r/full%20r2025-01-01.tsv")


def test_a_redirect_loop_ends_after_five(server: FakeServer, tmp_path: Path) -> None:
    server.on("/a.tsv", Reply(status=301, headers={"Location": "/a.tsv"}))
    with pytest.raises(DownloadError, match="redirects more than 5 times"):
        get(server, tmp_path)
    assert len(server.requests) == 6


@pytest.mark.parametrize(
    "place", ["file:///etc/passwd", "ftp://a.org/x", "http://[", "gopher://a.org/x"]
)
def test_a_redirect_out_of_http_is_refused(server: FakeServer, tmp_path: Path, place: str) -> None:
    server.on("/a.tsv", Reply(status=302, headers={"Location": place}))
    with pytest.raises(DownloadError, match="not an http or https address"):
        get(server, tmp_path)
    assert files(tmp_path) == []


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body=b"a\tb", headers={"Content-Type": "text/html; charset=utf-8"}),
        Reply(body=b"\xef\xbb\xbf \r\n<!DOCTYPE HTML><p>", headers={"Content-Type": "text/plain"}),
        Reply(body=b"<html lang=en>"),
        Reply(body=gzip.compress(b"<html>"), headers={"Content-Encoding": "gzip"}),
    ],
)
def test_a_web_page_is_not_data(server: FakeServer, tmp_path: Path, reply: Reply) -> None:
    server.on("/a.tsv", reply)
    with pytest.raises(DownloadError, match=r"web page \(HTML\) where data were expected"):
        get(server, tmp_path)
    assert files(tmp_path) == []


def test_an_empty_answer_is_not_data(server: FakeServer, tmp_path: Path) -> None:
    server.on("/a.tsv", Reply())
    with pytest.raises(DownloadError, match="empty file"):
        get(server, tmp_path)
    assert files(tmp_path) == []


def test_gzip_that_nobody_asked_for_is_kept_as_sent(server: FakeServer, tmp_path: Path) -> None:
    packed = gzip.compress(DATA)
    server.on("/a.tsv", Reply(body=packed, headers={"Content-Encoding": "gzip"}))
    fetched = get(server, tmp_path, policy=Clockless(max_bytes=len(packed)).policy)
    assert fetched.path.read_bytes() == packed
    assert fetched.origin.sha256 == hashlib.sha256(packed).hexdigest()
    server.on("/a.tsv", Reply(body=b"??", headers={"Content-Encoding": "br"}))
    with pytest.raises(DownloadError, match="encoding br"):
        get(server, tmp_path)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("attachment; filename=gwas-r2025-01-01.tsv", "gwas-r2025-01-01.tsv"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ("attachment; filename*=UTF-8''%2e%2e%2fetc%2fr%C3%A9sum%C3%A9.tsv", "résumé.tsv"),
        ('attachment; filename=".."', "a.tsv"),
        ("inline", "a.tsv"),
    ],
)
def test_the_served_name_is_recorded_and_never_a_path(
    server: FakeServer, tmp_path: Path, header: str, name: str
) -> None:
    server.on("/a.tsv", Reply(body=DATA, headers={"Content-Disposition": header}))
    assert get(server, tmp_path / "in").origin.file_name == name
    assert files(tmp_path) == ["in"]
    assert files(tmp_path / "in") == ["kept.tsv", "kept.tsv.origin.json"]


@pytest.mark.parametrize("status", [404, 410, 500])
def test_the_next_address_is_asked_when_one_does_not_work(
    server: FakeServer, tmp_path: Path, status: int
) -> None:
    server.on("/a.tsv", Reply(status=status))
    server.on("/b.tsv", serve_file(DATA, etag='"v1"'))
    fetched = get(server, tmp_path, "/a.tsv", "/b.tsv")
    assert (fetched.origin.url, fetched.origin.sha256) == (server.url("/b.tsv"), SHA)
    assert len(server.seen("/a.tsv")) == (5 if status == 500 else 1)
    again = get(server, tmp_path, "/a.tsv", "/b.tsv", previous=fetched.origin)
    assert again.unchanged
    assert "if-none-match" not in server.seen("/a.tsv")[-1].headers


def test_an_error_names_all_addresses_and_the_file_to_edit(
    server: FakeServer, tmp_path: Path
) -> None:
    server.on("/b.tsv", Reply(status=403))
    with socket.socket() as taken:  # bound but not listening: connections are refused
        taken.bind(("127.0.0.1", 0))
        dead = f"http://127.0.0.1:{taken.getsockname()[1]}/c.tsv"
        clockless = Clockless(attempts=2, edit_hint="sources/places.toml")
        urls = [server.url("/a.tsv"), server.url("/b.tsv"), dead]
        with pytest.raises(DownloadError) as caught:
            fetch(urls, tmp_path, name="x", licence="CC0-1.0", policy=clockless.policy)
    assert "/a.tsv (the file is not there (404))" in caught.value.what
    assert "/b.tsv (the server answered 403 Forbidden)" in caught.value.what
    assert f"{dead} (no connection (" in caught.value.what
    assert "sources/places.toml" in caught.value.remedy
    assert "\n" not in str(caught.value)
    assert len(clockless.waits) == 1


def test_no_space_is_an_error_of_the_store(server: FakeServer, tmp_path: Path) -> None:
    server.on("/a.tsv", serve_file(DATA * 10, etag='"v1"'))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(StoreError, match=r"Cannot write .*kept\.tsv\.part: File too large"):
            get(server, tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert get(server, tmp_path).path.read_bytes() == DATA * 10


def test_a_folder_that_cannot_be_written_is_an_error_of_the_store(
    server: FakeServer, tmp_path: Path
) -> None:
    server.on("/a.tsv", serve_file(DATA))
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreError, match="Cannot write"):
        get(server, tmp_path / "file")
    (tmp_path / "kept.tsv.part").mkdir()
    with pytest.raises(StoreError, match=r"kept\.tsv\.part"):
        get(server, tmp_path)


def test_an_interruption_at_publication_leaves_no_record_of_other_bytes(
    server: FakeServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.on("/a.tsv", serve_file(b"old", etag='"v1"'))
    first = get(server, tmp_path)
    server.on("/a.tsv", serve_file(DATA, etag='"v2"'))

    def no_space(*_: object) -> None:
        raise StoreError("no space")

    with monkeypatch.context() as broken:
        broken.setattr("everygenome.snapshots.download.write_origin", no_space)
        with pytest.raises(StoreError):
            get(server, tmp_path, previous=first.origin)
    assert (first.path.read_bytes(), sidecar(first.path).exists()) == (DATA, False)
