"""Who may come in to the desk, and what each of its pages shows."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from everygenome.web.moderation.desk import reporting
from everygenome.web.moderation.kinds import kinds
from everygenome.web.moderation.models import Appeal, Hold
from everygenome.web.people.models import Account
from everygenome.web.people.roles import ROLES
from everygenome.web.site.pages import page

View = Callable[..., HttpResponse]


def for_staff(act: str) -> Callable[[View], View]:
    """Let in whoever is logged in with a role that allows an action.

    To everybody else there is no such page: what is forbidden and what is not there look alike.
    """

    def decorated(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated or not request.user.may(act):
                raise Http404
            return view(request, *args, **kwargs)

        return inner

    return decorated


@dataclass(frozen=True, slots=True)
class Room:
    """A page of the desk in its menu: how much is open there, if that is counted."""

    name: str
    label: str
    address: str
    open: int | None = None


def rooms(me: Account) -> list[Room]:
    """The pages that somebody's roles open."""
    made = [Room("queue", "Queue", "/desk/")]
    if me.may("decide_appeal"):
        waiting = Appeal.objects.filter(decided_at=None).count()
        made.append(Room("appeals", "Appeals", "/desk/appeals/", waiting))
    if me.may("handle_report"):
        waiting = reporting.visible_to(me).filter(handled_at=None).count()
        made.append(Room("reports", "Reports", "/desk/reports/", waiting))
    held = Hold.objects.filter(lifted_at=None).count()
    made.append(Room("holds", "Holds", "/desk/holds/", held))
    made.append(Room("items", "Published entries", "/desk/items/"))
    made += [Room(kind.name, label, address) for kind in kinds() for label, address in kind.rooms]
    if me.may("invite"):
        made.append(Room("people", "People", "/desk/people/"))
    return made


def shown(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    room: str = "queue",
    status: int = 200,
) -> HttpResponse:
    """A page of the desk, from a template such as `moderation/desk/queue`; private."""
    me = request.user
    made = {
        "here": "desk",
        "room": room,
        "rooms": rooms(me),
        "me": me,
        "my_roles": [ROLES[name] for name in me.roles],
        "csrf": get_token(request),
    }
    return page(request, template, made | (context or {}), status=status, private=True)
