"""What is asked when somebody signs in, or changes how."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.core.exceptions import ValidationError
from fido2.utils import websafe_decode

from concerted.access import factors
from concerted.access.models import Account

WRONG_CODE = (
    "This code is not right, or it was used already. Wait until your app shows the next one, "
    "and type that."
)
WRONG_PASSKEY = (
    "The passkey was not accepted. Try again, or use a code from your app or a recovery code."
)


def code_field(label: str = "Code") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "spellcheck": "false",
                "class": "govuk-input--width-10",
            }
        ),
    )


class NewCode(forms.Form):
    """The first code of an app that is being set up."""

    code = code_field("Code that the app shows")


class Code(forms.Form):
    """A code of the app, or a recovery code, of one account. It is used up when it fits."""

    code = code_field()

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if not factors.takes(self.account, code):
            raise ValidationError(WRONG_CODE)
        return code


class SignInCode(Code):
    remember = forms.BooleanField(
        label="Do not ask for a code on this device for 30 days",
        help_text="Only on a device that nobody else uses.",
        required=False,
    )


class Password(forms.Form):
    """The password of one account, once more."""

    password = forms.CharField(
        strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        if not self.account.check_password(password):
            raise ValidationError("This is not your password. Look whether Caps Lock is on.")
        return password


class Passkey(forms.Form):
    """What a browser answers when somebody uses a passkey; without account it names its owner."""

    credential = forms.JSONField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, account: Account | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        self.factor: Authenticator | None = None

    def clean_credential(self) -> Any:
        credential = self.cleaned_data["credential"]
        try:
            if not isinstance(credential, dict):
                raise TypeError
            auth.parse_authentication_response(credential)
            self.account = self.account or _owner(credential)
            self.factor = auth.complete_authentication(self.account, credential)
        except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as fault:
            raise ValidationError(WRONG_PASSKEY) from fault
        return credential


def _owner(credential: dict[str, Any]) -> Account:
    """Whose a passkey says it is; that it is so, its signature shows."""
    account = factors.account_of(websafe_decode(credential["response"]["userHandle"]).decode())
    if account is None:
        raise ValueError
    return account


class NewPasskey(forms.Form):
    """A passkey that a browser has just made, and what its owner calls it."""

    name = forms.CharField(
        label="What you call it",
        help_text="So that you know it again: “Work laptop”, “Blue key”.",
        max_length=60,
    )
    credential = forms.JSONField(widget=forms.HiddenInput)

    def clean_credential(self) -> Any:
        credential = self.cleaned_data["credential"]
        try:
            if not isinstance(credential, dict):
                raise TypeError
            auth.parse_registration_response(credential)
            made = auth.complete_registration(credential)
        except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as fault:
            raise ValidationError("The passkey was not made. Please try again.") from fault
        if not made.is_user_verified():
            raise ValidationError(
                "This passkey opens without a fingerprint, face or PIN. "
                "Set one up on the device, then try again."
            )
        return credential
