"""What we want otherwise than allauth: nobody signs up, mails are ours, a code or a passkey is
enough.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django import conf
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from everygenome.errors import UsageError
from everygenome.web.people.mails import hand_over, written
from everygenome.web.people.models import Account

CODE_MAIL = "account/email/login_code"


class Adapter(DefaultAccountAdapter):
    """How allauth acts here."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Accounts are given by an administrator."""
        return False

    def get_login_stages(self) -> list[str]:
        """A passkey stands in for the code: it is not asked for in addition."""
        return ["allauth.account.stages.LoginByCodeStage"]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The desk; whoever has no role now has nothing there, and can still log out."""
        if request.user.roles:
            return conf.settings.LOGIN_REDIRECT_URL
        return reverse("mfa_list_webauthn")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The mail with the code; allauth has others, none of which belongs here.

        Raises:
            MailError: the mail server did not take it.
            UsageError: another mail was to be sent.
        """
        if template_prefix != CODE_MAIL:
            raise UsageError(f"This site sends no such mail: {template_prefix}.")
        # As the account has it: what was typed may differ in its capitals.
        to = Account.objects.get(email__iexact=email).email
        minutes = conf.settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60
        context = {"code": context["code"], "minutes": minutes}
        hand_over(written("people/mails/code", subject="your log-in code", to=to, **context))

    def respond_user_inactive(self, request: HttpRequest, user: Account) -> HttpResponse:  # noqa: ARG002
        """Whoever lost the account while logging in learns no more than anybody."""
        return HttpResponseRedirect(f"{reverse('account_login')}?why=ended", status=303)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: what happened stands on the page that follows."""
