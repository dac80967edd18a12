"""Pages for whoever holds an address from a mail or a calendar, without signing in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from concerted.access.http import Request
from concerted.attending import feeding, links
from concerted.attending.forms import LinkForm
from concerted.attending.links import Asked
from concerted.attending.services import Said
from concerted.kernel.verdict import NotAllowed


# Without a cookie there is no token of a form: the link itself shows that its holder may.
@csrf_exempt
@login_not_required
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def reply_link(request: Request, token: str) -> HttpResponse:
    """A meeting and three buttons. Looking answers nothing: scanners open links."""
    asked = links.looked_at(token)
    if asked is None:
        return _quiet(render(request, "attending/link_gone.html", status=404))
    form = LinkForm(request.POST if request.method == "POST" else None)
    said = False
    if form.is_valid():
        given = form.cleaned_data
        try:
            links.reply(
                token,
                seat_key=given["seat"],
                said=Said(given["answer"], name=given["name"]),
            )
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            said = True
            asked = links.looked_at(token) or asked
    return _quiet(_page(request, asked, form, said=said))


def _page(request: Request, asked: Asked, form: LinkForm, *, said: bool) -> HttpResponse:
    context = {
        "asked": asked,
        "meeting": asked.meeting,
        "form": form,
        "of": request.POST.get("seat", ""),
        "typed": request.POST.get("name", ""),
        "said": said,
    }
    return render(request, "attending/link.html", context)


@login_not_required
@sensitive_variables("token")
@require_safe
def feed(request: Request, token: str) -> HttpResponse:
    """A calendar as a device reads it."""
    found = feeding.read(token)
    if found is None:
        return _quiet(HttpResponse("This calendar is not there any more.", status=404))
    return _quiet(HttpResponse(found, content_type="text/calendar; charset=utf-8"))


def _quiet(response: HttpResponse) -> HttpResponse:
    """Keep the address out of caches and of what the next site is told."""
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response
