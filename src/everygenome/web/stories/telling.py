"""Mails about stories. None of them holds a word of a story, or names it."""

import logging

from everygenome.errors import MailError
from everygenome.web.moderation import notices
from everygenome.web.moderation.keys import LINK_WORKS_FOR, new_link
from everygenome.web.moderation.models import Contribution
from everygenome.web.people.contacts import address_of
from everygenome.web.people.mails import hand_over, written

_log = logging.getLogger("everygenome.stories")


def ask_again(contribution: Contribution) -> None:
    """Ask a teller whether a story shall stay; who said that we may not write is not asked."""
    contact = contribution.contact
    if contact is None or contact.confirmed_at is None or not (address := address_of(contact)):
        return
    link = notices.link(new_link(contribution, mailed=True))
    mail = written(
        "stories/mails/ask", subject="Shall it stay?", to=address, link=link,
        link_days=LINK_WORKS_FOR.days,
    )  # fmt: skip
    try:
        hand_over(mail)
    except MailError:
        # The story stays, and its page says the same. Not the address, not the text.
        _log.error("A teller could not be asked.")


def taken_down(contribution: Contribution, *, hidden: bool) -> None:
    """Tell a teller that an editor took a story down, or put it back."""
    contact = contribution.contact
    if contact is None or contact.confirmed_at is None or not (address := address_of(contact)):
        return
    link = notices.link(new_link(contribution, mailed=True))
    mail = written(
        "stories/mails/down", subject="Your contribution", to=address, link=link, hidden=hidden,
        link_days=LINK_WORKS_FOR.days,
    )  # fmt: skip
    try:
        hand_over(mail)
    except MailError:
        # It stands on its page too. Not the address, not the text.
        _log.error("A teller could not be told.")
