"""What the tests of stories share: a story as it is offered, and the steps to its readers."""

from typing import Any

from tests.functional.web import database

STORY: dict[str, Any] = {
    "form": "own-words",
    "title": "The letter that never came",
    "text": "They took my blood in spring.\n\nNobody wrote to me.",
    "summary": "Waiting for a result.",
    "format": "story",
    "themes": ["feedback", "trust"],
    "region": "europe",
    "language": "en",
    "notes": ["illness"],
    "personal": "yes",
    "family": "none",
    "tier": "public",
    "named": "pseudonym",
    "name": "Nightingale",
    "quotation": "no",
    "reuse": "site-only",
    "keep": "open",
    "agreed": "2026-11",
}


def offered(*, address: str = "", send: bool = True, **changes: Any) -> Any:
    """A story that was offered."""
    from everygenome.web.moderation.actions.offering import Offer, offer
    from everygenome.web.moderation.models import Purpose

    values = {name: value for name, value in (STORY | changes).items() if value is not None}
    offered = Offer(kind="stories", purpose=Purpose.NEW, values=values, address=address)
    return offer(offered=offered, send=send)


def reviewer(number: int) -> Any:
    """One of several curators."""
    from everygenome.web.people.models import Account

    email = f"curator{number}@staff.example"
    return Account.objects.filter(email=email).first() or database.account("curator", email)


def published(*, address: str = "", **changes: Any) -> Any:
    """A contribution whose story is published, read by two."""
    return read_by_two(offered(address=address, **changes).contribution)


def read_by_two(one: Any) -> Any:
    """Accepted by as many as it needs, and published."""
    from everygenome.web.moderation.actions import reviewing
    from everygenome.web.stories.kind import CHECKS

    one = reviewing.take(contribution=one, by=reviewer(1))
    for number in (1, 2):
        if one.state == "in review":
            one = reviewing.review(
                contribution=one, by=reviewer(number), reason="It is kind.", checks=list(CHECKS)
            )
    return reviewing.publish(contribution=one, by=reviewer(1), reason="Read by two.")


def story(contribution: Any) -> Any:
    """Its story as it is now."""
    from everygenome.web.stories.models import Story

    return Story.objects.get(contribution=contribution.pk)


def accepted(one: Any, *numbers: int) -> Any:
    """Begun by the first of some curators, and accepted by each of them."""
    from everygenome.web.moderation.actions import reviewing
    from everygenome.web.stories.kind import CHECKS

    if one.state == "submitted":
        one = reviewing.take(contribution=one, by=reviewer(numbers[0]))
    for number in numbers:
        one = reviewing.review(
            contribution=one, by=reviewer(number), reason="Good.", checks=list(CHECKS)
        )
    return one


def corrected(one: Any, **changes: Any) -> Any:
    """A correction of a published story, sent."""
    from everygenome.web.moderation.actions import offering
    from everygenome.web.moderation.actions.offering import Offer, offer
    from everygenome.web.moderation.models import Purpose

    values = one.proposed | {"text": "Other words."} | changes
    made = Offer(kind="stories", purpose=Purpose.EDIT, subject=one.subject, values=values)
    edit = offer(offered=made, send=False).contribution
    return offering.submit(contribution=edit, by="contributor")


def as_a_backup_has_it(one: Any, proposed: dict[str, Any]) -> None:
    """Bring older words and choices back, as a restored backup does."""
    from everygenome.web.moderation.models import Contribution
    from everygenome.web.people.sealed import under

    Contribution.objects.filter(pk=one.pk).update(**under(one, proposed=proposed))
