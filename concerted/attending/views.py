"""Who comes to a meeting, answering for a seat, and the quorum of a body."""

import csv
import datetime
from collections.abc import Sequence

from dateutil.relativedelta import relativedelta
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from concerted.access.http import Request
from concerted.attending import inviting, policies, queries, services
from concerted.attending.agencies import How
from concerted.attending.forms import PeriodForm, QuorumForm, ReplyForm
from concerted.attending.models import Rule
from concerted.attending.queries import Expected
from concerted.attending.states import Answer
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.kernel.clock import now, today
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.public import Meeting, MeetingState, visible_to
from concerted.people.public import Body, bodies_visible_to
from concerted.reading.files import NotReadable
from concerted.reading.sandbox import read_calendar_answer
from concerted.restrictions.public import highest_tier
from concerted.ui.forms import MailForm
from concerted.ui.words import as_text, day

EITHER = ["GET", "HEAD", "POST"]
# Who may come has said nothing yet that a quorum could count on.
MEANS = {"accepted": Answer.COMING, "declined": Answer.APOLOGIES}
SHOWN = 12


def _meeting(request: Request, key: str) -> Meeting:
    return get_object_or_404(visible_to(request.actor), key=key)


@require_safe
def meeting(request: Request, key: str) -> HttpResponse:
    """What to expect of a meeting, or whether it was quorate; seat by seat for the office."""
    actor = request.actor
    one = _meeting(request, key)
    sees_all = policies.may_see_replies(actor, one.body)
    ahead = queries.ahead_of(actor, one) if one.state == MeetingState.PLANNED else None
    rule = ahead.rule if ahead else queries.rule_of(actor, one.body, day=one.held_on)
    context = {
        "meeting": one,
        "ahead": ahead,
        "held": queries.held(actor, one),
        "rule": rule,
        "asks_for": queries.as_rule(rule) if rule else None,
        "seats": ahead.seats if ahead and sees_all else [],
        "history": queries.history(actor, one) if ahead and sees_all else {},
        "sees_all": sees_all,
        "may_invite": policies.may_invite(actor, one.body),
        "may_note": policies.may_reply(actor, one, own=False, at=now()),
    }
    return render(request, "attending/meeting.html", context)


@require_http_methods(EITHER)
def reply(request: Request, key: str) -> HttpResponse:
    """Answer for one’s own seat, or, in the office, for any."""
    one = _meeting(request, key)
    seats = _to_answer_for(request, one)
    form = ReplyForm(
        request.POST or None,
        seats=seats,
        people=queries.substitutes_for(request.actor, seats),
        initial={"seat": request.GET.get("seat"), "answer": request.GET.get("answer")},
    )
    if form.is_valid():
        given = form.cleaned_data
        said = services.Said(
            given["answer"], given["substitute"], given["name"], given["organisation"]
        )
        try:
            made = services.reply(request.actor, meeting=one, seat_key=given["seat"], said=said)
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request,
                f"On record: {made.get_answer_display().lower()}. "
                "It can be changed until the meeting begins.",
            )
            return _back(request, one)
    context = {"meeting": one, "form": form, "back": request.POST.get("back", "")}
    return render(request, "attending/reply.html", context)


@require_http_methods(EITHER)
def from_mail(request: Request, key: str) -> HttpResponse:
    """What a calendar program answered becomes the answer for a seat, once a person has read it."""
    actor = request.actor
    one = _meeting(request, key)
    policies.may_reply(actor, one, own=False, at=now()).enforce()
    form = MailForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            answer = read_calendar_answer(file.read(), file.name or "message.eml")
            line = inviting.seat_of_answer(actor, one, answer)
        except (NotReadable, NotAllowed) as refusal:
            form.add_error("file", str(refusal))
        else:
            seats = queries.expected(actor, one)
            said = ReplyForm(
                seats=seats,
                people=queries.substitutes_for(actor, seats),
                initial={"seat": line.seat.key, "answer": MEANS.get(answer.said)},
            )
            context = {"meeting": one, "form": said, "back": "", "line": line, "mail": answer.said}
            return render(request, "attending/reply.html", context)
    context = {"meeting": one, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "attending/from_mail.html", context, status=status)


def _to_answer_for(request: Request, one: Meeting) -> Sequence[Expected]:
    """The seats that the reader answers for; refused where there is none."""
    actor = request.actor
    seats = queries.expected(actor, one)
    mine = [seat for seat in seats if seat.filled_by(actor.person_id)]
    policies.may_reply(actor, one, own=bool(mine), at=now()).enforce()
    return seats if policies.may_reply(actor, one, own=False, at=now()) else mine


