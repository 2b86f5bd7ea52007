"""What a file is, told by its first bytes alone: names and declared types are anybody's words."""

import re
from dataclasses import dataclass

from everygenome.web.stories.media.refusals import RefusedError

HEAD_BYTES = 4096

# What is made, and so all that is ever sent to readers.
TYPES = frozenset({"image/webp", "audio/mpeg", "audio/mp4", "audio/ogg", "video/mp4", "video/webm"})

_PICTURES = {
    "JPEG": rb"\xff\xd8\xff",
    "PNG": rb"\x89PNG\r\n\x1a\n",
    "WEBP": rb"RIFF.{4}WEBP",
    "GIF": rb"GIF8[79]a",
}
_RECORDINGS = {
    "mov": rb".{4}ftyp",
    "matroska": rb"\x1a\x45\xdf\xa3",
    "ogg": rb"OggS",
    "flac": rb"fLaC",
    "wav": rb"RIFF.{4}WAVE",
    # A tag, or the first frame: eleven bits set, a version that exists, and layer III.
    "mp3": rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]",
}
# They begin as films do, but are pictures.
_HEIC = rb".{4}ftyp(hei[cmsx]|hev[cmsx]|mif1|msf1|avi[fs])"
_SVG = rb"(?i:(\xef\xbb\xbf)?\s*<(svg|(\?xml|!--|!doctype\s+svg).*<svg))"


@dataclass(frozen=True, slots=True)
class Found:
    """What a file seems to be.

    Args:
        is_picture: it is to be looked at, and not to be played.
        form: how it is to be opened: a format of Pillow, or one of FFmpeg.
    """

    is_picture: bool
    form: str


def found(head: bytes) -> Found:
    """What begins with these bytes.

    Args:
        head: the first bytes of a file, `HEAD_BYTES` where there are as many.

    Raises:
        RefusedError: it is nothing that is taken.
    """
    if not head:
        raise RefusedError("empty")
    for word, pattern in (("heic", _HEIC), ("svg", _SVG)):
        if _begins(pattern, head):
            raise RefusedError(word)
    for form, pattern in _PICTURES.items():
        if _begins(pattern, head):
            return Found(is_picture=True, form=form)
    for form, pattern in _RECORDINGS.items():
        if _begins(pattern, head):
            return Found(is_picture=False, form=form)
    raise RefusedError("unknown")


def _begins(pattern: bytes, head: bytes) -> bool:
    return re.match(pattern, head, re.DOTALL) is not None
