"""A player is given the part that it asks for, and whoever comes after a withdrawal nothing."""

import random

import pytest

pytestmark = pytest.mark.usefixtures("django")
PLAIN = random.Random(1815).randbytes(2_500_000)
SIZE = len(PLAIN)


@pytest.fixture
def vault(django):
    from everygenome.web.people import vaults

    return vaults.made()


@pytest.fixture
def name(vault, tmp_path):
    from everygenome.web.stories.media import kept
    from everygenome.web.stories.media.cleaning import Cleaned

    path = tmp_path / "whole"
    path.write_bytes(PLAIN)
    return kept.keep(vault, Cleaned(path, "film", "video/mp4", SIZE, 64, 48, 2.0, "whole"))


@pytest.fixture
def ask(vault, name):
    from django.test import RequestFactory

    from everygenome.web.stories.media import serving

    def asked(method="get", *, type="video/mp4", **headers):
        request = getattr(RequestFactory(), method)("/stories/a/media/b", headers=headers)
        return serving.respond(request, vault, name, type, SIZE)

    return asked


def body(response) -> bytes:
    return b"".join(response) if response.streaming else response.content


def test_the_whole_file_is_sent_in_pieces_and_kept_by_nobody(ask):
    response = ask()
    assert response.status_code == 200
    assert dict(response.headers) == {
        "Content-Type": "video/mp4",
        "Content-Length": str(SIZE),
        "Content-Disposition": "inline",
        "Accept-Ranges": "bytes",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    parts = list(response)
    assert [len(part) for part in parts] == [1024**2, 1024**2, SIZE - 2 * 1024**2]
    assert b"".join(parts) == PLAIN


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-1", 0, 2),
        ("bytes=100-299", 100, 300),
        ("bytes=1048570-1048580", 1048570, 1048581),
        ("bytes=1000000-", 1_000_000, SIZE),
        ("bytes=0-", 0, SIZE),
        (f"bytes=0-{SIZE + 5}", 0, SIZE),
        (f"bytes={SIZE - 1}-", SIZE - 1, SIZE),
        ("bytes=-1", SIZE - 1, SIZE),
        ("bytes=-5000", SIZE - 5000, SIZE),
        (f"bytes=-{SIZE + 1}", 0, SIZE),
        ("Bytes= 5-9 ", 5, 10),
    ],
)
def test_a_part_is_sent(ask, asked, start, stop):
    response = ask(Range=asked)
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {start}-{stop - 1}/{SIZE}"
    assert response["Content-Length"] == str(stop - start)
    assert response["Cache-Control"] == "no-store"
    assert body(response) == PLAIN[start:stop]


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", f"bytes={SIZE + 9}-{SIZE + 10}", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused(ask, asked):
    response = ask(Range=asked)
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{SIZE}")
    assert body(response) == b""


@pytest.mark.parametrize(
    "headers",
    [
        {"Range": "bytes=0-1,5-9"},
        {"Range": "bytes=9-5"},
        {"Range": "bytes=-"},
        {"Range": "bytes=a-b"},
        {"Range": "bytes=" + "9" * 40 + "-"},
        {"Range": "pages=1-2"},
        {"Range": ""},
        # Whoever asks so wants the part only if nothing changed, which cannot be told here.
        {"Range": "bytes=0-1", "If-Range": "Fri, 27 Nov 2026 07:00:00 GMT"},
    ],
)
def test_what_is_no_single_part_is_answered_with_the_whole(ask, headers):
    response = ask(**headers)
    assert (response.status_code, response["Content-Length"]) == (200, str(SIZE))
    assert "Content-Range" not in response
    assert body(response) == PLAIN


def test_head_tells_the_same_and_sends_nothing(ask):
    for headers in ({}, {"Range": "bytes=0-9"}):
        response = ask("head", **headers)
        assert (response.status_code, body(response)) == (200, b"")
        assert response.headers == ask().headers


def test_no_file_is_ever_sent_as_a_page(ask):
    for type in ("text/html", "image/svg+xml", "video/mp4\r\nSet-Cookie: a=b"):
        assert ask(type=type)["Content-Type"] == "application/octet-stream"


def test_a_player_is_told_the_length_also_where_pages_are_packed(vault, name):
    from django.middleware.gzip import GZipMiddleware
    from django.test import RequestFactory

    from everygenome.web.stories.media import serving

    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip, br"})
    answer = GZipMiddleware(lambda asked: serving.respond(asked, vault, name, "video/mp4", SIZE))
    response = answer(request)
    assert "Content-Encoding" not in response
    assert response["Content-Length"] == str(SIZE)
    assert body(response) == PLAIN


def test_what_was_withdrawn_is_gone(ask, vault):
    from everygenome.web.people import vaults

    vaults.destroy(vault)
    for method, headers in (("get", {}), ("head", {}), ("get", {"Range": "bytes=0-9"})):
        response = ask(method, **headers)
        assert (response.status_code, body(response)) == (410, b"")
        assert response["Cache-Control"] == "no-store"


def test_what_was_taken_out_of_a_story_is_not_found(ask, vault, name):
    from everygenome.web.stories.media import kept

    kept.remove(vault, name)
    assert ask().status_code == 404


def test_a_withdrawal_ends_what_is_being_sent(ask, vault):
    from everygenome.web.people import vaults

    parts = iter(ask())
    assert next(parts) == PLAIN[: 1024**2]
    vaults.destroy(vault)
    with pytest.raises(ConnectionResetError):
        next(parts)
