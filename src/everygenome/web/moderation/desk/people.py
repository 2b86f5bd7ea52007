"""People at the desk: who has which role since when; for administrators."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from everygenome.errors import UsageError
from everygenome.web.moderation.desk.staff import for_staff, shown
from everygenome.web.moderation.fields.plain import plain
from everygenome.web.people import accounts
from everygenome.web.people.models import Account
from everygenome.web.people.roles import ROLES

_LONGEST_NAME, _LONGEST_REASON = 120, 1000
_DONE = {
    "invited": "The account is there. We send no mail about it: tell them to log in with their "
    "address at /people/login/.",
    "given": "The role was given.",
    "ended": "The role was ended.",
    "erased": "Name and address were erased.",
}


@for_staff("invite")
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, and what they may do."""
    return _page(request)


@for_staff("invite")
@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody."""

    def do() -> None:
        accounts.invite(
            email=request.POST.get("email", ""),
            name=plain(request.POST.get("name", ""), longest=_LONGEST_NAME),
            role=request.POST.get("role", ""),
            reason=_reason(request.POST),
            by=request.user,
        )

    return _done(request, do, "invited", "invite")


@for_staff("give_role")
@require_POST
def give(request: HttpRequest, number: int) -> HttpResponse:
    """Give a role."""
    account, role = _account(number), request.POST.get("role", "")

    def do() -> None:
        reason = _reason(request.POST)
        accounts.give_role(account=account, role=role, reason=reason, by=request.user)

    return _done(request, do, "given", f"give-{number}")


@for_staff("end_role")
@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End a role."""
    account, role = _account(number), request.POST.get("role", "")
    if role not in ROLES:
        raise Http404

    def do() -> None:
        reason = _reason(request.POST)
        accounts.end_role(account=account, role=role, reason=reason, by=request.user)

    return _done(request, do, "ended", f"end-{number}")


@for_staff("erase")
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, number: int) -> HttpResponse:
    """Erase a name and address: first a page that says what goes and what stays."""
    account = _account(number)
    if request.method != "POST":
        context = {"account": account}
        return shown(request, "moderation/desk/erase", context, room="people")
    return _done(
        request, lambda: accounts.erase(account=account, by=request.user), "erased", "erase"
    )


def _account(number: int) -> Account:
    account = Account.objects.filter(pk=number).exclude(name="").first()
    if account is None:
        raise Http404
    return account


def _reason(form: QueryDict) -> str:
    return plain(form.get("reason", ""), longest=_LONGEST_REASON, lines=True)


def _done(request: HttpRequest, do: Callable[[], None], done: str, wrong_in: str) -> HttpResponse:
    try:
        do()
    except UsageError as error:
        return _page(request, wrong=str(error), wrong_in=wrong_in)
    except ValidationError as error:
        return _page(request, wrong=" ".join(error.messages), wrong_in=wrong_in)
    # Somebody may have ended their own role, or erased themselves.
    if not Account.objects.get(pk=request.user.pk).may("invite"):
        return HttpResponseRedirect("/", status=303)
    return HttpResponseRedirect(f"/desk/people/?done={done}", status=303)


def _page(request: HttpRequest, *, wrong: str = "", wrong_in: str = "") -> HttpResponse:
    listed = []
    known = Account.objects.exclude(name="").prefetch_related("roles_held__given_by")
    for account in known.order_by("name", "pk"):
        held = sorted(account.roles_held.all(), key=lambda one: (one.given_at, one.pk))
        now = [(one, ROLES[one.role]) for one in held if one.ended_at is None]
        listed.append(
            {
                "account": account,
                "give_id": f"give-{account.pk}",
                "end_id": f"end-{account.pk}",
                "now": now,
                "ended": [(one, ROLES[one.role]) for one in held if one.ended_at is not None],
                "free": [role for role in ROLES.values() if role not in [r for _, r in now]],
            }
        )
    context = {
        "listed": listed,
        "roles": list(ROLES.values()),
        "done": _DONE.get(request.GET.get("done", ""), ""),
        "wrong": wrong,
        "wrong_in": wrong_in,
        "given": {
            name: request.POST.get(name, "").replace("\0", "")
            for name in ("email", "name", "role", "reason")
        },
    }
    status = 400 if wrong else 200
    return shown(request, "moderation/desk/people", context, room="people", status=status)
