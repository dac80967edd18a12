"""What was put forward for a body, putting something forward, and answering it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concerted.access.http import Request
from concerted.agendas.public import Overtaken
from concerted.kernel.clock import today
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.public import Meeting
from concerted.meetings.public import visible_to as meetings_visible_to
from concerted.people.public import Body, as_office, bodies_visible_to, people_visible_to
from concerted.raising import policies, queries, services
from concerted.raising.forms import AskForm, RefuseForm, RuleForm, TakeForm, UrgentForm, WantedForm
from concerted.raising.models import ItemRequest
from concerted.raising.states import Asked

EITHER = ["GET", "HEAD", "POST"]
OVERTAKEN = (
    "Somebody answered this while you had this page open, so nothing was changed by you. "
    "Look at it as it is now."
)
AGENDA_OVERTAKEN = (
    "Somebody changed this agenda or answered this while you had the page open, so nothing was "
    "changed by you. Look at it as it is now, then do it again."
)


def _body(request: Request, key: str) -> Body:
    return get_object_or_404(bodies_visible_to(request.actor), key=key)


def _meeting(request: Request, key: str) -> Meeting:
    return get_object_or_404(meetings_visible_to(request.actor).select_related("body"), key=key)


def _asked(request: Request, key: str) -> ItemRequest:
    found = queries.of_key(request.actor, key)
    if found is None:
        raise Http404
    return found


@require_safe
def of_body(request: Request, key: str) -> HttpResponse:
    body = _body(request, key)
    seated = queries.seated_ids(request.actor, body)
    context = {
        "body": body,
        "lines": queries.of_body(request.actor, body),
        "sees_all": policies.may_see_all(request.actor, body),
        "may_raise": policies.may_raise(request.actor, body, seated=seated),
    }
    return render(request, "raising/of_body.html", context)


@require_safe
def detail(request: Request, key: str) -> HttpResponse:
    one = _asked(request, key)
    return _detail(request, one)


def _detail(request: Request, one: ItemRequest, warning: str = "") -> HttpResponse:
    sees_all = bool(policies.may_see_all(request.actor, one.body))
    with as_office(request.actor, one.body) as reader:
        [line] = queries.lines(reader if sees_all else request.actor, [one])
        context = {
            "line": line,
            "one": one,
            "warning": warning,
            "sees_all": sees_all,
            "came_off": line.came_off and sees_all and not one.urgent,
            "may_refuse": policies.may_refuse(request.actor, one, came_off=line.came_off),
            "to_draft": queries.next_to_draft(reader, one.body)
            if policies.runs(request.actor, one.body) and line.waits and not one.urgent
            else None,
            "may_rule": policies.may_rule(request.actor, one),
            "may_withdraw": policies.may_withdraw(request.actor, one),
        }
        return render(request, "raising/detail.html", context, status=409 if warning else 200)


@require_http_methods(EITHER)
def add(request: Request, key: str) -> HttpResponse:
    body = _body(request, key)
    seated = queries.seated_ids(request.actor, body)
    policies.may_raise(request.actor, body, seated=seated).enforce()
    form = AskForm(
        request.POST or None,
        initial={"kind": Asked.DECISION, "meeting": request.GET.get("meeting", "")},
        meetings=queries.meetings_to_choose(request.actor, body),
        noting=policies.runs(request.actor, body),
    )
    if form.is_valid():
        given = dict(form.cleaned_data)
        meeting = given.pop("meeting")
        try:
            made = services.ask(
                request.actor, body=body, meeting=meeting, wanted=services.Wanted(**given)
            )
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            return _thanked(request, made)
    return _form(request, body, form, None)


@require_http_methods(EITHER)
def urgent(request: Request, key: str) -> HttpResponse:
    meeting = _meeting(request, key)
    seated = queries.seated_ids(request.actor, meeting.body)
    policies.may_raise_urgent(request.actor, meeting, seated=seated, today=today()).enforce()
    form = UrgentForm(
        request.POST or None,
        initial={"kind": Asked.DECISION},
        noting=policies.runs(request.actor, meeting.body),
    )
    if form.is_valid():
        wanted = services.Wanted(**form.cleaned_data)
        made = services.raise_urgent(request.actor, meeting=meeting, wanted=wanted)
        return _thanked(request, made)
    return _form(request, meeting.body, form, meeting)


def _thanked(request: Request, made: ItemRequest) -> HttpResponse:
    whose = "The chair rules on it." if made.urgent else "The secretary answers it."
    messages.success(request, f"Put forward: “{made.title}”. {whose}")
    return redirect("raising:detail", made.key)


def _form(request: Request, body: Body, form: WantedForm, meeting: Meeting | None) -> HttpResponse:
    context = {"body": body, "form": form, "meeting": meeting}
    return render(request, "raising/form.html", context)


@require_POST
def take(request: Request, key: str) -> HttpResponse:
    """From the builder of an agenda, onto it."""
    one = _asked(request, key)
    form = TakeForm(request.POST)
    given: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    meeting = _meeting(request, given.get("meeting", ""))
    try:
        item = services.take(
            request.actor,
            request=one,
            token=given["seen"],
            meeting=meeting,
            agenda_token=given["token"],
        )
    except Overtaken:
        messages.warning(request, AGENDA_OVERTAKEN)
    else:
        messages.success(request, f"On the agenda: “{item}”.")
    return redirect("agendas:build", meeting.key)


@require_http_methods(EITHER)
def refuse(request: Request, key: str) -> HttpResponse:
    one = _asked(request, key)
    with as_office(request.actor, one.body) as reader:
        [line] = queries.lines(reader, [one])
    policies.may_refuse(request.actor, one, came_off=line.came_off).enforce()
    form = RefuseForm(request.POST or None, initial={"token": one.version})
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.refuse(
                request.actor, request=one, token=given["token"], because=given["because"]
            )
        except Overtaken:
            return _detail(request, _asked(request, key), OVERTAKEN)
        messages.success(request, "Answered. Whoever asked is told with their next mail.")
        return redirect("raising:of_body", one.body.key)
    return _answer(request, one, form, "Say no to this")


@require_http_methods(EITHER)
def rule(request: Request, key: str) -> HttpResponse:
    one = _asked(request, key)
    policies.may_rule(request.actor, one).enforce()
    chairs = queries.may_have_ruled(request.actor, one.body)
    own = request.actor.person_id in {person.pk for person in chairs}
    form = RuleForm(
        request.POST or None,
        initial={"token": one.version},
        chairs=chairs,
        own=own,
        people=people_visible_to(request.actor),
    )
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.rule(
                request.actor,
                request=one,
                token=given["token"],
                ruling=given["ruling"],
                because=given["because"],
                ruled_by=given.get("ruled_by"),
            )
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        except Overtaken:
            return _detail(request, _asked(request, key), OVERTAKEN)
        else:
            messages.success(request, "The ruling is on record.")
            return redirect("raising:detail", key)
    return _answer(request, one, form, "Rule on urgent business")


def _answer(
    request: Request, one: ItemRequest, form: RefuseForm | RuleForm, title: str
) -> HttpResponse:
    return render(request, "raising/answer.html", {"one": one, "form": form, "title": title})


@require_POST
def withdraw(request: Request, key: str) -> HttpResponse:
    one = _asked(request, key)
    policies.may_withdraw(request.actor, one).enforce()
    try:
        services.withdraw(request.actor, request=one, token=request.POST.get("token", ""))
    except Overtaken:
        return _detail(request, _asked(request, key), OVERTAKEN)
    messages.success(request, "Withdrawn.")
    return redirect("raising:of_body", one.body.key)
