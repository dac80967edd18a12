"""Forty people, or forty clicks, try the same at once: what may happen once happens once.

Of each check that is followed by an act: as many succeed as may, each of the others is told why
in a sentence, what is there afterwards is what one after the other would have left, and the trail
has a line for each that succeeded and for no other. `concerted/editions/tests/test_races.py`
does the same for what is released, `concerted/access/tests/test_limits.py` for guessing.
"""

import datetime
import itertools
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from concerted.access.models import Account
from concerted.actions import services as actions
from concerted.actions.models import Update
from concerted.actions.states import Said
from concerted.agendas.services import Overtaken as AgendaOvertaken
from concerted.agendas.tests.conftest import Agenda
from concerted.attending import services as attending
from concerted.attending.models import Reply
from concerted.audit.models import Line
from concerted.documents import services as documents
from concerted.documents.models import Version
from concerted.editions import services as editions
from concerted.editions.models import EditionSettings, NamedPublicly
from concerted.imports import bulk, queue
from concerted.imports import services as imports
from concerted.imports.models import Batch, File
from concerted.imports.queries import review_of
from concerted.jobs import services as jobs
from concerted.jobs.models import Job
from concerted.kernel.clock import now, today
from concerted.kernel.keys import new_key
from concerted.kernel.verdict import NotAllowed
from concerted.meetings import services as meetings
from concerted.meetings.models import Decision, Item, Meeting, Paragraph
from concerted.meetings.paragraphs import mark_of
from concerted.meetings.states import MeetingState
from concerted.minuting import services as minuting
from concerted.minuting.assembling import check
from concerted.minuting.forms import RecordForm
from concerted.minuting.models import Correction, Minutes
from concerted.minuting.models import Draft as Typed
from concerted.minuting.tests.conftest import Writing
from concerted.notices.models import OneTimeLink
from concerted.notices.queries import hash_of
from concerted.packs import services as packs
from concerted.packs.models import Pack
from concerted.paper_calls import services as paper_calls
from concerted.paper_calls.tests.conftest import Work
from concerted.papers import services as papers
from concerted.papers.models import Paper, Presentation
from concerted.people import accounts, confirming, joining, seating, services
from concerted.people.ending import accounts_today
from concerted.people.models import (
    Appointment,
    Area,
    AreaVersion,
    Body,
    BodyKind,
    BodyLink,
    District,
    Invitation,
    Organisation,
    OrganisationStanding,
    OtherName,
    Person,
    Recovery,
)
from concerted.people.public import entries_to_pick
from concerted.people.states import LinkKind, PartKind, SeatRole, Standing, Support
from concerted.raising import services as raising
from concerted.reading import read
from concerted.restrictions import public as restrictions
from concerted.restrictions.models import Closure, Ground, Restriction
from concerted.restrictions.services import Overtaken
from concerted.retention import services as retention
from concerted.retention.models import Lift, Run
from concerted.subject_access import services as requests
from concerted.subject_access.models import Draft
from concerted.subject_access.models import Release as Given
from concerted.subject_access.policies import Answer, Wanted
from concerted.subject_access.states import Decided, Shown, StepKind
from concerted.subject_access.tasks import draft as collect
from tests.at_once import TRIES, a_town_of_its_own, at_once
from tests.cast import PASSWORD, SINCE, Cast
from tests.world import MINUTES, _first_offered

DAYS = itertools.count()
REFUSALS = (NotAllowed, Overtaken, AgendaOvertaken, minuting.Overtaken)

# Forty connections for each of two workers are all that the tests' server has room for.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker, worker_id) -> Iterator[Cast]:
    """The cast in a database of its own, shared by the tries here: each brings its own things."""
    with django_db_blocker.unblock(), a_town_of_its_own(f"once_{worker_id}_{os.getpid()}") as cast:
        yield cast


@dataclass(frozen=True)
class Tries:
    """What each of forty does, and what may come of it.

    `succeed` is how many may; `what` and `of` are the word and the reference of the trail's line
    that each of these leaves, or of as many as `lines`. `told` are the sentences of the others.
    `holds` says at the end, as `seen_by`, whether what is there is right.
    """

    do: Callable[[int], Any]
    what: str
    succeed: int = 1
    lines: int | None = None
    of: str = ""
    told: tuple[str, ...] = ()
    holds: Callable[[], bool] = lambda: True
    after: Callable[[], object] = lambda: None
    seen_by: str = "dilys"


def nobody_else(number: int) -> str:
    """Those who take turns: two people, each in many windows."""
    return "maud" if number % 2 else "dilys"


def as_one(town: Cast, who: str | Callable[[int], str], service: Callable, **given: Any) -> Any:
    """A try that calls a service as somebody, with the same arguments each time."""

    def do(number: int) -> Any:
        with town.acting(who if isinstance(who, str) else who(number)) as actor:
            return service(actor, **given)

    return do


# What these need


def somebody(town: Cast, name: str = "") -> Person:
    with town.acting("maud") as maud:
        return services.add_person(maud, name=name or f"Somebody {new_key()}")


def an_organisation(town: Cast) -> Organisation:
    with town.acting("maud") as maud:
        return services.add_organisation(maud, name=f"Company {new_key()}")


def a_body(town: Cast) -> Body:
    with town.acting("maud") as maud:
        return services.add_body(maud, name=f"Group {new_key()}", kind=BodyKind.objects.first())


def a_meeting(town: Cast, body: Body | None = None, **more: Any) -> Meeting:
    with town.acting("dilys") as dilys:
        meeting, _ = meetings.record(
            dilys, minutes=minutes_of(body or town.bodies["board"], **more)
        )
    return meeting


def minutes_of(body: Body, **more: Any) -> meetings.NewMeeting:
    return meetings.NewMeeting(
        body=body,
        held_on=datetime.date(2020, 3, 10),
        state=MeetingState.SUBJECT,
        items=[meetings.NewItem("1", "Lighting", "All was said.\n\nTwice.")],
        **{"apart": True} | more,
    )


