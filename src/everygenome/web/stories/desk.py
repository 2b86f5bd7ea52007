"""Stories at the desk: seen as readers will see them, and taken down where they do harm.

Taking down is an editor's: nothing is destroyed by it, and its teller is told. Only tellers
withdraw.
"""

from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from everygenome.web.moderation.actions.step import OWN, allowed, locked, role_of, sent_by
from everygenome.web.moderation.desk.reasons import reason_of
from everygenome.web.moderation.desk.sentences import REASONS
from everygenome.web.moderation.desk.staff import for_staff, shown
from everygenome.web.moderation.desk.views import sent
from everygenome.web.moderation.models import Contribution, Event
from everygenome.web.moderation.refused import NotAllowedError, RefusedError
from everygenome.web.moderation.states import State
from everygenome.web.people.models import Account
from everygenome.web.stories.beside import remember_standing
from everygenome.web.stories.keeping import begun_everywhere, standing_of
from everygenome.web.stories.kind import NAME
from everygenome.web.stories.models import Standing, Story
from everygenome.web.stories.offering.previewing import previewed
from everygenome.web.stories.shelving import show
from everygenome.web.stories.talking.shown import slug_of
from everygenome.web.stories.telling import taken_down
from everygenome.web.stories.views import send

_A_PAGE = 200
# What an editor does, and the right that it takes.
_ACTS = {"hide": ("withdraw_item", "hide_story"), "show": ("restore_item", "show_story")}


@for_staff("see_queue")
@require_safe
def look(request: HttpRequest, number: int) -> HttpResponse:
    """A story as readers will see it."""
    found = _offered(number)
    made = {"c": found, **previewed(found, f"/desk/stories/{number}/media/")}
    return shown(request, "stories/desk/look", made)


@for_staff("see_queue")
@require_safe
def medium(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """A file of a story that is being reviewed."""
    found = _offered(number)
    return send(request, found.vault, found.proposed, name)


@for_staff("see_queue")
@require_safe
def stories(request: HttpRequest) -> HttpResponse:
    """The stories that were published, the newest first."""
    return _stories(request)


@for_staff("withdraw_item")
@require_POST
def change(request: HttpRequest, slug: str, action: str) -> HttpResponse:
    """Take a story down, or put it back."""
    found = Story.objects.filter(slug=slug).exclude(standing=Standing.WITHDRAWN).first()
    if found is None or action not in _ACTS:
        raise Http404
    try:
        reason = reason_of(request.POST, "item")
        changed(found, action=action, by=request.user, reason=reason)
    except RefusedError as error:
        return _stories(request, wrong=error, wrong_in=slug)
    return HttpResponseRedirect("/desk/stories/?done=1", status=303)


@transaction.atomic
def changed(story: Story, *, action: str, by: Account, reason: str) -> Story:
    """Take a story down, or put it back where its teller's choices want it.

    Raises:
        RefusedError: not allowed, no reason, or it is so already.
    """
    right, event = _ACTS[action]
    allowed(by, act=right, reason=reason)
    # Contributions are locked before stories, everywhere.
    first = Contribution.objects.filter(pk=story.contribution).first()
    contribution = locked(first, seen=None) if first is not None else None
    if contribution is not None and sent_by(contribution, by):
        raise NotAllowedError(OWN)
    now = Story.objects.select_for_update().get(pk=story.pk)
    if (now.standing == Standing.HIDDEN) is (action == "hide"):
        raise RefusedError("It is so already.")
    before = now.standing
    said = contribution.proposed if contribution else {}
    now.standing = (
        Standing.HIDDEN if action == "hide" else standing_of(said, begun_everywhere(timezone.now()))
    )
    now.save()
    show(now)
    said_of_it = Event(
        contribution=contribution,
        subject="" if contribution else now.subject,
        action=event,
        # Its contribution stays what it was; without one, the story says where it stood.
        before=contribution.state if contribution else before,
        after=contribution.state if contribution else now.standing,
        by=by,
        role=role_of(by, right),
        reason=reason.strip(),
    )
    said_of_it.save()
    remember_standing(now)
    if contribution is not None:
        transaction.on_commit(lambda: taken_down(contribution, hidden=action == "hide"))
    return now


def _offered(number: int) -> Contribution:
    found = sent(number)
    if found.kind != NAME or found.state in (State.WITHDRAWN, State.CHANGES_ASKED):
        raise Http404
    return found


def _stories(
    request: HttpRequest, *, wrong: RefusedError | None = None, wrong_in: str = ""
) -> HttpResponse:
    found = Story.objects.exclude(standing=Standing.WITHDRAWN).order_by("-changed_at", "-pk")
    # What a form was wrong about is shown by itself: it may be on no page of the newest.
    asked = wrong_in or request.GET.get("story", "").replace("\0", "")
    if asked:
        found = found.filter(slug=slug_of(asked))
    paged = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    made = {
        "asked": asked,
        "paged": paged,
        "found": [
            {
                "story": one,
                "title": one.sealed.get("data", {}).get("title", ""),
                "standing": Standing(one.standing).label,
                "action": "show" if one.standing == Standing.HIDDEN else "hide",
                "id": f"story-{one.slug}",
            }
            for one in paged
        ],
        "may": request.user.may("withdraw_item"),
        "sentences": REASONS["item"],
        "done": request.GET.get("done") == "1",
        "wrong": wrong,
        "wrong_in": wrong_in,
        "written": request.POST.get("reason", "").replace("\0", ""),
        "canned": request.POST.get("canned", ""),
    }
    status = 400 if wrong else 200
    return shown(request, "stories/desk/stories", made, room=NAME, status=status)
