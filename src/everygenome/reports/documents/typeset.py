"""Set pages by typst, with its own fonts, so that they are the same on every machine."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from everygenome.errors import EverygenomeError
from everygenome.reports.documents.extra import program


def typeset(sources: Mapping[str, bytes], **options: Any) -> Any:
    """Set a document; nothing is read from disk and nothing fetched.

    Args:
        sources: the files, by name: `main.typ`, and what it reads.
        options: of `typst.compile`.

    Returns:
        Bytes; for pictures of several pages, a list of them.

    Raises:
        EverygenomeError: typst refuses, or breaks down.
        UsageError: the extra `reports` is not installed.
    """
    typst = program("typst")
    try:
        return typst.compile(
            dict(sources), font_paths=_fonts(), ignore_system_fonts=True, **options
        )
    except BaseException as error:
        # A breakdown inside typst is no Exception, so that it would pass every handler.
        if not isinstance(error, typst.TypstError) and type(error).__name__ != "PanicException":
            raise
        raise EverygenomeError(
            f"The report cannot be set as PDF: {str(error).splitlines()[0]}.",
            remedy="Take it as a web page or as Markdown, and please report this.",
        ) from error


@cache
def _fonts() -> Any:
    return program("typst").Fonts(include_system_fonts=False)
