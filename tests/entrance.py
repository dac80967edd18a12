"""Signing in through the real pages, for tests that are about it; others use `force_login`."""

from django.test import Client

from concerted.access import factors, totp
from concerted.access.directories import Verified, add_directory, record_identity
from concerted.access.models import Account
from concerted.kernel.clock import now
from tests.cast import PASSWORD, Cast

DIRECTORY = "own"  # the short name of the one directory that a test needs
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def with_app(account: Account) -> Account:
    """The account with an authenticator app set up."""
    factors.set_up_app(account, SECRET)
    return account


def code(ahead: int = 0) -> str:
    """What the app shows now, or some half minutes ahead."""
    return totp.code_at(SECRET, totp.step(now()) + ahead)


def gives_password(client: Client, email: str, password: str = PASSWORD, **more):
    return client.post("/sign-in/", {"login": email, "password": password}, **more)


def signed_in(account: Account, *, ahead: int = 0, **more) -> Client:
    """A client that came through both pages. `ahead` for a second one in the same half minute."""
    if not factors.has_second_factor(account):
        with_app(account)
    client = Client(**more)
    gives_password(client, account.email)
    client.post("/sign-in/code/", {"code": code(ahead)})
    return client


def comes_in_through(cast: Cast, organisation: str, name: str) -> None:
    """One of an organisation comes in through its directory."""
    directory = add_directory(
        name=DIRECTORY,
        label=cast.organisations[organisation].name,
        issuer="https://directory.example.org",
        client_id="concerted",
        organisation_id=cast.organisations[organisation].pk,
    )
    verified = Verified(directory.pk, f"{name} there", second_factor=False)
    record_identity(cast.accounts[name], verified)
