"""The look that every text file gets: is it text, in the encoding that was stated?

Plain UTF-8 is read where it is. A file in another encoding is written once more as UTF-8, in a
private folder: the engine reads nothing else.
"""

import codecs
from pathlib import Path

from everygenome.errors import InputError
from everygenome.sources.cohort.encodings import UTF_8
from everygenome.sources.cohort.files import CohortFile, Packing, opened_bytes

# Small enough to stay in the processor's cache between the checks.
CHUNK_BYTES = 1 << 20
_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def as_utf_8(file: CohortFile, *, encoding: str, work: Path) -> CohortFile:
    """The file, or a copy of it, in UTF-8 and without NUL bytes.

    Args:
        file: plain text or gzip.
        encoding: one of `ENCODINGS`.
        work: a private folder for the copy.

    Raises:
        InputError: bytes that are not of the encoding, or NUL bytes, with the line; damaged gzip.
    """
    if encoding == UTF_8:
        _check(file)
        return file
    return _copied(file, encoding=encoding, work=work)


def _check(file: CohortFile) -> None:
    decoder = codecs.getincrementaldecoder(UTF_8)()
    offset = 0
    with opened_bytes(file) as stream:
        while chunk := stream.read(CHUNK_BYTES):
            if offset == 0 and chunk.startswith(_UTF_16_MARKS):
                raise InputError(
                    f"{file.name} begins with the mark of UTF-16.",
                    remedy='Write encoding = "utf-16" under [file] in the map.',
                )
            pending = len(decoder.getstate()[0])
            # Plain ASCII is by far the commonest, and recognised at the speed of memory.
            if pending or not chunk.isascii():
                bad = None
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError as error:
                    bad = error.start
                # Outside `except`: that error holds the text, and would hang on to ours.
                if bad is not None:
                    raise _not_utf_8(file, offset - pending + bad)
            if (at := chunk.find(b"\0")) >= 0:
                raise _nul(file, _line_at(file, offset + at))
            offset += len(chunk)
    if pending := len(decoder.getstate()[0]):
        raise _not_utf_8(file, offset - pending)


def _copied(file: CohortFile, *, encoding: str, work: Path) -> CohortFile:
    decoder = codecs.getincrementaldecoder(encoding)()
    target = work / "recoded"
    line = 1
    with opened_bytes(file) as stream, target.open("w", encoding=UTF_8, newline="") as out:
        first = True
        while True:
            chunk = stream.read(CHUNK_BYTES)
            if first and chunk.startswith(codecs.BOM_UTF8):
                raise InputError(
                    f"{file.name} begins with the mark of UTF-8, and the map says {encoding}.",
                    remedy="Take the line encoding out of the map.",
                )
            first = False
            text, bad = "", None
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                before = codecs.decode(error.object[: error.start], encoding, "ignore")
                bad = line + before.count("\n")
            except UnicodeError:
                bad = line
            if bad is not None:
                raise InputError(
                    f"{file.name}, line {bad}: bytes that are not {encoding}.",
                    remedy="State another encoding under [file] in the map, or save the file as "
                    "UTF-8. UTF-16 without its mark is utf-16-le or utf-16-be.",
                )
            if (at := text.find("\0")) >= 0:
                raise _nul(file, line + text.count("\n", 0, at))
            line += text.count("\n")
            out.write(text)
            if not chunk:
                return CohortFile(target, file.name, Packing.PLAIN)


def _not_utf_8(file: CohortFile, offset: int) -> InputError:
    return InputError(
        f"{file.name}, line {_line_at(file, offset)}: the first bytes that are not UTF-8.",
        remedy="Write the encoding of the file under [file] in the map, such as "
        'encoding = "windows-1252" or "latin-1". Where other lines are in UTF-8 already (files '
        "were joined, say), no one encoding can read it: mend this line and those like it first.",
    )


def _nul(file: CohortFile, line: int) -> InputError:
    return InputError(
        f"{file.name}, line {line}: a NUL byte, which no text file holds.",
        remedy="Export the file again as CSV. UTF-16 holds such bytes: if it is that, write "
        'encoding = "utf-16" under [file] in the map.',
    )


def _line_at(file: CohortFile, offset: int) -> int:
    """The number of the line in which a byte stands."""
    feeds = returns = 0
    with opened_bytes(file) as stream:
        while offset > 0 and (chunk := stream.read(min(CHUNK_BYTES, offset))):
            feeds += chunk.count(b"\n")
            returns += chunk.count(b"\r")
            offset -= len(chunk)
    # Some old programs end lines with a carriage return alone.
    return (feeds or returns) + 1
