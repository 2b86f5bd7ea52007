"""Keeping what a step of the form holds: what is wrong is told, and what is right is kept."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from everygenome.web.moderation.actions import offering
from everygenome.web.moderation.fields.records import Errors
from everygenome.web.moderation.models import Contribution
from everygenome.web.moderation.posted import ADDRESS, NOTE
from everygenome.web.moderation.refused import RefusedError
from everygenome.web.moderation.states import CONTRIBUTOR, State
from everygenome.web.people import limits
from everygenome.web.stories import consent
from everygenome.web.stories.consent import AGREED
from everygenome.web.stories.offering import files
from everygenome.web.stories.offering.steps import CHOICES, REACH, Step, fields_of, takes_files

_TOO_MANY = (
    "From where you are, files were sent too many times within an hour. Please send it later; "
    "your words are kept."
)


def save(request: HttpRequest, found: Contribution, step: Step) -> Errors:
    """Keep a step of a draft, or a choice of what is published; what is wrong, by place.

    What is missing may come later; what is wrong may not.
    """
    fields = fields_of(step, found.proposed)
    sent = fields.read(request.POST)
    made, errors = fields.clean(sent)
    published = found.state == State.PUBLISHED
    if published:
        # Nobody agrees anew by changing a choice: what was agreed to stands.
        sent.pop(AGREED.name, None)
        errors.pop(AGREED.name, None)
    if not published:
        errors = {place: said for place, said in errors.items() if _given(sent, place)}
    # What was kept stays where what was sent instead is wrong.
    values = {k: v for k, v in found.proposed.items() if k not in sent or k in errors} | {
        k: v for k, v in made.items() if k not in (ADDRESS.name, NOTE.name)
    }
    if step == CHOICES:
        form = str(found.proposed.get("form", ""))
        errors |= consent.wrong(values, today=timezone.localdate(), form=form)
    if step.name == "words" and takes_files(found.proposed):
        file = request.FILES.get("file")
        if file is not None and not limits.client_allowed(request):
            # Each takes room and time; forms of words do not.
            file, errors["file"] = None, [_TOO_MANY]
        media, wrong = files.changed(found.vault, found.proposed, request.POST, file)
        errors |= wrong
        values.pop("media", None)
        values |= {"media": media} if media else {}
    try:
        if published:
            if not errors:
                offering.choose(contribution=found, by=CONTRIBUTOR, values=values)
        elif not errors or step.name == "words":
            _keep(found, step, values, made, sent)
    except RefusedError as error:
        errors.setdefault("", []).append(str(error))
    return errors


def _keep(
    found: Contribution,
    step: Step,
    values: dict[str, Any],
    made: dict[str, Any],
    sent: dict[str, Any],
) -> None:
    note = made.get(NOTE.name, "") if NOTE.name in sent else found.note
    offering.save(contribution=found, by=CONTRIBUTOR, values=values, note=note)
    if step == REACH and made.get(ADDRESS.name):
        offering.reach(contribution=found, by=CONTRIBUTOR, address=made[ADDRESS.name])


def _given(values: dict[str, Any], place: str) -> bool:
    return bool(values.get(place.partition("-")[0])) or bool(values.get(place))
