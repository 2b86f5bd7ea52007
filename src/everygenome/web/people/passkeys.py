"""Passkeys: log in with one; list, add and remove one's own."""

import logging
from typing import Any

from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    ListWebAuthnView,
    LoginWebAuthnView,
    RemoveWebAuthnView,
)
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.decorators import method_decorator

from everygenome.errors import MailError
from everygenome.web.people import limits
from everygenome.web.people.forms import AddForm, PasskeyForm
from everygenome.web.people.fresh import freshly, is_fresh
from everygenome.web.people.mails import hand_over, written
from everygenome.web.people.views import back
from everygenome.web.site.pages import page

_log = logging.getLogger("everygenome.people")
_DONE = {"added": "The passkey is there.", "removed": "The passkey was removed."}
_PAGES = ("get", "head", "post")


class PasskeyLogIn(LoginWebAuthnView):
    """A program of ours on the log-in page asks for a question, and sends what a passkey signed."""

    form_class = PasskeyForm
    http_method_names = _PAGES

    def get(self, request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
        """The question. Only now is a cookie set: it keeps the question, and guards the answer."""
        if "application/json" not in request.headers.get("Accept", ""):
            return HttpResponseRedirect(reverse("account_login"), status=303)
        if not limits.passkey_allowed(request):
            return JsonResponse({"told": "That was tried too often. Try again later."}, status=429)
        asked = auth.begin_authentication(user=None)
        response = JsonResponse({"options": asked, "csrf": get_token(request)})
        response["Cache-Control"] = "no-store"
        return response

    def form_invalid(self, form: PasskeyForm) -> HttpResponse:  # noqa: ARG002
        """Back to the log-in page, which says so."""
        return back("passkey")


class Passkeys(ListWebAuthnView):
    """One's own passkeys."""

    http_method_names = ("get", "head")

    def render_to_response(self, context: dict[str, Any], **_: Any) -> HttpResponse:
        """Who is not logged in gets here by no way: the view asks for a log-in before."""
        made = {
            "passkeys": [
                {"pk": one.pk, "name": str(one), "added": one.created_at, "used": one.last_used_at}
                for one in context["authenticators"].order_by("created_at", "pk")
            ],
            "fresh": is_fresh(self.request),
            "done": _DONE.get(self.request.GET.get("done", ""), ""),
            "me": self.request.user,
            "csrf": get_token(self.request),
        }
        return page(self.request, "people/passkeys", made, private=True)


@method_decorator(freshly, name="dispatch")
class AddPasskey(AddWebAuthnView):
    """Add one. It can be used alone, so its device must check who holds it."""

    form_class = AddForm
    http_method_names = _PAGES

    def form_valid(self, form: AddForm) -> HttpResponse:
        """Store it, and tell its owner by mail: a passkey added by somebody else lets them in."""
        super().form_valid(form)
        me = self.request.user
        name = form.cleaned_data["name"]
        try:
            mail = written("people/mails/passkey", subject="a new passkey", to=me.email, name=name)
            hand_over(mail)
        except MailError:
            _log.exception("The mail about a new passkey could not be sent.")
        return _listed("added")

    def form_invalid(self, form: AddForm) -> HttpResponse:
        """Ask once more."""
        return self._shown(form, status=400)

    def get(self, *_: Any, **__: Any) -> HttpResponse:
        """The form; its program asks the browser for a passkey."""
        return self._shown(None)

    def _shown(self, form: AddForm | None, *, status: int = 200) -> HttpResponse:
        context = {
            "wrong": form is not None,
            "too_long": form is not None and "name" in form.errors,
            "name": form.data.get("name", "").replace("\0", "")[:60] if form is not None else "",
            "options": auth.begin_registration(self.request.user, True),
            "csrf": get_token(self.request),
        }
        return page(self.request, "people/passkey_add", context, status=status, private=True)


@method_decorator(freshly, name="dispatch")
class RemovePasskey(RemoveWebAuthnView):
    """Remove one, after a page that asks; those of others are not there."""

    http_method_names = _PAGES

    def render_to_response(self, context: dict[str, Any], **_: Any) -> HttpResponse:
        """Sure?"""
        made = {"name": str(context["object"]), "csrf": get_token(self.request)}
        return page(self.request, "people/passkey_remove", made, private=True)

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it."""
        super().form_valid(form)
        return _listed("removed")


def _listed(done: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('mfa_list_webauthn')}?done={done}", status=303)


log_in = PasskeyLogIn.as_view()
listed = Passkeys.as_view()
add = AddPasskey.as_view()
remove = RemovePasskey.as_view()
