"""Published entries at the desk: what an editor does with them, and who said each fact.

Here and not in `moderation`, which knows no collection.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from everygenome.web.collections import standing
from everygenome.web.collections.models import Fact, Item, Speaker, Standing
from everygenome.web.collections.registry import Collection, collection_of
from everygenome.web.collections.search.words import words_of
from everygenome.web.moderation.desk.history import moments
from everygenome.web.moderation.desk.reasons import reason_of
from everygenome.web.moderation.desk.sentences import REASONS
from everygenome.web.moderation.desk.staff import for_staff, shown
from everygenome.web.moderation.models import Event, Hold
from everygenome.web.moderation.refused import RefusedError

_SHOWN = 50
_LONGEST = 200
_LABELS = {
    "withdraw_item": "Withdraw it: its page says only that an entry was withdrawn",
    "retire_item": "Retire it: it stays, marked as kept for the record",
    "supersede_item": "Replace it by another entry",
    "restore_item": "Publish it again",
}


@for_staff("see_queue")
@require_safe
def items(request: HttpRequest) -> HttpResponse:
    """Find an entry, whatever it is to readers."""
    query = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:_LONGEST]
    found = Item.objects.order_by("sort", "pk")
    if query:
        # The words are matched as titles are sorted: without case and accents.
        sort = " ".join(words_of(query)) or query
        found = found.filter(Q(sort__contains=sort) | Q(slug__contains=query.lower()))
    else:
        found = found.exclude(standing=Standing.PUBLISHED)
    context = {
        "query": query,
        "found": [_listed(item) for item in found[:_SHOWN]],
        "count": found.count(),
        "most": _SHOWN,
    }
    return shown(request, "collections/desk_items", context, room="items")


@for_staff("see_queue")
@require_safe
def item(request: HttpRequest, collection: str, slug: str) -> HttpResponse:
    """An entry, with what can be done with it."""
    return _page(request, *_found(collection, slug))


@for_staff("see_queue")
@require_http_methods(["POST"])
def change(request: HttpRequest, collection: str, slug: str, action: str) -> HttpResponse:
    """Withdraw, retire, replace or restore an entry."""
    known, found = _found(collection, slug)
    if action not in standing.STEPS or not request.user.may(action):
        raise Http404

    def do() -> None:
        reason = reason_of(request.POST, "item")
        successor = None
        if action == "supersede_item":
            name = request.POST.get("successor", "").strip().strip("/").replace("\0", "")
            own = Item.objects.filter(collection=known.name, standing=Standing.PUBLISHED)
            successor = own.filter(slug=name.rpartition("/")[2][:100]).first()
        standing.change(
            item=found, action=action, by=request.user, reason=reason, successor=successor
        )

    return _done(request, known, found, do, action)


@for_staff("lock_fact")
@require_http_methods(["POST"])
def lock(request: HttpRequest, collection: str, slug: str, field: str) -> HttpResponse:
    """Lock a fact against imports, or open it."""
    known, found = _found(collection, slug)
    if not any(one.name == field for one in known.schema):
        raise Http404

    def do() -> None:
        standing.lock(
            item=found,
            field=field,
            by=request.user,
            locked=request.POST.get("locked") == "yes",
            reason=reason_of(request.POST, "item"),
        )

    return _done(request, known, found, do, f"lock-{field}")


def _found(collection: str, slug: str) -> tuple[Collection, Item]:
    try:
        known = collection_of(collection)
    except KeyError:
        raise Http404 from None
    found = Item.objects.select_related("successor").filter(collection=collection, slug=slug)
    one = found.first()
    if one is None:
        raise Http404
    return known, one


def _done(
    request: HttpRequest, known: Collection, found: Item, do: Callable[[], None], name: str
) -> HttpResponse:
    try:
        do()
    except RefusedError as error:
        found.refresh_from_db()
        return _page(request, known, found, wrong=error, wrong_in=name)
    return HttpResponseRedirect(f"/desk/items/{found.subject}/?done=1", status=303)


def _page(
    request: HttpRequest,
    known: Collection,
    found: Item,
    *,
    wrong: RefusedError | None = None,
    wrong_in: str = "",
) -> HttpResponse:
    me = request.user
    events = Event.objects.filter(subject=found.subject).select_related("by")
    context = {
        "item": found,
        "collection": known,
        "standing": Standing(found.standing).label,
        "facts": _facts(known, found),
        "forms": [
            (name, _LABELS[name])
            for name, (before, _) in standing.STEPS.items()
            if found.standing in before and me.may(name)
        ],
        "offers_wrong": wrong_in.startswith("lock-")
        or (wrong_in in standing.STEPS and found.standing in standing.STEPS[wrong_in][0]),
        "may_lock": me.may("lock_fact"),
        "holds": Hold.objects.filter(subject=found.subject, lifted_at=None).select_related("by"),
        "history": moments(events.order_by("at", "pk")),
        "sentences": REASONS["item"],
        "done": request.GET.get("done") == "1",
        "wrong": wrong,
        "wrong_in": wrong_in,
        "written": request.POST.get("reason", "").replace("\0", ""),
        "canned": request.POST.get("canned", ""),
        "successor": request.POST.get("successor", "")[:_LONGEST].replace("\0", ""),
        "inside": True,
    }
    status = 400 if wrong else 200
    return shown(request, "collections/desk", context, room="items", status=status)


def _facts(known: Collection, found: Item) -> list[dict[str, Any]]:
    """Each field that holds something, with who said it."""
    said: dict[str, Fact] = {fact.field: fact for fact in found.facts.all()}
    made = []
    for name, text in known.schema.words(found.data).items():
        fact = said.get(name)
        made.append(
            {
                "name": name,
                "id": f"lock-{name}",
                "label": known.schema[name].label,
                "text": text,
                "fact": fact,
                "speaker": Speaker(fact.said_by).label if fact else "",
            }
        )
    return made


def _listed(found: Item) -> dict[str, Any]:
    return {"item": found, "standing": Standing(found.standing).label}


urlpatterns = [
    path("", items, name="desk-items"),
    path("<slug:collection>/<slug:slug>/", item, name="desk-item"),
    path("<slug:collection>/<slug:slug>/lock/<slug:field>/", lock, name="desk-lock"),
    path("<slug:collection>/<slug:slug>/<slug:action>/", change, name="desk-item-change"),
]
