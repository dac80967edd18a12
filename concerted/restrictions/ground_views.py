"""The list of reasons for keeping something back, for everybody; and changing it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from concerted.access.http import Request
from concerted.kernel.clock import today
from concerted.kernel.verdict import NotAllowed
from concerted.restrictions import grounds, policies, queries
from concerted.restrictions.forms import GroundForm, StopGroundForm

EITHER = ["GET", "HEAD", "POST"]


@require_safe
def reasons(request: Request) -> HttpResponse:
    """All reasons in their order: those in force, and those that were or will be."""
    context = {
        "grounds": list(queries.all_grounds()),
        "day": today(),
        "may_keep": policies.may_keep_grounds(request.actor),
    }
    return render(request, "restrictions/reasons.html", context)


@require_http_methods(EITHER)
def add(request: Request) -> HttpResponse:
    """Add a reason to the list."""
    policies.may_keep_grounds(request.actor).enforce()
    form = GroundForm(request.POST or None, initial={"starts": today()})
    if form.is_valid():
        try:
            grounds.add(request.actor, **form.cleaned_data)
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The reason is on the list.")
            return redirect("restrictions:reasons")
    return render(request, "restrictions/reason.html", {"form": form})


@require_http_methods(EITHER)
def stop(request: Request, key: str) -> HttpResponse:
    """Let a reason be given no more from a day on."""
    ground = get_object_or_404(queries.all_grounds(), key=key)
    policies.may_keep_grounds(request.actor).enforce()
    form = StopGroundForm(request.POST or None)
    if form.is_valid():
        try:
            grounds.stop(request.actor, ground=ground, **form.cleaned_data)
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "From that day on, nobody can give this reason.")
            return redirect("restrictions:reasons")
    return render(request, "restrictions/reason.html", {"form": form, "ground": ground})
