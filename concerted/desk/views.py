"""The home page, and the trail's."""

import datetime

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concerted.access.http import Request
from concerted.actions.public import counts, recent_updates, to_do
from concerted.audit.queries import lines, may_read_trail
from concerted.imports.public import to_check
from concerted.kernel.clock import now, today
from concerted.meetings.public import next_planned

SHOWN = 7
CHANGES = 8
LOOKS_BACK = datetime.timedelta(days=14)


@require_safe
def home(request: Request) -> HttpResponse:
    """What is mine to do, what is next, what changed: in that order."""
    actor = request.actor
    counted, doing = counts(actor), to_do(actor, limit=SHOWN)
    return render(
        request,
        "desk/home.html",
        {
            "day": today(),
            "counts": counted,
            # What waits for others is theirs, but not to do: it counts in the list of all alone.
            "to_do_count": len(doing) if len(doing) < SHOWN else counted.mine,
            "to_do": doing,
            "to_check": list(to_check(actor)[:SHOWN]),
            "to_check_count": to_check(actor).count(),
            "next": list(next_planned(actor, after=today())[:3]),
            "changes": recent_updates(actor, now() - LOOKS_BACK, limit=CHANGES),
        },
    )


@require_safe
def trail(request: Request) -> HttpResponse:
    """Who did what to which record: pseudonyms and references, no names, no text."""
    may_read_trail(request.actor).enforce()
    page = Paginator(lines(), 50).get_page(request.GET.get("page"))
    return render(request, "desk/trail.html", {"page": page})
