"""A file that is not taken is refused in plain words, and the process that looks has no secrets."""

import io
import random
import subprocess
import sys
import zipfile

import pytest
from PIL import Image

from everygenome.errors import InputError
from everygenome.web.stories.media import cleaning, limits, refusals
from tests.functional.web.stories.media.strangers import PHRASE, cleaned, film, sound

UNKNOWN = r"^This is no picture, sound or film of a kind that we can show\. Please send a picture"
DAMAGED = r"^The file cannot be read\. It may be damaged, or only a part of it\. Please check"


def zipped() -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as file:
        file.writestr("a.jpg", PHRASE)
    return whole.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.jpg", b"", r"^The file is empty\. Please choose it again\.$"),
        ("a.jpg", b"<!doctype html><script>alert(1)</script>", UNKNOWN),
        ("a.jpg", b"<html><body><svg></svg></body></html>", UNKNOWN),
        ("a.zip", zipped(), UNKNOWN),
        ("a.mp3", b"#!/bin/sh\nrm -r /\n", UNKNOWN),
        ("a.png", b"%PDF-1.7\n", UNKNOWN),
        # Lists of addresses, which programs for films would follow.
        ("a.mp4", b"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\nfile:///etc/passwd\n", UNKNOWN),
        ("a.mp4", b"ffconcat version 1.0\nfile /etc/passwd\n", UNKNOWN),
        ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", r"^This is a drawing in SVG\."),
        ("a", b"\xef\xbb\xbf \n<?xml version='1.0'?>\n<!-- a --><SVG/>", r"drawing in SVG\..* PNG"),
        ("a.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", r"in HEIC or AVIF.* save it as JPEG"),
        ("a.jpg", b"\0\0\0\x18ftypavif\0\0\0\0mif1avif", r"in HEIC or AVIF"),
    ],
)
def test_what_a_file_is_is_told_by_what_it_holds(tmp_path, name, data, told):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError, match=told):
        cleaned(path)


@pytest.mark.slow
@pytest.mark.parametrize(
    "magic",
    [
        *[
            b"\xff\xd8\xff\xe0",
            b"\x89PNG\r\n\x1a\n",
            b"RIFF\xff\xff\0\0WEBP",
            b"GIF89a\x10\0\x10\0",
        ],
        *[b"\0\0\0\x20ftypisom", b"\x1a\x45\xdf\xa3", b"OggS\0\x02", b"fLaC\0\0\0\x22"],
        *[b"RIFF\xff\xff\0\0WAVE", b"\xff\xfb\x90\x64", b"ID3\x04\0\0\0\0\0\0"],
    ],
)
def test_what_only_begins_well_is_refused(tmp_path, magic):
    path = tmp_path / "sent"
    noise = random.Random(1843).randbytes(50_000)
    # Random sides of a picture may be too long before they are anything else.
    told = rf"{DAMAGED}|^The picture has more than 60 megapixels"
    for rest in (b"", noise, b"<script>alert(1)</script>" * 2000):
        path.write_bytes(magic + rest)
        with pytest.raises(InputError, match=told):
            cleaned(path)


@pytest.mark.parametrize(
    ("magic", "size", "told"),
    [
        (b"\xff\xd8\xff\xe0", limits.PICTURE_BYTES + 1, r"^The picture has more than 15 MB\."),
        (b"OggS", limits.RECORDING_BYTES + 1, r"^The recording has more than 60 MB\."),
        (b"\xff\xd8\xff\xe0", limits.PICTURE_BYTES, DAMAGED),
        (b"OggS", limits.RECORDING_BYTES, DAMAGED),
    ],
)
def test_what_is_too_large_is_not_opened(tmp_path, magic, size, told):
    path = tmp_path / "sent"
    with path.open("wb") as file:
        file.write(magic)
        file.truncate(size)
    with pytest.raises(InputError, match=told):
        cleaned(path)


def test_every_refusal_says_what_to_do_and_never_what_the_file_holds(tmp_path):
    for word in refusals._MESSAGES:
        error = refusals.in_words(word)
        assert error.what.endswith(".")
        assert error.remedy.startswith("Please ")
    path = tmp_path / f"{PHRASE}.jpg"
    path.write_bytes(b"\xff\xd8\xff\xfe" + PHRASE.encode())
    with pytest.raises(InputError) as raised:
        cleaned(path)
    assert "Lovelace" not in str(raised.value)


