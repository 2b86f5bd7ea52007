"""Which reports somebody at the desk may read.

A reader can choose one of two receivers, maybe because the report is about the other, or about
somebody at the desk. Such a report is for that receiver alone. Where no address is set for it, the
administrators stand in, so that no report is lost.
"""

from django import conf
from django.db.models import Q, QuerySet

from everygenome.web.moderation.models import Receiver, Report
from everygenome.web.people.models import Account
from everygenome.web.people.roles import Administrator

_ONE = (Receiver.FIRST, Receiver.SECOND)


def visible_to(me: Account) -> QuerySet[Report]:
    """The reports that somebody may read, oldest first."""
    if not me.may("handle_report"):
        return Report.objects.none()
    wanted = Q(receiver=Receiver.BOTH)
    receivers = [address.lower() for address in conf.settings.REPORT_RECEIVERS]
    stands_in = Administrator.name in me.roles
    for place, receiver in enumerate(_ONE):
        own = receivers[place] if place < len(receivers) else None
        if own == me.email.lower() or (own is None and stands_in):
            wanted |= Q(receiver=receiver)
    return Report.objects.filter(wanted).order_by("made_at", "pk")
