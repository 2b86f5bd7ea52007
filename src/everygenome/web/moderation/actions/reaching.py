"""How to reach whoever sent something: shown to one role, for a reason, and recorded each time."""

from django.db import transaction

from everygenome.web.moderation.actions.step import role_of
from everygenome.web.moderation.kinds import kind_of
from everygenome.web.moderation.models import LONGEST_REASON, Contribution, Event
from everygenome.web.moderation.refused import NotAllowedError, RefusedError
from everygenome.web.people.contacts import address_of
from everygenome.web.people.models import Account

LOOK = "see_contact"


@transaction.atomic
def look(*, contribution: Contribution, by: Account, reason: str) -> str:
    """The address, after it is written down who looks, and why.

    Raises:
        NotAllowedError: no role of theirs allows it.
        RefusedError: no reason was given, or there is no address.
    """
    if not by.may(LOOK):
        raise NotAllowedError("None of your roles allows this.")
    if not reason.strip():
        raise RefusedError("Please say why. It is kept with your name.")
    if len(reason) > LONGEST_REASON:
        raise RefusedError(f"Please say why in at most {LONGEST_REASON:,} characters.")
    if not kind_of(contribution.kind).sealed:
        raise NotAllowedError("Only of stories, whose tellers may be in danger.")
    address = address_of(contribution.contact)
    if address is None:
        raise RefusedError("There is no address, or it was deleted.")
    Event.objects.create(
        contribution=contribution,
        action=LOOK,
        before=contribution.state,
        after=contribution.state,
        by=by,
        role=role_of(by, LOOK),
        reason=reason.strip(),
    )
    return address
