"""What arises at a meeting: the page of it, raising a minute, naming an action on an agenda."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concerted.access.http import Request
from concerted.actions.public import visible_to as actions_visible_to
from concerted.agendas.public import Overtaken
from concerted.arising import policies, queries, services
from concerted.arising.forms import LookForm, NameForm, RaiseForm
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.public import Meeting, consulted, may_record
from concerted.meetings.public import visible_to as meetings_visible_to

EITHER = ["GET", "HEAD", "POST"]
NOW = "now"
AGENDA_OVERTAKEN = (
    "Somebody changed this agenda while you had this page open, so nothing was changed by you. "
    "Look at it as it is now, then do it again."
)


def _meeting(request: Request, key: str) -> Meeting:
    found = get_object_or_404(meetings_visible_to(request.actor), key=key)
    consulted(request.actor, meeting=found, items=[])
    return found


@require_safe
def meeting(request: Request, key: str) -> HttpResponse:
    """What was raised, and what is open: as it was fixed last, or with `at` as of then or now."""
    one = _meeting(request, key)
    actor = request.actor
    fixed = queries.fixed_of(actor, one)
    at = request.GET.get("at", "")
    chosen = next((table for table in fixed if table.key == at), None)
    if chosen is None and fixed and at != NOW:
        chosen = fixed[0]
    may_raise = policies.may_raise(actor, one)
    context = {
        "meeting": one,
        "raised": list(queries.raised_visible_to(actor).filter(meeting=one).order_by("id")),
        "matters": queries.as_fixed(actor, chosen) if chosen else queries.open_now(actor, one),
        "fixed": fixed,
        "may_raise": may_raise,
        "takes_back": may_raise and policies.is_draft(one),
    }
    return render(request, "arising/meeting.html", context)


@require_http_methods(EITHER)
def raise_minute(request: Request, key: str) -> HttpResponse:
    """Look for an earlier minute by its number or title, then raise it."""
    one = _meeting(request, key)
    policies.may_raise(request.actor, one).enforce()
    look = LookForm(request.GET if "q" in request.GET else None)
    words = look.cleaned_data["q"] if look.is_valid() else ""
    found = queries.earlier_minutes(request.actor, one, words)
    form = RaiseForm(request.POST or None, items=found)
    if form.is_valid():
        try:
            services.raise_minute(
                request.actor, meeting=one, item=form.chosen, note=form.cleaned_data["note"]
            )
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Raised: it stands under matters arising.")
            return redirect("arising:meeting", key)
    context = {
        "meeting": one,
        "look": look,
        "words": words,
        "found": found,
        "form": form,
    }
    return render(request, "arising/raise.html", context)


@require_POST
def take_back(request: Request, key: str) -> HttpResponse:
    raised = get_object_or_404(queries.raised_visible_to(request.actor), key=key)
    services.take_back(request.actor, raised=raised)
    messages.success(request, "Taken back.")
    return redirect("arising:meeting", raised.meeting.key)


@require_POST
def name(request: Request, key: str) -> HttpResponse:
    """From the builder of an agenda, onto it."""
    action = get_object_or_404(actions_visible_to(request.actor), key=key)
    if not may_record(request.actor, action.body):
        raise NotAllowed("Only this body’s secretary can put an action on its agenda.")
    form = NameForm(request.POST)
    given = form.cleaned_data if form.is_valid() else {}
    found = get_object_or_404(meetings_visible_to(request.actor), key=given.get("meeting", ""))
    try:
        item = services.name_on_agenda(
            request.actor, action=action, meeting=found, agenda_token=given["token"]
        )
    except Overtaken:
        messages.warning(request, AGENDA_OVERTAKEN)
    else:
        messages.success(request, f"On the agenda: “{item}”.")
    return redirect("agendas:build", found.key)
