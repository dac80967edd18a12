"""The pages of coming in through an organisation's directory: offered, taken up, taken away."""

from functools import partial
from typing import Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from concerted.access.directories import (
    FOR_INVITATION,
    identities_of,
    kept_for_invitation,
    take_for_invitation,
)
from concerted.access.factors import has_second_factor
from concerted.access.http import Request
from concerted.access.models import Account, Directory
from concerted.access.stage import proved
from concerted.people import account_forms, account_queries, accounts, by_directory, policies
from concerted.people.models import Invitation, Person
from concerted.people.pages import asked, carried_out, done, sent, shown_or_sent

NOTHING_LEFT = (
    "{name} has no password, so nothing else lets them in: they ask to be let in again on the "
    "sign-in page, and two of you say who it is; or you offer them a directory anew."
)
STILL = "{name} signs in with their password from then on."


@never_cache
@sensitive_variables("token", "verified")
def welcome(request: Request, token: str, invitation: Invitation) -> HttpResponse:
    """The link of an invitation through a directory: go there, come back, and come in.

    Coming in takes a button: a page elsewhere could lead a browser there and back by itself.
    """
    form = account_forms.ComeInForm()
    page: dict[str, Any] = {"invitation": invitation, "form": form, "too_late": False}
    if request.method == "POST":
        if verified := take_for_invitation(request.session, back=request.path):
            account = by_directory.accept(token=token, verified=verified)
            return _signed_in(request, account, second_factor=verified.second_factor)
        page["too_late"] = True
    page["known"] = kept_for_invitation(request.session, back=request.path)
    page["going"] = {"for": FOR_INVITATION, "next": request.path}
    return render(request, "people/by_directory.html", page)


def _signed_in(request: Request, account: Account, *, second_factor: bool) -> HttpResponse:
    """Go on as after signing in there. Who has a second factor here is asked for it this once."""
    if second_factor and not has_second_factor(account):
        proved(request)
    found: HttpResponse = perform_login(request, Login(user=account, email_verification="none"))
    return found


def _person(request: Request, key: str) -> Person:
    policies.may_keep_accounts(request.actor).enforce()
    return get_object_or_404(account_queries.people_with_account(request.actor), key=key)


@require_safe
def ways_in(request: Request, key: str) -> HttpResponse:
    """How a person signs in, and what can be changed about that."""
    person = _person(request, key)
    account = _account(person)
    recorded = list(identities_of([account.pk]))
    through = {one.directory_id for one in recorded}
    offered = account_queries.directories_of(request.actor, person)
    page = {
        "person": person,
        "has_factor": has_second_factor(account),
        "recorded": recorded,
        "offered": [one for one in offered if one.pk not in through],
        "may": policies.may_change_identity(request.actor, person),
    }
    return render(request, "people/ways_in.html", page)


@shown_or_sent
def offer(request: Request, key: str, name: str) -> HttpResponse:
    """Send somebody who has an account a link to come in through a directory."""
    person = _person(request, key)
    directory = _named(account_queries.directories_of(request.actor, person), name)
    policies.may_change_identity(request.actor, person).enforce()
    form = account_forms.ThroughForm(sent(request))
    act = partial(accounts.invite_through, request.actor, person=person, directory=directory)
    if carried_out(form, act):
        return done(request, "The link is on its way.", _back(person))
    caption = f"{person.name}: {directory.label}"
    return asked(request, form, back=_back(person), caption=caption)


@shown_or_sent
def take_away(request: Request, key: str, name: str) -> HttpResponse:
    """Let somebody come in through a directory no more."""
    person = _person(request, key)
    account = _account(person)
    directory = _named([one.directory for one in identities_of([account.pk])], name)
    policies.may_change_identity(request.actor, person).enforce()
    form = account_forms.TakeAwayForm(sent(request))
    if form.is_valid():
        by_directory.take_away(request.actor, person=person, directory=directory)
        return done(request, "It is taken away, and all their sessions have ended.", _back(person))
    after = STILL if account.has_usable_password() else NOTHING_LEFT
    ends = [f"{person.name} is signed out everywhere, now.", after.format(name=person.name)]
    caption = f"{person.name}: {directory.label}"
    return asked(request, form, back=_back(person), caption=caption, ends=ends)


def _account(person: Person) -> Account:
    assert person.account  # noqa: S101 - `people_with_account` are those
    return person.account


def _named(there: list[Directory], name: str) -> Directory:
    for one in there:
        if one.name == name:
            return one
    raise Http404


def _back(person: Person) -> str:
    return reverse("people:ways_in", args=[person.key])
