"""The chair’s brief of a meeting, and the prompts at its items."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concerted.access.http import Request
from concerted.agendas.public import as_chair
from concerted.briefs import policies, queries, services
from concerted.briefs.forms import PromptForm
from concerted.meetings.public import (
    Business,
    Item,
    ItemLine,
    Meeting,
    MeetingState,
    consulted,
    items_visible_to,
    visible_to,
)

KINDS = dict(Business.choices)


def _meeting(request: Request, key: str) -> Meeting:
    found = get_object_or_404(visible_to(request.actor), key=key)
    policies.may_read(request.actor, found).enforce()
    return found


@require_safe
def meeting(request: Request, key: str) -> HttpResponse:
    one = _meeting(request, key)
    with as_chair(request.actor, one.body) as reader:
        brief = queries.brief(request.actor, reader, one)
        shown = [point.row.shown for point in brief.points]
        consulted(
            request.actor, meeting=one, items=[line for line in shown if isinstance(line, ItemLine)]
        )
        context = {
            "meeting": one,
            "brief": brief,
            "kinds": KINDS,
            "may_write": one.state == MeetingState.PLANNED,
        }
        return render(request, "briefs/meeting.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def prompt(request: Request, key: str) -> HttpResponse:
    """Write a prompt at an item, drafts of items among them; the address may name one."""
    one = _meeting(request, key)
    policies.may_write(request.actor, Item(meeting=one)).enforce()
    with as_chair(request.actor, one.body) as reader:
        rows = items_visible_to(reader).filter(meeting=one, withdrawn_in=None)
        items = list(rows.order_by("position", "id"))
    wanted = {"item": request.GET.get("item", "")}
    form = PromptForm(request.POST or None, items=items, initial=wanted)
    if form.is_valid():
        item = form.chosen
        services.write(request.actor, item=item, text=form.cleaned_data["text"])
        messages.success(request, "Kept. Only whoever chairs and the office read it.")
        return redirect(f"{reverse('briefs:meeting', args=[one.key])}#i-{item.key}")
    return render(request, "briefs/prompt.html", {"meeting": one, "items": items, "form": form})


@require_POST
def take_away(request: Request, key: str) -> HttpResponse:
    one = _meeting(request, key)
    wanted = request.POST.get("prompt", "")
    with as_chair(request.actor, one.body) as reader:
        rows = queries.prompts_visible_to(reader).filter(item__meeting=one, key=wanted)
        found = rows.first()
    if found is None:
        raise Http404
    services.take_away(request.actor, prompt=found)
    messages.success(request, "Taken away.")
    return redirect(f"{reverse('briefs:meeting', args=[one.key])}#i-{found.item.key}")