def an_action(town: Cast, *, claimed_by: str = "", all_seats: bool = False) -> Any:
    with town.acting("dilys") as dilys:
        action = actions.agree(
            dilys,
            body=town.bodies["board"],
            text="Look into it",
            agreed_on=SINCE,
            owners=actions.Owners(organisations=[town.organisations["probation"]]),
            all_seats=all_seats,
        )
    if claimed_by:
        with town.acting(claimed_by) as actor:
            actions.say(actor, action=action, said=Said.DONE)
    return action


def a_file(town: Cast, text: str | None = None) -> File:
    """Minutes of a body of their own, handed over by Dilys and read."""
    text = text or MINUTES.format(body=a_body(town).name)
    with town.acting("dilys") as dilys:
        handover = imports.hand_over(dilys, files=[("minutes.txt", text.encode())])
        file = handover.files.get()
        imports.was_read(dilys, file=file, reading=read(text), notes=[])
        file.refresh_from_db()
    return file


def some_work(town: Cast) -> Job:
    with town.acting("dilys") as dilys:
        return imports.hand_over(dilys, files=[("a.txt", new_key().encode())]).job


def an_appointment(town: Cast) -> Appointment:
    """Somebody with an account and one seat."""
    person = somebody(town)
    with town.acting("maud") as maud:
        services.give_account(
            maud, person=person, email=f"{new_key()}@example.org", password=PASSWORD
        )
        seat = seating.add_seat(
            maud, body=town.bodies["area"], holder=town.organisations["homes"], starts=SINCE
        )
        return seating.appoint(maud, person=person, seat=seat, starts=SINCE)


def account_of(appointment: Appointment) -> Account:
    account = appointment.person.account
    assert account
    return account


def with_token(link: OneTimeLink) -> str:
    token = new_key()
    OneTimeLink.objects.filter(pk=link.pk).update(token_hash=hash_of(token))
    return token


def a_request(town: Cast) -> Any:
    """Somebody asks what is held of them, and was recognised."""
    with town.acting("maud") as maud:
        request = requests.register(
            maud, person=None, name=f"Quentin {new_key()}", spellings=[], asked_on=today()
        )
        known = Wanted(StepKind.IDENTITY, today(), shown=Shown.KNOWN)
        requests.note(maud, request=request, wanted=known)
    return request


def restricted_to_the_council(town: Cast, actor: Any, level: str = "closed") -> Any:
    council = town.organisations["council"]
    return restrictions.Wanted(
        level=restrictions.Level(level),
        tier=restrictions.Tier.SENSITIVE,
        owner=council,
        ground=Ground.objects.first(),
        public_interest="It is about one person.",
        review_on=today() + datetime.timedelta(days=90),
        whom_to_ask="Partnership secretary",
        entries=tuple(
            one for one in entries_to_pick(actor) if one.value == f"organisation:{council.key}"
        ),
    )


# Meetings, papers and actions


def the_minutes_of_a_day_are_put_on_record(town: Cast) -> Tries:
    body = a_body(town)
    return Tries(
        as_one(town, nobody_else, meetings.record, minutes=minutes_of(body, apart=False)),
        "meeting.recorded",
        told=("This body has minutes of that day on record already.*",),
        holds=lambda: Meeting.objects.filter(body=body).count() == 1,
    )


def a_meeting_is_planned(town: Cast) -> Tries:
    body = a_body(town)
    day = today() + datetime.timedelta(days=20)
    return Tries(
        as_one(town, nobody_else, meetings.plan, body=body, held_on=day),
        "meeting.planned",
        told=(".*that day.*",),
        holds=lambda: Meeting.objects.filter(body=body).count() == 1,
    )


def minutes_are_agreed_as_a_correct_record(town: Cast) -> Tries:
    meeting = a_meeting(town)
    return Tries(
        as_one(town, nobody_else, meetings.confirm, meeting=meeting),
        "meeting.confirmed",
        of=meeting.key,
        told=(".*",),
        holds=lambda: Meeting.objects.get(pk=meeting.pk).state == MeetingState.CONFIRMED,
    )


def a_paragraph_is_chosen(town: Cast) -> Tries:
    meeting = a_meeting(town)
    with town.acting("dilys"):
        item = Item.objects.select_related("meeting__body").get(meeting=meeting)
    return Tries(
        as_one(
            town,
            nobody_else,
            meetings.choose_paragraph,
            item=item,
            number="1",
            mark=mark_of("Twice."),
        ),
        "paragraph.chosen",
        succeed=TRIES,
        lines=1,
        holds=lambda: Paragraph.objects.filter(item=item).count() == 1,
    )


def a_report_is_accepted(town: Cast) -> Tries:
    body = a_body(town)
    with town.acting("dilys") as dilys:
        version = documents.receive(dilys, data=b"Report", name="report.txt")
    new = papers.NewPaper(body=body, title="Patrols", version=version, dated_on=SINCE)
    return Tries(
        as_one(town, "dilys", papers.accept, new=new),
        "paper.accepted",
        told=(".*already.*",),
        holds=lambda: Paper.objects.filter(body=body).count() == 1,
    )


def an_action_is_said_to_be_done(town: Cast) -> Tries:
    action = an_action(town)
    return Tries(
        as_one(town, "tobias", actions.say, action=action, said=Said.DONE),
        "action.updated",
        of=action.key,
        told=("This is said to be done already, and waits to be accepted.",),
        holds=lambda: Update.objects.filter(action=action).count() == 1,
    )


def an_action_is_accepted_as_done(town: Cast) -> Tries:
    action = an_action(town, claimed_by="tobias")
    return Tries(
        as_one(town, "rowena", actions.accept, action=action),
        "action.accepted",
        of=action.key,
        told=(".*",),
        holds=lambda: Update.objects.filter(action=action, said=Said.ACCEPTED).count() == 1,
    )


