"""Mails: plain text from a template, to one reader, handed over after the change is stored."""

import smtplib
from typing import Any

from anymail.exceptions import AnymailError
from django import conf
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from everygenome.errors import MailError

AUTOMATIC = {"Auto-Submitted": "auto-generated"}


def written(template: str, *, subject: str, to: str, **context: Any) -> EmailMessage:
    """A mail of ours.

    Args:
        template: of its text, such as `moderation/mails/decided`, without `.txt`.
        subject: without the name of the site, which goes in front.
        to: one address.
        context: what the template names; `base` is added: the address of the site.
    """
    context.setdefault("base", conf.settings.LINK_BASE)
    return EmailMessage(
        f"everygenome: {subject}",
        render_to_string(f"{template}.txt", context),
        to=[to],
        headers=dict(AUTOMATIC),
    )


def hand_over(message: EmailMessage) -> None:
    """Give a mail to the server.

    Raises:
        MailError: the server did not take it, or cannot be reached.
    """
    try:
        message.send()
    except (smtplib.SMTPException, AnymailError, OSError) as error:
        # Not the server's own words: they repeat the address.
        raise MailError(
            f"The mail server did not take a mail ({type(error).__name__}).",
            remedy="Check EVERYGENOME_MAIL_URL, and that the server is running.",
        ) from None
