"""The page of a link by which an owner without an account says how their action stands."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from concerted.access.http import Request
from concerted.actions import links
from concerted.actions.forms import SayForm
from concerted.kernel.verdict import NotAllowed


# Without a cookie there is no token of a form: the link itself shows that its holder may.
@csrf_exempt
@login_not_required
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def owner_link(request: Request, token: str) -> HttpResponse:
    """The action's words and four buttons. Looking uses nothing up: scanners open links."""
    response = _answer(request, token)
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response


def _answer(request: Request, token: str) -> HttpResponse:
    proposal = links.looked_at(token)
    if proposal is None:
        return render(request, "actions/owner_link_gone.html", status=404)
    form = SayForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            links.propose(token, **form.cleaned_data)
        except NotAllowed:
            return render(request, "actions/owner_link_gone.html", status=404)
        return render(request, "actions/owner_link_sent.html")
    context = {"proposal": proposal, "action": proposal.action, "form": form, "note": form["note"]}
    return render(request, "actions/owner_link.html", context)
