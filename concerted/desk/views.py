"""The home page, the trail's, and who read a restricted thing."""

import csv
import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from concerted.access.http import Request
from concerted.actions.public import counts, recent_updates, to_do, to_take_up
from concerted.attending.public import ahead_of, invitations_waiting, to_answer
from concerted.audit.models import Verb
from concerted.audit.queries import Cursor, found, may_read_trail
from concerted.audit.trail import add
from concerted.crime_reports.public import waiting_for as crime_reports_waiting
from concerted.desk import anchoring, policies, reads
from concerted.desk import trail as trails
from concerted.desk.forms import KeepersForm, TrailFilter
from concerted.editions.public import to_approve
from concerted.imports.public import to_check
from concerted.interests.public import asked_to_confirm, open_questions
from concerted.kernel.clock import now, today
from concerted.meetings.public import next_planned
from concerted.notifying.public import waiting
from concerted.paper_calls.public import asked_of as papers_asked_of
from concerted.paper_calls.public import to_approve as papers_to_approve
from concerted.restrictions.public import kind_of

SHOWN = 7
CHANGES = 8
LOOKS_BACK = datetime.timedelta(days=14)
ANSWERS_WITHIN = datetime.timedelta(days=42)


@require_safe
def home(request: Request) -> HttpResponse:
    """What is mine to do, what is next, what changed: in that order."""
    actor = request.actor
    counted, doing = counts(actor), to_do(actor, limit=SHOWN)
    coming = list(next_planned(actor, after=today())[:3])
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
            "to_approve": to_approve(actor),
            "to_take_up": list(to_take_up(actor)[:SHOWN]),
            "to_send": len(waiting(actor)) + len(invitations_waiting(actor)),
            "papers_due": papers_asked_of(actor),
            "papers_to_approve": papers_to_approve(actor),
            "crime_reports": crime_reports_waiting(actor),
            "interests_due": asked_to_confirm(actor, day=today()),
            "interests_asked": open_questions(actor),
            "next": coming,
            "ahead": ahead_of(actor, coming[0])
            if coming and coming[0].body_id in actor.seated_body_ids
            else None,
            "to_answer": to_answer(actor, until=today() + ANSWERS_WITHIN),
            "changes": recent_updates(actor, now() - LOOKS_BACK, limit=CHANGES),
        },
    )


@require_safe
def trail(request: Request) -> HttpResponse:
    """Who did what to which record; names and titles only where this reader may see them."""
    may_read_trail(request.actor).enforce()
    form = TrailFilter(request.GET)
    lines: list[trails.Shown] = []
    older = ""
    if form.is_valid():
        wanted = trails.wanted_by(request.actor, form.cleaned_data)
        lines, older = trails.page(
            request.actor, wanted, Cursor.read(request.GET.get("before", ""))
        )
    context = {"form": form, "lines": lines, "older": older, "begun": "before" in request.GET}
    return render(request, "desk/trail.html", context)


@require_safe
def trail_csv(request: Request) -> HttpResponse:
    """The same lines as a spreadsheet, marked with who took it and when; the trail keeps that."""
    may_read_trail(request.actor).enforce()
    form = TrailFilter(request.GET)
    back = f"{reverse('desk:trail')}?{request.GET.urlencode()}"
    if not form.is_valid():
        return redirect(back)  # the page says what is wrong
    wanted = trails.wanted_by(request.actor, form.cleaned_data)
    lines = list(found(wanted)[: trails.MOST_AT_ONCE + 1])
    if len(lines) > trails.MOST_AT_ONCE:
        messages.warning(
            request,
            f"These are more than {trails.MOST_AT_ONCE:,} lines, too many for one spreadsheet. "
            "Choose fewer days, and take them in parts.",
        )
        return redirect(back)
    add(
        request.actor,
        "trail.exported",
        kind="audit.line",
        reference=request.reference,
        verb=Verb.DISCLOSE,
    )
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="trail.csv"'
    out = csv.writer(response)
    taken = f"Taken by {request.actor.name}, {now():%d %B %Y %H:%M} UTC"
    out.writerow([f"{taken}, reference {request.reference}. OFFICIAL-SENSITIVE"])
    out.writerow(["When (UTC)", "Who", "What", "Verb", "Kind", "Reference", "Fields"])
    out.writerows(trails.as_rows(lines))
    return response


@require_safe
def read_by(request: Request, key: str, kind: str) -> HttpResponse:
    """Who has read one restricted thing, for those it came from."""
    thing = kind_of(kind).find(request.actor, key)
    if thing is None:
        raise Http404
    reads.may_see(request.actor, thing).enforce()
    readers = reads.readers_of(request.actor, thing)
    context = {"thing": thing, "is_kept": reads.is_kept(thing), "readers": readers}
    return render(request, "desk/read_by.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def anchors(request: Request) -> HttpResponse:
    """Where the head of the trail is kept; the manager chooses by whom."""
    actor = request.actor
    may_read_trail(actor).enforce()
    if request.method == "POST":
        policies.may_choose_keepers(actor).enforce()
    form = None
    keepers = anchoring.keepers(actor)
    if policies.may_choose_keepers(actor):
        given = request.POST if request.method == "POST" else None
        now_kept = dict(zip(("first", "second"), (one.key for one in keepers), strict=False))
        form = KeepersForm(given, posts=anchoring.could_keep(actor), initial=now_kept)
        if form.is_valid():
            chosen = form.cleaned_data
            anchoring.choose(actor, posts=[chosen["first"], chosen["second"]])
            messages.success(request, "From tomorrow the anchors go to these two.")
            return redirect("desk:anchors")
    context = {"form": form, "keepers": keepers, "heads": anchoring.newest()}
    return render(request, "desk/anchors.html", context)
