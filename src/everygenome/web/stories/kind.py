"""Stories as a kind of contribution: sealed, read by two, and their tellers' for ever."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from everygenome.web.moderation.fields import Choice, Schema
from everygenome.web.moderation.kinds import Kind
from everygenome.web.stories import consent, words
from everygenome.web.stories.schema import TOLD

if TYPE_CHECKING:
    from everygenome.web.moderation.models import Contribution

NAME = "stories"
FORM = Choice(
    name="form",
    label="What it is",
    choices={word: label for word, (label, _) in words.FORMS.items()},
    required=True,
)
# What only its teller decides is on no reviewer's form.
_OWN = tuple(replace(field, curated=True, required=False) for field in (FORM, *consent.CHOICES))
CHECKS: Mapping[str, str] = {
    "names": "No name, address, face, voice or number tells who a person is, unless that person "
    "agreed.",
    "pieces": "Put together, place, age, illness and family do not tell who it is either.",
    "relatives": "Relatives and others in it know of it, or nobody can tell who they are.",
    "notes": "The content notes say what a reader should know first.",
    "consent": "The choices were made by the teller, and for somebody else with proof.",
}


def reviewers_for(contribution: "Contribution") -> int:
    """Two, unless it is a link, or new and tells of nobody's health, genes or family.

    Of what a correction tells its teller was not asked.
    """
    said = contribution.proposed
    impersonal = said.get("personal") == "no" and contribution.purpose == "new"
    return 1 if said.get("form") == "link" or impersonal else 2


def beside(contribution: "Contribution") -> list[tuple[str, str]]:
    """The teller's choices as they are now: reviewers judge by them and cannot change them."""
    from everygenome.web.stories.merging import as_now

    said = as_now(contribution)
    return [(field.label, field.words(said[field.name])) for field in _OWN if field.name in said]


def _title(proposed: Mapping[str, Any]) -> str:
    return str(proposed.get("title") or "")


def _current(slug: str) -> Mapping[str, Any] | None:
    """What its teller said; readers correct no story, so no page of theirs asks."""
    from everygenome.web.moderation.models import Contribution
    from everygenome.web.stories.models import Story

    story = Story.objects.filter(slug=slug).exclude(vault="").first()
    found = Contribution.objects.filter(pk=story.contribution).first() if story else None
    return found.proposed if found else None


def _vault(slug: str) -> str:
    from everygenome.web.stories.models import Story

    return Story.objects.filter(slug=slug).values_list("vault", flat=True).first() or ""


def _has(slug: str) -> bool:
    from everygenome.web.stories.models import Story

    return Story.objects.filter(slug=slug).exists()


def _named_in(text: str) -> str:
    """Of what tellers told: such a name is letters at random, so no other word is taken for it."""
    from everygenome.web.stories.models import LONG, Story

    words = {word for word in re.findall(r"[0-9a-z]+", text.lower()) if len(word) == LONG}
    found = Story.objects.filter(slug__in=words).exclude(contribution=None)
    # What is there comes before what was withdrawn.
    return found.order_by("-vault").values_list("slug", flat=True).first() or ""


def _publish(contribution: "Contribution") -> str:
    from everygenome.web.stories.keeping import publish

    return publish(contribution)


def _chosen(contribution: "Contribution") -> None:
    from everygenome.web.stories.keeping import chosen

    chosen(contribution)


def _read_again(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    from everygenome.web.stories.correcting import is_new_name

    return is_new_name(before, after)


def _withdrawn(contribution: "Contribution") -> None:
    from everygenome.web.stories.withdrawing import withdrawn

    withdrawn(contribution)


def _remember(contribution: "Contribution") -> None:
    from everygenome.web.stories.beside import remember

    remember(contribution)


def _own(contribution: "Contribution", secret: str) -> list[tuple[str, str]]:
    from everygenome.web.moderation.states import State

    if contribution.state in (State.WITHDRAWN, State.DECLINED):
        return []
    base, published = f"/stories/offer/{secret}/", contribution.state == State.PUBLISHED
    found = [] if published else [("See it as readers will", f"{base}look/")]
    if contribution.purpose == "edit":
        return found
    if contribution.proposed.get("form") != "link":
        found.append(("Change your choices", f"{base}choices/"))
    if published:
        found.append(("Change the words", f"{base}again/"))
    return [*found, ("Change where we write to", f"{base}reach/")]


def _notice(contribution: "Contribution") -> str:
    from everygenome.web.moderation.states import State
    from everygenome.web.people import ending
    from everygenome.web.stories.correcting import unread
    from everygenome.web.stories.models import Standing, Story

    if contribution.state == State.WITHDRAWN and ending.is_left(contribution.pk):
        return (
            "One thing is not done yet: its key could not be removed from our disk. Nobody reads "
            "it with that key any more, and we try again every day."
        )
    story = Story.objects.filter(vault=contribution.vault).exclude(vault="").first()
    if story is None:
        return ""
    told = {
        Standing.HIDDEN: "An editor took it down, so nobody reads it now. Nothing is destroyed. "
        "Why stands below. To answer, report how you were treated, at the foot of this page.",
        Standing.RESTRICTED: "Only registered researchers read it, as you chose.",
        Standing.EMBARGOED: "Nobody reads it before the day that you chose.",
    }
    if story.standing == Standing.HIDDEN and _is_restored(contribution):
        return (
            "We brought our site back from a backup that does not hold your last words, so nobody "
            "reads it until an editor has looked. Please look at the words yourself, too, and "
            "change what you had changed before."
        )
    found = [told.get(Standing(story.standing), "")]
    if contribution.purpose == "new" and unread(contribution, story):
        found.append("The name that you chose is not shown before reviewers have read it.")
    return " ".join(found).strip()


def _is_restored(contribution: "Contribution") -> bool:
    """Whether it is hidden because of a restore, and not because of what somebody decided."""
    acts = ("hide_story", "show_story", "restored")
    last = contribution.events.filter(action__in=acts).order_by("-at", "-pk").first()
    return last is not None and last.action == "restored"


def _is_public(slug: str) -> bool:
    from everygenome.web.stories.models import Standing, Story

    return Story.objects.filter(slug=slug, standing=Standing.PUBLIC).exists()


KIND = Kind(
    name=NAME,
    label="a story",
    schema=Schema((*TOLD, *_OWN)),
    current=_current,
    title=_title,
    address=lambda slug: f"/stories/{slug}/",
    publish=_publish,
    forget=lambda _contribution: None,
    reviewers=2,
    reviewers_for=reviewers_for,
    target_days=14,
    purposes=frozenset({"new"}),
    checks=CHECKS,
    sealed=True,
    vault=_vault,
    has=_has,
    named_in=_named_in,
    form="/stories/offer/",
    rooms=(("Stories", "/desk/stories/"),),
    beside=beside,
    preview=lambda contribution: f"/desk/stories/{contribution.pk}/",
    own=_own,
    notice=_notice,
    is_public=_is_public,
    chosen=_chosen,
    read_again=_read_again,
    withdrawn=_withdrawn,
    remember=_remember,
)
