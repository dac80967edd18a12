"""How sign-in behaves here: people are invited, nobody signs themselves up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import BigIntegerField
from django.http import HttpRequest

from concerted.access.models import Account
from concerted.access.prepared import Given, Prepared, instances

ACCOUNTS = Prepared(
    instances(Account), lambda: Account.objects.filter(pk=Given("id", BigIntegerField()))
)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]
    """E-mail and password; whose session it is, is asked on every page."""

    def get_user(self, user_id: Any) -> Account | None:
        for account in ACCOUNTS.ask(id=user_id):
            return account if self.user_can_authenticate(account) else None
        return None
