"""Sessions: what the server remembers of who is logged in, in the database."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from everygenome.web.people.models import Account


def end(account: Account) -> int:
    """Log somebody out everywhere; how many sessions there were.

    A session says in its own code whose it is, so all are read. There are few: only those who
    look after the collections have one.
    """
    theirs = [
        session.pk
        for session in Session.objects.iterator()
        if session.get_decoded().get(SESSION_KEY) == str(account.pk)
    ]
    Session.objects.filter(pk__in=theirs).delete()
    return len(theirs)


def end_all() -> int:
    """Log everybody out: after a restore, which brings back who was logged out since; how many."""
    gone, _ = Session.objects.all().delete()
    return gone


def forget() -> int:
    """Delete those that ended; how many."""
    gone, _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return gone
