"""Reports back of a body and at a meeting, shared minutes, and questions between bodies."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concerted.access.http import Request
from concerted.agendas.public import Overtaken
from concerted.kernel.clock import today
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.public import Meeting, consulted, decisions_visible_to, may_record
from concerted.meetings.public import visible_to as meetings_visible_to
from concerted.people.public import Body, bodies_visible_to
from concerted.reports_back import policies, queries, services
from concerted.reports_back.forms import (
    AnswerForm,
    EndForm,
    LinkForm,
    PutForm,
    ReferForm,
    ReturnForm,
    ShareForm,
    initial_of,
)
from concerted.reports_back.models import Asked
from concerted.ui.submitted import done

EITHER = ["GET", "HEAD", "POST"]
OVERTAKEN = (
    "Somebody entered something for this body while you had this page open, so nothing was "
    "changed by you. What they said stands above the form, and what you typed is still in it: "
    "save again if yours holds."
)
AGENDA_OVERTAKEN = (
    "Somebody changed this agenda while you had this page open, so nothing was changed by you. "
    "Look at it as it is now, then do it again."
)


def _body(request: Request, key: str) -> Body:
    return get_object_or_404(bodies_visible_to(request.actor), key=key)


def _meeting(request: Request, key: str) -> Meeting:
    found = get_object_or_404(meetings_visible_to(request.actor), key=key)
    consulted(request.actor, meeting=found, items=[])
    return found


def _form(request: Request, title: str, form: Form, back: str, **more: Any) -> HttpResponse:
    context = {"title": title, "form": form, "back": back, "body": None} | more
    return render(request, "reports_back/form.html", context)


@require_safe
def body(request: Request, key: str) -> HttpResponse:
    """Which bodies report to this one and how often they were heard; questions either way."""
    one = _body(request, key)
    actor = request.actor
    context = {
        "body": one,
        "lines": queries.lines_of(actor, one),
        "questions": queries.questions_of(actor, one),
        "meetings": [
            (met, len(reports))
            for met in queries.meetings_to_report_to(actor, one)
            if (reports := [line for line in queries.reports_at(actor, met) if line.expected])
        ],
        "sharings": queries.sharings_visible_to(actor).filter(meeting__body=one).order_by("-id"),
        "may_keep": policies.may_keep(actor, one),
    }
    return render(request, "reports_back/body.html", context)


@require_http_methods(EITHER)
def add(request: Request, key: str) -> HttpResponse:
    one = _body(request, key)
    policies.may_keep(request.actor, one).enforce()
    seats, posts, organisations = queries.representatives(request.actor, one)
    form = LinkForm(
        request.POST or None,
        bodies=queries.other_bodies(request.actor, one),
        seats=seats,
        posts=posts,
        organisations=organisations,
    )

    def act() -> None:
        new = services.NewLink(**form.cleaned_data)
        services.add_link(request.actor, body=one, new=new)

    if done(form, act):
        messages.success(request, "Saved: its report is expected from that day on.")
        return redirect("reports_back:body", key)
    back = reverse("reports_back:body", args=[key])
    return _form(request, "Say that another body reports here", form, back, body=one)


@require_http_methods(EITHER)
def end(request: Request, key: str) -> HttpResponse:
    link = get_object_or_404(queries.links_visible_to(request.actor), key=key)
    policies.may_end(request.actor, link, today()).enforce()
    form = EndForm(request.POST or None, initial={"on": today()})

    def act() -> None:
        services.end_link(request.actor, link=link, on=form.cleaned_data["on"])

    back = reverse("reports_back:body", args=[link.receiving.key])
    if done(form, act):
        messages.success(request, "Saved: after that day no report is expected.")
        return redirect(back)
    title = f"End the reports of {link.reporting}"
    return _form(request, title, form, back, body=link.receiving)


@require_safe
def meeting(request: Request, key: str) -> HttpResponse:
    """What is expected at a meeting, what was reported, and who can enter it."""
    one = _meeting(request, key)
    actor = request.actor
    rows = []
    for line in queries.reports_at(actor, one):
        ours = queries.represents(actor, line.link)
        may = policies.may_report(actor, line.link, one, represents=ours)
        rows.append((line, may))
    context = {
        "meeting": one,
        "rows": rows,
        "heard": sum(line.heard for line, _ in rows),
        "awaited": sum(line.expected for line, _ in rows),
        "nil": sum(line.given is not None and line.given.kind == "nil" for line, _ in rows),
    }
    return render(request, "reports_back/meeting.html", context)


@require_http_methods(EITHER)
def give(request: Request, key: str, link: str) -> HttpResponse:
    """Enter what a body reports to a meeting."""
    one = _meeting(request, key)
    actor = request.actor
    own = get_object_or_404(queries.links_visible_to(actor), key=link, receiving=one.body_id)
    ours = queries.represents(actor, own)
    policies.may_report(actor, own, one, represents=ours).enforce()
    before = queries.standing_returns(actor).filter(meeting=one, link=own).first()
    form = ReturnForm(
        request.POST or None,
        initial=initial_of(before),
        shared=queries.to_attach(actor, own),
        secretary=bool(policies.may_say_not_received(actor, one, today=today())),
    )
    warning = ""

    def act() -> None:
        services.give(actor, meeting=one, link=own, **form.cleaned_data)

    try:
        if done(form, act):
            messages.success(request, f"Saved: what {own.reporting} reports.")
            return redirect("reports_back:meeting", key)
    except Overtaken:
        typed = request.POST.copy()
        typed["token"] = before.key if before else ""
        form.data = typed
        warning = OVERTAKEN
    context = {"meeting": one, "link": own, "before": before, "form": form, "warning": warning}
    return render(request, "reports_back/give.html", context, status=409 if warning else 200)


@require_http_methods(EITHER)
def share(request: Request, key: str) -> HttpResponse:
    """Show exactly the words that another body would get, and let it have them."""
    one = _meeting(request, key)
    policies.may_share(request.actor, one).enforce()
    form = ShareForm(request.POST or None, bodies=queries.other_bodies(request.actor, one.body))

    def act() -> None:
        services.share(request.actor, meeting=one, body=form.cleaned_data["body"])

    back = reverse("reports_back:body", args=[one.body.key])
    if done(form, act):
        messages.success(request, "Shared: that body can attach these minutes to a report.")
        return redirect(back)
    text = queries.text_of(request.actor, one)
    title = "Share these minutes with another body"
    return _form(request, title, form, back, body=one.body, text=text, verb="Share these words")


@require_POST
def revoke(request: Request, key: str) -> HttpResponse:
    sharing = get_object_or_404(queries.sharings_visible_to(request.actor), key=key)
    services.revoke(request.actor, sharing=sharing)
    messages.success(
        request, "Taken back. Where these minutes were issued with an agenda, they stay readable."
    )
    return redirect("reports_back:body", sharing.meeting.body.key)


@require_safe
def attached(request: Request, key: str) -> HttpResponse:
    """The words of minutes that another body shared, and nothing else of it."""
    shared = get_object_or_404(queries.shared_visible_to(request.actor), key=key)
    if not queries.still_read(request.actor, shared):
        raise Http404
    return render(request, "reports_back/attached.html", {"shared": shared})


@require_http_methods(EITHER)
def refer(request: Request, key: str) -> HttpResponse:
    """Ask another body a question that came of a decision."""
    decision = get_object_or_404(decisions_visible_to(request.actor), key=key)
    asking = decision.body
    policies.may_refer(request.actor, asking).enforce()
    form = ReferForm(
        request.POST or None,
        bodies=queries.other_bodies(request.actor, asking),
        meetings=queries.meetings_to_answer_by(request.actor, asking),
    )

    def act() -> None:
        services.refer(request.actor, decision=decision, **form.cleaned_data)

    if done(form, act):
        messages.success(request, "Asked. The question heads that body’s next draft agenda.")
        return redirect("reports_back:body", asking.key)
    title, back = "Refer a question to another body", decision.get_absolute_url()
    return _form(request, title, form, back, body=asking, decision=decision, verb="Ask it")


def _question(request: Request, key: str) -> queries.Question:
    found = queries.questions(request.actor, Q(key=key))
    if not found:
        raise Http404
    return found[0]


def _asked(request: Request, key: str) -> Asked:
    """The question as the body has it that is asked; those who ask are told that they do."""
    asked = queries.asked_visible_to(request.actor).filter(key=key).first()
    if asked:
        return asked
    get_object_or_404(queries.referrals_visible_to(request.actor), key=key)
    raise NotAllowed("Only the secretary of the body that was asked can record its answer.")


@require_safe
def referral(request: Request, key: str) -> HttpResponse:
    one = _question(request, key)
    if one.decision:
        consulted(request.actor, meeting=one.decision.item.meeting, items=[])
    context = {
        "question": one,
        "may_answer": policies.may_answer(request.actor, one.asked) if one.asked else None,
        "answers_here": bool(may_record(request.actor, one.to_body)),
    }
    return render(request, "reports_back/referral.html", context)


@require_http_methods(EITHER)
def answer(request: Request, key: str) -> HttpResponse:
    asked = _asked(request, key)
    policies.may_answer(request.actor, asked).enforce()
    form = AnswerForm(request.POST or None, items=queries.items_that_answer(request.actor, asked))

    def act() -> None:
        services.answer(request.actor, asked=asked, **form.cleaned_data)

    back = reverse("reports_back:referral", args=[key])
    if done(form, act):
        messages.success(request, "Answered. Those who asked read the answer now.")
        return redirect(back)
    return _form(request, "Record the answer", form, back, body=asked.to_body, question=asked)


@require_POST
def put(request: Request, key: str) -> HttpResponse:
    """From the builder of an agenda, onto it."""
    asked = _asked(request, key)
    policies.may_answer(request.actor, asked).enforce()
    form = PutForm(request.POST)
    given = form.cleaned_data if form.is_valid() else {}
    found = get_object_or_404(meetings_visible_to(request.actor), key=given.get("meeting", ""))
    try:
        item = services.put_on_agenda(
            request.actor, asked=asked, meeting=found, agenda_token=given["token"]
        )
    except Overtaken:
        messages.warning(request, AGENDA_OVERTAKEN)
    else:
        messages.success(request, f"On the agenda: “{item}”.")
    return redirect("agendas:build", found.key)
