"""A form that was filled in becomes an audit."""

from everygenome.audit.capability import Assumed
from everygenome.audit.mapping.kinds import Kind
from everygenome.audit.result import Audit
from everygenome.audit.run import audit
from everygenome.audit.typed import from_counts
from everygenome.errors import EverygenomeError
from everygenome.vocabulary.references import reference
from everygenome.web.audit.fields import (
    ASKED,
    CLASSES,
    COUNTS,
    CROSSWALK,
    DESCRIBED,
    EARLIER,
    GOVERNED,
    KIND,
    REFERENCE,
)
from everygenome.web.audit.form import Filled
from everygenome.web.moderation.fields.records import Errors


class MistakeError(EverygenomeError):
    """The form holds what cannot be audited.

    Attributes:
        errors: what is wrong, by place.
    """

    def __init__(self, errors: Errors) -> None:
        super().__init__("The form holds what cannot be audited.")
        self.errors = errors


class FaultError(Exception):
    """A fault of ours, told without the words of the first one, which could hold a count."""


def audit_of(found: Filled) -> Audit:
    """The audit of a form in which nothing is wrong.

    Raises:
        MistakeError: the core finds what the form could not.
        FaultError: a fault of ours.
    """
    try:
        return _audit(found)
    except EverygenomeError as error:
        raise MistakeError(_told(found, error)) from None
    except Exception as error:
        # Whatever reads the log may not read a count: the place is enough to find the fault.
        raise FaultError(f"{type(error).__name__} at {_place(error)}") from None


def _audit(found: Filled) -> Audit:
    data = found.data
    source = data.get("source", "")
    documentation = {one.key: data[f"said-{one.key}"] for one in ASKED if f"said-{one.key}" in data}
    counts = from_counts(
        found.counts,
        kind=Kind(data[KIND]),
        **{name: data.get(name, 0) for name in CLASSES},
        **{name: data[name] for name in DESCRIBED if name in data},
        documentation=documentation | ({"name": source} if source else {}),
        source=source,
    )
    named = data.get(REFERENCE)
    return audit(
        counts,
        reference=None if named is None else reference(named),
        crosswalk=data.get(CROSSWALK),
        suppress=int(data["suppress"]),
        round_to=int(data["round_to"]),
        earlier=() if found.earlier is None else (found.earlier,),
        assumed=Assumed(**{name: data[name] for name in ("effect", "alpha") if name in data}),
        governed=data.get(GOVERNED, ()),
    )


def _told(found: Filled, error: EverygenomeError) -> Errors:
    """Beside which field it is told; remedies of the core name options of the command line."""
    if not sum(people for _, people in found.counts) and not any(map(found.data.get, CLASSES)):
        return {COUNTS: ["Nobody is counted. Please give at least one group with people."]}
    # It may name what an earlier report holds, which is anything.
    what = "".join(letter if letter.isprintable() else "�" for letter in error.what[:400])
    return {EARLIER: [f"{what} {_beside(found)}"]} if found.earlier is not None else {"": [what]}


def _beside(found: Filled) -> str:
    if found.earlier is not None and found.earlier.threshold != int(found.data["suppress"]):
        return "Please hide counts below the same number as before."
    return "Please keep to the groups and the tables of the earlier report."


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "an unknown place"
    return f"{trace.tb_frame.f_globals.get('__name__')}, line {trace.tb_lineno}"
