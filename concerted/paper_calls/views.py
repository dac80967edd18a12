"""Papers for a meeting: asked for, delivered, sent back, approved, published, put elsewhere."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concerted.access.http import Request
from concerted.jobs.public import enqueue
from concerted.meetings.public import visible_to as meetings_visible_to
from concerted.paper_calls import policies, queries, services
from concerted.paper_calls.forms import (
    ApproveForm,
    AskForm,
    DeliverForm,
    MinutedForm,
    PutForm,
    SendBackForm,
    WithdrawForm,
)
from concerted.paper_calls.models import Call, Delivery
from concerted.paper_calls.pages import EITHER, form_page, given, meeting_of, paper_of
from concerted.papers.public import NewPut, may_withdraw, presentations_visible_to, withdrawal_of
from concerted.papers.public import withdraw as take_back


def _call(request: Request, key: str) -> Call:
    return get_object_or_404(queries.visible_to(request.actor), key=key)


def _delivery(request: Request, key: str) -> Delivery:
    return get_object_or_404(queries.deliveries_visible_to(request.actor), key=key)


@require_safe
def of_meeting(request: Request, key: str) -> HttpResponse:
    """The papers asked for, as far as this reader works on them."""
    meeting = meeting_of(request, key)
    lines = queries.of_meeting(request.actor, meeting)
    context = {
        "meeting": meeting,
        "lines": lines,
        "may_call": policies.may_call(request.actor, meeting),
        "to_chase": sum(one.waits for one in lines),
    }
    return render(request, "paper_calls/of_meeting.html", context)


@require_http_methods(EITHER)
def ask(request: Request, key: str) -> HttpResponse:
    meeting = meeting_of(request, key)
    policies.may_call(request.actor, meeting).enforce()
    form = AskForm(
        given(request),
        items=queries.items_to_choose(request.actor, meeting),
        owners=queries.owners(request.actor),
    )

    def act() -> str:
        wanted = services.Wanted(**form.cleaned_data)
        services.call(request.actor, meeting=meeting, wanted=wanted)
        return f"Asked for: “{wanted.title}”."

    return form_page(
        request,
        form,
        act,
        title="Ask for a paper",
        about=str(meeting),
        body=meeting.body,
        back=reverse("paper_calls:of_meeting", args=[meeting.key]),
        button="Ask for it",
        hints=["Whoever is asked hears of it in their mail of the day."],
    )


@require_POST
def chase_all(request: Request, key: str) -> HttpResponse:
    """Remind all of whom a paper for this meeting is outstanding."""
    meeting = meeting_of(request, key)
    policies.may_call(request.actor, meeting).enforce()
    waiting = [one.call for one in queries.of_meeting(request.actor, meeting) if one.waits]
    count = services.chase(request.actor, calls=waiting)
    messages.success(request, _chased(count))
    return redirect("paper_calls:of_meeting", meeting.key)


def _chased(count: int) -> str:
    if not count:
        return "Nothing is outstanding, so nobody was chased."
    papers = "1 paper" if count == 1 else f"{count} papers"
    return f"Chased for {papers}. What goes to a whole organisation waits in the outbox."


@require_safe
def call(request: Request, key: str) -> HttpResponse:
    """One call: what is asked, what came, what is next."""
    line = queries.line_of(request.actor, _call(request, key))
    actor, last = request.actor, line.last
    context = {
        "line": line,
        "call": line.call,
        "may_deliver": policies.may_deliver(actor, line.call),
        "may_chase": policies.may_chase(actor, line.call, waits=line.waits),
        "may_withdraw": policies.may_withdraw(actor, line.call, published=bool(line.published)),
        "may_send_back": last and policies.may_send_back(actor, last.delivery),
        "may_approve": last
        and policies.may_approve(
            actor, last.delivery, last.paper, file_state=last.file.state if last.file else ""
        ),
        "may_publish": last
        and policies.may_publish(
            actor, last.delivery, item_shut=services.is_shut(line.item, last.paper)
        ),
        "may_check": last and last.file and policies.may_chase(actor, line.call, waits=True),
    }
    return render(request, "paper_calls/call.html", context)


@require_http_methods(EITHER)
def deliver(request: Request, key: str) -> HttpResponse:
    one = _call(request, key)
    policies.may_deliver(request.actor, one).enforce()
    form = DeliverForm(given(request), request.FILES)
    if too_large := getattr(request, "too_large", ""):
        form = DeliverForm(request.POST, request.FILES)
        form.is_valid()
        form.errors.clear()
        form.add_error("file", too_large)

    def act() -> str:
        file = form.cleaned_data["file"]
        _, job = services.deliver(
            request.actor,
            call=one,
            name=file.name or "",
            data=file.read(),
            note=form.cleaned_data["note"],
        )
        transaction.on_commit(lambda: enqueue(job))
        return "Delivered. It is being read; the secretary sees it here."

    return form_page(
        request,
        form,
        act,
        title="Deliver a new version" if one.deliveries.exists() else "Deliver the paper",
        about=one.title,
        body=one.body,
        back=one.get_absolute_url(),
        button="Deliver it",
        hints=[
            "The office and the chair see it, and nobody else until it is published.",
            "A file that is marked higher than OFFICIAL-SENSITIVE is not kept.",
        ],
    )


@require_POST
def chase(request: Request, key: str) -> HttpResponse:
    one = _call(request, key)
    messages.success(request, _chased(services.chase(request.actor, calls=[one])))
    return redirect(one)


@require_http_methods(EITHER)
def withdraw(request: Request, key: str) -> HttpResponse:
    """Take a call back before anything was published of it."""
    line = queries.line_of(request.actor, _call(request, key))
    one = line.call
    policies.may_withdraw(request.actor, one, published=bool(line.published)).enforce()
    form = WithdrawForm(given(request))

    def act() -> str:
        services.withdraw(request.actor, call=one, because=form.cleaned_data["because"])
        return "Withdrawn. It stays on the list, with the reason."

    return _on_its_page(request, one, form, act, "Withdraw this call", "Withdraw it")


@require_http_methods(EITHER)
def send_back(request: Request, key: str) -> HttpResponse:
    one = _delivery(request, key)
    policies.may_send_back(request.actor, one).enforce()
    form = SendBackForm(given(request))

    def act() -> str:
        services.send_back(request.actor, delivery=one, remark=form.cleaned_data["remark"])
        return "Sent back. The author hears of it in their mail of the day."

    return _on_its_page(request, one.call, form, act, "Send this paper back", "Send it back")


@require_http_methods(EITHER)
def approve(request: Request, key: str) -> HttpResponse:
    one = _delivery(request, key)
    came = queries.came_of(request.actor, one)
    policies.may_approve(
        request.actor, one, came.paper, file_state=came.file.state if came.file else ""
    ).enforce()
    form = ApproveForm(given(request))

    def act() -> str:
        services.approve(request.actor, delivery=one, remark=form.cleaned_data["remark"])
        return "Approved. It is published with the agenda."

    return _on_its_page(request, one.call, form, act, "Approve this paper", "Approve it")


def _on_its_page(
    request: Request, one: Call, form: forms.Form, act: Callable[[], str], title: str, button: str
) -> HttpResponse:
    return form_page(
        request,
        form,
        act,
        title=title,
        about=one.title,
        body=one.body,
        back=one.get_absolute_url(),
        button=button,
    )


@require_POST
def publish(request: Request, key: str) -> HttpResponse:
    one = _delivery(request, key)
    services.publish(request.actor, delivery=one)
    messages.success(request, "Published.")
    return redirect(one.call)


@require_http_methods(EITHER)
def put(request: Request, key: str) -> HttpResponse:
    """Put a paper to one more meeting, with what that meeting is asked."""
    paper = paper_of(request, key)
    policies.may_put(request.actor, paper).enforce()
    recommendations = list(paper.recommendations.filter(audience_id__in=request.actor.audience_ids))
    meetings = meetings_visible_to(request.actor).exclude(state="cancelled")
    form = PutForm(
        given(request),
        meetings=meetings.order_by("-held_on", "-id"),
        recommendations=recommendations,
    )

    def act() -> str:
        meeting = form.cleaned_data["meeting"]
        services.put(
            request.actor,
            paper=paper,
            meeting=meeting,
            item=None,
            puts=[NewPut(text, ref, of) for ref, text, of in form.puts()],
        )
        return f"Put to {meeting.body.name}."

    return form_page(
        request,
        form,
        act,
        title="Put this paper to a meeting",
        about=paper.title,
        body=paper.body,
        back=f"{paper.get_absolute_url()}#meetings",
        button="Put it to this meeting",
        hints=["What is recorded here stays. The paper itself says what it said."],
    )


@require_http_methods(EITHER)
def minuted(request: Request, key: str) -> HttpResponse:
    """Say under which item of its meeting a paper is minuted."""
    one = get_object_or_404(presentations_visible_to(request.actor), key=key)
    policies.may_put(request.actor, one.paper).enforce()
    meeting = meeting_of(request, one.meeting_key)
    form = MinutedForm(given(request), items=queries.items_to_choose(request.actor, meeting))

    def act() -> str:
        services.minuted(request.actor, presentation=one, item=form.cleaned_data["item"])
        return "Saved. The decision under that item stands beside the paper."

    return form_page(
        request,
        form,
        act,
        title="Where is it minuted?",
        about=f"{one.paper.title}, {meeting}",
        body=one.paper.body,
        back=f"{one.paper.get_absolute_url()}#meetings",
    )


@require_http_methods(EITHER)
def withdraw_paper(request: Request, key: str) -> HttpResponse:
    """Take a published paper back, with a reason."""
    paper = paper_of(request, key)
    gone = withdrawal_of(request.actor, paper) is not None
    may_withdraw(request.actor, paper, withdrawn=gone).enforce()
    form = WithdrawForm(given(request))

    def act() -> str:
        take_back(request.actor, paper=paper, because=form.cleaned_data["because"])
        return "Withdrawn. It stays to be read, with the reason."

    return form_page(
        request,
        form,
        act,
        title="Withdraw this paper",
        about=paper.title,
        body=paper.body,
        back=paper.get_absolute_url(),
        button="Withdraw it",
    )