def an_organisation_answers(town: Cast) -> Tries:
    action = an_action(town, all_seats=True)
    probation = town.organisations["probation"]
    return Tries(
        as_one(town, "tobias", actions.answer, action=action, organisation=probation, note="Done."),
        "action.answered",
        of=action.key,
        told=(".*already.*",),
        holds=lambda: Update.objects.filter(action=action).count() == 1,
    )


def an_action_is_withdrawn(town: Cast) -> Tries:
    action = an_action(town)
    return Tries(
        as_one(town, "dilys", actions.withdraw, action=action, reason="Not wanted."),
        "action.withdrawn",
        of=action.key,
        told=(".*",),
        holds=lambda: Update.objects.filter(action=action).count() == 1,
    )


def a_word_is_taken_back(town: Cast) -> Tries:
    action = an_action(town)
    with town.acting("tobias") as tobias:
        update = actions.say(tobias, action=action, said=Said.DONE)
    return Tries(
        as_one(town, "tobias", actions.take_back, update=update),
        "action.taken_back",
        of=action.key,
        told=(".*",),
        holds=lambda: Update.objects.get(action=action).taken_back_at is not None,
    )


# Files handed over


def a_file_is_handed_over_twice(town: Cast) -> Tries:
    files = [("minutes.txt", MINUTES.format(body=f"Twice {new_key()}").encode())]
    sha256 = documents.fingerprint(files[0][1])
    return Tries(
        as_one(town, "dilys", imports.hand_over, files=files),
        "handover.made",
        succeed=TRIES,
        # It is read once; the other forty say that it was handed over before.
        holds=lambda: (
            Version.objects.filter(sha256=sha256).count() == 1 and len(kept_as(sha256)) == 1
        ),
    )


def the_same_bytes_come_from_two_people(town: Cast) -> Tries:
    data = f"The same {new_key()}".encode()
    sha256 = documents.fingerprint(data)
    return Tries(
        as_one(town, nobody_else, documents.receive, data=data, name="same.txt"),
        "document.received",
        succeed=TRIES,
        # Bytes that lie somewhere else as well would stay when all records of them are gone.
        holds=lambda: [one.read_bytes() for one in kept_as(sha256)] == [data],
    )


def kept_as(sha256: str) -> list[Path]:
    return list((Path(settings.FILES) / sha256[:2]).glob(f"{sha256}*"))


def a_file_is_accepted(town: Cast) -> Tries:
    file = a_file(town)
    with town.acting("dilys") as dilys:
        laid_out = review_of(dilys, file, 1)
    return Tries(
        as_one(
            town,
            "dilys",
            bulk.accept_if_sure,
            file=file,
            number=1,
            personal="keep",
            answer=_first_offered,
        ),
        "file.accepted",
        of=file.key,
        told=(".*(settled already|no longer|made into records|does not wait).*",),
        holds=lambda: laid_out is not None and file.made.count() == 1,
    )


def all_that_are_sure_are_accepted(town: Cast) -> Tries:
    file = a_file(town)
    with town.acting("dilys") as dilys:
        file.read_meetings.update(questions=0, asks={})
        key = file.handover.key
        sure = list(queue.sure(dilys, handover_key=key))
        assert sure
        token = bulk.token_of(sure)
    return Tries(
        as_one(town, "dilys", bulk.accept_sure, token=token, personal="keep", handover_key=key),
        "batch.begun",
        # Who clicks twice is led to the work that goes on.
        succeed=TRIES,
        lines=1,
        holds=lambda: Batch.objects.filter(lines__file=file).count() == 1,
    )


def a_file_is_put_aside(town: Cast) -> Tries:
    file = a_file(town)
    return Tries(
        as_one(town, "dilys", imports.reject, file=file),
        "file.rejected",
        of=file.key,
        told=(".*",),
    )


def work_is_paused(town: Cast) -> Tries:
    job = some_work(town)
    return Tries(
        as_one(town, "dilys", jobs.pause, job=job),
        "job.paused",
        of=job.key,
        told=(".*",),
        holds=lambda: Job.objects.get(pk=job.pk).state == "paused",
    )


def work_is_cancelled(town: Cast) -> Tries:
    job = some_work(town)
    return Tries(
        as_one(town, "dilys", jobs.cancel, job=job),
        "job.cancelled",
        of=job.key,
        told=(".*",),
        holds=lambda: Job.objects.get(pk=job.pk).state == "cancelled",
    )


# Restrictions


def a_thing_is_closed(town: Cast) -> Tries:
    meeting = a_meeting(town)

    def close(number: int) -> Any:
        with town.acting("dilys") as dilys:
            return restrictions.restrict(
                dilys,
                kind=restrictions.by_label("meetings.meeting"),
                key=meeting.key,
                wanted=restricted_to_the_council(town, dilys),
                token="",
            )

    return Tries(
        close,
        "meeting.closed",
        of=meeting.key,
        told=("Who sees this was changed in between.",),
        holds=lambda: (
            Restriction.objects.filter(thing_key=meeting.key).count() == 1
            and Closure.objects.filter(thing_key=meeting.key).count() == 1
        ),
    )


def a_restriction_is_lifted(town: Cast) -> Tries:
    closing = a_thing_is_closed(town)
    made = closing.do(0)

    def lift(number: int) -> Any:
        with town.acting("dilys") as dilys:
            return restrictions.restrict(
                dilys,
                kind=restrictions.by_label("meetings.meeting"),
                key=made.thing_key,
                wanted=restricted_to_the_council(town, dilys, "open"),
                token=made.key,
            )

    return Tries(
        lift,
        "meeting.opened",
        of=made.thing_key,
        told=("Who sees this was changed in between.",),
        holds=lambda: (
            Restriction.objects.filter(thing_key=made.thing_key).count() == 2
            and not Closure.objects.filter(thing_key=made.thing_key).exists()
        ),
    )


