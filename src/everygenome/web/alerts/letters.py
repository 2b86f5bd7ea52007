"""The mails: plain text, one reader each, with links that need no log-in."""

import hashlib
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from everygenome.web.alerts.models import Alert
from everygenome.web.alerts.tokens import CONFIRM_WITHIN, confirm_token
from everygenome.web.alerts.watching import wish
from everygenome.web.people.mails import AUTOMATIC, hand_over
from everygenome.web.site.findings import Finding

# Where a reader sees the view that an alert is about.
VIEW_PAGE = "/composition/"
_MOST_SENTENCES = 20


def confirm(alert: Alert, *, described: str, base: str) -> None:
    """Send the link that confirms an alert.

    Raises:
        MailError: it could not be handed over.
    """
    link = base + reverse("alert-confirm", args=[confirm_token(alert.key)])
    message = _letter(
        alert,
        "confirm",
        subject="Please confirm your alert",
        described=described,
        base=base,
        link=link,
        days=CONFIRM_WITHIN.days,
    )
    hand_over(message)


def already(alert: Alert, *, described: str, base: str) -> None:
    """Tell a reader who asks again that the alert is there.

    Raises:
        MailError: it could not be handed over.
    """
    subject = "You have this alert already"
    hand_over(_letter(alert, "already", subject=subject, described=described, base=base))


def full(address: str, *, most: int) -> None:
    """Tell a reader that the address has as many alerts as it may have.

    Raises:
        MailError: it could not be handed over.
    """
    body = render_to_string("alerts/full.txt", {"most": most})
    subject = "everygenome: no more alerts to this address"
    hand_over(EmailMessage(subject, body, to=[address], headers=AUTOMATIC))


def news(
    alert: Alert,
    sentences: Sequence[str],
    *,
    before: Finding,
    after: Finding,
    described: str,
    base: str,
) -> EmailMessage:
    """The mail that tells what an alert waited for.

    Its Message-ID follows from the alert and the release, so that two copies of it, should
    there ever be two, can be known for one.
    """
    message = _letter(
        alert,
        "news",
        subject=wish(alert.watch, alert.group, alert.threshold),
        described=described,
        base=base,
        before=before,
        after=after,
        sentences=sentences[:_MOST_SENTENCES],
        more=max(0, len(sentences) - _MOST_SENTENCES),
    )
    name = hashlib.sha256(f"{alert.key} {after.release}".encode()).hexdigest()[:32]
    message.extra_headers["Message-ID"] = f"<{name}@{urlsplit(base).hostname}>"
    return message


def _letter(
    alert: Alert,
    template: str,
    *,
    subject: str,
    described: str,
    base: str,
    **context: Any,
) -> EmailMessage:
    stop = base + reverse("alert-stop", args=[alert.key])
    context |= {
        "wish": wish(alert.watch, alert.group, alert.threshold),
        "described": described,
        "view_link": base + VIEW_PAGE + alert.view,
        "stop_link": stop,
        "base": base,
    }
    return EmailMessage(
        f"everygenome: {subject}",
        render_to_string(f"alerts/{template}.txt", context),
        to=[alert.recipient.address],
        headers=AUTOMATIC
        # RFC 8058: mail programs show a button, and stop the alert without opening a page.
        | {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
