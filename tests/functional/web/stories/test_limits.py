"""What strangers may use up: not what tellers need, and not the disk of the keys."""

import pytest

from tests.functional.web import database
from tests.functional.web.stories.test_offering import begun

pytestmark = [pytest.mark.usefixtures("django")]


def tried(web, code, client):
    form = database.gate() | {"by": "code", "code": code}
    return web.post("/contributions/", form, REMOTE_ADDR=client).status_code


def test_strangers_cannot_keep_tellers_from_withdrawing(web, monkeypatch):
    from everygenome.web.people import limits

    monkeypatch.setattr(limits, "ALL_AN_HOUR", 30)
    _on, code = begun(web)
    # Each within what it may do, and nothing but wrong codes.
    for number in range(limits.ALL_AN_HOUR // limits.PER_CLIENT_AN_HOUR + 1):
        for _ in range(limits.PER_CLIENT_AN_HOUR):
            tried(web, "0000-0000-0000-0000-0000", f"192.0.2.{number + 1}")
    assert tried(web, code, "198.51.100.7") == 303


def test_a_neighbour_cannot_keep_a_teller_from_withdrawing(web):
    _on, code = begun(web)
    wrong = [tried(web, "0000-0000-0000-0000-0000", "192.0.2.1") for _ in range(12)]
    assert wrong[-2:] == [429, 429]
    assert tried(web, code, "192.0.2.1") == 303


@pytest.mark.parametrize("size", [3_000_000, 70_000_000])
def test_no_form_takes_in_a_file_without_end(web, size):
    from django.conf import settings
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("x.bin", bytes(size))
    for path in ("/report/", "/stories/offer/", "/contributions/"):
        file.seek(0)
        assert web.post(path, database.gate() | {"file": file}).status_code == 413, path
    assert list(settings.FILE_UPLOAD_TEMP_DIR.iterdir()) == []


def test_a_form_without_files_writes_none_to_the_disk(web, monkeypatch):
    from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile

    def written(*_args):
        raise AssertionError("a file on the disk")

    monkeypatch.setattr(TemporaryUploadedFile, "__init__", written)
    # Together too large for memory, each by itself small.
    files = [SimpleUploadedFile(f"{n}.bin", bytes(900_000)) for n in range(2)]
    form = database.gate() | {"a": files[0], "b": files[1], "c": "x" * 1_000_000}
    assert web.post("/report/", form).status_code == 400
