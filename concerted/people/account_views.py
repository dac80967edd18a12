"""The pages of accounts, and those that links from mails lead to."""

from collections.abc import Callable
from functools import partial
from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from concerted.access.factors import has_second_factor
from concerted.access.http import Request
from concerted.access.models import Account
from concerted.kernel.clock import today
from concerted.people import (
    account_forms,
    account_queries,
    accounts,
    confirming,
    directory_views,
    policies,
    queries,
    services,
)
from concerted.people.models import Invitation, Person, Recovery
from concerted.people.pages import asked, carried_out, done, sent, shown_or_sent


@require_safe
def list_accounts(request: Request) -> HttpResponse:
    """People with an account, invitations, and who asks to be let in again."""
    actor = request.actor
    policies.may_keep_accounts(actor).enforce()
    people = account_queries.people_with_account(actor)
    page = Paginator(people, 50).get_page(request.GET.get("page"))
    held = account_queries.held_by(actor, [one.pk for one in page], day=today())
    recoveries = list(account_queries.recoveries_visible_to(actor))
    context = {
        "page": page,
        "lines": [
            (one, held[one.pk], one.account and has_second_factor(one.account)) for one in page
        ],
        "through": account_queries.directories_through(list(page)),
        "may_close": {one.key: policies.may_close_account(actor, one) for one in page},
        "invitations": account_queries.invitation_lines(actor),
        "recoveries": [(one, policies.may_vouch(actor, one)) for one in recoveries],
        "mail_goes_out": settings.MAIL_GOES_OUT,
    }
    return render(request, "people/accounts.html", context)


@shown_or_sent
def invite(request: Request) -> HttpResponse:
    """Invite a person to have an account."""
    policies.may_keep_accounts(request.actor).enforce()
    form = account_forms.InviteForm(
        request.actor, sent(request), initial={"person": request.GET.get("person")}
    )
    back = reverse("people:accounts")
    if carried_out(form, partial(accounts.invite, request.actor)):
        return done(request, "The invitation is on its way.", back)
    return asked(request, form, back=back)


def _invitation(request: Request, key: str) -> Invitation:
    policies.may_keep_accounts(request.actor).enforce()
    return get_object_or_404(account_queries.invitations_visible_to(request.actor), key=key)


@require_POST
def invitation_withdraw(request: Request, key: str) -> HttpResponse:
    """Withdraw an invitation."""
    accounts.withdraw_invitation(request.actor, invitation=_invitation(request, key))
    return done(
        request, "The invitation is withdrawn. Its link works no longer.", "people:accounts"
    )


@require_POST
def invitation_send(request: Request, key: str) -> HttpResponse:
    """Send an invitation anew."""
    accounts.send_anew(request.actor, invitation=_invitation(request, key))
    return done(
        request, "Another invitation is on its way. The link before it is dead.", "people:accounts"
    )


def _person(request: Request, key: str) -> Person:
    policies.may_keep_accounts(request.actor).enforce()
    return get_object_or_404(account_queries.people_with_account(request.actor), key=key)


@shown_or_sent
def account_close(request: Request, key: str) -> HttpResponse:
    """Close an account."""
    person = _person(request, key)
    policies.may_close_account(request.actor, person).enforce()
    form = account_forms.CloseForm(sent(request))
    back = reverse("people:accounts")
    act = partial(accounts.close_account, request.actor, person=person)
    if _happened(form, act):
        return done(request, "The account is closed, and all its access has ended.", back)
    ends = [
        f"{person.name} is signed out everywhere, now. Links stop working, mail that waits is not "
        "sent, work under way stops, and finished exports go."
    ]
    return asked(request, form, back=back, caption=person.name, ends=ends)


@require_POST
def account_open(request: Request, key: str) -> HttpResponse:
    """Open a closed account again."""
    accounts.open_account_again(request.actor, person=_person(request, key))
    return done(request, "The account is open again.", "people:accounts")


def _happened(form: Any, act: Callable[..., object]) -> bool:
    """Whether a form was sent and its service, which answers with nothing of use, was done."""

    def do(**facts: Any) -> bool:
        act(**facts)
        return True

    return carried_out(form, do) is True


# For people who cannot sign in yet, or not any more


@login_not_required
@shown_or_sent
def welcome(request: Request, token: str) -> HttpResponse:
    """The link of an invitation: choose a password, and sign in with it; or by a directory."""
    invitation = accounts.invited(token)
    if invitation and invitation.directory:
        return directory_views.welcome(request, token, invitation)
    form = account_forms.PasswordForm(sent(request))
    if account := _with_password(form, partial(accounts.accept, token=token)):
        return _signed_in(request, account)
    if invitation is None:
        return render(request, "people/link_gone.html", status=404)
    return render(request, "people/password.html", {"form": form, "name": invitation.person.name})


