"""Writing minutes, and each step with them afterwards."""

from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concerted.access.actor import Actor
from concerted.access.http import Request
from concerted.actions.public import for_sources
from concerted.imports.public import lines
from concerted.kernel.clock import today
from concerted.kernel.keys import new_key
from concerted.meetings.public import (
    ItemLine,
    Meeting,
    agenda_of,
    attendance_of,
    consulted,
    items_visible_to,
    lines_beside,
    may_confirm,
    visible_to,
)
from concerted.minuting import policies, queries, services
from concerted.minuting.assembling import check, check_action
from concerted.minuting.differing import differences
from concerted.minuting.forms import (
    AttendanceForm,
    CorrectionForm,
    DraftForm,
    RecordForm,
    SendBackForm,
    UnlockForm,
)
from concerted.minuting.models import Draft, Minutes
from concerted.minuting.states import Came, MinutesState
from concerted.restrictions.public import closures_in

EITHER = ["GET", "HEAD", "POST"]
TYPED_SINCE = (
    "Somebody typed in these minutes while you had this page open, so nothing went on record. "
    "Look at what is read now, then put it on record."
)
TICKED_SINCE = (
    "Somebody else said who came while you had this page open, so nothing was changed by you. "
    "Look at how it stands now, then say it again."
)


def _meeting(request: Request, key: str) -> Meeting:
    return get_object_or_404(visible_to(request.actor), key=key)


def _minutes(actor: Actor, meeting: Meeting) -> Minutes:
    minutes = queries.minutes_of(actor, meeting)
    if minutes is None:
        raise Http404
    return minutes


def _for_step(request: Request, key: str) -> Minutes:
    """Minutes for a step of the chair or the office; others are told who sees them."""
    meeting = _meeting(request, key)
    with queries.as_chair(request.actor, meeting.body) as reader:
        return _minutes(reader, meeting)


def _own(request: Request, key: str) -> Minutes:
    """Minutes for whoever writes them."""
    meeting = _meeting(request, key)
    policies.may_write(request.actor, meeting).enforce()
    return _minutes(request.actor, meeting)


@require_safe
def detail(request: Request, key: str) -> HttpResponse:
    """How far the minutes of a meeting are, and what they say, for the office and the chair."""
    meeting = _meeting(request, key)
    actor = request.actor
    with queries.as_chair(actor, meeting.body) as reader:
        minutes = queries.minutes_of(reader, meeting)
        writing = minutes is None or minutes.state == MinutesState.WRITING
        rows = queries.page_of(reader, minutes) if minutes and writing else []
        shown = [row.line for row in rows]
        if minutes and not writing:
            said = closures_in(reader, Meeting._meta.label_lower, [meeting.key])
            shown = agenda_of(reader, meeting, said)
        items = [one for one in shown if isinstance(one, ItemLine)]
        consulted(actor, meeting=meeting, items=items)
        ids = [one.item.id for one in items]
        context = {
            "meeting": meeting,
            "minutes": minutes,
            "rows": rows,
            "agenda": [] if writing else shown,
            "actions": for_sources(reader, "meetings.item", ids),
            "beside": lines_beside(reader, ids),
            "attendance": None if writing else attendance_of(reader, meeting),
            "quorum": queries.quorum_of(
                reader, minutes, list(queries.attenders_of(reader, minutes))
            )
            if minutes
            else [],
            "steps": queries.steps_of(reader, minutes) if minutes else (),
            "may_write": policies.may_write(actor, meeting),
            "may_clear": minutes and policies.may_clear(actor, minutes),
            "may_unlock": minutes and policies.may_unlock(actor, minutes),
            "may_circulate": minutes and policies.may_circulate(actor, minutes),
            "may_correct": policies.may_correct(actor, meeting),
            "may_confirm": may_confirm(actor, meeting),
        }
        return render(request, "minuting/detail.html", context)


@require_POST
def begin(request: Request, key: str) -> HttpResponse:
    meeting = _meeting(request, key)
    services.begin(request.actor, meeting=meeting)
    return redirect("minuting:write", key)


@require_safe
def write(request: Request, key: str) -> HttpResponse:
    return _writing(request, _own(request, key))


