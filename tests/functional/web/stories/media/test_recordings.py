"""Sound and film are heard and seen as before, and say nothing of who made them, or where."""

import struct

import av
import pytest

from everygenome.errors import InputError
from everygenome.web.stories.media import written as inside
from everygenome.web.stories.media.checking import checked
from everygenome.web.stories.media.refusals import RefusedError
from tests.functional.web.stories.media.strangers import (
    PHRASE,
    PLACE,
    cleaned,
    film,
    packets,
    pictures,
    sound,
    tells,
    vorbis_film,
)

pytestmark = [pytest.mark.slow]


def id3(data: bytes) -> bytes:
    """Sound behind a tag with a title and a cover, as ID3 writes them."""

    def framed(name: bytes, held: bytes) -> bytes:
        return name + len(held).to_bytes(4, "big") + bytes(2) + held

    held = framed(b"TIT2", b"\x03" + PHRASE.encode()) + framed(
        b"APIC", b"\x00image/png\x00\x03\x00\x89PNG\r\n\x1a\n" + PHRASE.encode()
    )
    length = bytes(len(held) >> shift & 127 for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + length + held + data


def ape(text: str) -> bytes:
    """A tag as some programs write it at the end."""
    item = struct.pack("<II", len(text), 0) + b"Artist\0" + text.encode()
    return item + b"APETAGEX" + struct.pack("<IIII", 2000, len(item) + 32, 1, 0) + bytes(8)


def test_mp3_keeps_its_sound_and_loses_its_tags(tmp_path):
    source = sound(tmp_path / "sent", "mp3", "libmp3lame")
    before = packets(source)
    source.write_bytes(id3(source.read_bytes()) + ape(PHRASE) + b"TAG" + PHRASE.encode().ljust(125))
    assert source.read_bytes().count(PHRASE.encode()) >= 5
    [made] = cleaned(source)
    assert (made.kind, made.type, made.size_name) == ("sound", "audio/mpeg", "whole")
    assert (made.width, made.height) == (None, None)
    assert made.seconds == pytest.approx(2, abs=0.2)
    assert made.size == len(made.path.read_bytes())
    assert not tells(made.path)
    assert packets(made.path) == before


def test_a_tag_between_frames_of_mp3_is_taken_out(tmp_path):
    source = sound(tmp_path / "sent", "mp3", "libmp3lame", said={})
    data, frames = source.read_bytes(), packets(source)
    middle = data.index(frames[40])
    source.write_bytes(data[:middle] + id3(b"") + data[middle:])
    assert tells(source)
    [made] = cleaned(source)
    assert not tells(made.path)
    # At most the frame that stands before the tag is lost with it.
    assert set(packets(made.path)) <= set(frames)
    assert len(packets(made.path)) >= len(frames) - 1


@pytest.mark.parametrize(
    ("container", "codec", "mime"),
    [
        ("ipod", "aac", "audio/mp4"),
        ("ogg", "libopus", "audio/ogg"),
        ("ogg", "vorbis", "audio/ogg"),
    ],
)
def test_packed_sound_is_copied_and_its_words_are_not(tmp_path, container, codec, mime):
    source = sound(tmp_path / "sent", container, codec)
    assert tells(source)
    [made] = cleaned(source)
    assert (made.kind, made.type) == ("sound", mime)
    assert made.seconds == pytest.approx(2, abs=0.2)
    assert not tells(made.path)
    assert packets(made.path) == packets(source)


@pytest.mark.parametrize(
    ("container", "codec"),
    [("wav", "pcm_s16le"), ("wav", "pcm_mulaw"), ("wav", "pcm_f32le"), ("flac", "flac")],
)
def test_sound_that_nobody_packed_becomes_mp3(tmp_path, container, codec):
    source = sound(tmp_path / "sent", container, codec)
    assert tells(source)
    [made] = cleaned(source)
    assert (made.kind, made.type) == ("sound", "audio/mpeg")
    assert made.seconds == pytest.approx(2, abs=0.2)
    assert not tells(made.path)
    # 192 kilobits in a second, and a frame or two around it.
    assert 48_000 <= made.size < 51_000
    with av.open(made.path) as file:
        loudest = max(int(abs(f.to_ndarray()).max() * 32768) for f in file.decode(audio=0))
    assert loudest == pytest.approx(9000, rel=0.1)


def test_a_film_is_seen_as_before_and_says_nothing(tmp_path):
    source = film(tmp_path / "sent", "mp4", "libx264", "aac", subtitled=True)
    data = source.read_bytes()
    north = int(51.5205 * 65536).to_bytes(4, "big")  # as the box of places holds it
    assert data.count(north) == 1
    assert data.count(b"x264 - core") == 1
    with av.open(source) as file:
        assert [stream.type for stream in file.streams] == ["video", "audio", "subtitle", "data"]
        assert [one["metadata"] for one in file.chapters()] == [{"title": PHRASE}]
    [made] = cleaned(source)
    assert (made.kind, made.type, made.width, made.height) == ("film", "video/mp4", 64, 48)
    assert made.seconds == pytest.approx(2, abs=0.2)
    assert not tells(made.path)
    kept = made.path.read_bytes()
    assert north not in kept
    # Nor the encoder's settings, which stand between the pictures.
    assert b"x264" not in kept
    assert b"Lavf" not in kept
    # What is needed to begin playing comes before what is played.
    assert kept.index(b"moov") < kept.index(b"mdat")
    assert len(packets(made.path, "video")) == len(packets(source, "video")) == 50
    assert pictures(made.path) == pictures(source)
    assert packets(made.path) == packets(source)
    with av.open(made.path) as file:
        assert file.chapters() == []
        assert [stream.type for stream in file.streams] == ["video", "audio"]
        assert [stream.metadata["handler_name"] for stream in file.streams] == [
            "VideoHandler",
            "SoundHandler",
        ]


@pytest.mark.parametrize("codec", ["libvpx", "libvpx-vp9"])
def test_a_film_in_webm_stays_one(tmp_path, codec):
    source = film(tmp_path / "sent", "webm", codec, "libopus")
    assert tells(source)
    [made] = cleaned(source)
    assert (made.kind, made.type, made.width, made.height) == ("film", "video/webm", 64, 48)
    assert made.seconds == pytest.approx(2, abs=0.2)
    assert not tells(made.path)
    for kind in ("video", "audio"):
        assert packets(made.path, kind) == packets(source, kind)


def test_words_in_the_headers_of_vorbis_are_taken_out_of_a_film(tmp_path):
    told = sound(tmp_path / "told.ogg", "ogg", "vorbis")
    source = vorbis_film(tmp_path / "sent", told)
    assert tells(source)
    [made] = cleaned(source)
    assert (made.type, made.kind) == ("video/webm", "film")
    assert not tells(made.path)
    with av.open(made.path) as after, av.open(told) as before:
        loudest = [
            max(float(abs(frame.to_ndarray()).max()) for frame in file.decode(audio=0))
            for file in (after, before)
        ]
    assert loudest[0] == pytest.approx(loudest[1])


def test_a_film_without_pictures_is_sound(tmp_path):
    for container, codec, mime in (
        ("mp4", "aac", "audio/mp4"),
        ("webm", "libopus", "audio/ogg"),
        ("mov", "pcm_s16le", "audio/mpeg"),
    ):
        source = sound(tmp_path / "sent", container, codec)
        [made] = cleaned(source)
        assert (made.kind, made.type, made.width) == ("sound", mime, None)
        assert made.seconds == pytest.approx(2, abs=0.2)


@pytest.mark.parametrize(
    ("container", "options"),
    [("mov", {"movflags": "use_metadata_tags"}), ("mp4", {"movflags": "frag_keyframe+empty_moov"})],
)
def test_films_of_phones_and_of_browsers_become_plain_ones(tmp_path, container, options):
    source = film(tmp_path / "sent", container, "libx264", "aac", options=options)
    assert tells(source)
    assert (PLACE.encode() in source.read_bytes()) == (container == "mov")
    [made] = cleaned(source)
    assert (made.type, made.width, made.height) == ("video/mp4", 64, 48)
    assert not tells(made.path)
    assert pictures(made.path) == pictures(source)


def test_a_film_without_sound_is_taken(tmp_path):
    [made] = cleaned(film(tmp_path / "sent", "mp4", "libx264", None))
    assert (made.kind, made.seconds) == ("film", pytest.approx(2, abs=0.2))


def test_a_film_stays_turned_as_the_phone_was_held(tmp_path):
    source = film(tmp_path / "sent", "mp4", "libx264", "aac")
    data = source.read_bytes()
    upright = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 1 << 30)
    turned = struct.pack(">9i", 0, 65536, 0, -65536, 0, 0, 48 << 16, 0, 1 << 30)
    at = data.index(upright, data.index(b"tkhd"))
    source.write_bytes(data[:at] + turned + data[at + 36 :])
    [made] = cleaned(source)
    assert (made.width, made.height) == (48, 64)
    with av.open(made.path) as file:
        assert next(file.decode(video=0)).rotation == -90


