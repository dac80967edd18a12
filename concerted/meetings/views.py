"""Pages of meetings and of what they decided."""

import csv
from dataclasses import replace

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concerted.access.http import Request
from concerted.actions.public import UNFINISHED, for_sources
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.documents.public import closed_files, files_shown
from concerted.kernel.clock import now
from concerted.meetings import policies, queries, register, services
from concerted.meetings.ahead import panels_of
from concerted.meetings.beside import lines_beside
from concerted.meetings.paragraph_kind import repeated_in
from concerted.meetings.paragraphs import mark_of
from concerted.meetings.states import Attended, Business, MeetingState
from concerted.papers.public import put_to
from concerted.people.public import may_see_readers
from concerted.restrictions.public import closed_to, closure_of
from concerted.ui.words import as_text

PAGE = 20


@require_safe
def index(request: Request) -> HttpResponse:
    meetings = queries.newest_first(request.actor).order_by("-held_on", "-id")
    page = Paginator(meetings, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "closed": closed_to(request.actor, "meetings.meeting")}
    return render(request, "meetings/list.html", context)


@require_safe
def detail(request: Request, key: str) -> HttpResponse:
    meeting = queries.one_or_404(request.actor, key)
    said = queries.closures_of(request.actor, meeting)
    agenda = queries.agenda_of(request.actor, meeting, said)
    in_office = meeting.body.office_audience_id in request.actor.audience_ids
    # Whom no file can be open to is not asked about.
    there = bool(closed_files(said)) or (in_office and meeting.document_id is not None)
    versions = queries.files_of(request.actor, meeting) if there else ()
    files = files_shown(versions, said, meeting.body)
    items = [line for line in agenda if isinstance(line, queries.ItemLine)]
    kept_back = services.consulted(request.actor, meeting=meeting, items=items)
    closure = (
        closure_of(request.actor, "meetings.meeting", meeting.key)
        if meeting.audience_id != meeting.body.papers_audience_id
        else None
    )
    actions = for_sources(request.actor, "meetings.item", [line.item.id for line in items])
    return render(
        request,
        "meetings/detail.html",
        {
            "meeting": meeting,
            "agenda": agenda,
            "closure": closure,
            "items": items,
            "papers": put_to(request.actor, meeting.key),
            "actions": actions,
            "beside": lines_beside(request.actor, [line.item.id for line in items])
            if meeting.has_beside
            else {},
            "rearranged": queries.rearrangements_visible_to(request.actor).filter(meeting=meeting)
            if meeting.was_rearranged
            else (),
            "panels": panels_of(request.actor, meeting)
            if meeting.state == MeetingState.PLANNED
            else (),
            "may_rearrange": policies.may_rearrange(request.actor, meeting),
            "attendance": queries.attendance_of(request.actor, meeting),
            "files": files,
            "lists": [(kind.value, kind.label) for kind in Attended if kind != Attended.PRESENT],
            "may_restrict": policies.may_record(request.actor, meeting.body),
            "waiting": queries.waiting_to_be_agreed(request.actor, meeting)
            if any(line.item.kind == Business.MINUTES for line in items)
            else [],
            "may_clear": policies.may_clear(request.actor, meeting.body),
            "may_choose": policies.may_choose_paragraph(request.actor, meeting),
            "may_see_readers": (kept_back or files.restricted)
            and may_see_readers(
                request.actor, meeting.body, owner_id=closure.owner_id if closure else None
            ),
            "may_confirm": policies.may_confirm(request.actor, meeting),
            "ours": [
                line
                for lines in actions.values()
                for line in lines
                if line.ours and line.action.state in UNFINISHED
            ],
        },
    )


@require_POST
def confirm(request: Request, key: str) -> HttpResponse:
    meeting = get_object_or_404(queries.visible_to(request.actor), key=key)
    services.confirm(request.actor, meeting=meeting)
    messages.success(request, "Recorded: these minutes were agreed as a correct record.")
    return redirect(meeting)


@require_http_methods(["GET", "HEAD", "POST"])
def paragraphs(request: Request, key: str) -> HttpResponse:
    """The text of an item in paragraphs, of which one is chosen to be restricted."""
    item = get_object_or_404(queries.items_visible_to(request.actor), key=key)
    policies.may_choose_paragraph(request.actor, item.meeting).enforce()
    overtaken = False
    if request.method == "POST":
        try:
            chosen = services.choose_paragraph(
                request.actor,
                item=item,
                number=request.POST.get("number", ""),
                mark=request.POST.get("mark", ""),
            )
        except services.Overtaken:
            overtaken = True
        else:
            return redirect("restrictions:change_paragraph", chosen.key)
    lines = queries.items_of(request.actor, item.meeting)
    [line] = [one for one in lines if one.item.id == item.pk]
    closure = closure_of(request.actor, "meetings.item", item.key)
    services.consulted(request.actor, meeting=item.meeting, items=[replace(line, closure=closure)])
    found = repeated_in(request.actor, item, [one.words for one in line.paragraphs])
    context = {
        "item": item,
        "paragraphs": list(zip(line.paragraphs, found, strict=True)),
        "mark_of": mark_of,
        "overtaken": overtaken,
    }
    return render(request, "meetings/paragraphs.html", context, status=409 if overtaken else 200)


@require_safe
def decisions(request: Request) -> HttpResponse:
    form = register.filter_for(request.actor, request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = register.found(request.actor, wanted)
    page, entries = register.page_of(request.actor, rows, request.GET.get("page", "1"))
    context = {
        "form": form,
        "page": page,
        "entries": entries,
        "filters_in_use": [
            {"text": chip.text, "href": f"?{chip.without.urlencode()}"}
            for chip in register.in_use(form, request.GET)
        ],
    }
    return render(request, "meetings/decisions.html", context)


@require_safe
def decisions_csv(request: Request) -> HttpResponse:
    """The same rows as a spreadsheet, marked with who took it and when; the trail keeps that."""
    form = register.filter_for(request.actor, request.GET)
    if not form.is_valid():
        # The page says what is wrong; a filter that failed must not give everything away.
        return redirect(f"{reverse('meetings:decisions')}?{request.GET.urlencode()}")
    rows = register.found(request.actor, form.cleaned_data)
    trail.add(
        request.actor,
        "decisions.exported",
        kind="meetings.decision",
        reference=request.reference,
        verb=Verb.DISCLOSE,
    )
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="decisions.csv"'
    out = csv.writer(response)
    marking = register.marking_of(request.actor, rows)
    out.writerow([f"Taken by {request.actor.name}, {now():%d %B %Y %H:%M} UTC. {marking}"])
    out.writerow(["Date", "Body", "Minute", "Item", "Outcome", "Decision"])
    for one in rows:
        out.writerow(
            as_text(value)
            for value in (
                one.decided_on.isoformat(),
                one.body.name,
                one.item.ref,
                one.item.title,
                one.get_code_display(),
                one.text,
            )
        )
    return response
