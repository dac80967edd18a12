"""Reads of who is expected, what was answered, and what the rule says of it."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from concerted.access.actor import Actor
from concerted.attending import agencies, quorum, times
from concerted.attending.agencies import How, Tally, tallies
from concerted.attending.models import Agency, Reply, Rule
from concerted.attending.quorum import Filled, Look
from concerted.attending.states import Answer
from concerted.kernel.clock import now, today
from concerted.meetings.public import (
    NOT_HELD,
    Attended,
    Meeting,
    names_visible_to,
    next_planned,
)
from concerted.meetings.public import visible_to as meetings_visible_to
from concerted.people.public import (
    QUORATE_CAPACITIES,
    Body,
    Organisation,
    Person,
    Seat,
    SeatLine,
    organisations_visible_to,
    people_visible_to,
    seat_lines,
    seated_organisations,
    seats_over_time,
    sitting,
)

OBSERVER = "observer"
SUBSTITUTE = "substitute"


def replies_visible_to(actor: Actor) -> QuerySet[Reply]:
    return Reply.objects.filter(
        audience_id__in=actor.audience_ids, meeting__audience_id__in=actor.audience_ids
    ).select_related("person", "substitute", "by")


def rules_visible_to(actor: Actor) -> QuerySet[Rule]:
    """The rules of bodies, the newest first, with the agencies that they name."""
    agencies = Agency.objects.filter(
        audience_id__in=actor.audience_ids, organisation__audience_id__in=actor.audience_ids
    ).select_related("organisation")
    return (
        Rule.objects.filter(
            audience_id__in=actor.audience_ids, body__audience_id__in=actor.audience_ids
        )
        .select_related("body", "set_by")
        .prefetch_related(Prefetch("agencies", agencies.order_by("number", "id")))
        .order_by("-starts", "-id")
    )


def rule_of(actor: Actor, body: Body, *, day: datetime.date) -> Rule | None:
    """The rule that holds for a body on a day; None where none is on record."""
    found = rules_visible_to(actor).filter(body=body, starts__lte=day).first()
    return found if found and as_rule(found) else None


def as_rule(rule: Rule) -> quorum.Rule:
    """A rule as the computation takes it."""
    groups: dict[int, list[str]] = defaultdict(list)
    for one in rule.agencies.all():
        groups[one.number].append(one.organisation.name)
    agencies = tuple(quorum.Agency(tuple(groups[number])) for number in sorted(groups))
    return quorum.Rule(rule.members, agencies, rule.substitutes)


def organisations_to_name(actor: Actor, body: Body) -> QuerySet[Organisation]:
    """Those that a rule can name: with a seat on the body now, or named by a rule of it already."""
    seated = [one.pk for one in seated_organisations(actor, body, day=today())]
    rules = Rule.objects.filter(body=body, audience_id__in=actor.audience_ids)
    named = Agency.objects.filter(rule__in=rules).values("organisation")
    return organisations_visible_to(actor).filter(Q(pk__in=seated) | Q(pk__in=named))


@dataclass(frozen=True, slots=True)
class Expected:
    """A seat of the body on the day of a meeting, who fills it, and what was answered last."""

    seat: Seat
    organisation: str
    people: tuple[Person, ...]
    standing_in: tuple[Person, ...]
    reply: Reply | None = None

    @property
    def member(self) -> bool:
        return self.seat.capacity in QUORATE_CAPACITIES

    @property
    def who(self) -> str:
        return " or ".join(one.name for one in self.people)

    def filled_by(self, person_id: int) -> bool:
        return any(one.pk == person_id for one in self.people)

    def one_of(self, person_id: int) -> int | None:
        """Whose answer it is: that of this person if they fill the seat, else of who does."""
        if self.filled_by(person_id):
            return person_id
        return self.people[0].pk if self.people else None

    @property
    def filled(self) -> Filled:
        """As it would count if it were filled as was answered, or by who holds it."""
        instead = self.reply is not None and self.reply.answer == Answer.SUBSTITUTE
        one = f"seat {self.seat.pk}"
        if instead and self.reply:
            known = self.reply.substitute_id
            who = f"person {known}" if known else one
        else:
            who = f"person {self.people[0].pk}" if self.people else one
        return Filled(who, self.organisation, self.member, instead)


def seats_expected(actor: Actor, meeting: Meeting) -> list[SeatLine]:
    """The seats of the body on the day of a meeting, those proposed and observers left out."""
    lines = seat_lines(actor, meeting.body, day=meeting.held_on)
    return [one for one in lines if not one.seat.proposed and one.seat.role != OBSERVER]


def expected(actor: Actor, meeting: Meeting) -> list[Expected]:
    """Each seat with who fills it and its last answer; the same queries however many there are."""
    lines = seats_expected(actor, meeting)
    last = {one.seat_id: one for one in replies_visible_to(actor).filter(meeting=meeting)}
    return [_expected(line, last.get(line.seat.pk)) for line in lines]


def _expected(line: SeatLine, reply: Reply | None) -> Expected:
    held = [one.person for one in line.appointments if not one.substitute]
    for filling in line.seat.filled_by.all():
        held += [one.person for one in filling.post.appointments.all()]
    standing_in = [one.person for one in line.appointments if one.substitute]
    return Expected(line.seat, line.holder, tuple(held), tuple(standing_in), reply)


def forecast(rule: Rule | None, lines: Sequence[Expected]) -> Look:
    """What the rule says of the answers so far. No answer is never somebody who comes."""
    comes = [
        one.filled
        for one in lines
        if one.reply and one.reply.answer in (Answer.COMING, Answer.SUBSTITUTE)
    ]
    # Of a seat that nobody holds no answer can come.
    unsaid = [one.filled for one in lines if one.reply is None and one.people]
    return quorum.look(as_rule(rule) if rule else None, comes, unsaid)


@dataclass(frozen=True, slots=True)
class Ahead:
    """A meeting to come as its page shows it to one reader: what is to be, and their own seats."""

    meeting: Meeting
    rule: Rule | None
    look: Look
    seats: Sequence[Expected]
    mine: Sequence[Expected]
    clashes: Sequence[Meeting]
    over: bool


def ahead_of(actor: Actor, meeting: Meeting) -> Ahead:
    lines = expected(actor, meeting)
    rule = rule_of(actor, meeting.body, day=meeting.held_on)
    mine = [one for one in lines if one.filled_by(actor.person_id)]
    over = now() >= times.begins(meeting.held_on, meeting.starts_at)
    clashes = clashing(actor, meeting) if mine and not over else []
    return Ahead(meeting, rule, forecast(rule, lines), lines, mine, clashes, over)


def clashing(actor: Actor, meeting: Meeting) -> list[Meeting]:
    """Other meetings at the same time of bodies that the actor sits on, if they see them."""
    bodies = _bodies_of(actor, meeting.held_on)
    that_day = next_planned(actor, after=meeting.held_on).filter(
        held_on=meeting.held_on, body__in=bodies.keys()
    )
    return [
        one for one in that_day.exclude(pk=meeting.pk) if times.meet(_span(one), _span(meeting))
    ]


def _span(one: Meeting) -> tuple[datetime.date, datetime.time | None, int | None]:
    return one.held_on, one.starts_at, one.length_minutes


def _bodies_of(actor: Actor, day: datetime.date) -> Mapping[int, Collection[int]]:
    """The bodies that the actor sits on on a day, each with the seats that they fill there."""
    me = people_visible_to(actor).filter(pk=actor.person_id).first()
    found = sitting(actor, day=day, person=me) if me else []
    return {one.body_id: one.seat_ids for one in found}


def to_answer(actor: Actor, *, until: datetime.date) -> list[Meeting]:
    """Meetings to come by a day with a seat of the actor’s that is not answered for, in order."""
    if not actor.seated_body_ids:
        return []
    seats = _bodies_of(actor, today())
    meetings = list(
        next_planned(actor, after=today()).filter(held_on__lte=until, body__in=seats.keys())
    )
    if not meetings:
        return []
    answered = set(
        replies_visible_to(actor).filter(meeting__in=meetings).values_list("meeting", "seat")
    )
    moment = now()
    return [
        one
        for one in meetings
        if any((one.pk, seat) not in answered for seat in seats[one.body_id])
        and moment < times.begins(one.held_on, one.starts_at)
    ]


def substitutes_for(actor: Actor, seats: Iterable[Expected]) -> QuerySet[Person]:
    """Who may come instead: those of the organisations that hold these seats."""
    holders = {one.seat.holder_id for one in seats} - {None}
    standing = {each.pk for one in seats for each in one.standing_in}
    of = Q(appointments__post__organisation__in=holders) | Q(appointments__seat__holder__in=holders)
    return people_visible_to(actor).filter(of | Q(pk__in=standing)).distinct()


@dataclass(frozen=True, slots=True)
class Attendances:
    """How the organisations of a body attended. `left_out` meetings have no names on record, and
    `unmatched` names are of no organisation that is known."""

    meetings: Sequence[Meeting]
    rows: Sequence[tuple[Organisation, Tally]]
    left_out: int
    unmatched: int


def attendances(
    actor: Actor, body: Body, *, since: datetime.date, until: datetime.date
) -> Attendances:
    """Meetings that were held, as this reader sees them; none cancelled or to come.

    A meeting of which the reader sees no names is left out: nothing is counted from not knowing.
    """
    meetings = list(
        meetings_visible_to(actor)
        .filter(body=body, held_on__range=(since, until))
        .exclude(state__in=NOT_HELD)
        .order_by("held_on", "id")
    )
    names = list(names_visible_to(actor).filter(meeting__in=meetings))
    with_names = {one.meeting_id for one in names}
    counted = [one for one in meetings if one.pk in with_names]
    present = [one for one in names if one.attended in _HOW]
    seats = seats_over_time(actor, body)
    found = tallies(
        [agencies.Held(one.pk, one.held_on) for one in counted],
        [agencies.Entitled(one.holder_id or 0, one.starts, one.ends) for one in seats],
        [
            (one.meeting_id, one.organisation_id, _how(one.attended, one.role))
            for one in present
            if one.organisation_id
        ],
    )
    by_id = {one.holder_id: one.holder for one in seats}
    rows = [(holder, one) for one in found if (holder := by_id.get(one.organisation_id))]
    return Attendances(
        counted,
        sorted(rows, key=lambda row: row[0].name.casefold()),
        len(meetings) - len(counted),
        sum(one.organisation_id is None for one in present),
    )


_HOW = {
    Attended.PRESENT: How.ATTENDED,
    Attended.APOLOGIES: How.APOLOGIES,
    Attended.LATE: How.APOLOGIES,
}


def _how(attended: str, role: str) -> How:
    how = _HOW[Attended(attended)]
    return How.SUBSTITUTE if how == How.ATTENDED and SUBSTITUTE in role.lower() else how


def history(actor: Actor, meeting: Meeting) -> Mapping[int, list[Reply]]:
    """All answers for each seat, by its id, the last one first."""
    found: dict[int, list[Reply]] = defaultdict(list)
    for one in replies_visible_to(actor).filter(meeting=meeting).order_by("-id"):
        found[one.seat_id].append(one)
    return found


def held(actor: Actor, meeting: Meeting) -> Look | None:
    """What the rule says of who was there by the minutes; None where they hold no names.

    A name that is matched to no seat may be anybody: with such names it is not known.
    """
    if meeting.state in NOT_HELD:
        return None
    names = list(names_visible_to(actor).filter(meeting=meeting))
    if not names:
        return None
    lines = expected(actor, meeting)
    rule = rule_of(actor, meeting.body, day=meeting.held_on)
    certain: dict[int, Filled] = {}
    unknown = 0
    for one in names:
        if one.attended != Attended.PRESENT:
            continue
        filled = _seats_of(one.person_id, one.organisation_id, one.role, lines)
        unknown += not filled
        instead = SUBSTITUTE in one.role.lower()
        for line in filled:
            who = f"person {one.person_id}" if one.person_id else f"seat {line.seat.pk}"
            certain[line.seat.pk] = Filled(who, line.organisation, line.member, instead)
    left = [one.filled for one in lines if one.seat.pk not in certain] if unknown else []
    return quorum.look(as_rule(rule) if rule else None, list(certain.values()), left)


def _seats_of(
    person_id: int | None, organisation_id: int | None, role: str, lines: Sequence[Expected]
) -> list[Expected]:
    """The seats that a name in the minutes filled: by person, else the only one of its holder."""
    if person_id and (found := [one for one in lines if one.filled_by(person_id)]):
        return found
    theirs = [one for one in lines if organisation_id and one.seat.holder_id == organisation_id]
    matched = len(theirs) == 1 and (SUBSTITUTE in role.lower() or not person_id)
    return theirs if matched else []
