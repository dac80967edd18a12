"""Pages of mail: what one gets oneself, and what waits for a secretary to send it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from concerted.access.http import Request
from concerted.attending.public import invitations_waiting
from concerted.kernel.verdict import NotAllowed
from concerted.notifying import outbox, policies, queries, services
from concerted.notifying.composing import key_in
from concerted.notifying.forms import DropForm, OpeningForm, PreferenceForm
from concerted.notifying.models import Letter
from concerted.notifying.states import LetterState

EITHER = ["GET", "HEAD", "POST"]
ENDED_SHOWN = 20


@require_http_methods(EITHER)
def preferences(request: Request) -> HttpResponse:
    """What mail one gets oneself."""
    policies.may_choose(request.actor).enforce()
    now_wanted = queries.wanted_by(request.actor.account_id)
    form = PreferenceForm(request.POST or None, initial={"wanted": now_wanted})
    if form.is_valid():
        services.choose(request.actor, wanted=form.cleaned_data["wanted"])
        messages.success(request, "Saved. It counts from the next mail on.")
        return redirect("notifying:preferences")
    return render(request, "notifying/preferences.html", {"form": form})


# A program that reads mail posts here by itself when its reader says so (RFC 8058): it has no
# cookie and so no token of a form. The link is what shows that it may.
@csrf_exempt
@login_not_required
@sensitive_variables("token")
@require_http_methods(EITHER)
def stop(request: Request, token: str) -> HttpResponse:
    """Stop mail by the link in one of them. Looking at it stops nothing: scanners open links."""
    if key_in(token) is None:
        return _quiet(render(request, "notifying/stop_gone.html", status=404))
    if request.method != "POST":
        return _quiet(render(request, "notifying/stop.html", {"stopped": False}))
    try:
        services.stop(token)
    except NotAllowed:
        return _quiet(render(request, "notifying/stop_gone.html", status=404))
    return _quiet(render(request, "notifying/stop.html", {"stopped": True}))


def _quiet(response: HttpResponse) -> HttpResponse:
    """Keep the address of a link out of caches and of what the next site is told."""
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def outbox_list(request: Request) -> HttpResponse:
    """What waits to be sent to a whole body or to the lead of an organisation."""
    policies.may_open_outbox(request.actor).enforce()
    context = {
        "invitations": invitations_waiting(request.actor),
        "waiting": [outbox.shown(request.actor, one) for one in queries.waiting(request.actor)],
        "ended": list(queries.ended_lately(request.actor)[:ENDED_SHOWN]),
    }
    return render(request, "notifying/outbox.html", context)


def _letter(request: Request, key: str) -> Letter:
    """A letter that the reader keeps; one that waits with nothing left to tell is not there."""
    found = get_object_or_404(queries.visible_to(request.actor), key=key)
    if found.state == LetterState.WAITING:
        told = queries.pieces_of(request.actor, found)
        if not told:
            raise Http404
    return found


@require_http_methods(EITHER)
def letter(request: Request, key: str) -> HttpResponse:
    """Exactly what a letter says and whom it goes to; posting sends it."""
    found = _letter(request, key)
    refused = ""
    if request.method == "POST":
        try:
            outbox.send(request.actor, letter=found, looked_at=request.POST.get("looked_at", ""))
        except NotAllowed as why:
            refused = str(why)
            found = _letter(request, key)
        else:
            messages.success(request, "Sent. Each gets it as the list says.")
            return redirect("notifying:outbox")
    waits = found.state == LetterState.WAITING
    as_it_is = outbox.shown(request.actor, found) if waits else None
    context = {
        "letter": found,
        "shown": as_it_is,
        "refused": refused,
        "may_word": policies.may_word(request.actor, found),
        "may_send": policies.may_send(
            request.actor, found, told=len(as_it_is.pieces), reached=as_it_is.reached
        )
        if as_it_is
        else None,
    }
    return render(request, "notifying/letter.html", context, status=403 if refused else 200)


@require_http_methods(EITHER)
def word(request: Request, key: str) -> HttpResponse:
    """The lines that a letter opens with."""
    found = _letter(request, key)
    policies.may_word(request.actor, found).enforce()
    given = request.POST if request.method == "POST" else None
    form = OpeningForm(given, initial={"opening": found.opening})
    if form.is_valid():
        outbox.word(request.actor, letter=found, opening=form.cleaned_data["opening"])
        messages.success(request, "Saved. Nothing is sent yet.")
        return redirect(found)
    return render(request, "notifying/word.html", {"letter": found, "form": form})


@require_http_methods(EITHER)
def drop(request: Request, key: str) -> HttpResponse:
    """Decide that a letter is not sent."""
    found = _letter(request, key)
    policies.may_settle(request.actor, found).enforce()
    form = DropForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        outbox.drop(request.actor, letter=found, reason=form.cleaned_data["reason"])
        messages.success(request, "It is not sent. The outbox says why.")
        return redirect("notifying:outbox")
    return render(request, "notifying/drop.html", {"letter": found, "form": form})
