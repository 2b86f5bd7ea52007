"""What is taken out of packets of sound and film. Runs in the worker, which knows no Django.

A packet is one frame of sound, or one picture of a film, as an encoder made it. They are copied as
they are, but for what encoders and phones write in between.
"""

from collections import deque
from collections.abc import Iterator
from typing import Any

from av import Packet
from av.bitstream import BitStreamFilterContext

from everygenome.web.stories.media.refusals import RefusedError
from everygenome.web.stories.media.written import mp3_bytes, without_comments

# The units of H.264 and AV1 of which pictures are made. Others hold what encoders, phones and cars
# write beside: settings, times and places.
_NEEDED = {"h264": "filter_units=pass_types=1-5|7-11", "av1": "filter_units=pass_types=1-4|6-7"}
# Seconds of a film that may be lost where something before them was cut away; see `Lane._is_cut`.
_LOST = 2
# Packets that a decoder needs before the first that is heard, by what sound is packed with: a
# twentieth of a second. Containers of other sound have no way to say that they are not heard.
_PRIMING = {"aac": 2}


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
        self._edited = is_edited(given)
        self._cut, self._lost = False, 0.0
        self._begun = False
        self._priming: deque[Any] = deque(maxlen=_PRIMING.get(codec, 0))
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
        skipped = packet.is_discard or (self._edited and ends_unplayed(packet))
        if self._stream.type == "video":
            if not self._is_cut(packet, skipped=skipped):
                yield from self._clean(packet)
            return
        # Phones shorten what was spoken by a note of what to skip, and whoever looks hears it all.
        if not skipped:
            for one in (*self._priming, packet):
                yield from self._clean(one)
            self._priming.clear()
            self._begun = True
        elif not self._begun:
            self._priming.append(packet)

    def _clean(self, packet: Any) -> "Iterator[Packet[Any]]":
        for one in self._filter.filter(packet) if self._filter else (packet,):
            data = bytes(one)
            if self._codec == "mp3":
                data = data[: mp3_bytes(data)]
            if data:
                yield self._new(one, data)

    def _is_cut(self, packet: Any, *, skipped: bool) -> bool:
        """Whether a picture was cut away, or cannot be shown without one that was.

        Films are shortened as what was spoken is. So what was cut away is left out, and with it the
        pictures that build on it, up to the next that stands alone.
        """
        if skipped:
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


def is_edited(given: Any) -> bool:
    """Whether a stream's file can note what to skip: in Apple's form, that is before time 0."""
    return "mov" in given.container.format.name.split(",")


def ends_unplayed(one: Any) -> bool:
    """Whether a packet or a frame ends before the time at which playing begins.

    Where a film is written in pieces as it is taken, only its times tell what is skipped.
    """
    if one.pts is None:
        return False
    return float((one.pts + (one.duration or 0)) * one.time_base) <= 0
