"""The second factor of an account: an authenticator app, passkeys, recovery codes."""

from io import BytesIO
from typing import Any
from urllib.parse import quote, urlencode

import qrcode
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.utils import decrypt, encrypt
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from qrcode.image.svg import SvgPathImage

from concerted.access import totp
from concerted.access.happenings import happened
from concerted.access.models import Account
from concerted.kernel.clock import now
from concerted.kernel.keys import new_key
from concerted.kernel.verdict import YES, Verdict, no

Kind = Authenticator.Type
WHOLE = (Kind.TOTP, Kind.WEBAUTHN)
LAST = "This is your only second factor. Add another one first, then you can take this one away."
LAST_PASSKEY = (
    "An administrator signs in with a passkey, and this is your only one. "
    "Add another one first, then you can take this one away."
)


def of(account: Account) -> QuerySet[Authenticator]:
    """All factors of an account, recovery codes too."""
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user=account).order_by("pk")
    return found


def has_second_factor(account: Account) -> bool:
    """Whether an account has an app or a passkey; recovery codes alone are none."""
    return of(account).filter(type__in=WHOLE).exists()


def account_of(key: str) -> Account | None:
    """Whose account a passkey names."""
    return Account.objects.filter(key=key).first()


def has_passkey(account: Account) -> bool:
    return of(account).filter(type=Kind.WEBAUTHN).exists()


def has_app(account: Account) -> bool:
    return of(account).filter(type=Kind.TOTP).exists()


@transaction.atomic
def remove_factors(account: Account) -> None:
    """Take every factor away, and end all that was signed in with them.

    Who may do so is asked by the caller: it takes two people.
    """
    from concerted.access.ending import end_sessions  # noqa: PLC0415 - it asks us nothing

    of(account).delete()
    end_sessions(account)
    happened.send(Account, account=account, what="factors.removed")


# The app


def app_address(account: Account, secret: str) -> str:
    """What an app reads from the picture, as Google's Key URI format has it."""
    issuer = settings.MFA_TOTP_ISSUER
    label = quote(f"{issuer}:{account.email}", safe="")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer})}"


def picture(address: str) -> bytes:
    """A QR code as an SVG file."""
    made = qrcode.make(address, image_factory=SvgPathImage, border=2)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


@transaction.atomic
def set_up_app(account: Account, secret: str, *, step: int = 0) -> None:
    """Keep an app's secret, in place of one before. `step` is the half minute of a code used."""
    Account.objects.select_for_update().get(pk=account.pk)
    first = not has_second_factor(account)
    of(account).filter(type=Kind.TOTP).delete()
    data = {"key": new_key(), "secret": encrypt(secret), "last_step": step}
    Authenticator.objects.create(user=account, type=Kind.TOTP, data=data)
    RecoveryCodes.activate(account)
    happened.send(Account, account=account, what="app.added", first=first)


def secret_of(account: Account) -> str:
    """The secret of the app; empty where there is none."""
    app = of(account).filter(type=Kind.TOTP).first()
    return decrypt(app.data["secret"]) if app else ""


def code_of_the_moment(account: Account) -> str:
    """The code that the app would show, or the next one where that was used; empty without app."""
    app = of(account).filter(type=Kind.TOTP).first()
    if app is None:
        return ""
    step = max(totp.step(now()), app.data.get("last_step", 0) + 1)
    return totp.code_at(decrypt(app.data["secret"]), step)


@transaction.atomic
def takes(account: Account, code: str) -> bool:
    """Whether a code is the app's of this moment, or an unused recovery code. It is used up."""
    code = totp.digits(code)
    for factor in of(account).select_for_update().exclude(type=Kind.WEBAUTHN):
        if factor.type == Kind.TOTP:
            used = factor.data.get("last_step", 0)
            step = totp.matching_step(decrypt(factor.data["secret"]), code, now(), after=used)
            if step:
                factor.data["last_step"] = step
        else:
            step = RecoveryCodes(factor).validate_code(code)
            factor.refresh_from_db()
        if step:
            _used(factor)
            if factor.type == Kind.RECOVERY_CODES:
                happened.send(Account, account=account, what="recovery_code.used")
            return True
    return False


def _used(factor: Authenticator) -> None:
    factor.last_used_at = now()
    factor.save()


@transaction.atomic
def add_passkey(account: Account, name: str, credential: dict[str, Any]) -> None:
    """Keep a passkey that the browser has just made and the form has checked."""
    first = not has_second_factor(account)
    added = WebAuthn.add(account, name, credential).instance
    added.data["key"] = new_key()
    added.save()
    RecoveryCodes.activate(account)
    happened.send(Account, account=account, what="passkey.added", first=first)


# Recovery codes


def _codes(account: Account) -> RecoveryCodes | None:
    found = of(account).filter(type=Kind.RECOVERY_CODES).first()
    return RecoveryCodes(found) if found else None


def codes_to_keep(account: Account) -> list[str]:
    """The recovery codes, until their owner said that they are kept; after that none."""
    codes = _codes(account)
    return [] if codes is None or codes.did_view else codes.get_unused_codes()


def codes_left(account: Account) -> int:
    codes = _codes(account)
    return len(codes.get_unused_codes()) if codes else 0


def codes_are_kept(account: Account) -> None:
    """Never show these codes again."""
    if codes := _codes(account):
        codes.mark_as_viewed()


@transaction.atomic
def make_codes_anew(account: Account) -> None:
    """New recovery codes; those before no longer work."""
    Account.objects.select_for_update().get(pk=account.pk)
    of(account).filter(type=Kind.RECOVERY_CODES).delete()
    RecoveryCodes.activate(account)
    happened.send(Account, account=account, what="recovery_codes.made")


# Taking away


def may_remove(factors: list[str], kind: str, *, administrator: bool) -> Verdict:
    """Whether one of these factors may go: one must stay, of an administrator one passkey."""
    left = list(factors)
    left.remove(kind)
    if administrator and kind == Kind.WEBAUTHN and Kind.WEBAUTHN not in left:
        return no(LAST_PASSKEY)
    return YES if any(one in WHOLE for one in left) else no(LAST)


@transaction.atomic
def remove(account: Account, factor: Authenticator, *, administrator: bool) -> None:
    """Take one factor away. Raises NotAllowed for the last."""
    Account.objects.select_for_update().get(pk=account.pk)
    kinds = list(of(account).values_list("type", flat=True))
    may_remove(kinds, factor.type, administrator=administrator).enforce()
    factor.delete()
    happened.send(Account, account=account, what="factor.removed")
