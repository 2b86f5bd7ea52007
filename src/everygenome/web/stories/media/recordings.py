"""Sound and film, packed anew: what is heard and seen stays. Runs in the worker, without Django."""

from pathlib import Path
from typing import Any

import av
from av.stream import Disposition

from everygenome.web.stories.media import limits
from everygenome.web.stories.media.checking import checked
from everygenome.web.stories.media.packets import Lane, ends_unplayed, is_edited
from everygenome.web.stories.media.refusals import RefusedError

# By what sound is packed with: the container that it gets, and its type.
_SOUND = {
    "mp3": ("mp3", "audio/mpeg"),
    "aac": ("ipod", "audio/mp4"),
    "opus": ("ogg", "audio/ogg"),
    "vorbis": ("ogg", "audio/ogg"),
}
# By what a film is packed with: the same, and what its sound may be packed with.
_OPEN = ("webm", "video/webm", {"", "opus", "vorbis"})
_FILM = {
    "h264": ("mp4", "video/mp4", {"", "aac"}),
    "vp8": _OPEN,
    "vp9": _OPEN,
    "av1": _OPEN,
}
_STILL = Disposition.attached_pic | Disposition.timed_thumbnails | Disposition.still_image
# No program's name, no times of making; what is needed to begin playing comes first.
_OPTIONS = {
    "mp3": {"id3v2_version": "0", "write_id3v1": "0"},
    "ipod": {"movflags": "+faststart"},
    "mp4": {"movflags": "+faststart"},
}
# Sound that nobody packed is packed by us: rates of MP3 in hertz, each with the bits in a second
# for one channel.
_RATES = {16000: 48_000, 24000: 64_000, 32000: 96_000, 44100: 96_000, 48000: 96_000}
# Twice as quick as usual, at bit rates at which that is not heard: two hours must not take longer
# than a cleaning may.
_QUICK = {"compression_level": "7"}
# Formats that say at the beginning how long they are, so that a missing end is noticed.
_STATED = frozenset({"mov", "matroska", "flac"})


def clean(source: Path, into: Path, form: str) -> list[dict[str, Any]]:
    """Pack sound or film anew, without anything that was written about it.

    Only the first film and the first sound are taken: no covers, titles, chapters, subtitles,
    or tracks of places.

    Args:
        source: the recording as it was sent.
        into: the folder in which `whole` is made.
        form: one of FFmpeg's formats; no other is tried.

    Returns:
        One entry: `size_name`, `kind`, `type`, `seconds`, and `width` and `height` of a film.

    Raises:
        RefusedError: it is too long, cut short, packed in another way, or something is left in what
            was made.
    """
    path = into / "whole"
    # Nothing but this one file is read, whatever addresses stand in it.
    options = {"protocol_whitelist": "none"}
    with (
        source.open("rb") as file,
        av.open(
            file, "r", format=form, container_options=options, metadata_errors="ignore"
        ) as given,
    ):
        film = next((one for one in given.streams.video if not one.disposition & _STILL), None)
        sound = next(iter(given.streams.audio), None)
        codecs = _codec(film), _codec(sound)
        if film is None and (
            codecs[1] in ("flac", "alac") or codecs[1].startswith(("pcm_", "adpcm_"))
        ):
            container, mime = _SOUND["mp3"]
            length = _encode(given, sound, path)
        else:
            container, mime = _packed_as(*codecs)
            lanes = dict(zip((film, sound), codecs, strict=True))
            length = _copy(given, {k: v for k, v in lanes.items() if k}, path, container)
        if form in _STATED and length < 0.9 * (given.duration or 0) / av.time_base - 1:
            raise RefusedError("damaged")
    made = checked(path, "mov" if container in ("mp4", "ipod") else container, film is not None)
    kind = "sound" if film is None else "film"
    return [{"size_name": "whole", "kind": kind, "type": mime, **made}]


def _codec(stream: Any) -> str:
    """What a stream is packed with; empty where there is no stream."""
    if stream is None:
        return ""
    context = stream.codec_context
    return "unknown" if context is None else str(context.codec.canonical_name)


def _packed_as(film: str, sound: str) -> tuple[str, str]:
    if not film and sound in _SOUND:
        return _SOUND[sound]
    container, mime, sounds = _FILM.get(film, ("", "", ()))
    if sound not in sounds:
        raise RefusedError("packed")
    return container, mime


def _new(path: Path, container: str) -> Any:
    options = {"fflags": "+bitexact"} | _OPTIONS.get(container, {})
    return av.open(str(path), "w", format=container, container_options=options)


def _copy(given: Any, codecs: dict[Any, str], path: Path, container: str) -> float:
    """Copy streams, packet by packet; how many seconds they are long."""
    first, last = float("inf"), 0.0
    with _new(path, container) as made:
        lanes = {one.index: Lane(one, codec, made) for one, codec in codecs.items()}
        for packet in given.demux(*codecs):
            if packet.pts is None or packet.is_corrupt:
                continue
            begins = float(packet.pts * packet.time_base)
            first = min(first, begins)
            last = max(last, begins + float((packet.duration or 0) * packet.time_base))
            if last - first > limits.RECORDING_SECONDS:
                raise RefusedError("long")
            made.mux(list(lanes[packet.stream_index].packed(packet)))
    return last - first


def _encode(given: Any, sound: Any, path: Path) -> float:
    """Pack sound as MP3; how many seconds it is long."""
    rate = next((one for one in _RATES if one >= sound.rate), 48000)
    samples = 0
    with _new(path, "mp3") as made:
        lane = made.add_stream("libmp3lame", rate=rate)
        lane.codec_context.options = _QUICK
        lane.layout = "mono" if sound.channels == 1 else "stereo"
        # Long sound with much silence is small as FLAC, and must not become larger than is kept.
        seconds = max(1, (given.duration or 0) // av.time_base)
        lane.bit_rate = min(_RATES[rate] * lane.channels, 8 * limits.RECORDING_BYTES // seconds)
        edited = is_edited(sound)
        for frame in given.decode(sound):
            samples += frame.samples
            if samples > limits.RECORDING_SECONDS * sound.rate:
                raise RefusedError("long")
            if edited and ends_unplayed(frame):
                continue
            frame.pts = None
            made.mux(lane.encode(frame))
        made.mux(lane.encode(None))
    return float(samples / sound.rate)
