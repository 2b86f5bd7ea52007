"""Who hears of what: mails after a change is stored. A mail that fails undoes nothing."""

import logging

from django import conf
from django.urls import reverse

from everygenome.errors import MailError
from everygenome.web.moderation import timeline
from everygenome.web.moderation.keys import LINK_WORKS_FOR, new_link
from everygenome.web.moderation.kinds import kind_of
from everygenome.web.moderation.models import Contribution, Event, Receiver, Report
from everygenome.web.moderation.states import ACTIONS, State
from everygenome.web.people import limits
from everygenome.web.people.contacts import KEPT_FOR, address_of
from everygenome.web.people.mails import hand_over, written

_log = logging.getLogger("everygenome.moderation")
# What a contributor did is known to the contributor; a review that begins is news, being put
# back is none.
_TOLD = ("take", "ask_changes", "amend", "review", "decline", "publish", "hold", "lift_hold",
         "send_back", "decide_appeal")  # fmt: skip


def welcome(contribution: Contribution, secret: str) -> None:
    """The first mail: it holds the link, and asks whether we may write again."""
    address = address_of(contribution.contact)
    if address and limits.address_allowed(address):
        _send("welcome", "Your contribution", address, contribution=contribution, secret=secret)


def links(address: str, found: list[tuple[Contribution, str]]) -> None:
    """New links to everything that an address sent."""
    _send("links", "Your links", address, found=[_shown(c) | {"link": link(s)} for c, s in found])


def tell(event: Event) -> None:
    """Tell a contributor who said that we may."""
    contribution = event.contribution
    if event.action not in _TOLD or contribution is None:
        return
    contact = contribution.contact
    if contact is None or contact.confirmed_at is None or not (address := address_of(contact)):
        return
    _send(
        "told",
        "Your contribution",
        address,
        contribution=contribution,
        event=event,
        who=timeline.who(event.role),
        past=ACTIONS[event.action].past,
        # Links end; whoever is asked for something must be able to answer.
        secret=new_link(contribution, mailed=True),
    )


def withdrawn(address: str, *, published: bool) -> None:
    """The receipt of what was withdrawn; the last mail to this address about it."""
    _send("withdrawn", "Withdrawn", address, published=published)


def reported(report: Report) -> None:
    """Tell the receivers that the reader chose."""
    # One address, or none, may be set.
    receivers = zip((Receiver.FIRST, Receiver.SECOND), conf.settings.REPORT_RECEIVERS, strict=False)
    chosen = [to for which, to in receivers if report.receiver in (Receiver.BOTH, which)]
    for address in chosen:
        _send("reported", "A report", address, report=report, sealed=report.vault_name)


def handled(report: Report) -> None:
    """Tell who reported what was done; whoever gave an address with a report asked for that."""
    if address := address_of(report.contact):
        _send("handled", "Your report", address, report=report)


def link(secret: str) -> str:
    """The whole address of a contribution's own page."""
    return conf.settings.LINK_BASE + reverse("contribution", args=[secret])


def _shown(contribution: Contribution) -> dict[str, object]:
    kind = kind_of(contribution.kind)
    # Mails pass through other hands, and stay: none of them names what is sealed.
    title = "" if kind.sealed else kind.title(contribution.proposed)
    return {
        "title": title or kind.label,
        "sealed": kind.sealed,
        "kind_label": kind.label,
        "state": State(contribution.state).label,
        "target_days": kind.target_days,
    }


def _send(template: str, subject: str, to: str, **context: object) -> None:
    contribution = context.get("contribution")
    if isinstance(contribution, Contribution):
        context |= _shown(contribution)
    if secret := context.pop("secret", None):
        context["link"] = link(str(secret))
    context |= {"link_days": LINK_WORKS_FOR.days, "kept_days": KEPT_FOR.days}
    mail = written(f"moderation/mails/{template}", subject=subject, to=to, **context)
    try:
        hand_over(mail)
    except MailError:
        # The change is stored; its page says the same. Not the address, not the text.
        _log.error("A notice (%s) could not be sent.", template)
