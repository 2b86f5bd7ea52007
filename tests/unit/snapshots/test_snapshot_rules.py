"""The small rules of downloading: waits, names, redirects, validators."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everygenome.snapshots.policy import Policy
from everygenome.snapshots.redirects import AddressError, checked, next_hop
from everygenome.snapshots.retry import backoff_s, retry_after_s
from everygenome.snapshots.served import Served, base_name, disposition_name, validator

NOW = datetime(2025, 1, 1, tzinfo=UTC)
CENTURY_S = 3_155_760_000.0


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_waits_double_up_to_the_cap_and_never_fall_below_half(attempt: int, jitter: float) -> None:
    full = min(2.0 ** min(attempt - 1, 50), 30.0)
    assert full / 2 <= backoff_s(attempt, policy=Policy(), jitter=lambda: jitter) <= full


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("", None),
        ("0", 0.0),
        (" 120 ", 120.0),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("9" * 5000, CENTURY_S),
        ("Wed, 01 Jan 2025 00:02:00 GMT", 120.0),
        ("Wed, 01 Jan 2025 00:02:00", 120.0),
        ("Wed, 01 Jan 2025 01:02:00 +0100", 120.0),
        ("Tue, 31 Dec 2024 23:00:00 GMT", 0.0),
        ("Fri, 31 Dec 9999 23:00:00 GMT", CENTURY_S),
        ("Fri, 31 Dec 99999999999999999999 23:00:00 GMT", None),
    ],
)
def test_retry_after_is_read_in_both_forms(header: str | None, seconds: float | None) -> None:
    assert retry_after_s(header, now=NOW) == seconds


@given(st.text())
def test_retry_after_never_fails(header: str) -> None:
    seconds = retry_after_s(header, now=NOW)
    assert seconds is None or 0.0 <= seconds <= CENTURY_S


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (None, ""),
        ("attachment", ""),
        ("attachment; filename=a.tsv", "a.tsv"),
        ("attachment;FILENAME = a.tsv ; size=3", "a.tsv"),
        ('attachment; filename="a; b.tsv"', "a; b.tsv"),
        (r'attachment; filename="a\"b.tsv"', 'a"b.tsv'),
        ("attachment; filename*=UTF-8''a%20%E2%82%AC.tsv", "a €.tsv"),
        ("attachment; filename*=iso-8859-1'en'%A3.tsv", "£.tsv"),
        ("attachment; filename=plain.tsv; filename*=UTF-8''better.tsv", "better.tsv"),
        ("attachment; filename*=UTF-8''%FF.tsv", "\ufffd.tsv"),
        ("attachment; otherfilename=a.tsv", ""),
    ],
)
def test_names_in_content_disposition(header: str | None, name: str) -> None:
    assert disposition_name(header) == name


@given(st.text())
def test_a_base_name_is_never_a_path(text: str) -> None:
    name = base_name(text)
    assert "/" not in name
    assert "\\" not in name
    assert name not in (".", "..")
    assert name.isprintable()
    assert len(name) <= 200


@pytest.mark.parametrize(
    ("disposition", "final", "name"),
    [
        ("attachment; filename=/etc/passwd", "/r/x.tsv", "passwd"),
        ('attachment; filename="/"', "/r/x.tsv", "x.tsv"),
        (None, "/r/%2e%2e%2fx%00.tsv?key=1", "x.tsv"),
        (None, "/", "asked"),
    ],
)
def test_the_served_name(disposition: str | None, final: str, name: str) -> None:
    served = Served(
        url="https://a.org/asked",
        final_url=f"https://b.org{final}",
        content_disposition=disposition,
    )
    assert served.file_name == name


@pytest.mark.parametrize("url", ["http://a.org/x", "https://a.org:8443/x", "https://[::1]/x"])
def test_http_and_https_are_asked(url: str) -> None:
    assert checked(url) == url


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://a.org", "http:///x", "http://[", "a.org/x", "", "data:,x"]
)
def test_nothing_else_is_asked(url: str) -> None:
    with pytest.raises(AddressError):
        checked(url)


def test_a_redirect_may_rise_to_https_but_not_fall_to_http() -> None:
    assert next_hop("http://a.org/x", "https://b.org/y") == "https://b.org/y"
    assert next_hop("https://a.org/x", "//b.org/y") == "https://b.org/y"
    with pytest.raises(AddressError, match="from https to http://b"):
        next_hop("https://a.org/x", "http://b.org/y")
    for place in ("file:///etc/passwd", "javascript:x", "http://["):
        with pytest.raises(AddressError, match="not an http or https address"):
            next_hop("https://a.org/x", place)
    with pytest.raises(AddressError, match="without saying where"):
        next_hop("https://a.org/x", "")


@pytest.mark.parametrize(
    ("headers", "proof"),
    [
        ({"etag": '"v"', "last-modified": "x"}, '"v"'),
        ({"etag": 'W/"v"'}, ""),
        ({"last-modified": "Wed, 01 Jan 2025 00:00:00 GMT"}, ""),
        (
            {
                "last-modified": "Wed, 01 Jan 2025 00:00:00 GMT",
                "date": "Wed, 01 Jan 2025 00:00:00 GMT",
            },
            "",
        ),
        (
            {
                "last-modified": "Wed, 01 Jan 2025 00:00:00 GMT",
                "date": "Wed, 01 Jan 2025 00:00:01 GMT",
            },
            "Wed, 01 Jan 2025 00:00:00 GMT",
        ),
    ],
)
def test_what_proves_that_two_parts_belong_together(headers: dict[str, str], proof: str) -> None:
    assert validator(headers) == proof
