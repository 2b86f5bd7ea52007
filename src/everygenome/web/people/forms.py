"""What is read from the forms of log-in."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError

from everygenome.web.people.addresses import cleaned
from everygenome.web.people.models import Account

_LONGEST_NAME = 60
_LONGEST_CREDENTIAL = 20_000
# What a parser of foreign bytes may run into.
_BROKEN = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


class AddressForm(forms.Form):
    """Where the code goes."""

    email = forms.CharField(
        max_length=254, error_messages={"required": "Please write your e-mail address."}
    )

    def clean_email(self) -> str:
        """The address as it can be written to."""
        return cleaned(self.cleaned_data["email"])

    @property
    def account(self) -> Account | None:
        """Whose address it is; None where nobody's who may log in."""
        address = self.cleaned_data["email"]
        return Account.objects.filter(email__iexact=address, is_active=True).first()


class CredentialField(forms.JSONField):
    """What the browser says of a passkey: an object, and not a long one."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """The object."""
        try:
            if len(value) > _LONGEST_CREDENTIAL:
                raise ValidationError(self.error_messages["invalid"], code="invalid")
            return super().to_python(value)
        except RecursionError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class AddForm(AddWebAuthnForm):
    """A new passkey; its device has checked who holds it."""

    passwordless = None
    credential = CredentialField()
    name = forms.CharField(required=False, max_length=_LONGEST_NAME, strip=True)

    def clean(self) -> dict[str, Any]:
        """Hold it against what was asked; keep what we need of it, and nothing else."""
        self.cleaned_data["passwordless"] = True
        try:
            values = super().clean()
        except _BROKEN as error:
            raise get_adapter().validation_error("incorrect_code") from error
        if sent := values.get("credential"):
            values["credential"] = _needed(sent)
        return values


class PasskeyForm(LoginWebAuthnForm):
    """A passkey that somebody logs in with."""

    credential = CredentialField()

    def clean_credential(self) -> Authenticator:
        """The passkey that signed our question."""
        try:
            return super().clean_credential()
        except ValidationError:
            raise
        except _BROKEN as error:
            raise get_adapter().validation_error("incorrect_code") from error


def _needed(sent: dict[str, Any]) -> dict[str, Any]:
    """A browser may send along more than we want to store."""
    response = sent["response"]
    return {
        "id": sent["id"],
        "rawId": sent["rawId"],
        "type": "public-key",
        "response": {
            "clientDataJSON": response["clientDataJSON"],
            "attestationObject": response["attestationObject"],
        },
        "clientExtensionResults": {},
    }
