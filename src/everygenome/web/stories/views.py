"""The pages of stories that readers see. Nobody on the way keeps any of them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from everygenome.web.collections.models import Item
from everygenome.web.collections.views import item as items
from everygenome.web.moderation.desk.staff import for_staff
from everygenome.web.moderation.views import forms
from everygenome.web.people import ending
from everygenome.web.site.pages import page
from everygenome.web.stories import consent, podcast
from everygenome.web.stories.collection import COLLECTION
from everygenome.web.stories.media import serving
from everygenome.web.stories.models import Consent, Standing, Story
from everygenome.web.stories.notes import notes_of
from everygenome.web.stories.shown import context

View = Callable[..., HttpResponse]
_NUMBERS = ("id", "contribution")


def not_kept(view: View) -> View:
    """What may be withdrawn is kept by nobody on the way, and asked for each time."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        if "ETag" in response:
            del response["ETag"]
        return response

    return inner


def of_stories(view: View) -> View:
    """A view that every collection has, for stories: nobody on the way keeps it."""

    @not_kept
    @wraps(view)
    def inner(request: HttpRequest) -> HttpResponse:
        return view(request, COLLECTION)

    return inner


@not_kept
@require_safe
def podcasts(request: HttpRequest) -> HttpResponse:
    """The recordings, as a podcast."""
    return podcast.respond(request)


@require_safe
def safety(request: HttpRequest) -> HttpResponse:
    """How tellers are looked after, and what they agree to."""
    made = {
        "here": "stories",
        "wording": consent.WORDINGS[consent.VERSION],
        "version": consent.VERSION,
        "chosen": [
            sentence for name, (_, sentence) in Consent.declared.items() if name not in _NUMBERS
        ],
    }
    return page(request, "stories/safety", made | forms.stored())


@not_kept
@require_safe
def story(request: HttpRequest, slug: str) -> HttpResponse:
    """A story; of a withdrawn one, that there was one."""
    found = Story.objects.filter(slug=slug).first()
    if found is not None and found.standing == Standing.WITHDRAWN:
        return gone(request)
    if found is None or not may_read(request, found):
        raise Http404
    if found.standing == Standing.PUBLIC:
        response = items.entry(request, COLLECTION, slug)
        # It may be found. Copies that others keep of it could not be called back.
        response["X-Robots-Tag"] = "noarchive, noimageindex"
        return response
    return restricted_page(request, found)


@not_kept
@require_safe
def file(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """A story as a file; only what everybody may read."""
    found = Story.objects.filter(slug=slug).first()
    if found is not None and found.standing == Standing.WITHDRAWN:
        return gone(request)
    if found is None or found.standing != Standing.PUBLIC or not may_read(request, found):
        raise Http404
    return items.file(request, COLLECTION, slug, name)


@require_safe
def medium(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """A picture or recording of a story that this reader may read."""
    found = Story.objects.filter(slug=slug).first()
    if found is None or found.standing == Standing.WITHDRAWN or not may_read(request, found):
        raise Http404
    return send(request, found.vault, found.sealed.get("data", {}), name)


def send(request: HttpRequest, vault: str, data: dict[str, Any], name: str) -> HttpResponse:
    """A file that a story names.

    Raises:
        Http404: it names no such file.
    """
    for said in data.get("media", ()):
        if name == said["id"]:
            return serving.respond(request, vault, name, said["type"], said["size"])
        if name == said.get("small"):
            return serving.respond(request, vault, name, said["type"], said["small_size"])
    raise Http404


@for_staff("read_restricted")
@require_safe
def restricted(request: HttpRequest) -> HttpResponse:
    """The stories that only registered researchers read."""
    found = Story.objects.filter(standing=Standing.RESTRICTED).order_by("-changed_at", "-pk")
    items = [as_item(one) for one in found]
    for item in items:
        item.notes = notes_of(item.data)
    made = {"here": "stories", "found": items}
    return page(request, "stories/restricted", made, private=True)


def restricted_page(request: HttpRequest, found: Story) -> HttpResponse:
    """The page of a story that stands on no shelf."""
    item = as_item(found)
    made = {
        "here": "stories",
        "collection": COLLECTION,
        "item": item,
        "summary": COLLECTION.summary_of(item.data),
        "restricted": True,
        "ld": "{}",
        **context(item),
    }
    return page(request, "stories/item", made, private=True)


def as_item(found: Story) -> Item:
    """A story as lists and pages show it, stored nowhere."""
    data = found.sealed.get("data", {})
    item = Item(
        collection=COLLECTION.name, slug=found.slug, title=COLLECTION.title_of(data), data=data
    )
    item.changed_at, item.summary = found.changed_at, COLLECTION.summary_of(data)
    return item


def may_read(request: HttpRequest, found: Story) -> bool:
    """Whether whoever asks may read a story now."""
    if ending.is_marked(found.vault):
        # Its teller withdrew it, and something failed: `due` does the rest.
        return False
    if found.standing == Standing.PUBLIC:
        return True
    user = request.user
    return (
        found.standing == Standing.RESTRICTED
        and user.is_authenticated
        and user.may("read_restricted")
    )


def gone(request: HttpRequest) -> HttpResponse:
    """What is left of a withdrawn story: that there was one."""
    headers = {"X-Robots-Tag": "noindex"}
    return page(request, "stories/gone", {"here": "stories"}, status=410, headers=headers)


def no_history(_request: HttpRequest, slug: str) -> HttpResponse:
    """Nothing is kept of what a story was before.

    Raises:
        Http404: always.
    """
    raise Http404(slug)
