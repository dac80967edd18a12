"""The pack as a page and as files, its sections, one's own notes, and what is printed beside it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concerted.access.http import Request
from concerted.audit import consulting
from concerted.meetings.public import Meeting, MeetingState, consulted, rearrangements_visible_to
from concerted.meetings.public import visible_to as meetings_visible_to
from concerted.packs import laying_out, policies, queries, services, sheets, typesetting
from concerted.packs.forms import NoteForm, PageForm
from concerted.packs.laying_out import Part, Section
from concerted.packs.models import Pack
from concerted.packs.queries import Series
from concerted.papers.public import visible_to as papers_visible_to

EITHER = ["GET", "HEAD", "POST"]


def _meeting(request: Request, key: str) -> Meeting:
    return get_object_or_404(meetings_visible_to(request.actor), key=key)


def _series(request: Request, meeting: Meeting) -> list[Series]:
    """All of the pack that this reader has; who read what is restricted is noted."""
    consulted(request.actor, meeting=meeting, items=[])
    return queries.series_of(request.actor, meeting)


@require_safe
def detail(request: Request, key: str) -> HttpResponse:
    """Contents with the pages, what is new to this reader, and the files."""
    return _detail(request, _meeting(request, key), PageForm())


def _detail(request: Request, meeting: Meeting, go: PageForm, *, status: int = 200) -> HttpResponse:
    series = _series(request, meeting)
    look = queries.look_of(request.actor, meeting)
    news = queries.news_of(series)
    context = {
        "meeting": meeting,
        "series": series,
        "built": any(one.parts for one in series),
        "fresh": sum(len(one.fresh) for one in series) if any(s.parts for s in series) else 0,
        "out_of_date": any(one.out_of_date for one in series),
        "look": look,
        "news": laying_out.unseen(news, look.seen) if look else [],
        "may_build": policies.may_build(request.actor, meeting),
        "cancelled": meeting.state == MeetingState.CANCELLED,
        "rearranged": list(rearrangements_visible_to(request.actor).filter(meeting=meeting)),
        "go": go,
    }
    return render(request, "packs/detail.html", context, status=status)


@require_POST
def build(request: Request, key: str) -> HttpResponse:
    job = services.ask_for(request.actor, meeting=_meeting(request, key))
    return redirect(job)


@require_POST
def seen(request: Request, key: str) -> HttpResponse:
    services.have_seen(request.actor, meeting=_meeting(request, key))
    messages.success(request, "Noted. What comes after this is shown as new to you.")
    return redirect("packs:detail", key)


@require_safe
def section(request: Request, key: str, mark: str) -> HttpResponse:
    """One section of the pack: the agenda, minutes to agree, matters arising or a paper."""
    meeting = _meeting(request, key)
    series = _series(request, meeting)
    held, one = _find(series, mark)
    consulting.consulted(
        request.actor, [stand for stand in one.stands if held.closed and "." in stand[0]]
    )
    sections = [(each, part) for each in series for part in each.sections]
    place = [part.mark for _, part in sections].index(one.mark)
    kind, _, of = mark.partition(":")
    paper = papers_visible_to(request.actor).filter(key=of).first() if kind == "paper" else None
    context = {
        "meeting": meeting,
        "section": one,
        "closed": held.closed,
        "blocks": list(zip(one.blocks, laying_out.turns(held.pages, one), strict=True)),
        "first": held.pages.get(one.mark),
        "paper": paper,
        "note": queries.note_on(request.actor, paper) if paper else None,
        "before": sections[place - 1][1] if place else None,
        "after": sections[place + 1][1] if place + 1 < len(sections) else None,
    }
    return render(request, "packs/section.html", context)


def _find(series: list[Series], mark: str) -> tuple[Series, Section]:
    for one in series:
        for part in one.sections:
            if part.mark == mark:
                return one, part
    raise Http404


@require_safe
def page(request: Request, key: str) -> HttpResponse:
    """From the number of a page, as it is called out in a meeting, to where it is read here."""
    meeting = _meeting(request, key)
    form = PageForm(request.GET)
    if form.is_valid():
        wanted = form.cleaned_data["page"]
        for one in _series(request, meeting):
            found = laying_out.section_on(one.pages, one.sections, wanted)
            if found and not one.closed:
                where = reverse("packs:section", args=[meeting.key, found.mark])
                turned = [*laying_out.turns(one.pages, found), one.pages[found.mark]]
                # A block can fill a page and more: then where it begins.
                begins = max(page for page in turned if page and page <= wanted)
                return redirect(f"{where}#page-{begins}")
        form.add_error("page", f"This pack has no page {wanted} that can be read here.")
    return _detail(request, meeting, form, status=422)


@require_safe
def take(request: Request, key: str) -> HttpResponse:
    return _take(request, key, large=False)


@require_safe
def take_large(request: Request, key: str) -> HttpResponse:
    """In 18 points; its sheets bear the numbers of the ordinary pages."""
    return _take(request, key, large=True)


def _take(request: Request, key: str, *, large: bool) -> HttpResponse:
    pack: Pack = get_object_or_404(queries.visible_to(request.actor), key=key)
    found = services.give(request.actor, pack=pack, large=large)
    more = "-large-print" if large else ""
    return _pdf(bytes(found.pdf), f"pack-{pack.meeting.held_on}-part-{pack.number}{more}.pdf")


def _pdf(data: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        data,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(EITHER)
def note(request: Request, key: str) -> HttpResponse:
    """What somebody wrote for themselves on a paper; of an earlier version, until they save it."""
    paper = get_object_or_404(papers_visible_to(request.actor), key=key)
    policies.may_note(request.actor, paper).enforce()
    kept = queries.note_on(request.actor, paper)
    form = NoteForm(request.POST or None, initial={"text": kept.text if kept else ""})
    if request.method == "POST" and form.is_valid():
        services.note(request.actor, paper=paper, text=form.cleaned_data["text"])
        messages.success(request, "Saved. Nobody else can read it.")
        return redirect("packs:note", paper.key)
    context = {
        "paper": paper,
        "kept": kept,
        "carried": kept if kept and kept.paper_id != paper.pk else None,
        "form": form,
    }
    return render(request, "packs/note.html", context, status=422 if form.errors else 200)


@require_safe
def actions(request: Request, key: str) -> HttpResponse:
    """Open actions before the meeting, by organisation."""
    meeting = _meeting(request, key)
    owed = sheets.by_organisation(request.actor, meeting)
    return render(request, "packs/actions.html", {"meeting": meeting, "owed": owed})


@require_safe
def action_list(request: Request, key: str) -> HttpResponse:
    meeting = _meeting(request, key)
    return _sheet(sheets.action_list(request.actor, meeting), f"actions-{meeting.held_on}.pdf")


@require_safe
def attendance_sheet(request: Request, key: str) -> HttpResponse:
    meeting = _meeting(request, key)
    return _sheet(sheets.to_sign(request.actor, meeting), f"attendance-{meeting.held_on}.pdf")


def _sheet(part: Part, name: str) -> HttpResponse:
    return _pdf(typesetting.printed(part).pdf, name)