def _writing(
    request: Request,
    minutes: Minutes,
    *,
    met: Draft | None = None,
    typed: str = "",
    warning: str = "",
    form: AttendanceForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page with all items. `met` is an item that two typed in, `typed` what was typed now."""
    actor = request.actor
    rows = queries.page_of(actor, minutes)
    items = [row.line for row in rows if isinstance(row.line, ItemLine)]
    consulted(actor, meeting=minutes.meeting, items=items)
    form = form or _attendance(actor, minutes)
    context = {
        "meeting": minutes.meeting,
        "minutes": minutes,
        "rows": rows,
        "beside": lines_beside(actor, [one.item.id for one in items]),
        "to_take_in": queries.to_take_in(actor, minutes),
        "attendance": form,
        "came": [one for one in form.attenders if one.came],
        "quorum": queries.quorum_of(actor, minutes, form.attenders),
        "met": met,
        "typed": typed,
        "runs": differences(met.text, typed) if met else [],
        "warning": warning,
        "page": new_key(),
        "may_put_on_record": policies.may_put_on_record(actor, minutes.meeting, today=today()),
    }
    return render(request, "minuting/write.html", context, status=status)


def _attendance(actor: Actor, minutes: Minutes, data: Any = None) -> AttendanceForm:
    return AttendanceForm(
        data,
        attenders=list(queries.attenders_of(actor, minutes)),
        initial={"version": minutes.version, "others": minutes.others},
    )


@require_POST
def save(request: Request, key: str) -> HttpResponse:
    """One item's text: the page's script gets what was read of it, others the page again."""
    actor = request.actor
    draft = get_object_or_404(queries.drafts_visible_to(actor), key=key)
    policies.may_write(actor, draft.minutes.meeting).enforce()
    live = request.headers.get("X-Live") == "1"
    form = DraftForm(request.POST)
    met, status, typed = None, 200, str(request.POST.get("text", ""))
    warning = ""
    if form.is_valid():
        given = form.cleaned_data
        typed = given["text"]
        try:
            draft = services.save_draft(
                actor, key=key, token=given["version"], text=typed, page=given["page"]
            )
        except services.Met as other:
            met, status = other.draft, 409
    else:
        said = form.errors.get("text", ["This page is not complete. Open it again."])
        warning, status = str(said[0]), 422
    if not live:
        if status == 200:
            return redirect(f"{_address(draft)}#item-{draft.key}")
        kept = met or draft
        if warning:
            warning = f"{warning} What you typed is still in its box."
        return _writing(
            request, draft.minutes, met=kept, typed=typed, warning=warning, status=status
        )
    if warning:
        return HttpResponse(warning, status=status, content_type="text/plain; charset=utf-8")
    # It was read under its lock a moment ago: what is saved every few seconds asks nothing twice.
    draft = met or draft
    prefetch_related_objects([draft], queries.recorded_with(actor))
    following = queries.day_after(actor, draft.minutes.meeting)
    context = {
        "read": queries.read_draft(draft, following=following),
        "met": met,
        "runs": differences(met.text, typed) if met else [],
    }
    return render(request, "minuting/read.html", context, status=status)


def _address(draft: Draft) -> str:
    return str(redirect("minuting:write", draft.minutes.meeting.key)["Location"])


@require_POST
def attendance(request: Request, key: str) -> HttpResponse:
    minutes = _own(request, key)
    form = _attendance(request.actor, minutes, request.POST)
    if not form.is_valid():
        return _writing(request, minutes, form=form, status=422)
    given = form.cleaned_data
    ticked = {
        one.position: services.Ticked(
            Came(given[f"came-{one.position}"]),
            given[f"substitute-{one.position}"],
            given[f"arrived-{one.position}"],
            given[f"left-{one.position}"],
        )
        for one in form.attenders
    }
    try:
        services.tick(
            request.actor,
            minutes=minutes,
            token=given["version"],
            ticked=ticked,
            others=given["others"],
        )
    except services.Overtaken:
        return _writing(request, minutes, warning=TICKED_SINCE, status=409)
    messages.success(request, "Saved: who came.")
    return redirect("minuting:write", key)


@require_http_methods(EITHER)
def action(request: Request, key: str, place: int) -> HttpResponse:
    """One action of a draft, to be made a record at once."""
    draft = get_object_or_404(queries.drafts_visible_to(request.actor), key=key)
    policies.may_write(request.actor, draft.minutes.meeting).enforce()
    laid_out = check_action(request.actor, draft, place)
    if laid_out is None:
        raise Http404
    review, known = laid_out
    form = RecordForm(review, known=known, data=request.POST or None)
    warning, status = "", 200
    if form.is_valid():
        try:
            made = services.record_action(
                request.actor,
                key=key,
                token=request.POST.get("version", ""),
                place=place,
                answers=form.cleaned_data,
            )
        except services.Met:
            warning, status = TYPED_SINCE, 409
        else:
            messages.success(request, f"On record: {made.text}")
            return redirect(f"{_address(draft)}#item-{draft.key}")
    elif form.is_bound:
        status = 422
    context = {
        "draft": draft,
        "meeting": draft.minutes.meeting,
        "review": review,
        "form": form,
        "warning": warning,
    }
    return render(request, "minuting/action.html", context, status=status)


@require_http_methods(EITHER)
def record(request: Request, key: str) -> HttpResponse:
    """What was read of all items, with what is still asked, to be put on record in one step."""
    minutes = _own(request, key)
    actor = request.actor
    policies.may_put_on_record(actor, minutes.meeting, today=today()).enforce()
    laid_out = check(actor, minutes)
    form = RecordForm(laid_out.review, known=laid_out.known, data=request.POST or None)
    warning, status = "", 200
    if request.method == "POST" and request.POST.get("mark") != laid_out.mark:
        form = RecordForm(laid_out.review, known=laid_out.known)
        warning, status = TYPED_SINCE, 409
    elif form.is_valid():
        try:
            services.put_on_record(
                actor, minutes=minutes, token=laid_out.mark, answers=form.cleaned_data
            )
        except services.Overtaken:
            warning, status = TYPED_SINCE, 409
        else:
            messages.success(request, "On record as draft minutes. The chair can clear them now.")
            return redirect("minuting:detail", key)
    elif form.is_bound:
        status = 422
    context = {
        "meeting": minutes.meeting,
        "check": laid_out,
        "review": laid_out.review,
        "form": form,
        "lines": lines(laid_out.review),
        "closed": [
            row.line
            for row in queries.page_of(actor, minutes)
            if not isinstance(row.line, ItemLine)
        ],
        "warning": warning,
    }
    return render(request, "minuting/record.html", context, status=status)


@require_POST
def clear(request: Request, key: str) -> HttpResponse:
    services.clear(request.actor, minutes=_for_step(request, key))
    messages.success(request, "Cleared. The secretary can circulate these minutes now.")
    return redirect("minuting:detail", key)


@require_http_methods(EITHER)
def send_back(request: Request, key: str) -> HttpResponse:
    minutes = _for_step(request, key)
    policies.may_clear(request.actor, minutes).enforce()
    form = SendBackForm(request.POST or None)
    if form.is_valid():
        services.send_back(request.actor, minutes=minutes, words=form.cleaned_data["words"])
        messages.success(request, "Sent back. The secretary sees what you wrote.")
        return redirect("minuting:detail", key)
    return _asked(request, minutes, form, "Send these minutes back", "Send back")


@require_http_methods(EITHER)
def unlock(request: Request, key: str) -> HttpResponse:
    minutes = _for_step(request, key)
    policies.may_unlock(request.actor, minutes).enforce()
    form = UnlockForm(request.POST or None)
    if form.is_valid():
        services.unlock(request.actor, minutes=minutes, words=form.cleaned_data["words"])
        messages.success(request, "The clearance is taken back. It stays in the list of steps.")
        return redirect("minuting:detail", key)
    return _asked(request, minutes, form, "Take the clearance back", "Take it back")


def _asked(request: Request, minutes: Minutes, form: Any, title: str, button: str) -> HttpResponse:
    context = {"meeting": minutes.meeting, "form": form, "title": title, "button": button}
    status = 422 if form.is_bound else 200
    return render(request, "minuting/ask.html", context, status=status)


@require_POST
def circulate(request: Request, key: str) -> HttpResponse:
    minutes = _for_step(request, key)
    policies.may_circulate(request.actor, minutes).enforce()
    services.circulate(request.actor, minutes=minutes)
    messages.success(request, "Circulated. The members can read these minutes now.")
    return redirect("minuting:detail", key)


@require_http_methods(EITHER)
def correct(request: Request, key: str) -> HttpResponse:
    """Record what an item of minutes should have said."""
    item = get_object_or_404(items_visible_to(request.actor), key=key)
    policies.may_correct(request.actor, item.meeting).enforce()
    form = CorrectionForm(
        request.POST or None,
        meetings=queries.could_have_agreed(request.actor, item.meeting),
        circulated=not item.meeting.with_office,
    )
    if form.is_valid():
        given = form.cleaned_data
        services.correct(
            request.actor,
            item=item,
            before=given["before"],
            after=given["after"],
            agreed_at=given.get("agreed_at"),
        )
        messages.success(request, "Recorded. The minutes stay as they are, with this beside them.")
        return redirect(f"{item.meeting.get_absolute_url()}#i-{item.key}")
    context = {"item": item, "meeting": item.meeting, "form": form}
    return render(request, "minuting/correct.html", context, status=422 if form.is_bound else 200)
