"""A story from its contribution to its readers: sealed, and shown as far as its teller chose."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from everygenome.web.moderation.refused import RefusedError
from everygenome.web.moderation.states import State
from everygenome.web.people.sealed import under
from everygenome.web.stories import correcting, words
from everygenome.web.stories.beside import remember, remember_standing, remembered
from everygenome.web.stories.merging import merged
from everygenome.web.stories.models import Consent, Standing, Story
from everygenome.web.stories.schema import SHOWN, TOLD
from everygenome.web.stories.shelving import show

if TYPE_CHECKING:
    from everygenome.web.moderation.models import Contribution

_LAST_ZONE = timedelta(hours=12)
_RECORDED = ("tier", "embargo", "named", "quotation", "reuse", "keep", "keep_day", "family")


def publish(contribution: "Contribution") -> str:
    """Store what was accepted; its name in addresses."""
    # The caller has locked the contribution, and with it all others under the same key.
    story = of(contribution)
    if story is None:
        story = Story(vault=contribution.vault, contribution=contribution.pk)
        if (last := remembered(contribution.vault)) is not None and last.hidden:
            # A backup from before it was published was restored; an editor had taken it down.
            story.standing = Standing.HIDDEN
    first = type(contribution).objects.filter(pk=story.contribution).first() or contribution
    if first.pk != contribution.pk:
        if first.state != State.PUBLISHED:
            raise RefusedError("The story that it corrects is not published any more.")
        # Under the choices as they are now: its teller's first link stays the one.
        say(first, merged(first.proposed, contribution.proposed))
    last = _day(first.proposed.get("keep_day")) if first.proposed.get("keep") == "end" else None
    if last is not None and last <= timezone.localdate():
        raise RefusedError("Its teller chose a last day, and that day has come.")
    settle(story, first, read=True)
    return story.slug


def say(contribution: "Contribution", now: Mapping[str, Any]) -> None:
    """Change what a contribution says, where no step of its own does."""
    changes = under(contribution, proposed=dict(now)) | {"version": contribution.version + 1}
    type(contribution).objects.filter(pk=contribution.pk).update(**changes)
    contribution.refresh_from_db()
    remember(contribution)


def chosen(contribution: "Contribution") -> None:
    """A teller changed a choice: it takes effect now."""
    story = of(contribution)
    if story is not None:
        settle(story, contribution)
        correcting.named(contribution, story)


def settle(story: Story, contribution: "Contribution", *, read: bool = False) -> None:
    """Seal a story as its contribution says it, record what was chosen, and show it or not.

    Args:
        story: the story, locked.
        contribution: the one that it came with.
        read: reviewers have read all of it just now; otherwise no name is shown that was not
            there before.
    """
    said = contribution.proposed
    data = public(said)
    if not read and correcting.unread(contribution, story):
        data.pop("by", None)
    story.sealed = {"data": data}
    story.embargo = _day(said.get("embargo")) if said.get("tier") == "embargoed" else None
    story.ends_on = _day(said.get("keep_day")) if said.get("keep") == "end" else None
    story.ask_on = _day(said.get("keep_day")) if said.get("keep") == "ask" else None
    if story.standing != Standing.HIDDEN:
        story.standing = standing_of(said, begun_everywhere(timezone.now()))
    story.changed_at = timezone.now()
    story.save()
    record(contribution)
    remember(contribution)
    remember_standing(story)
    show(story)


def begun_everywhere(now: datetime) -> date:
    """The day that has begun in all time zones, also in the last one, twelve hours behind UTC.

    Whoever chooses a day before which nobody reads it means that day where they are.
    """
    return (now.astimezone(UTC) - _LAST_ZONE).date()


def standing_of(said: Mapping[str, Any], today: date) -> Standing:
    """What a story is to readers by its teller's choices, on a day that has begun everywhere."""
    embargo = _day(said.get("embargo"))
    if said.get("tier") == "embargoed" and embargo is not None and embargo > today:
        return Standing.EMBARGOED
    return Standing.RESTRICTED if said.get("tier") == "restricted" else Standing.PUBLIC


def record(contribution: "Contribution") -> None:
    """Keep what was chosen, where it differs from what was chosen before.

    Whoever brings a link to a work elsewhere is asked for no choice, and agrees to nothing.
    """
    said = contribution.proposed
    if said.get("form") == "link":
        return
    made = {name: str(said.get(name, "")) for name in _RECORDED}
    made["wording"] = str(said.get("agreed", ""))
    last = Consent.objects.filter(contribution=contribution.pk).order_by("-at", "-pk").first()
    if last is None or any(getattr(last, name) != value for name, value in made.items()):
        Consent.objects.create(contribution=contribution.pk, **made)


def public(said: Mapping[str, Any]) -> dict[str, Any]:
    """What readers see of what was offered: nothing that was written for reviewers alone."""
    data = {field.name: said[field.name] for field in TOLD if field.name in said}
    if said.get("form") == "link":
        data["licence"] = "linked"
    else:
        data["licence"] = said.get("reuse", "site-only")
        data["quoting"] = said.get("quotation", "no")
        if name := correcting.name_in(said):
            data["by"] = name
    cleaned, _ = SHOWN.clean(data)
    return cleaned


def of(contribution: "Contribution") -> Story | None:
    """The story of a contribution; None where it was never published."""
    if not contribution.vault:
        return None
    return Story.objects.select_for_update().filter(vault=contribution.vault).first()


def needs_transcript(said: Mapping[str, Any]) -> bool:
    """Whether what is said has to be written down before it is published."""
    kinds = {medium.get("kind") for medium in said.get("media", ())}
    if said.get("form") == "link":
        return False
    spoken = said.get("form") in ("audio", "video") or said.get("format") in words.SPOKEN
    # But for a link, an address is that of a recording that is on the web already.
    return spoken or bool(said.get("url")) or bool(kinds & {"sound", "film"})


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) and len(text) == 10 else None
