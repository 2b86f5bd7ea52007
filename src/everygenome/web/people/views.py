"""Log-in by a mailed code, and log-out. See docs/how-to/run-the-site.md.

The first form sets no cookie: like every form that needs no log-in it is guarded by `gate`. From
the second one on a session keeps the code, and Django's own check guards the forms.
"""

from typing import Any

from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from allauth.account.views import logout as allauth_logout
from django import conf
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from everygenome.errors import MailError
from everygenome.web.people import gate, limits
from everygenome.web.people.forms import AddressForm
from everygenome.web.people.mails import hand_over, written
from everygenome.web.site import errors
from everygenome.web.site.pages import page

# Why somebody is back at the first form, by a word in the address.
_WHY = {
    "attempts": "The code was wrong three times, so it works no more. Ask for a new one.",
    "ended": "That took too long, so it has ended. Ask for a new code.",
    "passkey": "That passkey was not accepted. Try again, or use a code.",
}


def back(why: str) -> HttpResponseRedirect:
    """To the first form, which says why."""
    return HttpResponseRedirect(f"{reverse('account_login')}?why={why}", status=303)


@method_decorator(csrf_exempt, name="dispatch")
class LogIn(RequestLoginCodeView):
    """Where should the code go? Or with a passkey, at once."""

    form_class = AddressForm
    http_method_names = ("get", "head", "post")

    def _redirect_to_pending_stage(self, *_: Any) -> None:
        """Whoever mistyped the address may begin anew while a code is waited for."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form was sent."""
        refused = gate.refusal(request, counted=False, timed=False)
        if refused is gate.Refusal.FROM_ELSEWHERE:
            return errors.not_from_here(request)
        if refused is not None:
            return HttpResponseRedirect(reverse("account_confirm_login_code"), status=303)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AddressForm) -> HttpResponse:
        """Send a mail, whoever it is, and ask for the code that it may hold."""
        address = form.cleaned_data["email"]
        if not (limits.client_allowed(self.request) and limits.code_allowed(address)):
            return page(self.request, "people/too_often", status=429, private=True)
        form._user = form.account
        try:
            if form._user is None:
                # The same wait, and the same fault, as for an address that is known.
                hand_over(written("people/mails/no_account", subject="log-in", to=address))
            return super().form_valid(form)
        except MailError:
            return page(self.request, "people/not_sent", status=503, private=True)

    def form_invalid(self, form: AddressForm) -> HttpResponse:
        """Show it again, with what was wrong."""
        return self._shown(form, status=400)

    def get(self, *_: Any, **__: Any) -> HttpResponse:
        """The form, empty."""
        return self._shown(AddressForm())

    def _shown(self, form: AddressForm, *, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "token": gate.token(),
            "why": _WHY.get(self.request.GET.get("why", "")),
        }
        return page(self.request, "people/login", context, status=status, private=True)


class ConfirmCode(ConfirmLoginCodeView):
    """What was in the mail?"""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Without a code that is waited for, back to the beginning."""
        response = super().dispatch(request, *args, **kwargs)
        begin = reverse("account_request_login_code")
        return back("ended") if getattr(response, "url", None) == begin else response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A code was sent."""
        if not limits.guess_allowed(self._process.state["email"]):
            return page(request, "people/too_often", status=429, private=True)
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show it again; after the third time there is nothing to show."""
        if not self._process.record_invalid_attempt():
            return back("attempts")
        return self._shown(form, status=400)

    def get(self, *_: Any, **__: Any) -> HttpResponse:
        """The form, empty."""
        return self._shown(None)

    def _shown(self, form: Any, *, status: int = 200) -> HttpResponse:
        context = {
            "wrong": form is not None,
            "address": self._process.state["email"],
            "minutes": conf.settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60,
            "csrf": get_token(self.request),
        }
        return page(self.request, "people/code", context, status=status, private=True)


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session, and take away both cookies."""
    response = allauth_logout(request)
    response.delete_cookie(conf.settings.CSRF_COOKIE_NAME)
    return response


log_in = LogIn.as_view()
confirm_code = ConfirmCode.as_view()
