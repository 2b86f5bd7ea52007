"""Pictures and recordings: sent with a form, cleaned, sealed, shown, played in parts, taken out."""

import io
import xml.etree.ElementTree as ET

import pytest
from PIL import Image

from tests.functional.web import database
from tests.functional.web.moderation import offers
from tests.functional.web.page import read
from tests.functional.web.stories import tellers
from tests.functional.web.stories.media.strangers import sound
from tests.functional.web.stories.test_offering import begun

pytestmark = [pytest.mark.usefixtures("django")]


def picture(size=(800, 600), form="PNG"):
    from django.core.files.uploadedfile import SimpleUploadedFile

    data = io.BytesIO()
    Image.new("RGB", size, (10, 120, 200)).save(data, form)
    return SimpleUploadedFile("holiday at home.png", data.getvalue(), "image/png")


def recording(folder):
    from django.core.files.uploadedfile import SimpleUploadedFile

    path = sound(folder / "talk.m4a", "ipod", "aac", seconds=3.0)
    return SimpleUploadedFile("talk.m4a", path.read_bytes(), "audio/mp4")


def send(web, path, **fields):
    return web.post(path, database.gate() | fields)


def now():
    return offers.contributions()[-1].proposed


def test_a_picture_is_kept_shown_described_and_taken_out(web):
    on, _ = begun(web, form="picture")
    words = f"{on}words/"
    response = send(web, words, title="A drawing", text="Our house.", file=picture())
    assert response["Location"] == f"{words}?kept=1"
    (one,) = now()["media"]
    assert (one["kind"], one["type"], one["width"], one["height"]) == (
        "picture",
        "image/webp",
        800,
        600,
    )
    shown = web.get(f"{on}media/{one['id']}")
    data = b"".join(shown.streaming_content)
    assert (shown.status_code, shown["Content-Type"], len(data)) == (200, "image/webp", one["size"])
    assert Image.open(io.BytesIO(data)).size == (800, 600)
    assert shown["Cache-Control"] == "no-store"
    # It cannot be sent before somebody says what it shows.
    assert "Please say what the picture shows" in read(web.get(f"{on}look/")).text
    send(
        web,
        words,
        title="A drawing",
        text="Our house.",
        **{f"alt-{one['id']}": "A house with one door"},
    )
    assert now()["media"][0]["alt"] == "A house with one door"
    look = web.get(f"{on}look/").content.decode()
    assert 'alt="A house with one door"' in look
    assert "Please say what the picture shows" not in look
    send(web, words, title="A drawing", text="Our house.", **{f"remove-{one['id']}": "1"})
    assert "media" not in now()
    assert web.get(f"{on}media/{one['id']}").status_code == 404


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<html><script>alert(1)</script></html>", "no picture, sound or film"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\nhello", "cannot be read"),
    ],
)
def test_what_is_none_is_refused_beside_the_field_and_the_words_are_kept(web, data, said):
    from django.core.files.uploadedfile import SimpleUploadedFile

    on, _ = begun(web, form="picture")
    file = SimpleUploadedFile("x.png", data, "image/png")
    response = send(web, f"{on}words/", title="Kept", text="These words stay.", file=file)
    assert response.status_code == 400
    page = read(response)
    assert said in page.text
    assert "These words stay." in response.content.decode()
    assert now()["text"] == "These words stay."
    assert "media" not in now()


def test_what_is_too_large_is_not_taken_in(web, monkeypatch):
    from everygenome.web.stories.offering import uploads

    monkeypatch.setattr(uploads, "LARGEST", 50_000)
    on, _ = begun(web, form="picture")
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("x.png", b"\x89PNG\r\n\x1a\n" + bytes(300_000), "image/png")
    response = send(web, f"{on}words/", title="Large", file=file)
    assert response.status_code == 413
    assert "media" not in now()


def test_too_many_files_from_one_place_are_told_to_wait(web, monkeypatch):
    from everygenome.web.people import limits

    on, _ = begun(web, form="picture")
    monkeypatch.setattr(limits, "client_allowed", lambda _request: False)
    response = send(web, f"{on}words/", title="Kept", file=picture())
    assert "too many times within an hour" in read(response).text
    assert now()["title"] == "Kept"