# People and who gets in


def somebody_is_invited(town: Cast) -> Tries:
    person = somebody(town)
    return Tries(
        as_one(town, "maud", accounts.invite, person=person, address=f"{new_key()}@example.org"),
        "invitation.sent",
        told=(".* is invited already. Withdraw that invitation, or send it anew.",),
        holds=lambda: working_links(person) == 1,
        seen_by="maud",
    )


def an_invitation_is_sent_anew(town: Cast) -> Tries:
    person = somebody(town)
    with town.acting("maud") as maud:
        invitation = accounts.invite(maud, person=person, address=f"{new_key()}@example.org")
    return Tries(
        as_one(town, "maud", accounts.send_anew, invitation=invitation),
        "invitation.sent_anew",
        told=(".* is invited already. Withdraw that invitation, or send it anew.",),
        holds=lambda: working_links(person) == 1,
        seen_by="maud",
    )


def working_links(person: Person) -> int:
    return sum(one.link.works(at=now()) for one in Invitation.objects.filter(person=person))


def an_invitation_is_withdrawn(town: Cast) -> Tries:
    person = somebody(town)
    with town.acting("maud") as maud:
        invitation = accounts.invite(maud, person=person, address=f"{new_key()}@example.org")
    return Tries(
        as_one(town, "maud", accounts.withdraw_invitation, invitation=invitation),
        "invitation.withdrawn",
        of=invitation.key,
        told=("This invitation was used or withdrawn already.",),
    )


def an_invitation_is_used(town: Cast) -> Tries:
    person = somebody(town)
    with town.acting("maud") as maud:
        invitation = accounts.invite(maud, person=person, address=f"{new_key()}@example.org")
    token = with_token(invitation.link)
    return Tries(
        lambda number: accounts.accept(token=token, password=PASSWORD),
        "invitation.accepted",
        of=invitation.key,
        told=("This link no longer works.*",),
        holds=lambda: Account.objects.filter(email=invitation.address).count() == 1,
    )


def an_account_is_given(town: Cast) -> Tries:
    person = somebody(town)

    def give(number: int) -> Any:
        with town.acting("maud") as maud:
            return services.give_account(
                maud, person=person, email=f"{new_key()}@example.org", password=PASSWORD
            )

    return Tries(
        give,
        "account.opened",
        told=(".* has an account already.*",),
        holds=lambda: Person.objects.get(pk=person.pk).account_id is not None,
    )


def an_account_is_closed(town: Cast) -> Tries:
    appointment = an_appointment(town)
    person, account = appointment.person, account_of(appointment)
    return Tries(
        as_one(town, "maud", accounts.close_account, person=person),
        "account.closed",
        of=account.key,
        told=("This account is closed already.",),
    )


def help_is_asked_for(town: Cast) -> Tries:
    account = account_of(an_appointment(town))
    return Tries(
        lambda number: accounts.ask_for_recovery(email=account.email),
        "recovery.asked",
        # Nobody is told whether there is an account, so all get the same answer.
        succeed=TRIES,
        lines=1,
        holds=lambda: Recovery.objects.filter(account=account).count() == 1,
    )


def two_let_somebody_in_again(town: Cast) -> Tries:
    account = account_of(an_appointment(town))
    accounts.ask_for_recovery(email=account.email)
    recovery = Recovery.objects.get(account=account)
    return Tries(
        as_one(
            town, lambda number: "maud" if number % 2 else "sid", accounts.vouch, recovery=recovery
        ),
        "recovery.vouched",
        succeed=2,
        of=recovery.key,
        told=("You have said so already.*", "This request is settled already."),
        holds=lambda: (
            OneTimeLink.objects.filter(reference=recovery.key).count() == 1
            and Recovery.objects.get(pk=recovery.pk).first_by_id
            != Recovery.objects.get(pk=recovery.pk).second_by_id
        ),
    )


def a_link_lets_somebody_in_again(town: Cast) -> Tries:
    tries = two_let_somebody_in_again(town)
    for number in range(2):
        tries.do(number)
    link = Recovery.objects.get(key=tries.of).link
    assert link
    token = with_token(link)
    return Tries(
        lambda number: accounts.recover(token=token, password=f"{PASSWORD} {number}"),
        "recovery.used",
        of=tries.of,
        told=("This link no longer works.*",),
    )


def somebody_is_appointed_to_a_post(town: Cast) -> Tries:
    person = somebody(town)
    with town.acting("maud") as maud:
        post = services.add_post(maud, title="Warden", organisation=town.organisations["council"])
    return Tries(
        as_one(town, "maud", seating.appoint, person=person, post=post, starts=SINCE),
        "appointment.made",
        told=("This person is appointed here in that time already.",),
        holds=lambda: Appointment.objects.filter(post=post).count() == 1,
        seen_by="maud",
    )


def a_seat_is_filled(town: Cast) -> Tries:
    body = a_body(town)
    with town.acting("maud") as maud:
        seat = seating.add_seat(maud, body=body, holder=town.organisations["homes"], starts=SINCE)
    people = [somebody(town), somebody(town)]

    def fill(number: int) -> Any:
        with town.acting("maud") as maud:
            return seating.appoint(maud, person=people[number % 2], seat=seat, starts=SINCE)

    return Tries(
        fill,
        "appointment.made",
        told=("This seat is filled in that time.*", "This person is appointed here.*"),
        holds=lambda: Appointment.objects.filter(seat=seat).count() == 1,
        seen_by="maud",
    )


def a_body_gets_a_chair(town: Cast) -> Tries:
    body = a_body(town)
    return Tries(
        as_one(
            town,
            "maud",
            seating.add_seat,
            body=body,
            holder=town.organisations["homes"],
            role=SeatRole.CHAIR,
            starts=SINCE,
        ),
        "seat.added",
        told=("This body has a chair in that time.*",),
        holds=lambda: body.seats.count() == 1,
    )


