"""What the forms have in common: why they are shown again, what is wrong, what is stored."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, QueryDict

from everygenome.web.moderation.fields import Bound, Schema
from everygenome.web.moderation.kinds import Kind, kind_of
from everygenome.web.moderation.models import Contribution
from everygenome.web.moderation.posted import OWN, Errors
from everygenome.web.people import gate
from everygenome.web.people.contacts import KEPT_FOR
from everygenome.web.people.gate import Refusal
from everygenome.web.people.models import Attempt, Contact

# What is said where a form is not taken, and with which status; nothing on it is lost.
NOT_TAKEN: Mapping[Refusal, tuple[int, str]] = {
    Refusal.FROM_ELSEWHERE: (
        403,
        "The form was open for more than a day, or was not sent from this site. Nothing is lost: "
        "please look at it, and press the button once more.",
    ),
    Refusal.TOO_QUICK: (
        400,
        "That was very quick, as programs are. If you are a person, please press the button once "
        "more.",
    ),
    Refusal.TOO_MANY: (
        429,
        "From where you are, forms were sent too many times within an hour. Nothing is lost while "
        "this page is open: please press the button again later.",
    ),
}


def known_kind(name: str) -> Kind:
    """The kind of a name in an address.

    Raises:
        Http404: there is none.
    """
    try:
        return kind_of(name)
    except KeyError:
        raise Http404 from None


def shown_token(request: HttpRequest, refused: Refusal | None = None) -> str:
    """The token of a form: a form that is shown again keeps its own, so that its time counts."""
    sent = request.POST.get("token", "") if request.method == "POST" else ""
    return sent if sent and refused != Refusal.FROM_ELSEWHERE else gate.token()


def own(
    form: QueryDict | None, errors: Errors, *, fields: Schema = OWN, **stored: str
) -> list[Bound]:
    """The fields about the sender: as they were sent, else as they are stored."""
    kept = {f"by-{name}": value for name, value in stored.items()}
    return fields.bound(kept if form is None else fields.read(form), errors)


def answer(refused: Refusal | None, errors: Errors) -> tuple[int, str]:
    """The status of a form that is shown, and what is said on it."""
    return NOT_TAKEN[refused] if refused else (400 if errors else 200, "")


def summary(errors: Errors, bounds: Iterable[Bound] = ()) -> list[tuple[str, str]]:
    """What is wrong, in the order of the form: (id of the control, message)."""
    listed: list[tuple[str, str]] = []
    left = dict(errors)

    def walk(some: Iterable[Bound], row: str = "") -> None:
        for bound in some:
            label = bound.field.label
            for message in left.pop(bound.place, []):
                said = "" if label in message else f"{label}: "
                listed.append((_control(bound), f"{row}{said}{message}"))
            if bound.field.widget == "records":
                for number, fields in enumerate(bound.rows, 1):
                    # Rows have fields of the same names: which one is meant has to be said.
                    walk(fields, f"{label}, {number}: " if not bound.field.single else f"{label}: ")

    general = [("", message) for message in left.pop("", [])]
    walk(bounds)
    return general + listed + [(place, m) for place, found in left.items() for m in found]


def stored() -> dict[str, Any]:
    """What is stored of whoever sends something, in sentences."""
    return {
        "stored": [
            sentence
            for model in (Contribution, Contact)
            for name, (_, sentence) in model.declared.items()
            if name not in ("id", "contact")
        ],
        "traces": [Attempt.declared[name][1] for name in ("who", "at")],
        "kept_days": KEPT_FOR.days,
    }


def _control(bound: Bound) -> str:
    """The id of what gets the focus: in a group, its first control."""
    first = {"choices": "-1", "radios": "-1", "truth": "-yes"}
    return bound.place + first.get(bound.field.widget, "")