@pytest.mark.parametrize(
    "cost",
    [
        limits.Cost(wall=0.01),
        limits.Cost(memory=30_000_000),
        limits.Cost(written=10_000),
    ],
)
def test_what_costs_too_much_is_ended_and_leaves_nothing(tmp_path, cost):
    source = sound(tmp_path / "sent", "wav", "pcm_s16le")
    into = tmp_path / "into"
    into.mkdir()
    with pytest.raises(InputError, match=DAMAGED):
        cleaning.clean(source, into, cost)
    assert list(into.iterdir()) == []
    assert len(cleaning.clean(source, into)) == 1


@pytest.mark.parametrize("module", ["no.such.module", "this", "antigravity.nothing"])
def test_a_process_that_fails_or_talks_nonsense_is_a_file_that_cannot_be_read(
    tmp_path, monkeypatch, module
):
    monkeypatch.setattr(cleaning, "_WORKER", module)
    with pytest.raises(InputError, match=DAMAGED):
        cleaned(sound(tmp_path / "sent", "wav", "pcm_s16le"))


@pytest.mark.parametrize(
    "said",
    [
        '{"refused": "nobody knows this word"}',
        '{"refused": ["empty"]}',
        '{"made": [{"size_name": "../../etc/passwd", "kind": "sound", "type": "text/html"}]}',
        '{"made": [{"size_name": "whole"}]}',
        '{"made": 3}',
        "[]",
        "3",
        "",
    ],
)
def test_what_the_process_says_is_not_trusted(tmp_path, monkeypatch, said):
    def run(command, *, stdout, **_):
        stdout.write(said.encode())

    monkeypatch.setattr(cleaning.subprocess, "run", run)
    with pytest.raises(InputError, match=DAMAGED):
        cleaning.clean(tmp_path / "sent", tmp_path)


def test_the_process_is_given_no_secrets(tmp_path, monkeypatch):
    given = {}

    def run(command, **options):
        given.update(options)
        return ran(command, **options)

    ran = subprocess.run
    monkeypatch.setattr(cleaning.subprocess, "run", run)
    monkeypatch.setenv("EVERYGENOME_CONTACT_KEYS", "secret")
    monkeypatch.setenv("DATABASE_URL", "postgresql://ada:secret@localhost/stories")
    cleaned(sound(tmp_path / "sent", "wav", "pcm_s16le"))
    assert set(given["env"]) <= {"PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH"}
    assert (given["stderr"], given["stdin"]) == (subprocess.DEVNULL, subprocess.DEVNULL)


def test_the_process_knows_neither_django_nor_keys():
    script = (
        "import sys\n"
        "from everygenome.web.stories.media import pictures, recordings, worker\n"
        "print([name for name in sys.modules if 'django' in name or 'cryptography' in name"
        " or name.startswith(('everygenome.web.people', 'everygenome.settings'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_limits_are_set_in_the_process(tmp_path):
    script = (
        "import resource, sys\n"
        "from everygenome.web.stories.media import worker\n"
        "worker.main(*sys.argv[1:])\n"
        "names = ('AS', 'CPU', 'FSIZE', 'CORE')\n"
        "print([resource.getrlimit(getattr(resource, f'RLIMIT_{name}')) for name in names])"
    )
    path = tmp_path / "sent"
    path.write_bytes(b"")
    words = [str(path), str(tmp_path), "3000000000", "99", "1000000"]
    done = subprocess.run(
        [sys.executable, "-c", script, *words], capture_output=True, text=True, check=True
    )
    assert done.stdout == (
        '{"refused": "empty"}\n[(3000000000, 3000000000), (99, 99), (1000000, 1000000), (0, 0)]\n'
    )


def test_a_file_is_cleaned_whatever_it_is_called(tmp_path):
    path = tmp_path / "-i; rm -r * é.svg"
    Image.new("RGB", (8, 8)).save(path, "PNG")
    assert [one.kind for one in cleaned(path)] == ["picture", "picture"]
    film(path, "webm", "libvpx", None)
    assert [one.kind for one in cleaned(path)] == ["film"]
