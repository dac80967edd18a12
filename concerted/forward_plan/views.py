"""The forward plan of a body, its entries, and taking one onto an agenda."""

import datetime
from collections.abc import Callable
from typing import Any

from dateutil.relativedelta import relativedelta
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concerted.access.http import Request
from concerted.agendas.public import Overtaken
from concerted.forward_plan import policies, queries, services
from concerted.forward_plan.cycles import month_of
from concerted.forward_plan.forms import DropForm, EndForm, EntryForm, TakeForm, initial_of
from concerted.forward_plan.models import Entry
from concerted.forward_plan.states import Asked, Cycle, EntryState
from concerted.forward_plan.suggesting import Suggestion, suggested
from concerted.kernel.clock import today
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.public import Decision, decisions_visible_to
from concerted.meetings.public import visible_to as meetings_visible_to
from concerted.people.public import Body, bodies_visible_to

EITHER = ["GET", "HEAD", "POST"]
OVERTAKEN = (
    "Somebody changed this entry while you had this page open, so nothing was changed by you. "
    "Look at it as it is now, then do it again."
)
AGENDA_OVERTAKEN = (
    "Somebody changed this agenda or the entry while you had this page open, so nothing was "
    "changed by you. Look at it as it is now, then do it again."
)


def _body(request: Request, key: str) -> Body:
    return get_object_or_404(bodies_visible_to(request.actor), key=key)


def _entry(request: Request, key: str) -> Entry:
    return get_object_or_404(queries.visible_to(request.actor), key=key)


@require_safe
def year(request: Request, key: str) -> HttpResponse:
    """Twelve months of what is to come; `from` is the first of them, as 2027-04."""
    body = _body(request, key)
    first = _month(request.GET.get("from", "")) or month_of(today())
    may_keep = policies.may_keep(request.actor, body)
    context = {
        "body": body,
        "first": first,
        "year": queries.year_of(request.actor, body, first),
        "earlier": f"{first - relativedelta(years=1):%Y-%m}",
        "later": f"{first + relativedelta(years=1):%Y-%m}",
        "to_plan": queries.decisions_to_plan(request.actor, body) if may_keep else [],
        "may_keep": may_keep,
    }
    return render(request, "forward_plan/year.html", context)


def _month(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


@require_safe
def entry(request: Request, key: str) -> HttpResponse:
    one = _entry(request, key)
    [line] = queries.lines(request.actor, [one])
    seen = queries.visible_to(request.actor)
    context = {
        "line": line,
        "entry": one,
        "before": seen.filter(followed_by=one).first(),
        "after": seen.filter(follows=one).first(),
        "restricted": one.audience_id != one.home_id,
        "may_change": policies.may_change(request.actor, one),
    }
    return render(request, "forward_plan/entry.html", context)


@require_http_methods(EITHER)
def add(request: Request, key: str) -> HttpResponse:
    body = _body(request, key)
    policies.may_keep(request.actor, body).enforce()
    return _added(request, body, None, {"asked": Asked.DECISION, "cycle": Cycle.ONCE})


@require_http_methods(EITHER)
def from_decision(request: Request, key: str) -> HttpResponse:
    """A form with the words of a decision, and with the cycle that they name."""
    decision = get_object_or_404(decisions_visible_to(request.actor), key=key)
    body = _body(request, decision.body.key)
    policies.may_keep(request.actor, body).enforce()
    words = queries.words_of(decision)
    said = suggested(words)
    every = said is not None and said.cycle == Cycle.MEETINGS
    initial = {
        "topic": words[:400],
        "asked": Asked.INFORMATION if said else Asked.DECISION,
        "cycle": said.cycle if said else Cycle.ONCE,
        "every_meetings": 1 if every else None,
        "comes_from": _named(decision)[:200],
    }
    return _added(request, body, decision, initial, said)


def _named(decision: Decision) -> str:
    item = decision.item
    return f"Minute {item.ref} of {item.meeting}" if item.ref else f"Decision of {item.meeting}"


def _choices(request: Request, body: Body, entry: Entry | None = None) -> dict[str, Any]:
    organisations, posts = queries.owners(request.actor)
    return {
        "meetings": queries.meetings_to_choose(request.actor, body, entry),
        "organisations": organisations,
        "posts": posts,
        "drivers": queries.drivers(request.actor, body),
    }


def _added(
    request: Request,
    body: Body,
    decision: Decision | None,
    initial: dict[str, Any],
    said: Suggestion | None = None,
) -> HttpResponse:
    form = EntryForm(request.POST or None, initial=initial, **_choices(request, body))
    if form.is_valid():
        wanted = services.Wanted(**form.said())
        try:
            services.add(request.actor, body=body, wanted=wanted, decision=decision)
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"On the forward plan: “{wanted.topic}”.")
            return redirect("forward_plan:year", body.key)
    return _form(request, body, form, decision=decision, said=said)


