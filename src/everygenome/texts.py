"""Text files that somebody names: small ones, in UTF-8, read whole or refused with the reason."""

from pathlib import Path

from everygenome.errors import InputError

_CHECK = "Check the path and its permissions."


def text_of(
    path: Path,
    *,
    most: int,
    check: str = _CHECK,
    shorten: str = "Name another file.",
    save: str = "Save it again with the encoding UTF-8.",
) -> str:
    """The text of a file; a mark of its encoding at the start is left out.

    Args:
        path: the file.
        most: bytes that it may have.
        check: what to do where it cannot be opened.
        shorten: what to do where it is larger.
        save: what to do where it is not UTF-8.

    Raises:
        InputError: it cannot be opened, is too large, or is not UTF-8; no text of it is told.

    Example:
        >>> text_of(Path("/dev/null"), most=10)
        ''
    """
    try:
        with Path(path).open("rb") as file:
            content = file.read(most + 1)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.", remedy=check) from None
    if len(content) > most:
        raise InputError(f"{path} is larger than {most:,} bytes.", remedy=shorten)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, place = content.count(b"\n", 0, error.start) + 1, error.start
    # Outside `except`: that error holds the text, and would hang on to ours.
    raise InputError(f"{path}, line {line} is not UTF-8 text (byte {place}).", remedy=save)