@login_not_required
@shown_or_sent
def lost(request: Request) -> HttpResponse:
    """Ask to be let in again; the answer is the same whether the address signs in."""
    form = account_forms.LostForm(sent(request))
    if _happened(form, accounts.ask_for_recovery):
        return render(request, "people/lost_asked.html")
    return asked(request, form, back=reverse("account_login"))


@login_not_required
@shown_or_sent
def again(request: Request, token: str) -> HttpResponse:
    """The link that two people had sent: a new password, and the old second step ends."""
    form = account_forms.NewPasswordForm(sent(request))
    if account := _with_password(form, partial(accounts.recover, token=token)):
        return _signed_in(request, account)
    if accounts.recovering(token) is None:
        return render(request, "people/link_gone.html", status=404)
    return render(request, "people/password.html", {"form": form, "name": ""})


def _with_password(form: Any, act: Callable[..., Account]) -> Account | None:
    """What a service makes of a password; what is wrong with it stands at its field."""
    try:
        return carried_out(form, act)
    except ValidationError as weak:
        form.add_error("password", weak)
        return None


def _signed_in(request: Request, account: Account) -> HttpResponse:
    """Go on as after the sign-in page, which asks for the second step."""
    login = Login(user=account, email_verification="none")
    found: HttpResponse = perform_password_login(request, {"email": account.email}, login)
    return found


@require_safe
def no_appointment(request: Request) -> HttpResponse:
    """What somebody reads who may sign in but holds no post and no seat."""
    if request.actor.appointed:
        return redirect("desk:home")
    return render(request, "people/no_appointment.html", {"ask": account_queries.whom_to_ask()})


def _recovery(request: Request, key: str) -> Recovery:
    policies.may_keep_accounts(request.actor).enforce()
    return get_object_or_404(account_queries.recoveries_visible_to(request.actor), key=key)


@shown_or_sent
def vouch(request: Request, key: str) -> HttpResponse:
    """Say that one knows by other means who asks to be let in again."""
    recovery = _recovery(request, key)
    policies.may_vouch(request.actor, recovery).enforce()
    form = account_forms.VouchForm(sent(request))
    back = reverse("people:accounts")
    caption = recovery.account.person.name
    act = partial(accounts.vouch, request.actor, recovery=recovery)
    second = carried_out(form, lambda sure: act())
    if second is None:
        return asked(request, form, back=back, caption=caption)
    words = "The link is on its way." if second else "Noted. Now somebody else has to say so too."
    return done(request, words, back)


@require_POST
def recovery_refuse(request: Request, key: str) -> HttpResponse:
    """Say that this is not the person."""
    accounts.refuse_recovery(request.actor, recovery=_recovery(request, key))
    return done(request, "The request is refused. No link is sent.", "people:accounts")


# Organisations


@shown_or_sent
def organisation_stop(request: Request, key: str) -> HttpResponse:
    """The one switch for all of an organisation."""
    actor = request.actor
    found = get_object_or_404(queries.organisations_visible_to(actor), key=key)
    policies.may_stop(actor, found).enforce()
    form = account_forms.StopForm(sent(request))
    if _happened(form, partial(services.stop_access, actor, organisation=found)):
        return done(request, "Its access is stopped.", found)
    held = account_queries.held_through(actor, found, day=today())
    ends = account_queries.what_ends(actor, held, day=today())
    return asked(request, form, back=found.get_absolute_url(), caption=found.name, ends=ends)


@require_POST
def organisation_let_in(request: Request, key: str) -> HttpResponse:
    """Let an organisation in again."""
    found = get_object_or_404(queries.organisations_visible_to(request.actor), key=key)
    services.let_in(request.actor, organisation=found)
    return done(request, "It is let in again.", found)


@shown_or_sent
def organisation_confirmer(request: Request, key: str) -> HttpResponse:
    """Say who confirms for an organisation."""
    found = get_object_or_404(queries.organisations_visible_to(request.actor), key=key)
    policies.may_name_confirmer(request.actor).enforce()
    form = account_forms.ConfirmerForm(request.actor, found, sent(request))
    act = partial(confirming.name_confirmer, request.actor, organisation=found)
    if _happened(form, act):
        return done(request, "Saved.", found)
    return asked(request, form, back=found.get_absolute_url(), caption=found.name)


@shown_or_sent
def confirm(request: Request) -> HttpResponse:
    """Who still holds what, for whoever may say so."""
    lines = account_queries.to_confirm(request.actor, day=today())
    form = account_forms.ConfirmAppointmentsForm(lines, sent(request))
    count = carried_out(form, partial(confirming.confirm, request.actor))
    if count is not None:
        words = f"{count} appointment{'s are' if count > 1 else ' is'} confirmed for this quarter."
        return done(request, words, "people:confirm")
    page = {
        "form": form,
        "waiting": [line for line in lines if line.waits],
        "settled": [line for line in lines if not line.waits and not line.lapsed],
        "lapsed": [line for line in lines if line.lapsed],
    }
    return render(request, "people/confirm.html", page)
