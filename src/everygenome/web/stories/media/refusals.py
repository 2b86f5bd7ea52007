"""Why a file is not taken, in words for who sent it. None says what the file or its name holds."""

from everygenome.errors import InputError

_SEND = (
    "Please send a picture as JPEG, PNG, WebP or GIF; sound as MP3, M4A, Ogg, FLAC or WAV; "
    "a film as MP4 or WebM."
)
_MESSAGES = {
    "empty": ("The file is empty.", "Please choose it again."),
    "unknown": ("This is no picture, sound or film of a kind that we can show.", _SEND),
    "svg": (
        "This is a drawing in SVG. Such files can hold programs, so we do not take them.",
        "Please save it as PNG, and send that.",
    ),
    "heic": (
        "This is a picture in HEIC or AVIF, which many readers could not see.",
        "Please save it as JPEG, and send that. An iPhone takes pictures as JPEG when you choose "
        "Settings, Camera, Formats, Most Compatible.",
    ),
    "large picture": (
        "The picture has more than 15 MB.",
        "Please make it smaller, or save it as JPEG, and send that.",
    ),
    "pixels": (
        "The picture has more than 60 megapixels.",
        "Please make it smaller, and send that: 2000 pixels on the longer side are enough.",
    ),
    "large recording": (
        "The recording has more than 60 MB.",
        "Please shorten it, or save it again in a lower quality. For longer films, put the film "
        "on a site for films, and send us its address.",
    ),
    "long": (
        "The recording is longer than 2 hours.",
        "Please cut it into parts, and send each as a story of its own.",
    ),
    "packed": (
        "The recording is packed in a way that many readers could not play.",
        "Please save a film as MP4 (with H.264 and AAC) or as WebM, and sound as MP3, and send "
        "that. An iPhone records such films when you choose Settings, Camera, Formats, Most "
        "Compatible.",
    ),
    "cut": (
        "The film was shortened, but what was cut away is still in the file.",
        "Please export it as a new film from the program with which you shortened it, and send "
        "that.",
    ),
    "unclean": (
        "The file holds something besides picture and sound that we cannot take out.",
        "Please save it again with another program, and send that. It might say who you are or "
        "where you were, so we have not kept it.",
    ),
    "damaged": (
        "The file cannot be read. It may be damaged, or only a part of it.",
        "Please check that it opens on your own device, save it again, and send that.",
    ),
}


class RefusedError(Exception):
    """A file is not taken.

    Args:
        word: why; one of `_MESSAGES`.
    """

    def __init__(self, word: str) -> None:
        self.word = word
        super().__init__(word)


def in_words(word: str) -> InputError:
    """The refusal as people read it; a word that is not known says that the file is damaged."""
    what, remedy = _MESSAGES.get(word, _MESSAGES["damaged"])
    return InputError(what, remedy=remedy)
