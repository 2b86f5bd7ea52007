"""Sound that was shortened by a note of what to skip: what was cut away may hold a name."""

import struct

import av
import pytest

from tests.functional.web.stories.media.strangers import RATE, cleaned, film, sound


def shortened(path):
    """Three seconds are played, from the third on: so phones shorten what was spoken."""
    data = bytearray(path.read_bytes())
    # The sound of a film is described after its pictures.
    entry = data.rindex(b"elst") + 12
    data[entry : entry + 8] = struct.pack(">II", 3000, 3 * RATE)
    path.write_bytes(data)
    return path


def held(path, form: str = "mov") -> float:
    """How many seconds of sound are in a file, whatever it says is to be skipped."""
    options = {"ignore_editlist": "1"} if form == "mov" else {}
    with av.open(str(path), format=form, container_options=options) as file:
        return sum(frame.samples for frame in file.decode(audio=0)) / RATE


def test_sound_that_was_cut_away_is_not_in_what_is_kept(tmp_path):
    source = shortened(sound(tmp_path / "sent.m4a", "ipod", "aac", seconds=6.0))
    assert held(source) == pytest.approx(6, abs=0.1)
    [made] = cleaned(source)
    assert made.seconds == pytest.approx(3, abs=0.1)
    # A frame or two may stand before the first that is heard.
    assert held(made.path) == pytest.approx(3, abs=0.1)


@pytest.mark.parametrize(
    ("container", "codec", "form"),
    [("mp4", "libopus", "ogg"), ("mp4", "libmp3lame", "mp3"), ("ipod", "alac", "mp3")],
)
def test_what_was_cut_away_is_not_heard_in_another_container(tmp_path, container, codec, form):
    # They have no note of what to skip: what is in them is played.
    [made] = cleaned(shortened(sound(tmp_path / "sent", container, codec, seconds=6.0)))
    assert held(made.path, form) == pytest.approx(3, abs=0.1)


@pytest.mark.parametrize("codec", ["aac", "alac"])
def test_what_was_cut_away_from_sound_in_pieces_is_not_in_it(tmp_path, codec):
    pieces = {"movflags": "frag_keyframe+delay_moov"}
    [made] = cleaned(shortened(sound(tmp_path / "s", "ipod", codec, seconds=6.0, options=pieces)))
    assert held(made.path, "mov" if codec == "aac" else "mp3") == pytest.approx(3, abs=0.1)


def test_the_sound_of_a_film_that_was_cut_away_is_not_in_it(tmp_path):
    [made] = cleaned(shortened(film(tmp_path / "sent", "mp4", "libx264", "aac", seconds=6.0)))
    assert held(made.path) == pytest.approx(3, abs=0.1)


def test_nothing_of_what_was_not_cut_is_lost(tmp_path):
    [made] = cleaned(sound(tmp_path / "sent.m4a", "ipod", "aac"))
    with av.open(str(made.path)) as file:
        heard = sum(frame.samples for frame in file.decode(audio=0))
    assert heard / RATE == pytest.approx(2, abs=0.03)