def an_appointment_is_ended(town: Cast) -> Tries:
    appointment = an_appointment(town)
    return Tries(
        as_one(town, "maud", seating.end_appointment, appointment=appointment, at_once=True),
        "appointment.ended",
        of=appointment.key,
        told=("This appointment has ended already.",),
    )


def a_seat_is_ended(town: Cast) -> Tries:
    seat = an_appointment(town).seat
    assert seat
    return Tries(
        as_one(town, "maud", seating.end_seat, seat=seat, at_once=True),
        "seat.ended",
        of=seat.key,
        told=("This seat has ended already.",),
    )


def an_organisation_is_stopped(town: Cast) -> Tries:
    organisation = an_organisation(town)
    return Tries(
        as_one(town, "maud", services.stop_access, organisation=organisation),
        "organisation.stopped",
        of=organisation.key,
        told=("The access of this organisation is stopped already.",),
    )


def an_organisation_is_let_in(town: Cast) -> Tries:
    organisation = an_organisation(town)
    with town.acting("maud") as maud:
        services.stop_access(maud, organisation=organisation)
    return Tries(
        as_one(town, "maud", services.let_in, organisation=organisation),
        "organisation.let_in",
        of=organisation.key,
        told=("The access of this organisation is not stopped.",),
    )


def two_managers_end_each_other(town: Cast) -> Tries:
    """The last who manages stays, whoever is faster; of two who are there, one."""
    appointment = an_appointment(town)
    with town.acting("maud") as maud:
        post = services.add_post(
            maud,
            title="Second manager",
            organisation=town.organisations["council"],
            support=Support.MANAGER,
        )
        second = seating.appoint(maud, person=appointment.person, post=post, starts=SINCE)
        first = Appointment.objects.get(person=town.people["maud"])
    town.accounts["second"] = account_of(appointment)

    def end(number: int) -> Any:
        ends = second if number % 2 else first
        with town.acting("maud" if number % 2 else "second") as actor:
            return seating.end_appointment(
                actor, appointment=Appointment.objects.get(pk=ends.pk), at_once=True
            )

    def one_is_left() -> bool:
        # The others of these tries need Maud.
        Appointment.objects.filter(pk=first.pk).update(ends=None, ended_at_once=False)
        return left == [1]

    left: list[int] = []
    return Tries(
        end,
        "appointment.ended",
        told=("Then nobody could manage.*", "This appointment has ended already.", "Only the.*"),
        holds=one_is_left,
        after=lambda: left.append(sum(one.manages for one in accounts_today())),
    )


def appointments_are_confirmed(town: Cast) -> Tries:
    there = [an_appointment(town), an_appointment(town)]

    def confirm(number: int) -> Any:
        # In the one order and in the other: whoever locks them must not wait in a ring.
        given = there if number % 2 else there[::-1]
        with town.acting("maud") as maud:
            return confirming.confirm(maud, appointments=given)

    return Tries(confirm, "appointment.confirmed", succeed=TRIES, lines=2 * TRIES)


def two_records_become_one(town: Cast) -> Tries:
    one, other = somebody(town), somebody(town)

    def join(number: int) -> Any:
        stays, goes = (one, other) if number % 2 else (other, one)
        with town.acting("maud") as maud:
            return joining.join(maud, stays=stays, other=goes)

    return Tries(
        join,
        "person.joined",
        told=("One of the two was joined to another record meanwhile. Choose again.",),
        holds=lambda: Person.objects.filter(pk__in=[one.pk, other.pk], same_as=None).count() == 1,
    )


# What the partnership is made of


def a_district_is_added(town: Cast) -> Tries:
    name = f"District {new_key()}"
    return Tries(
        as_one(town, "maud", services.add_district, name=name),
        "district.added",
        told=("There is a district of this name already.",),
        holds=lambda: District.objects.filter(name=name).count() == 1,
    )


def a_kind_of_body_is_added(town: Cast) -> Tries:
    name = f"Kind {new_key()}"
    return Tries(
        as_one(town, "maud", services.add_kind, name=name),
        "kind.added",
        told=("There is a kind of body of that name already.",),
        holds=lambda: BodyKind.objects.filter(name=name).count() == 1,
    )


def kinds_are_given_one_name(town: Cast) -> Tries:
    with town.acting("maud") as maud:
        there = [services.add_kind(maud, name=f"Kind {new_key()}") for _ in range(TRIES)]
    name = f"Kind {new_key()}"

    def rename(number: int) -> Any:
        with town.acting("maud") as maud:
            return services.rename_kind(maud, kind=there[number], name=name)

    return Tries(
        rename,
        "kind.renamed",
        told=("There is a kind of body of that name already.",),
        holds=lambda: BodyKind.objects.filter(name=name).count() == 1,
    )


def a_line_is_drawn(town: Cast) -> Tries:
    one, other = a_body(town), a_body(town)
    return Tries(
        as_one(town, "maud", services.link_bodies, body=one, to=other, kind=LinkKind.REPORTS_TO),
        "body.linked",
        of=one.key,
        told=("This line is drawn already.",),
        holds=lambda: BodyLink.objects.filter(body=one).count() == 1,
    )


def a_line_is_drawn_from_both_ends(town: Cast) -> Tries:
    bodies = [a_body(town), a_body(town)]

    def draw(number: int) -> Any:
        one, other = bodies if number % 2 else bodies[::-1]
        with town.acting("maud") as maud:
            return services.link_bodies(maud, body=one, to=other, kind=LinkKind.SUCCEEDS)

    return Tries(
        draw,
        "body.linked",
        told=("This line is drawn already.", "The other body follows after this one.*"),
        holds=lambda: BodyLink.objects.filter(body__in=bodies).count() == 1,
    )


def a_line_is_taken_away(town: Cast) -> Tries:
    tries = a_line_is_drawn(town)
    link = tries.do(0)
    return Tries(
        as_one(town, "maud", services.unlink_bodies, body=link.body, to=link.to, kind=link.kind),
        "body.unlinked",
        of=link.body.key,
        told=("This line is not drawn any more.",),
    )


