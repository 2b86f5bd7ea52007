"""Days that a teller chose, where the teller is; and what a teller was asked at all."""

from datetime import UTC, date, datetime

import pytest

from tests.functional.web.stories import tellers
from tests.functional.web.stories.test_attacked import link
from tests.functional.web.stories.test_offering import fill

pytestmark = [pytest.mark.usefixtures("django")]


@pytest.mark.parametrize(
    ("now", "standing"),
    [
        # In Honolulu it is two in the afternoon of the day before.
        (datetime(2031, 1, 1, 0, 30, tzinfo=UTC), "embargoed"),
        (datetime(2031, 1, 1, 11, 59, tzinfo=UTC), "embargoed"),
        (datetime(2031, 1, 1, 12, 0, tzinfo=UTC), "public"),
    ],
)
def test_nobody_reads_it_before_the_chosen_day_has_begun_where_its_teller_is(
    rolled_back, now, standing
):
    from everygenome.web.stories.due import due

    one = tellers.published(tier="embargoed", embargo="2031-01-01")
    due(now)
    assert tellers.story(one).standing == standing


def test_no_other_choice_opens_it_while_its_day_is_still_to_come_somewhere(web, monkeypatch):
    from django.utils import timezone

    one = tellers.published(tier="embargoed", embargo="2031-01-01")
    monkeypatch.setattr(timezone, "now", lambda: datetime(2031, 1, 1, 0, 30, tzinfo=UTC))
    choices = {k: tellers.STORY[k] for k in ("named", "name", "quotation", "reuse", "keep")}
    choices |= {"tier": "embargoed", "embargo": "2031-01-01", "quotation": "yes"}
    assert fill(web, f"/stories/offer/{link(one)}/choices/", **choices).status_code == 303
    assert tellers.story(one).standing == "embargoed"


def test_who_brought_a_link_did_not_agree_to_what_nobody_asked(rolled_back):
    from everygenome.web.stories.models import Consent

    without = dict.fromkeys(
        ("personal", "family", "tier", "named", "name", "quotation", "reuse", "keep", "agreed",
         "text")
    )  # fmt: skip
    url = "https://paper.example.org/a"
    link_ = tellers.published(form="link", url=url, format="article", **without)
    assert not Consent.objects.filter(contribution=link_.pk).exists()
    told = tellers.published()
    assert Consent.objects.get(contribution=told.pk).wording == "2026-11"


@pytest.mark.parametrize("text", ["", "She told me."])
def test_a_recording_elsewhere_of_somebody_else_needs_its_words_too(text):
    from everygenome.web.stories.offering.steps import lacking

    said = tellers.STORY | {
        "form": "behalf", "behalf_whose": "A neighbour", "behalf_proof": "She said so.",
        "url": "https://a.example/talk.mp3", "text": text,
    }  # fmt: skip
    said = {name: value for name, value in said.items() if value}
    missing = [name for _, errors in lacking(said, today=date(2026, 11, 27)) for name in errors]
    assert missing == ["transcript"]
    assert lacking(said | {"transcript": "Hello."}, today=date(2026, 11, 27)) == []
