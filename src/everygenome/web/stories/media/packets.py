"""What is taken out of packets of sound and film. Runs in the worker, which knows no Django.

A packet is one frame of sound, or one picture of a film, as an encoder made it. They are copied as
they are, but for what encoders and phones write in between.
"""

from collections.abc import Iterator
from typing import Any

from av import Packet
from av.bitstream import BitStreamFilterContext

from everygenome.web.stories.media.refusals import RefusedError

# The units of H.264 and AV1 of which pictures are made. Others hold what encoders, phones and cars
# write beside: settings, times and places.
_NEEDED = {"h264": "filter_units=pass_types=1-5|7-11", "av1": "filter_units=pass_types=1-4|6-7"}
# Seconds of a film that may be lost where something before them was cut away; see `Lane._is_cut`.
_LOST = 2
_NO_COMMENTS = b"\x03vorbis" + bytes(8) + b"\x01"
# Kilobits in a second, by the four bits that name them; for MPEG 1, and for what came after it.
_FAST = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
_SLOW = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0)
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


class Lane:
    """One stream on its way from a file to a new one.

    Args:
        given: the stream of the file that was sent.
        codec: what it is packed with.
        made: the new container; it gets a stream that says nothing of the old one but how to
            play it, and how a film was turned.
    """

    def __init__(self, given: Any, codec: str, made: Any) -> None:
        self._codec = codec
        self._time_base = given.time_base
        self._stream = made.add_stream_from_template(given, opaque=True)
        self._last: int | None = None
        self._cut, self._lost = False, 0.0
        self._filter: BitStreamFilterContext | None = None
        if codec in _NEEDED:
            self._filter = BitStreamFilterContext(_NEEDED[codec], given, self._stream)
            # The old container's name of the codec, which the new one may not know.
            self._stream.codec_context.codec_tag = "\0\0\0\0"
        elif codec == "vorbis":
            context = self._stream.codec_context
            context.extradata = without_comments(context.extradata or b"")

    def packed(self, packet: Any) -> "Iterator[Packet[Any]]":
        """The packet, clean, for the new container; none where nothing of it is to be played.

        Raises:
            RefusedError: too much of a film would be lost with what was cut away from it.
        """
        if self._is_cut(packet):
            return
        for one in self._filter.filter(packet) if self._filter else (packet,):
            data = bytes(one)
            if self._codec == "mp3":
                data = data[: mp3_bytes(data)]
            if data:
                yield self._new(one, data)

    def _is_cut(self, packet: Any) -> bool:
        """Whether a picture was cut away, or cannot be shown without one that was.

        Phones shorten a film by a note of what to skip, and whoever looks finds it all. So it is
        left out, and with it the pictures that build on it, up to the next that stands alone.
        """
        if self._stream.type != "video":
            return False
        if packet.is_discard:
            self._cut = True
        elif packet.is_keyframe:
            self._cut = False
        elif self._cut:
            self._lost += float((packet.duration or 0) * self._time_base)
            if self._lost > _LOST:
                raise RefusedError("cut")
        return self._cut

    def _new(self, old: Any, data: bytes) -> "Packet[Any]":
        # A packet of its own: what hung on the old one beside its bytes stays behind.
        new: Packet[Any] = Packet(data)
        new.stream, new.time_base = self._stream, self._time_base
        new.pts, new.dts, new.duration = old.pts, old.dts, old.duration
        new.is_keyframe = old.is_keyframe
        if new.dts is not None:
            # Phones write times that stand still, which a container may not take.
            if self._last is not None and new.dts <= self._last:
                new.dts = self._last + 1
                new.pts = max(new.pts or 0, new.dts)
            self._last = new.dts
        return new


def mp3_bytes(frame: bytes) -> int:
    """How many bytes a frame of MP3 has, as its first four say; 0 where it is none.

    Tags at the end of a file, or between its frames, are handed out as if they were sound.
    """
    if len(frame) < 4 or frame[0] != 0xFF or frame[1] & 0xE6 != 0xE2:
        return 0
    version, rate = frame[1] >> 3 & 3, frame[2] >> 2 & 3
    kilobits = (_FAST if version == 3 else _SLOW)[frame[2] >> 4]
    if version not in _RATES or rate == 3 or not kilobits:
        return 0
    samples = 144 if version == 3 else 72
    size = samples * kilobits * 1000 // _RATES[version][rate] + (frame[2] >> 1 & 1)
    return size if size <= len(frame) else 0


def without_comments(headers: bytes) -> bytes:
    """Vorbis's three headers, the second of them empty: it holds titles, names and places.

    Args:
        headers: a 2, the lengths of the first and second header, and the three of them.

    Raises:
        ValueError: they are not of this form.
    """
    if headers[:1] != b"\x02":
        raise ValueError("no headers of Vorbis")
    at, lengths = 1, []
    for _ in range(2):
        length = 0
        while headers[at] == 255:
            length, at = length + 255, at + 1
        lengths.append(length + headers[at])
        at += 1
    first = headers[at : at + lengths[0]]
    third = headers[at + sum(lengths) :]
    if len(first) > 254:
        raise ValueError("no first header of Vorbis")
    return bytes((2, len(first), len(_NO_COMMENTS))) + first + _NO_COMMENTS + third
