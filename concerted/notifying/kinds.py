"""What people can hear of: how each thing reads to one reader, if they may see it now."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from concerted.access.actor import Actor
from concerted.actions.public import (
    UNFINISHED,
    Action,
    ActionState,
    lines,
    told_of,
)
from concerted.actions.public import visible_to as actions_visible_to
from concerted.agendas.public import IssueState
from concerted.agendas.public import visible_to as issues_visible_to
from concerted.crime_reports.public import Report as CrimeReport
from concerted.crime_reports.public import ReportState as CrimeReportState
from concerted.crime_reports.public import may_clear as may_clear_report
from concerted.crime_reports.public import may_issue as may_issue_report
from concerted.crime_reports.public import visible_to as crime_reports_visible_to
from concerted.crime_reports.public import wrote as wrote_in_report
from concerted.kernel.clock import today
from concerted.meetings.public import NOT_HELD, MeetingState, may_clear, may_record
from concerted.meetings.public import visible_to as meetings_visible_to
from concerted.paper_calls.public import (
    comment_calls_visible_to,
    deliveries_visible_to,
    is_asked,
    line_of,
    works_for,
)
from concerted.paper_calls.public import visible_to as calls_visible_to
from concerted.papers.public import visible_to as papers_visible_to
from concerted.people.public import Body, Organisation
from concerted.raising.public import ItemRequest, RequestState, may_see_all
from concerted.raising.public import of_key as request_of_key
from concerted.reports_back.public import (
    ReturnKind,
    asked_visible_to,
    referrals_visible_to,
    represents,
    standing_returns,
)
from concerted.ui.words import day

# What is older than this when it comes on record is history, and nobody's news.
NEWS_FOR = datetime.timedelta(days=90)
DUE_WITHIN = datetime.timedelta(days=7)
LONG_OVERDUE = datetime.timedelta(days=30)
TOO_MANY_SLIPS = 3
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of one thing to one reader; `href` is the path of its page.

    `organisation` is the one whose leads it is for.
    """

    words: str
    href: str
    body: Body
    audience_id: int
    restricted: bool
    organisation: Organisation | None = None


