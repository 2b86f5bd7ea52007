"""The forms that an answer takes, chosen by `format=` or by the Accept header."""

from dataclasses import dataclass

from django.http import HttpRequest

from everygenome.queries.answer import Answer
from everygenome.reports import exports
from everygenome.web.api.parameters import Parameter
from everygenome.web.api.problems import ProblemError


@dataclass(frozen=True, slots=True)
class Format:
    """A form of an answer.

    Attributes:
        name: the value of `format=`.
        media_type: as Accept names it.
        content_type: as the answer names it.
    """

    name: str
    media_type: str
    content_type: str


_ALL = (
    Format("json", "application/json", "application/json"),
    Format("csv", "text/csv", "text/csv; charset=utf-8; header=present"),
    Format("parquet", "application/vnd.apache.parquet", "application/vnd.apache.parquet"),
    Format("arrow", "application/vnd.apache.arrow.stream", "application/vnd.apache.arrow.stream"),
)
FORMATS = {item.name: item for item in _ALL}
FORMAT = Parameter(
    "format",
    "Form of the answer; where it is left out, the Accept header decides, and JSON is usual.",
    valid=tuple(FORMATS),
)


def wanted(request: HttpRequest, named: str | None, *, tables: bool) -> Format:
    """The form that a request asks for.

    Args:
        request: the request.
        named: its `format=`.
        tables: the answer is a table, and so comes in every form; else in JSON alone.

    Raises:
        ProblemError: the Accept header names none that there is (406).
    """
    if named is not None:
        return FORMATS[named]
    known = _ALL if tables else _ALL[:1]
    media_types = [item.media_type for item in known]
    found = request.get_preferred_type(media_types)
    if found is None:
        raise ProblemError(
            406, "The Accept header names no form that this answer has.", valid=media_types
        )
    return next(item for item in known if item.media_type == found)


def to_bytes(answer: Answer, form: Format) -> bytes:
    """An answer in a form, all at once; Arrow is streamed instead."""
    if form.name == "csv":
        return exports.to_csv(answer)
    if form.name == "parquet":
        return exports.to_parquet(answer)
    return exports.to_json(answer, indent=None)
