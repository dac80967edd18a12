"""Moving and cancelling a planned meeting, with a reason that its readers see."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from concerted.access.http import Request
from concerted.kernel.verdict import NotAllowed
from concerted.meetings import policies, queries, services
from concerted.meetings.forms import CancelForm, MoveForm
from concerted.meetings.models import Meeting

EITHER = ["GET", "HEAD", "POST"]
OVERTAKEN = (
    "Somebody changed this meeting while you had this page open, so nothing was changed by you. "
    "Below is how it stands now."
)


@require_http_methods(EITHER)
def move(request: Request, key: str) -> HttpResponse:
    """A planned meeting on another day, at another time or place."""
    meeting = _to_come(request, key)
    form = MoveForm(request.POST or None, initial=MoveForm.of(meeting))

    def act() -> None:
        given = form.cleaned_data
        services.move(
            request.actor,
            meeting=meeting,
            seen=given["seen"],
            when=policies.When(given["held_on"], given["starts_at"], given["venue"]),
            reason=given["reason"],
        )

    return _page(request, meeting, form, act, "Moved. Its page says from when, and why.")


@require_http_methods(EITHER)
def cancel(request: Request, key: str) -> HttpResponse:
    meeting = _to_come(request, key)
    form = CancelForm(request.POST or None, initial=CancelForm.of(meeting))

    def act() -> None:
        given = form.cleaned_data
        services.cancel(request.actor, meeting=meeting, seen=given["seen"], reason=given["reason"])

    return _page(request, meeting, form, act, "Cancelled. Its page says so, and why.")


def _to_come(request: Request, key: str) -> Meeting:
    meeting = get_object_or_404(queries.visible_to(request.actor), key=key)
    policies.may_rearrange(request.actor, meeting).enforce()
    return meeting


def _page(
    request: Request,
    meeting: Meeting,
    form: CancelForm,
    act: Callable[[], None],
    said: str,
) -> HttpResponse:
    """Do it, or show the form: with a refusal over it, or as somebody else left the meeting."""
    warning = ""
    if form.is_valid():
        try:
            act()
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        except services.Overtaken:
            meeting = _to_come(request, meeting.key)
            form, warning = type(form)(initial=form.of(meeting)), OVERTAKEN
        else:
            messages.success(request, said)
            return redirect(meeting)
    context = {"meeting": meeting, "form": form, "warning": warning}
    status = 409 if warning else 200
    return render(request, "meetings/rearrange.html", context, status=status)
