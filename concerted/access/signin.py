"""How sign-in behaves here: people are invited, and a password alone opens nothing."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db.models import BigIntegerField
from django.http import HttpRequest
from django.utils.encoding import force_bytes

from concerted.access.models import Account
from concerted.access.prepared import Given, Prepared, instances

ACCOUNTS = Prepared(
    instances(Account), lambda: Account.objects.filter(pk=Given("id", BigIntegerField()))
)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": (
            "The e-mail address or the password is not right. Look at both, and try again."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_password_reset_mail(self, user: Account, email: str, context: dict[str, Any]) -> None:
        """Whoever comes in through a directory alone chooses no password by mail.

        Their account may have no second factor of ours, so a mailbox would be enough to get in.
        """
        if user.has_usable_password():
            super().send_password_reset_mail(user, email, context)

    def get_login_stages(self) -> list[str]:
        return ["concerted.access.stage.SecondFactorStage"]


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]
    """E-mail and password; whose session it is, is asked on every page."""

    def get_user(self, user_id: Any) -> Account | None:
        for account in ACCOUNTS.ask(id=user_id):
            return account if self.user_can_authenticate(account) else None
        return None


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: their secrets lie encrypted, and passkeys are bound to the site's name."""

    def encrypt(self, text: str) -> str:
        return _safe().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _safe().decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        there = super().get_public_key_credential_rp_entity()
        return {"id": settings.PASSKEY_HOST or there["id"], "name": "Concerted"}

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, Any]:
        return {"id": user.key.encode(), "name": user.email, "display_name": user.email}


def _safe() -> MultiFernet:
    """Keys made from the installation's secret, and from those it had before."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = (hashlib.sha256(b"second factors:" + force_bytes(one)).digest() for one in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])
