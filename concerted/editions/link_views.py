"""The pages of links by which the chair approves a release without signing in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from concerted.access.http import Request
from concerted.editions import links, policies, queries, services
from concerted.editions.forms import LinkForm
from concerted.editions.views import EITHER, shown_of
from concerted.kernel.verdict import NotAllowed


@require_http_methods(EITHER)
def send_link(request: Request, key: str) -> HttpResponse:
    """Choose who is sent a link to approve a release."""
    actor = request.actor
    found = get_object_or_404(queries.visible_to(actor), key=key)
    stale = services.changed(actor, found)
    policies.may_send_link(actor, found, changed=stale).enforce()
    form = LinkForm(request.POST or None, people=links.whom_to_send(actor, found))
    if form.is_valid():
        try:
            links.send(actor, release=found, person=form.person)
        except NotAllowed as refused:
            form.add_error("person_key", str(refused))
        else:
            messages.success(request, "A link is on its way. It works once, for 14 days.")
            return redirect(found)
    return render(request, "editions/send_link.html", {"release": found, "form": form})


@login_not_required
@sensitive_variables("token")
@require_http_methods(EITHER)
def by_link(request: Request, token: str) -> HttpResponse:
    """Exactly what would go out, for the holder of a link; posting approves it."""
    refused = ""
    if request.method == "POST":
        try:
            links.approve(token, looked_at=request.POST.get("looked_at", ""))
        except NotAllowed as why:
            refused = str(why)
        else:
            return render(request, "editions/approved_by_link.html")
    looked = links.looked_at(token)
    if looked is None:
        return render(request, "editions/link_gone.html", status=404)
    context = {
        "release": looked.release,
        "name": looked.name,
        # What was restricted since may stand in it.
        "shown": None if looked.changed else shown_of(looked.release),
        "may_approve": looked.may_approve,
        "refused": refused,
    }
    return render(request, "editions/by_link.html", context, status=403 if refused else 200)
