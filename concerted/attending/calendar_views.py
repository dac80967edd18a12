"""One’s own calendars, and what is sent to those expected at a meeting."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from concerted.access.http import Request
from concerted.attending import feeding, inviting, policies
from concerted.attending.forms import FeedForm
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.public import visible_to
from concerted.people.public import bodies_visible_to

EITHER = ["GET", "HEAD", "POST"]


@never_cache
@sensitive_variables("token", "address")
@require_http_methods(EITHER)
def calendars(request: Request) -> HttpResponse:
    """The calendars of one’s own devices. The address of a new one is shown this once."""
    form = FeedForm(
        request.POST if request.method == "POST" else None, bodies=bodies_visible_to(request.actor)
    )
    address = ""
    if form.is_valid():
        given = form.cleaned_data
        try:
            _, token = feeding.make(request.actor, name=given["name"], body=given["body"])
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            address = settings.ADDRESS + reverse("attending:feed", args=[token])
            form = FeedForm(bodies=bodies_visible_to(request.actor))
    bodies = {one.pk: one.name for one in bodies_visible_to(request.actor)}
    context = {
        "feeds": [(one, bodies.get(one.body_id or 0, "")) for one in feeding.of(request.actor)],
        "form": form,
        "address": address,
    }
    return render(request, "attending/calendars.html", context)


@require_POST
def take_back(request: Request, key: str) -> HttpResponse:
    feeding.take_back(request.actor, key=key)
    messages.success(request, "Taken back: that address works no longer.")
    return redirect("attending:calendars")


@require_http_methods(EITHER)
def invitations(request: Request, key: str) -> HttpResponse:
    """What would be sent now and whom it would reach; posting sends exactly that."""
    actor = request.actor
    meeting = get_object_or_404(visible_to(actor), key=key)
    policies.may_invite(actor, meeting.body).enforce()
    refused = ""
    if request.method == "POST":
        try:
            sent = inviting.send(
                actor, meeting=meeting, looked_at=request.POST.get("looked_at", "")
            )
        except NotAllowed as why:
            refused = str(why)
        else:
            messages.success(request, f"Sent to {len(sent.reached)}.")
            return redirect("attending:invitations", key)
    context = {
        "meeting": meeting,
        "due": inviting.due(actor, meeting),
        "last": inviting.last_of(actor, meeting),
        "when": inviting.when_of(meeting),
        "refused": refused,
    }
    return render(request, "attending/invitations.html", context, status=409 if refused else 200)
