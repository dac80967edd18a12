"""The agenda as published, and the builder of its draft."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concerted.access.actor import Actor
from concerted.access.http import Request
from concerted.agendas import policies, queries, services
from concerted.agendas.forms import EntryForm, LengthForm, StepForm, initial_of
from concerted.agendas.heading import heads_of
from concerted.agendas.models import Issue
from concerted.meetings.public import (
    Business,
    Item,
    ItemLine,
    Line,
    Meeting,
    MeetingState,
    consulted,
    items_visible_to,
    lines_beside,
    visible_to,
    waiting_to_be_agreed,
)

KINDS = dict(Business.choices)
EITHER = ["GET", "HEAD", "POST"]
OVERTAKEN = (
    "Somebody changed this agenda while you had this page open, so nothing was changed by you. "
    "Look at it as it is now, then do it again."
)
KEPT = (
    "Somebody changed this agenda while you had this page open. What you typed is still here: "
    "look at the agenda in another window, then save again."
)


def _meeting(request: Request, key: str) -> Meeting:
    return get_object_or_404(visible_to(request.actor), key=key)


def _read(request: Request, meeting: Meeting, rows: list[queries.Row]) -> None:
    """Note who read what is restricted."""
    shown = [row.shown for row in rows]
    consulted(
        request.actor, meeting=meeting, items=[one for one in shown if isinstance(one, ItemLine)]
    )


def _beside(actor: Actor, rows: list[queries.Row]) -> dict[int, list[Line]]:
    """What packages above keep beside these items, as far as the actor sees them."""
    shown = [row.shown for row in rows]
    return lines_beside(actor, [one.item.id for one in shown if isinstance(one, ItemLine)])


@require_safe
def detail(request: Request, key: str) -> HttpResponse:
    """The agenda as its readers have it, with each issue of it."""
    meeting = _meeting(request, key)
    issues = list(queries.published_of(request.actor, meeting))
    table = queries.timetable(request.actor, meeting, drafts=False)
    _read(request, meeting, table.rows)
    context = {
        "meeting": meeting,
        "issues": issues,
        "table": table,
        "kinds": KINDS,
        "waiting": waiting_to_be_agreed(request.actor, meeting),
        "beside": _beside(request.actor, table.rows),
        "may_see_drafts": policies.may_see_drafts(request.actor, meeting.body),
    }
    return render(request, "agendas/detail.html", context)


@require_safe
def build(request: Request, key: str) -> HttpResponse:
    return _builder(request, _meeting(request, key))


def _builder(
    request: Request, meeting: Meeting, *, warning: str = "", status: int = 200
) -> HttpResponse:
    with queries.as_chair(request.actor, meeting.body) as reader:
        issue = queries.draft_of(reader, meeting)
        table = queries.timetable(reader, meeting, drafts=True)
        if issue:
            issue.meeting = meeting
        _read(request, meeting, table.rows)
        context = {
            "meeting": meeting,
            "issue": issue,
            "table": table,
            "kinds": KINDS,
            "warning": warning,
            "may_draft": policies.may_draft(request.actor, meeting),
            "may_approve": issue
            and policies.may_approve(request.actor, issue, changes=table.changes),
            "may_publish": issue and policies.may_publish(request.actor, issue),
            "beside": _beside(reader, table.rows),
            "heads": heads_of(reader, meeting) if meeting.state == MeetingState.PLANNED else [],
            "standing": queries.standing_list(reader, meeting.body, day=meeting.held_on),
            "last": queries.last_with_agenda(reader, meeting),
            "length": LengthForm(
                initial={
                    "token": issue and issue.version,
                    "length_minutes": meeting.length_minutes,
                }
            ),
        }
        return render(request, "agendas/build.html", context, status=status)


@require_POST
def begin(request: Request, key: str) -> HttpResponse:
    meeting = _meeting(request, key)
    services.begin(request.actor, meeting=meeting, from_last=bool(request.POST.get("from_last")))
    messages.success(request, "The draft is begun. Only the office and the chair see it.")
    return redirect("agendas:build", key)


@require_POST
def length(request: Request, key: str) -> HttpResponse:
    meeting = _meeting(request, key)
    policies.may_draft(request.actor, meeting).enforce()
    form = LengthForm(request.POST)
    if not form.is_valid():
        said = form.errors.get("length_minutes", [OVERTAKEN])
        return _builder(request, meeting, warning=str(said[0]), status=422)
    given = form.cleaned_data

    def step(issue: Issue) -> None:
        services.set_length(
            request.actor,
            issue=issue,
            token=given["token"],
            length_minutes=given["length_minutes"],
        )

    return _stepped(request, meeting, step, "The length of the meeting is saved.")


@require_http_methods(EITHER)
def add(request: Request, key: str) -> HttpResponse:
    meeting = _meeting(request, key)
    policies.may_draft(request.actor, meeting).enforce()
    return _edited(request, meeting, None)


@require_http_methods(EITHER)
def change(request: Request, key: str) -> HttpResponse:
    item = _item(request, key)
    policies.may_change(request.actor, item).enforce()
    return _edited(request, item.meeting, item)


def _item(request: Request, key: str) -> Item:
    """An item for a step of the builder; whoever sees no drafts learns of none."""
    items = items_visible_to(request.actor).select_related(
        "meeting__body", "presenter_post", "presenter_person"
    )
    item = get_object_or_404(items, key=key)
    if item.is_draft and not policies.may_see_drafts(request.actor, item.meeting.body):
        raise Http404
    return item


def _edited(request: Request, meeting: Meeting, item: Item | None) -> HttpResponse:
    issue = queries.draft_of(request.actor, meeting)
    if issue is None:
        return redirect("agendas:build", meeting.key)
    posts, people = queries.presenters(request.actor)
    choices: dict[str, Any] = {"posts": posts, "people": people}
    initial = {"token": issue.version} | (initial_of(item) if item else {})
    form = EntryForm(request.POST or None, initial=initial, **choices)
    warning, status = "", 200
    if form.is_valid():
        given = dict(form.cleaned_data)
        token = given.pop("token")
        entry = services.Entry(**given)
        try:
            if item:
                services.change(request.actor, issue=issue, key=item.key, token=token, entry=entry)
            else:
                services.add(request.actor, issue=issue, token=token, entry=entry)
        except services.Overtaken:
            typed = request.POST.copy()
            typed["token"] = str(issue.version)
            form = EntryForm(typed, **choices)
            warning, status = KEPT, 409
        else:
            messages.success(request, f"Saved: “{entry.title}”.")
            return redirect("agendas:build", meeting.key)
    context = {"meeting": meeting, "item": item, "form": form, "warning": warning}
    return render(request, "agendas/entry.html", context, status=status)


@require_POST
def move(request: Request, key: str) -> HttpResponse:
    item = _item(request, key)
    policies.may_move(request.actor, item).enforce()
    form = StepForm(request.POST)
    if not form.is_valid() or not form.cleaned_data["place"]:
        said = form.errors.get("place", ["Give the place as a number, for example 3."])
        return _builder(request, item.meeting, warning=str(said[0]), status=422)
    given = form.cleaned_data

    def step(issue: Issue) -> None:
        services.move(
            request.actor, issue=issue, key=key, token=given["token"], place=given["place"]
        )

    return _stepped(request, item.meeting, step, f"Moved: “{item}”.", at=f"#i-{item.key}")


@require_POST
def remove(request: Request, key: str) -> HttpResponse:
    item = _item(request, key)
    policies.may_remove(request.actor, item).enforce()

    def step(issue: Issue) -> None:
        services.remove(request.actor, issue=issue, key=key, token=request.POST.get("token", ""))

    return _stepped(request, item.meeting, step, f"Taken away: “{item}”.")


@require_POST
def withdraw(request: Request, key: str) -> HttpResponse:
    item = _item(request, key)
    policies.may_withdraw(request.actor, item).enforce()
    kept = bool(request.POST.get("kept"))

    def step(issue: Issue) -> None:
        services.withdraw(
            request.actor, issue=issue, key=key, token=request.POST.get("token", ""), kept=kept
        )

    said = "It stays on" if kept else "To be withdrawn with this supplement"
    return _stepped(request, item.meeting, step, f"{said}: “{item}”.")


@require_POST
def approve(request: Request, key: str) -> HttpResponse:
    meeting = _meeting(request, key)
    try:
        services.approve(request.actor, meeting=meeting, token=request.POST.get("token", ""))
    except services.Overtaken:
        return _builder(request, meeting, warning=OVERTAKEN, status=409)
    messages.success(request, "Approved. The secretary can publish it now.")
    return redirect("agendas:build", key)


@require_POST
def publish(request: Request, key: str) -> HttpResponse:
    meeting = _meeting(request, key)

    def step(issue: Issue) -> None:
        services.publish(request.actor, issue=issue, token=request.POST.get("token", ""))

    return _stepped(request, meeting, step, "Published. The members can read it now.", to="detail")


def _stepped(
    request: Request,
    meeting: Meeting,
    step: Callable[[Issue], None],
    said: str,
    *,
    at: str = "",
    to: str = "build",
) -> HttpResponse:
    """Do one step on the draft, or show the draft as somebody else left it."""
    policies.may_draft(request.actor, meeting).enforce()
    issue = queries.draft_of(request.actor, meeting)
    try:
        if issue is None:
            raise services.Overtaken
        step(issue)
    except services.Overtaken:
        return _builder(request, meeting, warning=OVERTAKEN, status=409)
    messages.success(request, said)
    answer = redirect(f"agendas:{to}", meeting.key)
    answer["Location"] += at
    return answer