def shortened(path, skipped: int, group: int):
    """A film of three seconds, of which so many of the first pictures are not to be shown."""
    film(path, "mp4", "libx264", "aac", seconds=3, group=group)
    data = bytearray(path.read_bytes())
    entry = (
        data.index(b"elst") + 12
    )  # how long (in milliseconds), and from where (25 * 512 a second)
    length, start = struct.unpack(">II", data[entry : entry + 8])
    assert (length, start) == (3000, 1024)
    data[entry : entry + 8] = struct.pack(">II", length - skipped * 40, start + skipped * 512)
    path.write_bytes(data)
    return path


def test_what_was_cut_away_from_a_film_is_not_in_it(tmp_path):
    whole = pictures(film(tmp_path / "whole", "mp4", "libx264", "aac", seconds=3, group=10))
    source = shortened(tmp_path / "sent", 15, 10)
    assert pictures(source) == whole[15:]
    # The file still holds what was cut away, from the last picture that stands alone.
    assert len(packets(source, "video")) == 65
    [made] = cleaned(source)
    assert len(packets(made.path, "video")) == 55
    assert pictures(made.path) == whole[20:]
    assert made.seconds == pytest.approx(3, abs=0.1)  # of the sound nothing was cut away
    with av.open(made.path) as file:
        # In time with its sound.
        assert next(file.decode(video=0)).time == pytest.approx(0.2)