Tells = Callable[[Actor, str, str], Told | None]
Among = Callable[[Actor], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of news: `tells(actor, reference, about)` is None where there is nothing to tell.

    `among` are the rows of which it can tell this reader anything: of many things, one query finds
    those. Without it, each has to be asked.

    News of a `whole` body wait for the secretary, as does what the leads of an organisation are
    told of (`lead`); the rest is told to whom it concerns. With `owners`, those of them who have
    no account are asked by a link. What the `law` needs goes to everybody whom it is for,
    whatever mail they want.
    """

    name: str
    tells: Tells
    among: Among | None = None
    whole: bool = False
    owners: bool = False
    lead: bool = False
    law: bool = False


def _agenda(actor: Actor, key: str, about: str) -> Told | None:
    issue = issues_visible_to(actor).filter(key=key, state=IssueState.PUBLISHED).first()
    if issue is None or issue.meeting.state != MeetingState.PLANNED:
        return None
    meeting = issue.meeting
    if meeting.held_on < today():
        return None
    what = "The agenda" if issue.number == 1 else "A supplement to the agenda"
    return Told(
        f"{what} of {meeting.body.name} for {day(meeting.held_on)} is published.",
        meeting.get_absolute_url(),
        meeting.body,
        issue.audience_id,
        meeting.restricted or meeting.body.restricts(issue.audience_id),
    )


def _rearranged(actor: Actor, key: str, about: str) -> Told | None:
    return _to_come(actor, key, "is moved: it is now on {day}.", MeetingState.PLANNED)


def _cancelled(actor: Actor, key: str, about: str) -> Told | None:
    return _to_come(actor, key, "on {day} is cancelled.", MeetingState.CANCELLED)


def _to_come(actor: Actor, key: str, what: str, state: MeetingState) -> Told | None:
    meeting = meetings_visible_to(actor).filter(key=key, state=state, held_on__gte=today()).first()
    if meeting is None:
        return None
    return Told(
        f"The meeting of {meeting.body.name} {what.format(day=day(meeting.held_on))}",
        meeting.get_absolute_url(),
        meeting.body,
        meeting.audience_id,
        meeting.restricted,
    )


def _minutes(actor: Actor, key: str, about: str) -> Told | None:
    return _of_minutes(actor, key, "can be read now.", confirmed=False)


def _confirmed(actor: Actor, key: str, about: str) -> Told | None:
    return _of_minutes(actor, key, "were agreed as a correct record.", confirmed=True)


def _of_minutes(actor: Actor, key: str, what: str, *, confirmed: bool) -> Told | None:
    minutes = meetings_visible_to(actor).filter(
        key=key, with_office=False, held_on__gte=today() - NEWS_FOR
    )
    meeting = minutes.exclude(state__in=NOT_HELD).first()
    if meeting is None or (confirmed and meeting.state != MeetingState.CONFIRMED):
        return None
    return Told(
        f"The minutes of {meeting.body.name} of {day(meeting.held_on)} {what}",
        meeting.get_absolute_url(),
        meeting.body,
        meeting.audience_id,
        meeting.restricted,
    )


def _request(actor: Actor, key: str, about: str) -> Told | None:
    """To the office and the chair: somebody put an item forward, and nobody has answered."""
    request = request_of_key(actor, key)
    if request is None or request.state != RequestState.WAITING:
        return None
    if not may_see_all(actor, request.body):
        return None
    what = "Urgent business is raised" if request.urgent else "An item is put forward"
    return _of_request(request, f"{what} for {request.body.name}: {_short(request.title)}")


def _request_answered(actor: Actor, key: str, about: str) -> Told | None:
    """To whoever put it forward."""
    request = request_of_key(actor, key)
    if request is None or request.by_id != actor.person_id:
        return None
    if request.state in (RequestState.WAITING, RequestState.WITHDRAWN):
        return None
    what = f"What you put forward for {request.body.name} was answered"
    return _of_request(request, f"{what}: {_short(request.title)}")


def _of_request(request: ItemRequest, words: str) -> Told:
    return Told(words, request.get_absolute_url(), request.body, request.audience_id, False)


def _to_clear(actor: Actor, key: str, about: str) -> Told | None:
    """To those of the organisation that owns the figures, until somebody has cleared it."""
    report = crime_reports_visible_to(actor).filter(key=key).first()
    if report is None or not may_clear_report(actor, report, wrote=wrote_in_report(actor, report)):
        return None
    return _of_report(report, f"{report.title} waits to be cleared by {report.owner.name}.")


def _to_issue(actor: Actor, key: str, about: str) -> Told | None:
    """To the office: it can go to the body."""
    report = crime_reports_visible_to(actor).filter(key=key).first()
    if report is None or not may_issue_report(actor, report, printed=True):
        return None
    return _of_report(report, f"{report.title} is cleared, and can be issued.")


def _back_to_write(actor: Actor, key: str, about: str) -> Told | None:
    """To whoever prepared it, while it is with them."""
    report = crime_reports_visible_to(actor).filter(key=key, state=CrimeReportState.WRITING).first()
    if report is None or report.prepared_by_id != actor.person_id:
        return None
    return _of_report(report, f"{report.title} came back, to be changed.")


def _of_report(report: CrimeReport, words: str) -> Told:
    return Told(
        words, report.get_absolute_url(), report.body, report.audience_id, report.body.hidden
    )


def _question(actor: Actor, key: str, about: str) -> Told | None:
    """To the office and the chair of the body that is asked, until it has answered."""
    asked = asked_visible_to(actor).filter(key=key, answered_on=None).first()
    if asked is None or not _leads(actor, asked.to_body):
        return None
    what = f"{asked.from_body.name} asks {asked.to_body.name}"
    return Told(
        f"{what}: {_short(asked.question)}",
        asked.get_absolute_url(),
        asked.to_body,
        asked.audience_id,
        asked.to_body.hidden or asked.to_body.restricts(asked.audience_id),
    )


def _question_answered(actor: Actor, key: str, about: str) -> Told | None:
    """To the office and the chair of the body that asked."""
    referral = referrals_visible_to(actor).filter(key=key, answered_on__isnull=False).first()
    if referral is None or not _leads(actor, referral.from_body):
        return None
    what = f"{referral.to_body.name} answered a question of {referral.from_body.name}"
    return Told(
        f"{what}: {_short(referral.question)}",
        referral.get_absolute_url(),
        referral.from_body,
        referral.audience_id,
        referral.from_body.hidden or referral.from_body.restricts(referral.audience_id),
    )


def _leads(actor: Actor, body: Body) -> bool:
    """Whether the actor keeps the office of a body, or chairs it."""
    return bool(may_record(actor, body) or may_clear(actor, body))


def _not_received(actor: Actor, key: str, about: str) -> Told | None:
    """To whoever represents the body of which no report came, unless one has come since."""
    one = standing_returns(actor).filter(key=key, kind=ReturnKind.NOT_RECEIVED).first()
    if one is None or not represents(actor, one.link):
        return None
    meeting, link = one.meeting, one.link
    return Told(
        f"No report back was received from {link.reporting.name} at the meeting of "
        f"{link.receiving.name} on {day(meeting.held_on)}.",
        reverse("reports_back:meeting", args=[meeting.key]),
        link.receiving,
        one.audience_id,
        link.reporting.hidden or link.receiving.restricts(one.audience_id),
    )


def _paper(actor: Actor, key: str, about: str) -> Told | None:
    return _of_paper(actor, key, "There is a new paper for {body}")


def _paper_changed(actor: Actor, key: str, about: str) -> Told | None:
    return _of_paper(actor, key, "A paper for {body} has a new version")


def _paper_withdrawn(actor: Actor, key: str, about: str) -> Told | None:
    return _of_paper(actor, key, "A paper for {body} is withdrawn")


def _of_paper(actor: Actor, key: str, what: str) -> Told | None:
    paper = papers_visible_to(actor).filter(key=key, published_at__isnull=False).first()
    if paper is None:
        return None
    # What was asked for is news whatever day it bears.
    if paper.received_at is None and paper.dated_on and paper.dated_on < today() - NEWS_FOR:
        return None
    return Told(
        f"{what.format(body=paper.body.name)}: {_short(paper.title)}",
        paper.get_absolute_url(),
        paper.body,
        paper.audience_id,
        paper.restricted,
    )


def _asked_for(actor: Actor, key: str, about: str) -> Told | None:
    return _of_call(actor, key, "You are asked for a paper")


def _chased(actor: Actor, key: str, about: str) -> Told | None:
    return _of_call(actor, key, "A paper of yours is outstanding", waits=True)


def _chased_organisation(actor: Actor, key: str, about: str) -> Told | None:
    return _of_call(
        actor, key, "A paper of your organisation is outstanding", waits=True, theirs=False
    )


def _of_call(
    actor: Actor, key: str, what: str, *, waits: bool = False, theirs: bool = True
) -> Told | None:
    """What is said of a call for a paper to whoever is asked; else to the office, for them."""
    call = calls_visible_to(actor).filter(key=key, withdrawn_at=None).first()
    if call is None or call.meeting.held_on < today() or (theirs and not works_for(actor, call)):
        return None
    if waits and not line_of(actor, call).waits:
        return None
    return Told(
        f"{what}: {_short(call.title)} ({call.body.name}). Due {day(call.due_on)}.",
        call.get_absolute_url(),
        call.body,
        call.audience_id,
        call.audience_id != call.home_id or call.body.hidden,
        call.organisation,
    )


def _sent_back(actor: Actor, key: str, about: str) -> Told | None:
    delivery = deliveries_visible_to(actor).filter(key=key, state="sent_back").first()
    if delivery is None:
        return None
    if delivery.received_by_id != actor.person_id and not works_for(actor, delivery.call):
        return None
    return _of_call(actor, delivery.call.key, "A paper was sent back to you", theirs=False)


def _comments(actor: Actor, key: str, about: str) -> Told | None:
    """For those who are asked by post or organisation, and for a whole body."""
    call = comment_calls_visible_to(actor).filter(key=key).first()
    if call is None or (call.until and call.until < today()):
        return None
    paper = call.paper
    if call.to_body_id is None and not is_asked(actor, call):
        return None
    until = f" By {day(call.until)}." if call.until else ""
    return Told(
        f"You are asked for comments on a paper: {_short(paper.title)}.{until}",
        paper.get_absolute_url(),
        call.to_body or paper.body,
        paper.audience_id,
        paper.restricted,
    )


def _given(actor: Actor, key: str, about: str) -> Told | None:
    action = _mine(actor, key)
    if action is None or action.state not in UNFINISHED:
        return None
    if action.agreed_on < today() - NEWS_FOR:
        return None
    return _of_action(action, "You have a new action")


def _moved(actor: Actor, key: str, about: str) -> Told | None:
    action = _mine(actor, key)
    if action is None or action.state not in UNFINISHED:
        return None
    return _of_action(action, "The date of an action of yours was changed")


ENDED = {
    ActionState.DONE: "An action of yours was accepted as done",
    ActionState.WITHDRAWN: "An action of yours was withdrawn, so there is nothing left to do",
}


def _ended(actor: Actor, key: str, about: str) -> Told | None:
    action = _mine(actor, key)
    if action is None or action.state not in ENDED:
        return None
    return _of_action(action, ENDED[ActionState(action.state)], dated=False)


def _due(actor: Actor, key: str, about: str) -> Told | None:
    action = _still_to_do(actor, key, about)
    if action is None or action.due is None or action.due < today():
        return None
    return _of_action(action, "An action of yours is due soon")


def _overdue(actor: Actor, key: str, about: str) -> Told | None:
    action = _still_to_do(actor, key, about)
    if action is None or action.due is None or action.due >= today():
        return None
    return _of_action(action, "An action of yours is overdue")


def _third_slip(actor: Actor, key: str, about: str) -> Told | None:
    action = actions_visible_to(actor).filter(key=key, state__in=UNFINISHED).first()
    if action is None or lines(actor, [action], by_whom=False)[0].slips < TOO_MANY_SLIPS:
        return None
    return _of_action(action, "The date of this action has slipped three times or more")


def _long_overdue(actor: Actor, key: str, about: str) -> Told | None:
    action = actions_visible_to(actor).filter(key=key, state=ActionState.OPEN).first()
    if action is None or action.due is None or action.due.isoformat() != about:
        return None
    if action.due > today() - LONG_OVERDUE:
        return None
    return _of_action(action, "This action has been overdue for 30 days or more")


def _mine(actor: Actor, key: str) -> Action | None:
    return told_of(actor).filter(key=key).first()


def _still_to_do(actor: Actor, key: str, about: str) -> Action | None:
    """An action that is open as of this due date, and not answered by the reader's organisation."""
    action = _mine(actor, key)
    if action is None or action.state != ActionState.OPEN or action.due is None:
        return None
    if action.due.isoformat() != about or lines(actor, [action], by_whom=False)[0].waits:
        return None
    return action


def _of_action(action: Action, what: str, *, dated: bool = True) -> Told:
    due = f" Due {day(action.due)}." if dated and action.due else ""
    return Told(
        f"{what}: {_short(action.text)} ({action.body.name}).{due}",
        action.get_absolute_url(),
        action.body,
        action.audience_id,
        action.restricted,
    )


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rpartition(' ')[0]} …"