def _back(request: Request, one: Meeting) -> HttpResponse:
    if request.POST.get("back") == "home":
        return redirect("desk:home")
    if request.POST.get("back") == "meeting":
        return redirect(one)
    return redirect("attending:meeting", one.key)


def _period(request: Request) -> tuple[PeriodForm, tuple[datetime.date, datetime.date] | None]:
    form = PeriodForm(request.GET)
    if not form.is_valid():
        return form, None
    until = form.cleaned_data["until"] or today()
    return form, (form.cleaned_data["since"] or until - relativedelta(years=2), until)


@require_safe
def attendance(request: Request, key: str) -> HttpResponse:
    """How the organisations of a body attended, as counts; of people there is nothing here."""
    body = get_object_or_404(bodies_visible_to(request.actor), key=key)
    form, period = _period(request)
    found = (
        queries.attendances(request.actor, body, since=period[0], until=period[1])
        if period
        else None
    )
    context = {
        "body": body,
        "form": form,
        "period": period,
        "found": found,
        "how": list(How),
        "last": found.meetings[-SHOWN:] if found else [],
    }
    return render(request, "attending/attendance.html", context)


@require_safe
def attendance_csv(request: Request, key: str) -> HttpResponse:
    """The same counts as a spreadsheet, marked with who took it and when; the trail keeps that."""
    actor = request.actor
    body = get_object_or_404(bodies_visible_to(actor), key=key)
    _, period = _period(request)
    if period is None:
        back = reverse("attending:attendance", args=[body.key])
        return redirect(f"{back}?{request.GET.urlencode()}")
    found = queries.attendances(actor, body, since=period[0], until=period[1])
    trail.note(actor, "attendance.exported", body, verb=Verb.DISCLOSE)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="attendance.csv"'
    out = csv.writer(response)
    marking = highest_tier(actor, "meetings.meeting", [one.key for one in found.meetings]).label
    out.writerow(
        [
            f"Taken by {actor.name}, {now():%d %B %Y %H:%M} UTC. {marking}. "
            f"{body.name}, {day(period[0])} to {day(period[1])}."
        ]
    )
    out.writerow(["Organisation", "Entitled to", *How])
    for organisation, tally in found.rows:
        out.writerow([as_text(organisation.name), tally.entitled, *map(tally.count, How)])
    return response


@require_http_methods(EITHER)
def quorum(request: Request, key: str) -> HttpResponse:
    """The rules of a body, each with its first day; its office puts another on record."""
    body = get_object_or_404(bodies_visible_to(request.actor), key=key)
    rules = list(queries.rules_visible_to(request.actor).filter(body=body))
    now_holds = next((one for one in rules if one.starts <= today()), None)
    may_set = policies.may_set_rule(request.actor, body)
    if request.method == "POST":
        may_set.enforce()
    organisations = queries.organisations_to_name(request.actor, body)
    form = QuorumForm(
        request.POST or None, organisations=organisations, initial=_initial(body, now_holds)
    )
    if form.is_valid():
        given = form.cleaned_data
        services.set_rule(
            request.actor,
            body=body,
            starts=given["starts"],
            members=given["members"],
            agencies=form.agencies,
            substitutes=given["substitutes"],
        )
        messages.success(request, "The quorum is on record.")
        return redirect("attending:quorum", body.key)
    context = {
        "body": body,
        "rules": [(one, queries.as_rule(one)) for one in rules],
        "now_holds": now_holds,
        "form": form,
        "may_set": may_set,
    }
    return render(request, "attending/quorum.html", context)


def _initial(body: Body, rule: Rule | None) -> dict[str, object]:
    """What holds now, to be changed; before any rule the number that the body’s page names."""
    if rule is None:
        return {"starts": today(), "members": body.quorum or 0, "substitutes": "count"}
    groups: dict[int, list[str]] = {}
    for one in rule.agencies.all():
        groups.setdefault(one.number, []).append(one.organisation.key)
    several = [keys for keys in groups.values() if len(keys) > 1]
    return {
        "starts": today(),
        "members": rule.members,
        "substitutes": rule.substitutes,
        "each": [keys[0] for keys in groups.values() if len(keys) == 1],
        "one_of": several[0] if several else [],
        "and_one_of": several[1] if len(several) > 1 else [],
    }
