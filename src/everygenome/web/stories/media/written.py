"""Words that encoders write into sound itself: between frames, and in headers. Knows no Django."""

_NO_COMMENTS = b"\x03vorbis" + bytes(8) + b"\x01"
# Kilobits in a second, by the four bits that name them; for MPEG 1, and for what came after it.
_FAST = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
_SLOW = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0)
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


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