AGENDA = "agenda.published"
DUE, OVERDUE = "action.due", "action.overdue"
THIRD_SLIP, LONG = "action.third_slip", "action.long_overdue"
KINDS = {
    kind.name: kind
    for kind in (
        Kind(AGENDA, _agenda, issues_visible_to, whole=True, law=True),
        Kind("meeting.moved", _rearranged, meetings_visible_to, whole=True, law=True),
        Kind("meeting.cancelled", _cancelled, meetings_visible_to, whole=True, law=True),
        Kind("minutes.recorded", _minutes, meetings_visible_to, whole=True),
        Kind("minutes.circulated", _minutes, meetings_visible_to, whole=True),
        Kind("minutes.confirmed", _confirmed, meetings_visible_to, whole=True),
        Kind("paper.published", _paper, papers_visible_to, whole=True),
        Kind("paper.changed", _paper_changed, papers_visible_to, whole=True),
        Kind("paper.withdrawn", _paper_withdrawn, papers_visible_to, whole=True),
        Kind("paper_call.made", _asked_for),
        Kind("paper_call.chased", _chased),
        Kind("paper_call.chased_organisation", _chased_organisation, lead=True),
        Kind("delivery.sent_back", _sent_back),
        Kind("crime_report.to_clear", _to_clear),
        Kind("crime_report.cleared", _to_issue),
        Kind("crime_report.sent_back", _back_to_write),
        Kind("comments.called", _comments),
        Kind("comments.called_widely", _comments, whole=True),
        Kind("request.answered", _request_answered),
        Kind("request.made", _request),
        Kind("question.asked", _question, asked_visible_to),
        Kind("question.answered", _question_answered, referrals_visible_to),
        Kind("return.not_received", _not_received, standing_returns),
        Kind("action.given", _given, told_of, owners=True),
        Kind("action.moved", _moved, told_of, owners=True),
        Kind("action.ended", _ended, told_of),
        Kind(DUE, _due),
        Kind(OVERDUE, _overdue),
        Kind(THIRD_SLIP, _third_slip, lead=True),
        Kind(LONG, _long_overdue, lead=True),
    )
}


def tells(actor: Actor, kind: str, reference: str, about: str = "") -> Told | None:
    """What a piece of news says to this reader now; None where it is not for them, or over."""
    return KINDS[kind].tells(actor, reference, about)
