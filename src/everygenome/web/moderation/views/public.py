"""How we review: made from the tables that the actions themselves obey, and from what was done."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from everygenome.web.moderation.kinds import kind_of, kinds
from everygenome.web.moderation.models import Hold
from everygenome.web.moderation.states import ACTIONS, CONTRIBUTOR, State
from everygenome.web.moderation.views import figures
from everygenome.web.people.roles import ROLES
from everygenome.web.site.pages import page

_NEWEST = 10


@require_safe
def how(request: HttpRequest) -> HttpResponse:
    """States, roles, target times, appeals, the panel's decisions, and how long it takes."""
    found = list(_holds()[: _NEWEST + 1])
    context = {
        "states": _states(),
        "roles": ROLES.values(),
        "kinds": kinds(),
        "figures": figures.now(),
        "holds": [_told(hold) for hold in found[:_NEWEST]],
        "more": len(found) > _NEWEST,
    }
    return page(request, "moderation/how", context)


@require_safe
def panel(request: HttpRequest) -> HttpResponse:
    """Everything that the community panel decided."""
    told = [_told(hold) for hold in _holds()]
    context = {
        "current": [one for one in told if one["lifted_at"] is None],
        "lifted": [one for one in told if one["lifted_at"] is not None],
    }
    return page(request, "moderation/panel", context)


def _holds():
    return Hold.objects.select_related("contribution").order_by("-placed_at", "-pk")


def _told(hold: Hold) -> dict[str, object]:
    """A hold in public words: what is not published yet is named by its kind alone."""
    held = hold.contribution
    address = ""
    if held is None:
        what = hold.subject
    elif held.subject and _is_public(held.kind, held.subject):
        what = f"{held.kind}/{held.subject}"
    else:
        try:
            what = f"{kind_of(held.kind).label} that is not published yet"
        except KeyError:
            what = "something that is not published yet"
    collection, _, slug = what.partition("/")
    if slug and " " not in what:
        try:
            address = kind_of(collection).address(slug)
        except KeyError:
            address = ""
    return {
        "what": what,
        "address": address,
        # What is not public is held for a reason that may tell what it is.
        "reason": hold.reason if address or not _is_sealed(hold) else "",
        "placed_at": hold.placed_at,
        "lifted_at": hold.lifted_at,
        "outcome": hold.outcome if address or not _is_sealed(hold) else "",
    }


def _is_public(kind: str, subject: str) -> bool:
    try:
        return kind_of(kind).is_public(subject)
    except KeyError:
        return True


def _is_sealed(hold: Hold) -> bool:
    try:
        return hold.contribution is not None and kind_of(hold.contribution.kind).sealed
    except KeyError:
        return False


def _states() -> list[dict[str, object]]:
    """Each state, with what can be done from it and by whom."""
    listed = []
    for state in State:
        acts = []
        for action in ACTIONS.values():
            if state in action.before:
                after = action.after.label if action.after else ""
                acts.append((action.label, _who(action.by), after, action.decides))
        listed.append({"label": state.label, "acts": acts})
    return listed


def _who(act: str) -> str:
    if act == CONTRIBUTOR:
        return "the contributor"
    named = [role.label.lower() for role in ROLES.values() if act in role.acts]
    if len(named) < 2:
        return "".join(named)
    return f"{', '.join(named[:-1])} or {named[-1]}"
