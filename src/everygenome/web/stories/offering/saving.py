"""Keeping what a step of the form holds: what is wrong is told, and what is right is kept.

Two pages of the same story may be open, and a file takes its time. So what is stored is read again
under a lock, and only what this step asks is changed in it.
"""

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from everygenome.web.moderation.actions import offering
from everygenome.web.moderation.actions.step import locked
from everygenome.web.moderation.fields.records import Errors
from everygenome.web.moderation.models import Contribution
from everygenome.web.moderation.posted import ADDRESS, NOTE
from everygenome.web.moderation.refused import RefusedError
from everygenome.web.moderation.states import ACTIONS, CONTRIBUTOR
from everygenome.web.people import limits
from everygenome.web.stories import consent
from everygenome.web.stories.offering import files
from everygenome.web.stories.offering.steps import CHOICES, REACH, Step, fields_for, takes_files

_BY = (ADDRESS.name, NOTE.name)
NO_ADDRESS = "no-address"
_TOO_MANY = (
    "From where you are, this was done too many times within an hour. Please do it later; your "
    "words are kept."
)


def save(request: HttpRequest, found: Contribution, step: Step) -> Errors:
    """Keep a step of a draft, or a choice of what was sent; what is wrong, by place.

    What is missing may come later; what is wrong may not.
    """
    fields = fields_for(step, found)
    sent = fields.read(request.POST)
    made, errors = fields.clean(sent)
    is_draft = found.state in ACTIONS["save"].before
    if is_draft:
        errors = {place: said for place, said in errors.items() if _given(sent, place)}
    file = None
    if step.name == "words" and takes_files(found.proposed):
        file, wrong = _file(request, found)
        errors |= wrong
    if step == REACH and made.get(ADDRESS.name) and not limits.client_allowed(request):
        return {ADDRESS.name: [_TOO_MANY]}
    try:
        with transaction.atomic():
            now = locked(found, seen=None)
            # What was kept stays where what was sent instead is wrong.
            said = {k: v for k, v in now.proposed.items() if k not in sent or k in errors}
            said |= {k: v for k, v in made.items() if k not in _BY}
            if step.name == "words" and takes_files(now.proposed):
                media, wrong = files.merged(now, request.POST, file)
                errors |= wrong
                said = {k: v for k, v in said.items() if k != "media"}
                said |= {"media": media} if media else {}
            if step == CHOICES:
                form = str(now.proposed.get("form", ""))
                errors |= consent.wrong(said, today=timezone.localdate(), form=form)
            if not errors or (is_draft and step.name == "words"):
                _store(request, now, step, said=said, sent=sent, made=made)
    except RefusedError as error:
        errors.setdefault("", []).append(str(error))
    return errors


def _file(request: HttpRequest, found: Contribution) -> tuple[dict[str, Any] | None, Errors]:
    """A file that came with the form, cleaned and sealed, before anything is locked."""
    sent = request.FILES.get("file")
    if sent is None:
        return None, {}
    if not limits.client_allowed(request):
        # Each takes room and time; forms of words do not.
        return None, {"file": [_TOO_MANY]}
    return files.taken(found.vault, sent, request.POST)


def _store(
    request: HttpRequest,
    now: Contribution,
    step: Step,
    *,
    said: dict[str, Any],
    sent: dict[str, Any],
    made: dict[str, Any],
) -> None:
    if now.state in ACTIONS["save"].before:
        note = made.get(NOTE.name, "") if NOTE.name in sent else now.note
        now = offering.save(contribution=now, by=CONTRIBUTOR, values=said, note=note)
    elif step == CHOICES:
        changed = {name: said.get(name) for name in sent}
        now = offering.choose(contribution=now, by=CONTRIBUTOR, values=changed)
    if step == REACH and (made.get(ADDRESS.name) or NO_ADDRESS in request.POST):
        address = made.get(ADDRESS.name, "")
        offering.reach(contribution=now, by=CONTRIBUTOR, address=address)


def _given(values: dict[str, Any], place: str) -> bool:
    return bool(values.get(place.partition("-")[0])) or bool(values.get(place))
