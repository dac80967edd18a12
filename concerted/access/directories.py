"""The directories of organisations: who may sign in through one, and as which account.

Somebody is known by what an invitation recorded: directory and subject, never an e-mail address.
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from concerted.access import openid
from concerted.access.ending import end_sessions
from concerted.access.happenings import happened
from concerted.access.models import Account, Directory, DirectoryIdentity
from concerted.kernel.clock import now
from concerted.kernel.verdict import YES, NotAllowed, Verdict, no

# In the session: the question that was asked, and an answer that an invitation waits for.
ASKED, VERIFIED = "directory_asked", "directory_verified"
MINUTES = 10
FOR_SIGN_IN, FOR_INVITATION = "sign-in", "invitation"
# Says nothing of whose it is, nor which of the two stands in the way.
IN_USE = (
    "This was not recorded: whoever signed in there, or this account, comes in through that "
    "directory already. Ask whoever invited you."
)


@dataclass(frozen=True, slots=True)
class Verified:
    """Who a directory says that somebody is, and whether it asked a second factor."""

    directory_id: int
    subject: str
    second_factor: bool
    purpose: str = FOR_SIGN_IN
    back: str = "/"


def open_ones() -> QuerySet[Directory]:
    """The directories that can be signed in through, by name."""
    return Directory.objects.filter(is_open=True, name__in=settings.DIRECTORY_SECRETS).order_by(
        "label"
    )


def may_add(issuer: str) -> Verdict:
    if not openid.is_safe(issuer, local=not settings.PRODUCTION):
        return no("The address of a directory begins with https.")
    return YES


def add_directory(
    *,
    name: str,
    label: str,
    issuer: str,
    client_id: str,
    organisation_id: int,
    asks_second_factor: bool = False,
    second_factor_acr: str = "",
) -> Directory:
    """Let the people of one organisation sign in through their directory.

    The secret comes from the environment, under `name`. Raises NotAllowed for an issuer that is
    not https. Who may do so is asked by the caller.
    """
    may_add(issuer).enforce()
    return Directory.objects.create(
        name=name,
        label=label,
        issuer=issuer,
        client_id=client_id,
        organisation_id=organisation_id,
        asks_second_factor=asks_second_factor,
        second_factor_acr=second_factor_acr,
    )


def close_directories(*, organisation_id: int) -> int:
    """Nobody signs in through the directories of an organisation any more. How many were open."""
    return Directory.objects.filter(organisation_id=organisation_id, is_open=True).update(
        is_open=False
    )


def open_directories(*, organisation_id: int) -> int:
    """People sign in through the directories of an organisation again. How many were closed."""
    return Directory.objects.filter(organisation_id=organisation_id, is_open=False).update(
        is_open=True, open_since=now()
    )


@transaction.atomic
def record_identity(account: Account, verified: Verified, *, first: bool = False) -> None:
    """Write down, as an invitation is accepted, who an account is in a directory.

    `first`: the account was made just now. Raises NotAllowed where either has another already.
    """
    try:
        with transaction.atomic():
            DirectoryIdentity.objects.create(
                account=account, directory_id=verified.directory_id, subject=verified.subject
            )
    except IntegrityError as fault:
        raise NotAllowed(IN_USE) from fault
    happened.send(Account, account=account, what="identity.recorded", first=first)


@transaction.atomic
def remove_identity(account: Account, directory: Directory) -> bool:
    """Let an account come in through a directory no more, and end all that it is signed in with.

    Says whether it came in through it. Who may do so is asked by the caller.
    """
    count, _ = DirectoryIdentity.objects.filter(account=account, directory=directory).delete()
    if count:
        end_sessions(account)
        happened.send(Account, account=account, what="identity.removed")
    return bool(count)


def identities_of(accounts: Collection[int]) -> QuerySet[DirectoryIdentity]:
    """Through which directories accounts with these ids come in, by the directory's name."""
    found = DirectoryIdentity.objects.select_related("directory").filter(account_id__in=accounts)
    return found.order_by("directory__label", "pk")


def account_of(verified: Verified) -> Account | None:
    """The open account that this somebody was invited to, if any."""
    found = DirectoryIdentity.objects.select_related("account").filter(
        directory_id=verified.directory_id, subject=verified.subject, account__is_active=True
    )
    return next((one.account for one in found), None)


def ask(
    session: SessionBase,
    directory: Directory,
    *,
    redirect_uri: str,
    purpose: str = FOR_SIGN_IN,
    back: str = "/",
) -> str:
    """Keep a question in the session; the address to send the browser to. Raises NotBelieved."""
    asked = openid.new_question()
    address = openid.question_address(
        _client(directory, redirect_uri), asked, local=not settings.PRODUCTION
    )
    session[ASKED] = asdict(asked) | {
        "directory": directory.pk,
        "purpose": purpose,
        "back": back,
        "at": now().timestamp(),
    }
    return address


def verify(session: SessionBase, told: dict[str, str], *, redirect_uri: str) -> Verified:
    """Believe what the browser brought back, or raise NotBelieved. A question is answered once."""
    kept: dict[str, Any] = session.pop(ASKED, {})
    if not kept or now().timestamp() - kept["at"] > MINUTES * 60:
        raise openid.NotBelieved("nothing was asked, or too long ago")
    asked = openid.Asked(kept["state"], kept["nonce"], kept["verifier"])
    directory = open_ones().filter(pk=kept["directory"]).first()
    if told.get("state") != asked.state or directory is None:
        raise openid.NotBelieved("the answer is to another question")
    if told.get("iss", directory.issuer) != directory.issuer:
        raise openid.NotBelieved("another directory answered")
    if "error" in told or not told.get("code"):
        raise openid.NotBelieved("the directory said no")
    client = _client(directory, redirect_uri)
    claims = openid.claims_for(client, asked, told["code"], local=not settings.PRODUCTION)
    return Verified(
        directory_id=directory.pk,
        subject=claims["sub"],
        second_factor=_asked_second_factor(directory, claims),
        purpose=kept["purpose"],
        back=kept["back"],
    )


def keep_for_invitation(session: SessionBase, verified: Verified) -> None:
    session[VERIFIED] = asdict(verified) | {"at": now().timestamp()}


def kept_for_invitation(session: SessionBase, *, back: str) -> bool:
    """Whether whoever follows the invitation at `back` has signed in at a directory for it."""
    return _fresh(session.get(VERIFIED, {}), back) is not None


def take_for_invitation(session: SessionBase, *, back: str) -> Verified | None:
    """What a directory said of whoever follows the invitation at `back`: once, for ten minutes."""
    return _fresh(session.pop(VERIFIED, {}), back)


def _fresh(kept: dict[str, Any], back: str) -> Verified | None:
    kept = dict(kept)
    if not kept or now().timestamp() - kept.pop("at") > MINUTES * 60:
        return None
    verified = Verified(**kept)
    return verified if verified.back == back else None


def _asked_second_factor(directory: Directory, claims: dict[str, Any]) -> bool:
    """Whether the directory says that it asked one, and its word counts."""
    ways = claims.get("amr")
    by_way = isinstance(ways, list) and "mfa" in ways
    wanted = directory.second_factor_acr
    return directory.asks_second_factor and (by_way or bool(wanted and claims.get("acr") == wanted))


def _client(directory: Directory, redirect_uri: str) -> openid.Client:
    secret = settings.DIRECTORY_SECRETS.get(directory.name, "")
    return openid.Client(directory.issuer, directory.client_id, secret, redirect_uri)