def bodies_are_hung_below_each_other(town: Cast) -> Tries:
    bodies = [a_body(town), a_body(town)]

    def hang(number: int) -> Any:
        one, other = bodies if number % 2 else bodies[::-1]
        with town.acting("maud") as maud:
            return services.change_body(
                maud,
                body=Body.objects.get(pk=one.pk),
                name=one.name,
                short_name="",
                kind=one.kind,
                parent=other,
                purpose="",
                quorum=None,
                frequency="",
            )

    return Tries(
        hang,
        "body.changed",
        # All who hang the one below the other, whichever came first.
        succeed=TRIES // 2,
        told=("A body cannot hang below itself.*",),
        holds=lambda: (
            Body.objects.filter(pk__in=[one.pk for one in bodies], parent=None).count() == 1
        ),
    )


def organisations_come_after_each_other(town: Cast) -> Tries:
    two = [an_organisation(town), an_organisation(town)]

    def follow(number: int) -> Any:
        one, other = two if number % 2 else two[::-1]
        with town.acting("maud") as maud:
            return services.change_organisation(
                maud,
                organisation=Organisation.objects.get(pk=one.pk),
                name=one.name,
                short_name="",
                other_names=[],
                successor=Organisation.objects.get(pk=other.pk),
            )

    return Tries(
        follow,
        "organisation.changed",
        succeed=TRIES // 2,
        told=("An organisation cannot come after itself.*",),
        holds=lambda: (
            Organisation.objects.filter(pk__in=[one.pk for one in two], successor=None).count() == 1
        ),
    )


def a_standing_is_changed(town: Cast) -> Tries:
    organisation = an_organisation(town)
    return Tries(
        as_one(
            town,
            "maud",
            services.change_standing,
            organisation=organisation,
            standing=Standing.PARTICIPATING,
            starts=SINCE,
        ),
        "organisation.changed",
        of=organisation.key,
        told=("The new standing must begin after.*", "The organisation has a standing.*"),
        holds=lambda: OrganisationStanding.objects.filter(organisation=organisation).count() == 1,
    )


def an_area_is_defined(town: Cast) -> Tries:
    name = f"Corner {new_key()}"
    return Tries(
        as_one(
            town,
            nobody_else,
            services.define_area,
            name=name,
            parts=[(PartKind.WARD, "", "Fen", False)],
        ),
        "area.defined",
        told=("This area is defined already.*",),
        holds=lambda: (
            Area.objects.filter(name=name).count() == 1
            and AreaVersion.objects.filter(area__name=name).count() == 1
        ),
    )


def a_name_is_learned(town: Cast) -> Tries:
    person, board = somebody(town), town.bodies["board"]
    return Tries(
        as_one(
            town, nobody_else, services.also_known_as, thing=person, name="Bodkin", within=board
        ),
        "person.named",
        of=person.key,
        succeed=TRIES,
        lines=1,
        holds=lambda: OtherName.objects.filter(person=person).count() == 1,
    )


# Minutes typed here, papers asked for, urgent business, answers for a seat


def an_agenda(town: Cast, *titles: str, ahead: int = -60) -> Agenda:
    """Published, of a meeting of the board on a day of its own."""
    day = today() + datetime.timedelta(days=ahead + next(DAYS))
    with town.acting("dilys") as dilys:
        meeting = meetings.plan(dilys, body=town.bodies["board"], held_on=day)
    return Agenda(town, meeting).begins(*titles).published()


def writing(town: Cast) -> Writing:
    agenda = an_agenda(town, "Patrols")
    with town.acting("dilys") as dilys:
        return Writing(town, agenda.at(dilys)).begun()


def those_of(written: Writing) -> Minutes:
    with written.cast.acting("dilys") as dilys:
        found = written.minutes(dilys)
        assert found
        return found


def minutes_are_begun(town: Cast) -> Tries:
    agenda = an_agenda(town, "Patrols", "Lamps")
    with town.acting("dilys") as dilys:
        meeting = agenda.at(dilys)
    return Tries(
        as_one(town, nobody_else, minuting.begin, meeting=meeting),
        "minutes.begun",
        succeed=TRIES,
        lines=1,
        holds=lambda: Typed.objects.filter(minutes__meeting=meeting).count() == 2,
    )


def an_item_is_typed_in_by_all(town: Cast) -> Tries:
    """Each from a page of its own, made from the same version: one is kept, the others are told."""
    written = writing(town)
    with town.acting("dilys"):
        draft = written.draft("Patrols")

    def type_(number: int) -> Any:
        with town.acting(nobody_else(number)) as actor:
            return minuting.save_draft(
                actor, key=draft.key, token="1", text=f"Said {number}.", page=f"page{number}"
            )

    return Tries(
        type_,
        "draft.saved",
        of=draft.key,
        told=("Somebody saved this item in between.",),
        holds=lambda: Typed.objects.get(pk=draft.pk).version == 2,
    )


def typed_minutes_are_put_on_record(town: Cast) -> Tries:
    written = writing(town)
    written.types("Patrols", "AGREED that patrols go on.")
    with town.acting("dilys") as dilys:
        minutes = written.minutes(dilys)
        laid_out = check(dilys, minutes)
        given = {one.name: getattr(one, "initial", "") for one in laid_out.review.fields}
        given = {name: "on" if said is True else said for name, said in given.items() if said}
        form = RecordForm(laid_out.review, known=laid_out.known, data=given)
        assert form.is_valid()
    return Tries(
        as_one(
            town,
            nobody_else,
            minuting.put_on_record,
            minutes=minutes,
            token=laid_out.mark,
            answers=form.cleaned_data,
        ),
        "minutes.recorded",
        told=(".+",),
        holds=lambda: Decision.objects.filter(item__meeting=written.pk).count() == 1,
    )


