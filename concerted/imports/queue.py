"""What waits to be checked, the least sure first, and what each of it asks, in words."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from concerted.access.actor import Actor
from concerted.imports.models import File, ReadMeeting
from concerted.imports.paper_review import PaperReview
from concerted.imports.review import Review
from concerted.imports.states import FileState
from concerted.meetings.public import Meeting, MeetingState
from concerted.reading.model import Reading
from concerted.reading.reports import Report
from concerted.reading.wire import to_wire

UNSURE, ASKS, SURE, REPORT = 0, 1, 2, 3
GROUPS = {
    UNSURE: "Nothing was sure",
    ASKS: "Something is asked",
    SURE: "Sure",
    REPORT: "Reports that ask nothing: each is looked at on its own",
}
# How many of what is asked, by how a question's first field is called; one word, several.
KINDS: dict[str, tuple[str, str]] = {
    "changes": ("tracked changes: which text counts", "tracked changes: which text counts"),
    "same": ("the same meeting?", "the same meeting?"),
    "marking": ("marking", "markings"),
    "body": ("body", "bodies"),
    "date": ("date", "dates"),
    "detail": ("detail of the meeting", "details of the meeting"),
    "head": ("fact of the report", "facts of the report"),
    "recommendation": ("recommendation", "recommendations"),
    "going": ("meeting it goes to", "meetings it goes to"),
    "name": ("name", "names"),
    "organisation": ("organisation", "organisations"),
    "item": ("item", "items"),
    "decision": ("decision", "decisions"),
    "action": ("action", "actions"),
    "done": ("earlier action that may be done", "earlier actions that may be done"),
    "line": ("line without a place", "lines without a place"),
}
LETTERS = {
    "n": "name",
    "g": "organisation",
    "i": "item",
    "d": "decision",
    "a": "action",
    "u": "line",
}
HEAD = 1500  # characters of a meeting in which minutes say what they are
AGREED = re.compile(
    r"^[^\w\n]*(?:(?:confirmed|approved|signed|agreed) minutes|"
    r"minutes[^\w\n]+(?:confirmed|approved|signed)(?: as a correct record)?|"
    r"(?:confirmed|approved|signed) as a correct record)[^\w\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
DETAILS = frozenset({"starts_at", "venue", "status", "next_meeting"})
OF_REPORT = {
    "held": "marking",
    "held_on": "date",
    "organisation": "organisation",
    "title": "head",
    "author": "head",
    "author_post": "head",
    "contact_post": "head",
}
LETTERS_OF_REPORT = {"r": "recommendation", "g": "going", "u": "line"}


def kind_of(field: str) -> str:
    """What a question about minutes is about, from the name of its first field."""
    if field in ("body", "date"):
        return field
    return "detail" if field in DETAILS else LETTERS[field[0]]


def kind_in_report(field: str) -> str:
    """What a question about a report is about, from the name of its first field."""
    if field in ("body", "date"):
        return field
    return OF_REPORT.get(field) or LETTERS_OF_REPORT.get(field[0], "head")


def in_words(asks: Mapping[str, int], *, same: bool = False) -> str:
    """`2 names, 1 date`; empty where nothing is asked."""
    told = ["whether it is a meeting that is here already"] if same else []
    told += [KINDS["changes"][0]] if asks.get("changes") else []
    told += [
        f"{asks[kind]} {many if asks[kind] > 1 else one}"
        for kind, (one, many) in KINDS.items()
        if kind != "changes" and asks.get(kind)
    ]
    return ", ".join(told)


def in_short(review: Review | PaperReview) -> dict[str, Any]:
    """The columns of a ReadMeeting, from a meeting or a report laid out for a person.

    Which text of a Word file with tracked changes counts is a question like any other, and so is
    whether an earlier action is done: only a person closes one.
    """
    of_report = isinstance(review, PaperReview)
    kind = kind_in_report if of_report else kind_of
    asks = Counter(kind(card.names[0]) for card in review.questions)
    if review.undecided:
        asks["changes"] = 1
    if isinstance(review, Review) and review.closings:
        asks["done"] = len(review.closings)
    short = _report_in_short(review) if isinstance(review, PaperReview) else _in_short(review)
    return short | {
        "report": of_report,
        "asks": dict(asks),
        "questions": asks.total(),
        "personal": len(review.personal),
    }


def _report_in_short(review: PaperReview) -> dict[str, Any]:
    report = review.reading
    fields = {one.name: one for one in review.fields}
    match = str(fields["body"].initial)
    facts = (report.body, report.title, report.date)
    return {
        "agenda": False,
        "body_key": match,
        "body_name": str(report.body.value)[:160] if report.body else "",
        "held_on": report.date.value if report.date and report.date.sure else None,
        "starts_at": None,
        "status": "",
        "certain": sum(bool(fact and fact.sure) for fact in facts) + len(review.points),
        "mark": _mark(1, match, report),
    }


def _in_short(review: Review) -> dict[str, Any]:
    meeting = review.meeting
    fields = {one.name: one for one in review.fields}
    body = meeting.body
    match = str(fields["body"].initial)
    day = meeting.date.value if meeting.date and meeting.date.sure else None
    return {
        "agenda": review.reading.kind == "agenda",
        "body_key": match,
        "body_name": str(body.value)[:160] if body else "",
        "held_on": day,
        "starts_at": meeting.start_time.value
        if meeting.start_time and meeting.start_time.sure
        else None,
        "status": str(meeting.status.value)[:80] if meeting.status else _printed(review),
        "certain": _certain(review),
        "mark": _mark(review.number, match, review.reading),
    }


def _printed(review: Review) -> str:
    """The line near the head that calls the minutes confirmed; the reader keeps drafts alone."""
    start = review.meeting.span.start
    found = AGREED.search(review.reading.text[start : start + HEAD])
    return " ".join(found[0].split())[:80] if found else ""


def _certain(review: Review) -> int:
    """How much of what was read is sure; a fact that the text does not give counts for nothing."""
    meeting = review.meeting
    facts = (meeting.body, meeting.date, meeting.start_time, meeting.venue)
    names = sum(name.sure for name in review.attendance)
    return (
        sum(bool(fact and fact.sure) for fact in facts)
        + names
        + len(review.items)
        + len(review.decisions)
        + len(review.actions)
    )


def _mark(number: int, body: str, reading: Reading | Report) -> str:
    """A fingerprint of a reading and of the body that it is of.

    Whom its names stand for is no part of it: that follows from the record, and whoever came onto
    it since is asked about where there is a doubt.
    """
    whole = json.dumps([number, body, to_wire(reading)], sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()


def waiting(actor: Actor) -> QuerySet[ReadMeeting]:
    """Every meeting that waits for this actor to check it, the least sure first.

    What an office asked for is not among them: it is checked from the page of its call.
    """
    return _read(actor).filter(file__handover__asked_for=False)


def _read(actor: Actor) -> QuerySet[ReadMeeting]:
    mine = ReadMeeting.objects.filter(
        audience_id__in=actor.audience_ids, file__state=FileState.READ, same_as=None
    )
    that_day = {"body": OuterRef("body"), "held_on": OuterRef("held_on")}
    recorded = Meeting.objects.filter(audience_id__in=actor.audience_ids, **that_day).exclude(
        state=MeetingState.CANCELLED
    )
    others = (
        mine.filter(apart=False, report=False, agenda=OuterRef("agenda"), **that_day)
        .exclude(pk=OuterRef("pk"))
        .order_by()
    )
    twin = Q(agenda=True) & Exists(recorded) | Q(agenda=False) & Exists(
        recorded.exclude(state=MeetingState.PLANNED)
    )
    return (
        mine.filter(file__audience_id__in=actor.audience_ids)
        .select_related("file", "body")
        .defer("file__reading", "file__answers", "file__markup")
        .annotate(
            same=Case(
                When(Q(apart=False, report=False) & (twin | Exists(others)), then=Value(True)),
                default=Value(False),
                output_field=BooleanField(),
            )
        )
        .annotate(
            group=Case(
                When(certain=0, then=Value(UNSURE)),
                When(Q(questions__gt=0) | Q(same=True), then=Value(ASKS)),
                When(report=True, then=Value(REPORT)),
                default=Value(SURE),
                output_field=IntegerField(),
            )
        )
        .order_by("group", "-questions", "-same", "held_on", "file__position", "file_id", "number")
    )


def sure(actor: Actor, *, handover_key: str = "") -> QuerySet[ReadMeeting]:
    """Those that leave no question, the earliest meeting first and an agenda before minutes."""
    found = waiting(actor).filter(Q(group=SURE))
    if handover_key:
        found = found.filter(file__handover__key=handover_key)
    return found.order_by("-agenda", "held_on", "file_id", "number")


def asking(found: QuerySet[ReadMeeting], kind: str) -> QuerySet[ReadMeeting]:
    """Those of them that ask about one kind of thing; all for a kind that nobody knows."""
    if kind == "same":
        return found.filter(Q(same=True))
    return found.filter(asks__has_key=kind) if kind in KINDS else found


@dataclass(frozen=True, slots=True)
class Counted:
    """How many wait in each group, and of which bodies."""

    groups: dict[int, int]
    bodies: list[tuple[str, str, int]]

    @property
    def all(self) -> int:
        return sum(self.groups.values())


def _grouped(found: QuerySet[ReadMeeting]) -> dict[int, int]:
    groups = found.order_by().values("group").annotate(n=Count("pk"))  # type: ignore[misc]
    return {one["group"]: one["n"] for one in groups}


def counted(found: QuerySet[ReadMeeting]) -> Counted:
    """Two queries for any number: by group, and by body as known (its key) or as read."""
    groups = dict.fromkeys(GROUPS, 0)
    groups |= _grouped(found)
    bodies = (
        found.order_by()
        .values_list("body__key", "body__name")
        .annotate(n=Count("pk"))
        .order_by("body__name")
    )
    return Counted(groups, [(key or "", name or "", n) for key, name, n in bodies])


@dataclass(frozen=True, slots=True)
class Place:
    """Where one meeting stands in the queue, and which comes after it."""

    number: int
    of: int
    next: ReadMeeting | None


def place(actor: Actor, read: ReadMeeting) -> Place:
    """Two queries; after the last the queue begins again with the first.

    What an office asked for stands in no queue, so nothing comes after it.
    """
    order = list(waiting(actor).values_list("pk", flat=True))
    if read.pk not in order:
        return Place(1, 1, None)
    at = order.index(read.pk)
    others = [*order[at + 1 :], *order[:at]]
    following = waiting(actor).filter(pk=others[0]).first() if others else None
    return Place(at + 1, len(order), following)


def read_meeting(actor: Actor, file: File, number: int) -> ReadMeeting | None:
    """One meeting of a file as it stands in the queue; none where it is settled."""
    return _read(actor).filter(file=file, number=number).first()


def copy_of(actor: Actor, file: File, number: int) -> ReadMeeting | None:
    """The one that a meeting is another copy of, by a person's word, where that one waits."""
    return (
        waiting(actor)
        .filter(copies__file=file, copies__number=number, audience_id__in=actor.audience_ids)
        .first()
    )
