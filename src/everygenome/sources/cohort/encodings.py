"""How a file turns letters into bytes: the names that a map may state."""

import codecs

from everygenome.errors import InputError

UTF_8 = "utf-8"
# UTF-8 and UTF-16 begin with a mark or do not; the others hold no mark that would tell them.
ENCODINGS = (
    UTF_8, "utf-16", "utf-16-le", "utf-16-be", "latin-1", "windows-1252",
    "windows-1250", "windows-1251", "windows-1253", "windows-1254", "windows-1255", "windows-1256",
    "iso-8859-2", "iso-8859-15", "big5", "euc-kr", "gb18030", "shift_jis",
)  # fmt: skip
_BY_CODEC = {codecs.lookup(name).name: name for name in ENCODINGS}


def encoding_named(stated: str) -> str:
    """The encoding that somebody means: its name here.

    Raises:
        InputError: there is no such encoding, or it is none that is read.

    Example:
        >>> encoding_named("ISO-8859-1"), encoding_named("CP1252"), encoding_named("utf8")
        ('latin-1', 'windows-1252', 'utf-8')
    """
    try:
        found = codecs.lookup(stated).name
    except (LookupError, ValueError):
        found = ""
    # With or without its mark at the start: both are read.
    found = {"utf-8-sig": UTF_8}.get(found, found)
    if found not in _BY_CODEC:
        raise InputError(
            f"The encoding {stated!r} is not one that is read.",
            remedy=f"State one of: {', '.join(ENCODINGS)}; or save the file as UTF-8.",
        )
    return _BY_CODEC[found]