def minutes_are_cleared(town: Cast) -> Tries:
    minutes = those_of(writing(town).recorded())
    return Tries(
        as_one(town, "rowena", minuting.clear, minutes=minutes),
        "minutes.cleared",
        told=(".+",),
        holds=lambda: minutes.steps.filter(taken="cleared").count() == 1,
    )


def minutes_are_circulated(town: Cast) -> Tries:
    written = writing(town).recorded().cleared()
    minutes = those_of(written)
    return Tries(
        as_one(town, nobody_else, minuting.circulate, minutes=minutes),
        "minutes.circulated",
        told=(".+",),
        holds=lambda: minutes.steps.filter(taken="circulated").count() == 1,
    )


def corrections_are_recorded(town: Cast) -> Tries:
    """A correction is added and takes nothing away: as many as are said stand there."""
    written = writing(town).recorded()
    with town.acting("dilys"):
        item = Item.objects.select_related("meeting__body").get(meeting=written.pk)
    said = {"before": "patrols", "after": "foot patrols", "agreed_at": None}
    return Tries(
        as_one(town, nobody_else, minuting.correct, item=item, **said),
        "correction.recorded",
        succeed=TRIES,
        holds=lambda: Correction.objects.filter(item=item).count() == TRIES,
    )


def a_paper(town: Cast) -> Work:
    work = Work(town, an_agenda(town, "Knife crime", ahead=60))
    work.asks()
    work.delivers()
    work.checks()
    return work


def a_paper_is_approved(town: Cast) -> Tries:
    work = a_paper(town)
    delivery = work.last()
    return Tries(
        as_one(town, "rowena", paper_calls.approve, delivery=delivery),
        "delivery.approved",
        told=(".+",),
        holds=lambda: work.last().state == "approved",
    )


def a_paper_is_published(town: Cast) -> Tries:
    work = a_paper(town)
    work.approves("rowena")
    delivery = work.last()
    return Tries(
        as_one(town, nobody_else, paper_calls.publish, delivery=delivery),
        "delivery.published",
        told=(".+",),
        holds=lambda: Presentation.objects.filter(meeting_key=work.meeting.key).count() == 1,
    )


def a_pack_is_asked_for(town: Cast) -> Tries:
    """Twice at most: by each of two people, who do not see what the other has asked for."""
    agenda = an_agenda(town, "Patrols", ahead=60)
    with town.acting("dilys") as dilys:
        meeting = agenda.at(dilys)
    page = f"packs:detail {meeting.key}"

    def asked_once_each() -> bool:
        asked = []
        for who in ("dilys", "maud"):
            with town.acting(who):
                asked.append(Job.objects.filter(leads_to=page).count())
        return asked == [1, 1]

    return Tries(
        as_one(town, nobody_else, packs.ask_for, meeting=meeting),
        "pack.asked_for",
        succeed=TRIES,
        lines=0,
        holds=asked_once_each,
    )


def a_pack_is_built(town: Cast) -> Tries:
    agenda = an_agenda(town, "Patrols", ahead=60)
    with town.acting("dilys") as dilys:
        meeting = agenda.at(dilys)
    given = {"meeting": meeting, "audience_id": meeting.audience_id}
    return Tries(
        as_one(town, nobody_else, packs.build, **given),
        "pack.built",
        succeed=TRIES,
        lines=1,
        holds=lambda: Pack.objects.filter(meeting=meeting).count() == 1,
    )


def urgent_business(town: Cast) -> Tries:
    agenda = an_agenda(town, "Patrols", ahead=60)
    with town.acting("tobias") as tobias:
        meeting = agenda.at(tobias)
        wanted = raising.Wanted("The fire", "Families wait.", why_urgent="It burnt last night")
        request = raising.raise_urgent(tobias, meeting=meeting, wanted=wanted)
    ruling = {"request": request, "token": "1", "ruling": "taken", "because": ""}
    return Tries(
        as_one(town, "rowena", raising.rule, **ruling),
        "urgent_item.taken",
        told=("", ".+already.*"),
        holds=lambda: Item.objects.filter(meeting=meeting, title="The fire").count() == 1,
    )


def somebody_answers_for_a_seat(town: Cast) -> Tries:
    """Coming, and again not: each answer stands there, and the last one holds."""
    agenda = an_agenda(town, "Patrols", ahead=60)
    with town.acting("tobias") as tobias:
        meeting = agenda.at(tobias)
    seat = town.seats["tobias"].key

    def answers(number: int) -> Any:
        said = attending.Said("apologies" if number % 2 else "coming")
        with town.acting("tobias") as tobias:
            return attending.reply(tobias, meeting=meeting, seat_key=seat, said=said)

    return Tries(
        answers,
        "reply.given",
        succeed=TRIES,
        holds=lambda: Reply.objects.filter(meeting=meeting).count() == TRIES,
        seen_by="tobias",
    )


# The public edition, holds and runs, requests


def settings_of_the_edition_are_changed(town: Cast) -> Tries:
    return Tries(
        as_one(town, "maud", editions.change_settings, contact="office@example.org", alone=False),
        "edition.changed",
        succeed=TRIES,
        holds=lambda: EditionSettings.objects.count() == 1,
    )


def somebody_may_be_named_publicly(town: Cast) -> Tries:
    person = somebody(town)
    return Tries(
        as_one(town, "maud", editions.name_publicly, person=person, office="Councillor"),
        "name.published",
        told=("This person is on the list already.",),
        holds=lambda: NamedPublicly.objects.filter(person=person).count() == 1,
    )


def somebody_is_named_no_longer(town: Cast) -> Tries:
    named = somebody_may_be_named_publicly(town).do(0)
    return Tries(
        as_one(town, "maud", editions.name_no_longer, named=named),
        "name.ended",
        of=named.key,
        told=("This person is not on the list any more.",),
    )


