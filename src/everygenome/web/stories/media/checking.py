"""What was packed is opened again: it must play, and say nothing but how. Runs in the worker."""

import re
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

import av

from everygenome.web.stories.media.refusals import RefusedError

# Everything that a container or a stream may say, and how: FFmpeg's own words about playing.
_TECHNICAL = {
    "language": r"und",
    "handler_name": r"SoundHandler|VideoHandler",
    "vendor_id": r"(\[0\]){4}",
    "major_brand": r"isom|M4A ",
    "minor_version": r"512",
    "compatible_brands": r"(isom|iso2|iso6|avc1|mp41|mp42|M4A )+",
    "encoder": r"Lav[fc]",
    "DURATION": r"[0-9:.]+",
}
# Encoders begin with packets that give no sound yet.
_PACKETS = 100


def checked(path: Path, form: str, is_film: bool) -> dict[str, Any]:
    """Open what was packed.

    Args:
        path: the new file.
        form: one of FFmpeg's formats.
        is_film: it has pictures.

    Returns:
        `seconds`, and of a film `width` and `height` in pixels, as it is to be shown.

    Raises:
        RefusedError: something is left in it, or it does not play.
    """
    with path.open("rb") as file, av.open(file, "r", format=form) as made:
        wanted = ["audio", "video"] if is_film else ["audio"]
        said = [made.metadata, *(stream.metadata for stream in made.streams)]
        if (
            not {stream.type for stream in made.streams} <= set(wanted)
            or made.chapters()
            or not all(_technical(key, value) for one in said for key, value in one.items())
        ):
            raise RefusedError("unclean")
        played = {stream.type: _played(made, stream) for stream in made.streams}
        if None in played.values() or not made.duration:
            raise RefusedError("damaged")
        found: dict[str, Any] = {"seconds": round(made.duration / av.time_base, 3)}
        if is_film:
            picture = played["video"]
            sides = picture.width, picture.height
            # A phone held upright writes pictures that lie on their side, and that they do.
            found["width"], found["height"] = sides[::-1] if picture.rotation % 180 else sides
        return found


def _technical(key: str, value: str) -> bool:
    return re.fullmatch(_TECHNICAL.get(key, r"(?!)"), value) is not None


def _played(made: Any, stream: Any) -> Any:
    """The first picture, or the first bit of sound, of a stream; None where there is none."""
    made.seek(0)
    for packet in islice(made.demux(stream), _PACKETS):
        # The beginning of what was cut out of something longer may lack what came before.
        with suppress(av.error.InvalidDataError):
            for frame in packet.decode():
                return frame
    return None
