"""Files as strangers send them: with names, places and words where nobody looks."""

import array
import math
import tempfile
from fractions import Fraction
from pathlib import Path

import av

from everygenome.web.stories.media import cleaning

PHRASE = "Ada Lovelace of Marylebone"
PLACE = "+51.5205-000.1516/"
SAID = {"title": PHRASE, "artist": PHRASE, "comment": PHRASE, "location": PLACE}
RATE = 48000


def cleaned(source: Path) -> list[cleaning.Cleaned]:
    return cleaning.clean(source, Path(tempfile.mkdtemp(dir=source.parent)))


def tells(path: Path) -> bool:
    """Whether a file says who made it, or where, in letters of one byte or of two."""
    data = path.read_bytes()
    return any(
        word.encode(coding) in data
        for word in (PHRASE, PLACE, "Lovelace", "51.5205")
        for coding in ("utf-8", "utf-16-le", "utf-16-be")
    )


def packets(path: Path, kind: str = "audio") -> list[bytes]:
    with av.open(path) as file:
        stream = getattr(file.streams, kind)[0]
        return [bytes(one) for one in file.demux(stream) if one.size]


def pictures(path: Path) -> list[bytes]:
    with av.open(path) as file:
        return [bytes(frame.planes[0]) for frame in file.decode(video=0)]


def sound(path: Path, container: str, codec: str, *, seconds=2.0, said=SAID, options=None) -> Path:
    """A tone of 440 hertz, with words wherever the container takes some."""
    with av.open(path, "w", format=container, container_options=options or {}) as file:
        file.metadata.update(said)
        stream = _voice(file, codec)
        # Ogg keeps its words with the stream.
        stream.metadata.update(said)
        _speak(file, stream, seconds)
    return path


def film(
    path: Path,
    container: str,
    codec: str,
    voice: str | None,
    *,
    seconds=2.0,
    said=SAID,
    of_pictures=SAID | {"handler_name": PHRASE},
    subtitled=False,
    group=12,
    options=None,
) -> Path:
    """Grey that becomes lighter, and a tone; in words whatever the container takes."""
    with av.open(path, "w", format=container, container_options=options or {}) as file:
        file.metadata.update(said)
        if subtitled:
            first = {"id": 1, "start": 0, "end": 1000, "time_base": Fraction(1, 1000)}
            file.set_chapters([first | {"metadata": {"title": PHRASE}}])
        stream = file.add_stream(codec, rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        stream.gop_size = group
        stream.metadata.update(of_pictures)
        heard = _voice(file, voice) if voice else None
        read = file.add_mux_stream("mov_text") if subtitled else None
        for number in range(int(seconds * 25)):
            file.mux(stream.encode(_picture(number)))
        file.mux(stream.encode(None))
        if heard is not None:
            _speak(file, heard, seconds)
        if read is not None:
            packet = av.Packet(len(PHRASE).to_bytes(2, "big") + PHRASE.encode())
            packet.stream, packet.time_base = read, Fraction(1, 1000)
            packet.pts = packet.dts = 0
            packet.duration = 1000
            file.mux(packet)
    return path


def vorbis_film(path: Path, told: Path) -> Path:
    """A WebM film with the sound of an Ogg file; in its headers are words."""
    with av.open(told) as given, av.open(path, "w", format="webm") as file:
        stream = file.add_stream("libvpx", rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        heard = file.add_stream_from_template(given.streams.audio[0], opaque=True)
        heard.codec_context.extradata = _worded(heard.codec_context.extradata)
        for number in range(50):
            file.mux(stream.encode(_picture(number)))
        file.mux(stream.encode(None))
        for packet in given.demux(given.streams.audio[0]):
            if packet.size:
                packet.stream = heard
                file.mux(packet)
    return path


def _worded(headers: bytes) -> bytes:
    """Vorbis's three headers, with words in the second."""
    first, _, third = _headers(headers)
    words = b"\x03vorbis" + len(PHRASE).to_bytes(4, "little") + PHRASE.encode() + bytes(4) + b"\1"
    return bytes((2, len(first), len(words))) + first + words + third


def _headers(joined: bytes) -> list[bytes]:
    starts = [joined.index(bytes([number]) + b"vorbis") for number in (1, 3, 5)]
    return [joined[a:b] for a, b in zip(starts, [*starts[1:], None], strict=True)]


def _picture(number: int) -> av.VideoFrame:
    frame = av.VideoFrame(64, 48, "yuv420p")
    for plane, grey in zip(frame.planes, (16 + number * 2 % 200, 128, 128), strict=True):
        plane.update(bytes([grey]) * plane.buffer_size)
    frame.pts, frame.time_base = number, Fraction(1, 25)
    return frame


def _voice(file, codec: str):
    stream = file.add_stream(codec, rate=RATE)
    stream.layout = "stereo"
    if codec == "vorbis":
        # FFmpeg's own encoder is good enough for a test, but says that it is not for more.
        stream.codec_context.options = {"strict": "experimental"}
    return stream


def _speak(file, stream, seconds: float) -> None:
    whole = int(seconds * RATE)
    for at in range(0, whole, 4800):
        count = min(4800, whole - at)
        wave = (int(9000 * math.sin((at + i) * 440 * math.tau / RATE)) for i in range(count))
        frame = av.AudioFrame(format="s16", layout="stereo", samples=count)
        data = array.array("h", (value for one in wave for value in (one, one))).tobytes()
        frame.planes[0].update(data.ljust(frame.planes[0].buffer_size, b"\0"))
        frame.sample_rate, frame.pts, frame.time_base = RATE, at, Fraction(1, RATE)
        file.mux(stream.encode(frame))
    file.mux(stream.encode(None))
