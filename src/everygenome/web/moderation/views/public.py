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
    """A hold in public words: what is not public is named by its kind alone."""
    name, what, address = _held(hold)
    # What is not public is held for a reason that may tell what it is.
    said = bool(address) or not _is_sealed(name)
    return {
        "what": what,
        "address": address,
        "reason": hold.reason if said else "",
        "placed_at": hold.placed_at,
        "lifted_at": hold.lifted_at,
        "outcome": hold.outcome if said else "",
    }


def _held(hold: Hold) -> tuple[str, str, str]:
    """Of what is held: its kind, how it is called in public, and its page; empty: none."""
    held = hold.contribution
    if held is None:
        name, _, slug = hold.subject.partition("/")
        named = hold.subject
    else:
        name, slug = held.kind, held.subject
        named = f"{name}/{slug}"
        if _is_sealed(name) and held.state != State.PUBLISHED:
            # Also of a story that is public: that it is being changed is its teller's to tell.
            slug = ""
    try:
        kind = kind_of(name)
    except KeyError:
        # A category, such as `toolbox:kind:service`; or a kind that is gone.
        return name, named if held is None else "something that is not published yet", ""
    if slug and kind.is_public(slug):
        return name, named, kind.address(slug)
    return name, f"{kind.label} that is not {'published yet' if held else 'public'}", ""


def _is_sealed(name: str) -> bool:
    try:
        return kind_of(name).sealed
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
