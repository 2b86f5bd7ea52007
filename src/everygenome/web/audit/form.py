"""The form as it was sent, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from everygenome.audit.classes import Class, class_called, is_reserved
from everygenome.audit.earlier import Earlier, parse_earlier, written
from everygenome.audit.mapping.kinds import Kind
from everygenome.errors import InputError
from everygenome.reports.statement.counts import read_counts
from everygenome.web.audit import comparing
from everygenome.web.audit.fields import COUNTS, EARLIER, FORM, GOVERNED, KIND, USUAL
from everygenome.web.moderation.fields.records import Errors

MOST_BYTES = 1_000_000  # of an earlier report
_UNREAD = "Please choose the JSON file that this page, or `everygenome audit`, made of the data."
_INSTEAD = {
    Class.MISSING: "People whose group is not recorded",
    Class.REFUSED: "People who declined to say",
    Class.SEVERAL: "People of several groups",
}


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that was filled in.

    Attributes:
        values: the fields as they were given, with their mistakes.
        data: the fields that can be used, cleaned.
        counts: people by group, in the order in which they were given.
        earlier: what was published before; None where nothing was given.
        errors: what is wrong, by place on the form.
    """

    values: Mapping[str, Any]
    data: Mapping[str, Any]
    counts: tuple[tuple[str, int], ...]
    earlier: Earlier | None
    errors: Errors


def sent(form: QueryDict) -> dict[str, Any]:
    """What a form that was sent holds."""
    return FORM.read(form) | {EARLIER: form.get(EARLIER, "")}


def filled(values: Mapping[str, Any]) -> Filled:
    """Check what was filled in.

    Args:
        values: by name of field; `earlier` is the text of an earlier report.
    """
    data, errors = FORM.clean({name: values[name] for name in values if name != EARLIER})
    data = USUAL | data
    counts = _counts(data, errors)
    earlier = _earlier(str(values.get(EARLIER) or ""), errors)
    if counts:
        _governed(data.get(GOVERNED, []), [name for name, _ in counts], errors)
        if KIND in data:
            errors |= comparing.wrong(data, [name for name, _ in counts], Kind(data[KIND]))
    if earlier is not None and EARLIER not in errors:
        # All that is needed of it, and a hundredth of its size.
        values = {**values, EARLIER: written(earlier)}
    return Filled(values, data, counts, earlier, errors)


def _counts(data: Mapping[str, Any], errors: Errors) -> tuple[tuple[str, int], ...]:
    if COUNTS not in data:
        return ()
    try:
        read = read_counts(data[COUNTS])
    except InputError as error:
        errors[COUNTS] = [f"{error.what} {error.remedy}".strip()]
        return ()
    for one in read:
        if one.descriptor:
            errors[COUNTS] = [
                f"The line of “{one.label}” has three columns. Please give two: the name of the "
                "group, and its people. A name with a comma in it needs quotation marks."
            ]
            return ()
        if is_reserved(one.label):
            errors[COUNTS] = [_reserved(one.label)]
            return ()
    if not read:
        errors[COUNTS] = ["Please give at least one group with its people, such as Africa,1204."]
    return tuple((one.label, one.count) for one in read)


def _reserved(name: str) -> str:
    field = _INSTEAD.get(class_called(name))
    if field is None:
        return f"No group can be called “{name}”: tables here mean something else by it."
    return f"“{name}” is no group of its own. Please give its number under “{field}”."


def _earlier(text: str, errors: Errors) -> Earlier | None:
    if not text.strip():
        return None
    if len(text.encode()) > MOST_BYTES:
        errors[EARLIER] = [f"It is larger than {MOST_BYTES // 1_000_000} MB. {_UNREAD}"]
        return None
    try:
        return parse_earlier(text, source="What was given")
    except InputError as error:
        errors[EARLIER] = [f"{error.what} {_UNREAD}"]
        return None


def _governed(governed: list[str], groups: list[str], errors: Errors) -> None:
    strange = [name for name in governed if name not in groups]
    if strange and GOVERNED not in errors:
        errors[GOVERNED] = [
            f"“{strange[0]}” is not among the groups above. Please write it as it stands there."
        ]
