"""Reports that are expected, and questions of other bodies, at the head of an agenda's builder."""

from collections.abc import Sequence

from django.urls import reverse

from concerted.access.actor import Actor
from concerted.agendas.public import Head, Heads
from concerted.meetings.public import Meeting
from concerted.reports_back.queries import Question, ReportLine, reports_at, waiting_for
from concerted.ui.words import day, plural


class Reports(Heads):
    def waiting(self, actor: Actor, meeting: Meeting) -> Sequence[Head]:
        return [_report(one, meeting) for one in reports_at(actor, meeting) if one.expected]


class Questions(Heads):
    def waiting(self, actor: Actor, meeting: Meeting) -> Sequence[Head]:
        return [_question(one, meeting) for one in waiting_for(actor, meeting)]


def _report(line: ReportLine, meeting: Meeting) -> Head:
    through = f", through {line.through}" if line.through else ""
    return Head(
        key=line.link.key,
        title=f"Report back: {line.link.reporting}",
        href=reverse("reports_back:meeting", args=[meeting.key]),
        words=f"Expected at this meeting{through}. {line.standing}.",
    )


def _question(one: Question, meeting: Meeting) -> Head:
    due = f"; answer due {day(one.due)}" if one.due else ""
    waited = f"; unanswered for {plural(one.waited or 0, 'meeting')}" if one.waited else ""
    return Head(
        key=one.key,
        title=one.words,
        href=reverse("reports_back:referral", args=[one.key]),
        words=f"A question from {one.from_body}{due}{waited}",
        action=reverse("reports_back:put", args=[one.key]),
        fields={"meeting": meeting.key},
    )
