"""The links of a teller: what stood on a screen works for hours, and proves nothing."""

from datetime import timedelta

import pytest

from tests.functional.web import database
from tests.functional.web.moderation import offers
from tests.functional.web.stories.test_offering import begun

pytestmark = [pytest.mark.usefixtures("django")]
ADDRESS = {"by-address": "somebody@writer.example"}


def secret_on_screen(web):
    on, _ = begun(web, **ADDRESS)
    return on.split("/")[3]


def test_a_link_that_was_on_a_screen_does_not_work_for_months(web):
    from django.utils import timezone

    from everygenome.web.moderation.keys import fingerprint
    from everygenome.web.moderation.models import Key

    shown = Key.objects.get(secret=fingerprint(secret_on_screen(web)))
    assert shown.expires_at - timezone.now() < timedelta(days=1)


def test_only_who_opens_our_mail_says_that_we_may_write(web):
    path = f"/contributions/{secret_on_screen(web)}/"
    assert "May we write to you?" not in web.get(path).content.decode()
    web.post(path, database.gate() | {"act": "confirm"})
    assert offers.contributions()[-1].contact.confirmed_at is None


def test_the_link_in_the_mail_says_it(web, outbox):
    secret = secret_on_screen(web)
    (path,) = offers.links(outbox[0])
    assert secret not in path
    assert "May we write to you?" in web.get(path).content.decode()
    web.post(path, database.gate() | {"act": "confirm"})
    assert offers.contributions()[-1].contact.confirmed_at is not None