def test_a_film_that_would_lose_much_with_what_was_cut_away_is_refused(tmp_path):
    with pytest.raises(InputError, match="what was cut away is still in the file"):
        cleaned(shortened(tmp_path / "sent", 15, 250))


@pytest.mark.parametrize(
    ("container", "codec", "voice"),
    [("mp4", "mpeg4", "aac"), ("mp4", "libx265", "aac"), ("mp4", "libx264", "ac3")],
)
def test_what_browsers_do_not_play_is_refused(tmp_path, container, codec, voice):
    with pytest.raises(InputError, match=r"many readers could not play\. Please save a film as"):
        cleaned(film(tmp_path / "sent", container, codec, voice))


@pytest.mark.parametrize(("container", "codec"), [("mp4", "libx264"), ("webm", "libvpx")])
def test_a_film_whose_end_is_missing_is_refused(tmp_path, container, codec):
    options = {"movflags": "+faststart"} if container == "mp4" else {}
    source = film(tmp_path / "sent", container, codec, None, seconds=10, options=options)
    data = source.read_bytes()
    source.write_bytes(data[: len(data) // 3])
    with pytest.raises(InputError, match=r"^The file cannot be read\."):
        cleaned(source)


def stretched(path, seconds):
    """Sound of two packets, the second of them so much later."""
    sound(path, "matroska", "libopus", seconds=1)
    late = path.with_name("late")
    with av.open(path) as given, av.open(late, "w", format="matroska") as file:
        stream = file.add_stream_from_template(given.streams.audio[0], opaque=True)
        packets = [one for one in given.demux(audio=0) if one.size]
        packets[1].pts = packets[1].dts = seconds * 1000
        for packet in packets[:2]:
            packet.stream = stream
            file.mux(packet)
    return late


def test_more_than_two_hours_are_refused(tmp_path):
    assert cleaned(stretched(tmp_path / "sent", 7198))[0].seconds == pytest.approx(7198, abs=0.2)
    with pytest.raises(InputError, match=r"^The recording is longer than 2 hours\. Please cut it"):
        cleaned(stretched(tmp_path / "sent", 7201))


def packed(path, **options):
    """A film as it is packed here, but for what is asked for."""
    wanted = {"said": {}, "of_pictures": {}, "options": {"fflags": "+bitexact"}} | options
    return film(path, "mp4", "libx264", "aac", **wanted)


def test_what_was_packed_is_looked_at_again(tmp_path):
    found = checked(packed(tmp_path / "whole"), "mov", is_film=True)
    assert found == {"seconds": 2.0, "width": 64, "height": 48}


@pytest.mark.parametrize(
    "left",
    [
        {"said": {"title": PHRASE}},
        {"said": {"comment": "a"}},
        {"said": {"location": PLACE}},
        {"of_pictures": {"handler_name": "Ada's telephone"}},
        {"of_pictures": {"language": "eng"}},
        {"options": {}},  # the program's name, and which of its versions it was
        {"subtitled": True},
    ],
)
def test_whatever_is_left_in_what_was_packed_is_found(tmp_path, left):
    with pytest.raises(RefusedError, match="unclean"):
        checked(packed(tmp_path / "whole", **left), "mov", is_film=True)


def test_pictures_in_what_is_to_be_heard_are_found(tmp_path):
    with pytest.raises(RefusedError, match="unclean"):
        checked(packed(tmp_path / "whole"), "mov", is_film=False)


@pytest.mark.parametrize(
    ("head", "size"),
    [
        ("fffb9064", 417),  # MPEG 1, 128 kilobits, 44,100 hertz
        ("fffb9264", 418),  # the same, with one byte more to fill up
        ("fff38464", 192),  # MPEG 2, 64 kilobits, 24,000 hertz
        ("ffe31844", 72),  # MPEG 2.5, 8 kilobits, 8,000 hertz
        ("fffd9064", 0),  # layer II
        ("fffb0064", 0),  # no bit rate
        ("fffbf064", 0),  # a bit rate that there is not
        ("fffb9c64", 0),  # a rate that there is not
        ("ffeb9064", 0),  # a version that there is not
        ("49443303", 0),  # ID3
    ],
)
def test_how_long_a_frame_of_mp3_is(head, size):
    frame = bytes.fromhex(head)
    assert inside.mp3_bytes(frame + bytes(500)) == size
    assert inside.mp3_bytes(frame + bytes(max(0, size - 5))) == 0