@require_http_methods(EITHER)
def change(request: Request, key: str) -> HttpResponse:
    one = _entry(request, key)
    policies.may_change(request.actor, one).enforce()
    choices = _choices(request, one.body, one)
    [line] = queries.lines(request.actor, [one])
    initial = initial_of(one, choices["drivers"]) | {"meeting": line.meeting and line.meeting.key}
    form = EntryForm(request.POST or None, initial=initial, **choices)
    warning = ""
    if form.is_valid():
        token = form.cleaned_data["token"]
        wanted = services.Wanted(**form.said())
        try:
            services.change(request.actor, entry=one, token=token, wanted=wanted)
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        except Overtaken:
            form, warning = EntryForm(initial=initial, **choices), OVERTAKEN
        else:
            messages.success(request, "Saved.")
            return redirect("forward_plan:entry", key)
    return _form(request, one.body, form, entry=one, warning=warning)


def _form(
    request: Request,
    body: Body,
    form: EntryForm,
    *,
    entry: Entry | None = None,
    decision: Decision | None = None,
    said: Suggestion | None = None,
    warning: str = "",
) -> HttpResponse:
    context = {
        "body": body,
        "form": form,
        "entry": entry,
        "decision": decision,
        "said": said,
        "warning": warning,
    }
    return render(request, "forward_plan/form.html", context, status=409 if warning else 200)


@require_POST
def take(request: Request, key: str) -> HttpResponse:
    """From the builder of an agenda, onto it."""
    one = _entry(request, key)
    policies.may_change(request.actor, one).enforce()
    form = TakeForm(request.POST)
    given = form.cleaned_data if form.is_valid() else {}
    meetings = meetings_visible_to(request.actor)
    meeting = get_object_or_404(meetings, key=given.get("meeting", ""))
    try:
        item = services.take(
            request.actor,
            entry=one,
            token=given["seen"],
            meeting=meeting,
            agenda_token=given["token"],
        )
    except Overtaken:
        messages.warning(request, AGENDA_OVERTAKEN)
        return redirect("agendas:build", meeting.key)
    messages.success(request, f"On the agenda: “{item}”.")
    return redirect("agendas:build", meeting.key)


@require_http_methods(EITHER)
def deal_with(request: Request, key: str) -> HttpResponse:
    one = _entry(request, key)
    policies.may_end(request.actor, one, EntryState.DEALT).enforce()
    form = EndForm(request.POST or None, initial={"token": one.version})

    def act() -> str:
        given = form.cleaned_data
        after = services.deal_with(
            request.actor, entry=one, token=given["token"], because=given["because"]
        )
        return "Dealt with. It comes again, and is on the plan." if after else "Dealt with."

    return _end(request, one, form, "Say that this was dealt with", act)


@require_http_methods(EITHER)
def drop(request: Request, key: str) -> HttpResponse:
    one = _entry(request, key)
    policies.may_end(request.actor, one, EntryState.DROPPED).enforce()
    form = DropForm(request.POST or None, initial={"token": one.version})

    def act() -> str:
        given = form.cleaned_data
        services.drop(request.actor, entry=one, token=given["token"], because=given["because"])
        return "Taken off the plan."

    return _end(request, one, form, "Take this off the plan", act)


def _end(
    request: Request, one: Entry, form: EndForm, title: str, act: Callable[[], str]
) -> HttpResponse:
    warning = ""
    if form.is_valid():
        try:
            said = act()
        except Overtaken:
            one = _entry(request, one.key)
            form, warning = type(form)(initial={"token": one.version}), OVERTAKEN
        else:
            messages.success(request, said)
            return redirect("forward_plan:year", one.body.key)
    context = {"entry": one, "form": form, "title": title, "warning": warning}
    return render(request, "forward_plan/end.html", context, status=409 if warning else 200)