def a_hold_is_lifted(town: Cast) -> Tries:
    with town.acting("maud") as maud:
        held = retention.hold(
            maud,
            reach="body",
            body=town.bodies["board"],
            ground="inquiry",
            reason="An inquiry",
            review_on=today() + datetime.timedelta(days=90),
        )
    return Tries(
        as_one(town, "maud", retention.lift, hold=held, reason="It is over."),
        "hold.lifted",
        of=held.key,
        told=(".*already.*",),
        holds=lambda: Lift.objects.filter(hold=held).count() == 1,
        seen_by="maud",
    )


def what_is_past_its_time_is_listed(town: Cast) -> Tries:
    return Tries(
        lambda number: retention.propose(),
        "run.proposed",
        succeed=TRIES,
        holds=lambda: Run.objects.filter(state="proposed").count() == 1,
        seen_by="maud",
    )


def a_run_is_decided(town: Cast) -> Tries:
    run = retention.propose()

    def decide(number: int) -> Any:
        with town.acting("maud") as maud:
            return (retention.approve if number % 2 else retention.decline)(maud, run=run)

    return Tries(
        decide,
        r"run\.(approved|declined)",
        of=run.key,
        told=(".*",),
        seen_by="maud",
    )


def a_draft_of_an_answer_is_begun(town: Cast) -> Tries:
    request = a_request(town)
    return Tries(
        as_one(town, "maud", requests.begin_draft, request=request),
        "request.draft_begun",
        of=request.key,
        told=("Your draft is being made already.*",),
        holds=lambda: Draft.objects.filter(request=request).count() == 1,
        seen_by="maud",
    )


def clarification_is_asked_for(town: Cast) -> Tries:
    request = a_request(town)
    wanted = Wanted(StepKind.CLARIFY, today(), note="Which Quentin?")
    return Tries(
        as_one(town, "maud", requests.note, request=request, wanted=wanted),
        "request.clarification_asked",
        of=request.key,
        told=("Clarification was asked for already.*",),
        seen_by="maud",
    )


def an_answer_goes_out(town: Cast) -> Tries:
    request = a_request(town)
    with town.acting("maud") as maud:
        draft = requests.begin_draft(maud, request=request)
    collect(draft_key=draft.key, account_id=maud.account_id)
    with town.acting("maud") as maud:
        for finding in draft.findings.all():
            requests.decide(
                maud, finding=finding, answer=Answer(Decided.DISCLOSE, reason="They agreed.")
            )
    return Tries(
        as_one(town, "maud", requests.release, request=request),
        "request.released",
        of=request.key,
        told=("This request has ended.*",),
        holds=lambda: Given.objects.filter(request=request).count() == 1,
        seen_by="maud",
    )


ALL = (
    the_minutes_of_a_day_are_put_on_record,
    a_meeting_is_planned,
    minutes_are_agreed_as_a_correct_record,
    a_paragraph_is_chosen,
    a_report_is_accepted,
    an_action_is_said_to_be_done,
    an_action_is_accepted_as_done,
    an_organisation_answers,
    an_action_is_withdrawn,
    a_word_is_taken_back,
    a_file_is_handed_over_twice,
    the_same_bytes_come_from_two_people,
    a_file_is_accepted,
    all_that_are_sure_are_accepted,
    a_file_is_put_aside,
    work_is_paused,
    work_is_cancelled,
    a_thing_is_closed,
    a_restriction_is_lifted,
    somebody_is_invited,
    an_invitation_is_sent_anew,
    an_invitation_is_withdrawn,
    an_invitation_is_used,
    an_account_is_given,
    an_account_is_closed,
    help_is_asked_for,
    two_let_somebody_in_again,
    a_link_lets_somebody_in_again,
    somebody_is_appointed_to_a_post,
    a_seat_is_filled,
    a_body_gets_a_chair,
    an_appointment_is_ended,
    a_seat_is_ended,
    an_organisation_is_stopped,
    an_organisation_is_let_in,
    two_managers_end_each_other,
    appointments_are_confirmed,
    two_records_become_one,
    a_district_is_added,
    a_kind_of_body_is_added,
    kinds_are_given_one_name,
    a_line_is_drawn,
    a_line_is_drawn_from_both_ends,
    a_line_is_taken_away,
    bodies_are_hung_below_each_other,
    organisations_come_after_each_other,
    a_standing_is_changed,
    an_area_is_defined,
    a_name_is_learned,
    minutes_are_begun,
    an_item_is_typed_in_by_all,
    typed_minutes_are_put_on_record,
    minutes_are_cleared,
    minutes_are_circulated,
    corrections_are_recorded,
    a_paper_is_approved,
    a_paper_is_published,
    a_pack_is_asked_for,
    a_pack_is_built,
    urgent_business,
    somebody_answers_for_a_seat,
    settings_of_the_edition_are_changed,
    somebody_may_be_named_publicly,
    somebody_is_named_no_longer,
    a_hold_is_lifted,
    what_is_past_its_time_is_listed,
    a_run_is_decided,
    a_draft_of_an_answer_is_begun,
    clarification_is_asked_for,
    an_answer_goes_out,
)


@pytest.mark.parametrize("prepared", ALL, ids=lambda one: one.__name__.replace("_", " "))
def test_of_forty_who_try_at_once_as_many_succeed_as_may(town, prepared):
    tries = prepared(town)
    last = Line.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    came = at_once(tries.do, refusals=REFUSALS)
    tries.after()

    assert came.faults == []
    assert len(came.done) == tries.succeed
    assert {
        one for one in came.refused if not any(re.fullmatch(t, one) for t in tries.told)
    } == set()
    lines = Line.objects.filter(pk__gt=last, what__regex=f"^{tries.what}$")
    if tries.of:
        assert {one.reference for one in lines} <= {tries.of}
    assert lines.count() == (tries.succeed if tries.lines is None else tries.lines)
    with town.acting(tries.seen_by):
        assert tries.holds()