def test_a_recording_needs_its_words_and_plays_in_parts(web, tmp_path):
    on, _ = begun(web, form="audio")
    send(web, f"{on}words/", title="Spoken", file=recording(tmp_path))
    (one,) = now()["media"]
    assert one["kind"] == "sound"
    assert one["seconds"] == pytest.approx(3.0, abs=0.2)
    assert "cannot publish a recording without it" in read(web.get(f"{on}look/")).text
    send(web, f"{on}words/", title="Spoken", transcript="Good evening.")
    assert "cannot publish a recording without it" not in read(web.get(f"{on}look/")).text
    whole = b"".join(web.get(f"{on}media/{one['id']}").streaming_content)
    part = web.get(f"{on}media/{one['id']}", headers={"range": "bytes=100-299"})
    assert part.status_code == 206
    assert b"".join(part.streaming_content) == whole[100:300]


def test_a_recording_is_an_episode_with_its_words_and_its_size(web, tmp_path):
    from everygenome.web.stories.offering.files import take_in

    with database.committed():
        one = tellers.offered(send=False, format="podcast", reuse="CC-BY-4.0").contribution
        said = take_in(one.vault, recording(tmp_path))
        from everygenome.web.moderation.actions import offering

        values = one.proposed | {"media": [said], "transcript": "Good evening."}
        offering.save(contribution=one, by="contributor", values=values)
        one.refresh_from_db()
        offering.submit(contribution=one, by="contributor")
        one.refresh_from_db()
        done = tellers.read_by_two(one)
    tree = ET.fromstring(web.get("/stories/podcast.rss").content)
    itunes = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
    podcast = "{https://podcastindex.org/namespace/1.0}"
    (item,) = tree.findall("channel/item")
    enclosure = item.find("enclosure").attrib
    assert (enclosure["length"], enclosure["type"]) == (str(said["size"]), said["type"])
    assert enclosure["url"].endswith(f"/stories/{done.subject}/media/{said['id']}")
    assert item.find(f"{itunes}duration").text == "3"
    transcript = item.find(f"{podcast}transcript").attrib
    assert transcript["url"].endswith(f"/stories/{done.subject}/#transcript")
    assert transcript["type"] == "text/html"
    channel = tree.find("channel")
    for name in ("title", "link", "description", "language", f"{itunes}author"):
        assert channel.find(name).text, name
    assert channel.find(f"{itunes}category").attrib == {"text": "Science"}
    picture = channel.find(f"{itunes}image").attrib["href"]
    made = web.get("/" + picture.partition("//")[2].partition("/")[2])
    assert Image.open(io.BytesIO(b"".join(made.streaming_content))).size == (1400, 1400)
    # The file is there for programs, too, whole and in parts.
    path = f"/stories/{done.subject}/media/{said['id']}"
    assert web.head(path)["Content-Length"] == str(said["size"])
    assert web.get(path)["Accept-Ranges"] == "bytes"
    assert web.get(f"/stories/{done.subject}/media/0123456789abcdef").status_code == 404


def test_while_one_file_is_looked_at_others_wait_and_are_told(monkeypatch):
    from everygenome.errors import InputError
    from everygenome.web.stories.offering import files

    monkeypatch.setattr(files, "_WAITED", 0.01)
    with files._turn(), pytest.raises(InputError, match="Other files are being looked at"):
        files.take_in("", picture())


def test_what_a_crash_left_of_a_file_is_swept(rolled_back, tmp_path):
    from datetime import timedelta

    from django.test import override_settings
    from django.utils import timezone

    from everygenome.web.people.apart import INCOMING, apart
    from everygenome.web.stories.sweeping import swept

    with override_settings(APART=tmp_path / "apart", STORE=tmp_path / "store"):
        incoming = apart() / INCOMING
        (incoming / "folder").mkdir()
        (incoming / "folder" / "sent").write_bytes(b"x")
        (incoming / "upload").write_bytes(b"x")
        swept(timezone.now())
        assert len(list(incoming.iterdir())) == 2
        assert swept(timezone.now() + timedelta(days=2)) == 2
        assert list(incoming.iterdir()) == []
