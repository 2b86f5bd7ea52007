"""What the server itself answers, before the site is asked."""

import http.client
import os
import subprocess
import sys

import pytest

pytestmark = [pytest.mark.slow]

SERVE = """
import sys
from pathlib import Path
from everygenome.web.serve import serve
serve(store=Path(sys.argv[1]), host="127.0.0.1", port=0,
      on_ready=lambda address: print(address, flush=True))
"""


@pytest.fixture
def connection(demonstration):
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(demonstration)],
        stdout=subprocess.PIPE,
        text=True,
        env={k: v for k, v in os.environ.items() if k != "DATABASE_URL"},
    )
    try:
        address = process.stdout.readline().strip().removeprefix("http://").rstrip("/")
        opened = http.client.HTTPConnection(address, timeout=60)
        yield opened
        opened.close()
    finally:
        process.terminate()
        process.stdout.close()
        process.wait(20)


def test_no_page_is_sent_under_the_api(connection):
    for path, status, kind in (
        ("/api/v1/releases", 200, "application/json"),
        (f"/api/v1/studies?search={'a' * 5_000}", 422, "application/problem+json"),
        (f"/api/v1/studies?search={'a' * 10_000}", 414, "text/plain"),
    ):
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read()
        assert (response.status, response.headers["Content-Type"]) == (status, kind)
        assert b"<" not in body
    connection.close()
    connection.request("GET", "/api/v1/releases", headers={"Accept-Encoding": "identity"})
    response = connection.getresponse()
    assert response.headers["RateLimit-Limit"] == "120"
    assert int(response.headers["RateLimit-Remaining"]) < 120
    assert int(response.headers["Content-Length"]) == len(response.read())
