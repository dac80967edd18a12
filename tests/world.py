"""A year of business for the cast, built once for the tests that walk through everything.

Bodies, and what each stands for in a walk:

    board    Tobias, Rowena and the support posts are at home here
    area     open, but others sit on it
    gold     hidden; its papers are open to each person of the walk by name ("listed")
    silver   hidden; Gareth sits on it, Dilys runs it
    bronze   hidden; Wilf alone runs it, nobody else is listed

Each has a meeting with an item, a decision, attendance and a passage withheld, an action with an
owner and an update, the minutes as received, a paper put to it, an area, and a seat. All of it is
made by handing minutes and reports over and accepting them, and by the services of the pages.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any
from unittest import mock

from django.db import transaction
from django.test import override_settings

from concerted.access.actor import Actor
from concerted.access.models import Audience
from concerted.actions import services as actions
from concerted.actions.links import PURPOSE, ask_owners
from concerted.actions.models import Action, Proposal, Update
from concerted.actions.states import Said
from concerted.agendas import services as agendas
from concerted.agendas import standing_list
from concerted.agendas.models import Issue, StandingItem
from concerted.agendas.models import Line as AgendaLine
from concerted.arising import services as arising
from concerted.arising.models import Named, Raised, RowOwner
from concerted.arising.models import Row as MattersRow
from concerted.arising.models import Table as MattersTable
from concerted.attending import feeding, inviting
from concerted.attending import services as attending
from concerted.attending.models import Invited, Reply
from concerted.attending.services import set_rule
from concerted.briefs import services as briefs
from concerted.crime.lake.months import Period, month_of
from concerted.crime.lake.named import Named as NamedArea
from concerted.crime.lake.tests.invented import FELL, brought, street
from concerted.crime.opened import lake as crime_lake
from concerted.crime.summary import summary
from concerted.crime_reports import services as crime_reports
from concerted.crime_reports.computing import computed
from concerted.crime_reports.models import Print as CrimePrint
from concerted.crime_reports.models import Report as CrimeReport
from concerted.crime_reports.models import Section as CrimeSection
from concerted.crime_reports.models import Shown as CrimeShown
from concerted.crime_reports.services import NewFigures
from concerted.documents.models import Document, Version
from concerted.documents.public import keep_beside
from concerted.editions.content import closed
from concerted.editions.links import APPROVING, LASTS
from concerted.editions.models import LeakHit, PublicText, Release
from concerted.editions.queries import naming_for
from concerted.editions.services import change_settings, name_publicly
from concerted.editions.sources import source_of, start_of
from concerted.erasure import services as erasures
from concerted.erasure.policies import Wanted as Chooses
from concerted.erasure.queries import found_of
from concerted.erasure.states import DECIDED, Chosen, KeepGround
from concerted.forward_plan import services as forward_plan
from concerted.forward_plan.models import Entry as PlanEntry
from concerted.imports import commands
from concerted.imports.models import Batch, BatchLine, File, Handover
from concerted.imports.paper_review import PaperReview
from concerted.imports.review import Choice, Review
from concerted.imports.tests import nearby
from concerted.interests import declaring, rules
from concerted.interests import services as interests
from concerted.interests.models import Dismissal
from concerted.interests.policies import NewDeclaration, NewEntry, NewGift
from concerted.jobs import services as jobs
from concerted.jobs.models import Job
from concerted.kernel.clock import now, today
from concerted.kernel.retention import kind_named
from concerted.meetings import services as meetings
from concerted.meetings.models import Decision, Item, Meeting, Paragraph
from concerted.meetings.paragraphs import mark_of, placed
from concerted.meetings.policies import When
from concerted.minuting import services as minuting
from concerted.minuting.models import Draft, Minutes, Recorded
from concerted.notices.models import OneTimeLink
from concerted.notices.public import make_link
from concerted.notices.queries import hash_of
from concerted.notifying.composing import token_of
from concerted.notifying.models import Letter, News
from concerted.packs.models import Look, Pack, Print
from concerted.packs.models import Note as PaperNote
from concerted.paper_calls import services as paper_calls
from concerted.paper_calls.models import Call, Comment, CommentCall, Delivery
from concerted.papers.models import Appendix, Paper, Presentation
from concerted.papers.public import NewPut, withdraw
from concerted.people import accounts, seating, services
from concerted.people.models import (
    Appointment,
    Area,
    AudienceMember,
    Body,
    Organisation,
    Recovery,
    Seat,
)
from concerted.people.public import acting_as, entries_to_pick, open_to
from concerted.people.states import LinkKind, PartKind, SeatRole, Support
from concerted.raising import services as raising
from concerted.raising.models import ItemRequest, Ruling
from concerted.reading.tests import word_files
from concerted.reports_back.models import Asked, Referral, Return, SharedMinutes, Sharing
from concerted.reports_back.models import Link as ReportLink
from concerted.restrictions import public as restrictions
from concerted.restrictions.models import Ground
from concerted.retention import services as retention
from concerted.retention.models import Hold, Run, RunLine
from concerted.subject_access import searching
from concerted.subject_access import services as requests
from concerted.subject_access.policies import Answer, Erase, Wanted
from concerted.subject_access.states import AskedBy, Decided, ErasureGround, Shown, StepKind
from concerted.subject_access.tasks import draft as collect
from concerted.word_files.services import drop_template
from tests.cast import PASSWORD, SINCE, Cast
from tests.entrance import comes_in_through

MINUTES = """{body}

A meeting of the {body} was held on Tuesday, 10th March, 2020.

Present: Tobias Wren (Probation Service); Gareth Pellow (Wyleshire Police);

Apologies: were received from Rowena Thackley, T Wren.


1

Minutes of the Previous Meeting

The minutes of the meeting of 14th January 2020 were agreed as a correct record.

2

Patrols of {body}

Members can ring Agnes Fold on 01632 960123. Minute 7/19 of 14th January 2020 refers.

AGREED that the patrols of {body} be approved.

ACTION: Wyleshire Police to bring figures of {body} by 30 April 2020.
"""

REPORT = """Agenda Item 2

REPORT TO {body}

10 MARCH 2020

REPORT OF PARTNERSHIP SECRETARY

PATROLS OF {body}

RECOMMENDATIONS

1. That {body} approves the patrols.

BACKGROUND

2. The patrols of {body} began in January. They are drawn in Appendix A.
"""


@dataclass
class Place:
    """A body and one of each thing that hangs on it."""

    body: Body
    meeting: Meeting
    decision: Decision
    item: Item
    paragraph: Paragraph
    planned: Meeting
    planned_entry: PlanEntry
    asked: ItemRequest
    standing: StandingItem
    minutes: Minutes
    typed: Draft
    drafted: Item
    document: Document
    action: Action
    update: Update
    version: Version
    file: File
    handover: Handover
    batch: Batch
    job: Job
    area: Area
    seat: Seat
    appointment: Appointment
    paper: Paper
    presentation: Presentation
    paper_call: Call
    delivery: Delivery
    comment_call: CommentCall
    comment: Comment
    release: Release
    hit: LeakHit
    appendix: Appendix
    hold: Hold
    letter: Letter
    link: ReportLink
    sharing: Sharing
    shared: SharedMinutes
    referral: Referral
    question: Asked
    raised: Raised
    pack: Pack
    crime_report: CrimeReport
    crime_section: CrimeSection
    table: MattersTable
    closed_key: str = ""
    declaration: Any = None
    proposal: Any = None


@dataclass
class World:
    cast: Cast
    places: dict[str, Place] = field(default_factory=dict)
    # Handed over by Dilys, not accepted.
    waiting: Any = None
    named: Any = None
    run: Any = None
    # Who asked what is held of them and was answered; the draft of another, and what it found.
    answered: Any = None
    draft: Any = None
    findings: Any = None
    # A reason for which something can be kept back.
    ground: Any = None
    # Who asked for erasure, as it was put to a second person; and what was found of them.
    erasure: Any = None
    found: Any = None
    # A kind of interest; what two members registered, and asked to be withheld.
    interest_kind: Any = None
    entries: dict[str, Any] = field(default_factory=dict)
    gifts: dict[str, Any] = field(default_factory=dict)
    withheld: dict[str, Any] = field(default_factory=dict)
    # Who is invited, who asks to be let in again, and the tokens of the links that they got.
    invitation: Any = None
    recovery: Any = None
    tokens: dict[str, str] = field(default_factory=dict)
    feed: Any = None
    audiences: tuple[int, ...] = ()

    def actor(self, name: str) -> Actor:
        with acting_as(self.cast.accounts[name]) as actor:
            return actor


@contextmanager
def built(cast: Cast) -> Iterator[World]:
    """The world, in a transaction that is rolled back at the end. The database must be open."""
    with transaction.atomic():
        accounts, people = dict(cast.accounts), dict(cast.people)
        bodies = dict(cast.bodies)
        try:
            with mock.patch.object(searching, "read_each", nearby.read_each):
                world = _build(cast)
            yield world
        finally:
            cast.accounts, cast.people, cast.bodies = accounts, people, bodies
            transaction.set_rollback(True)


def _build(cast: Cast) -> World:
    world = World(cast)
    _more_people(cast)
    with cast.acting("dilys") as dilys:
        cast.bodies["gold"] = services.add_body(
            dilys, name="Gold group", kind=cast.bodies["board"].kind, hidden=True
        )
    with cast.acting("wilf") as wilf:
        cast.bodies["bronze"] = services.add_body(
            wilf, name="Bronze group", kind=cast.bodies["board"].kind, hidden=True
        )
    for person in cast.people.values():
        AudienceMember.objects.create(audience_id=cast.bodies["gold"].audience_id, person=person)
    for name in ("board", "area", "gold", "silver"):
        world.places[name] = _place(cast, "dilys", cast.bodies[name])
    world.places["bronze"] = _place(cast, "wilf", cast.bodies["bronze"])
    with cast.acting("dilys") as dilys:
        for body, to in (("silver", "board"), ("area", "silver")):
            link = {"body": cast.bodies[body], "to": cast.bodies[to]}
            services.link_bodies(dilys, **link, kind=LinkKind.SUCCEEDS)
    for name in ("area", "silver"):
        world.places[name].closed_key = _closed(cast, world.places[name].meeting)
    file = _handed_over(cast, "dilys", MINUTES.format(body="Canal group"), accept=False, word=True)
    world.waiting = SimpleNamespace(
        file=file,
        version=file.version,
        handover=file.handover,
        job=file.handover.job,
        batch=_accepted_together(cast, "dilys", file),
    )
    with cast.acting("maud") as maud:
        change_settings(maud, contact="office@example.org", alone=False)
        drop_template(maud)
        world.named = name_publicly(maud, person=cast.people["rowena"], office="Councillor")
    world.run = _proposed(cast, [place.body for place in world.places.values()])
    world.ground = Ground.objects.first()
    _at_the_door(world)
    comes_in_through(cast, "probation", "tobias")
    _sent_to_the_chair(world)
    _asks_what_is_held(world)
    _asks_for_erasure(world)
    _register_interests(world)
    _answer_by_link(world)
    world.audiences = tuple(Audience.objects.values_list("pk", flat=True))
    return world


def _proposed(cast: Cast, bodies: list[Body]) -> Run:
    """A list of records to go, with one that is each body's own; and a period of the manager's."""
    with cast.acting("maud") as maud:
        kind = kind_named("mail")
        assert kind
        retention.set_period(maud, kind=kind, months=18)
    run = retention.propose()
    for body, who in zip(bodies, ("dilys",) * 4 + ("wilf",), strict=True):
        with cast.acting(who):
            RunLine.objects.create(
                run=run,
                kind="leak-check-hits",
                reference=f"hit{body.key}",
                since=run.proposed_at,
                mark="",
                audience_id=body.audience_id,
            )
    return run


def _answer_by_link(world: World) -> None:
    """What owners without an account said of actions: one settled, one waits; one was asked."""
    cast = world.cast
    for name, place in world.places.items():
        with cast.acting("wilf" if name == "bronze" else "dilys"):
            for days, more in ((2, {"decided_at": now(), "reason": "No."}), (1, {})):
                place.proposal = Proposal.objects.create(
                    action=place.action,
                    person=cast.people["agnes"],
                    post=cast.posts["secretary"],
                    link=make_link(purpose=PURPOSE, reference=place.action.key, lasts=LASTS),
                    said="late",
                    note=f"Said by a link of {place.body}",
                    at=now() - datetime.timedelta(days=days),
                    audience_id=place.action.audience_id,
                    **more,
                )
    with cast.acting("maud") as maud:
        post = services.add_post(
            maud,
            title="Head of wardens",
            organisation=cast.organisations["council"],
            role_mailbox="wardens@example.org",
        )
        warden = services.add_person(maud, name="Ada Pike")
        seating.appoint(maud, person=warden, post=post, starts=SINCE)
    with cast.acting("dilys") as dilys:
        action = actions.agree(
            dilys,
            body=cast.bodies["board"],
            text="Clear the underpass",
            agreed_on=today(),
            owners=actions.Owners(posts=[post]),
        )
        ask_owners(dilys, action=action, about="asked")
        link = Proposal.objects.get(action=action).link
        # The chair of the board is asked whether she comes, and Tobias has a calendar.
        asked = Invited.objects.get(
            person=cast.people["rowena"], invitation__meeting=world.places["board"].planned
        )
        world.tokens["reply_link"] = "reply-link-token"
        OneTimeLink.objects.filter(pk=asked.link_id).update(
            token_hash=hash_of(world.tokens["reply_link"])
        )
    with cast.acting("tobias") as tobias:
        world.feed, world.tokens["feed"] = feeding.make(tobias, name="phone", body=None)
    world.tokens["owner_link"] = "owner-link-token"
    link.token_hash = hash_of(world.tokens["owner_link"])
    link.save()


def _register_interests(world: World) -> None:
    """Two members register an interest, change it and are asked about it; each body hears one."""
    cast = world.cast
    with cast.acting("maud") as maud:
        rules.set_rule(
            maud,
            starts=today(),
            days_after_appointment=28,
            days_after_change=28,
            confirm_months=12,
            remind_days=14,
            gift_pounds=Decimal(25),
            gift_days=28,
        )
        world.interest_kind = rules.add_kind(maud, words="Land", covers="", starts=today())
    for who in ("tobias", "agnes"):
        new = NewEntry(world.interest_kind, f"A house of {who}", "own", today())
        with cast.acting(who) as actor:
            before = interests.add(actor, new=new)
            world.entries[who] = interests.change(actor, entry=before, new=new)
            apart = interests.add(actor, new=new, because="It is near.")
            world.withheld[who] = apart.sensitivities.get()
            interests.confirm(actor)
            world.gifts[who] = interests.register_gift(
                actor,
                new=NewGift("received", today(), "A dinner", Decimal(30), False, None, "A firm"),
            )
        with cast.acting("dilys") as dilys:
            interests.remark(dilys, entry=world.entries[who], said="question", text="Let?")
            Dismissal.objects.create(
                item_key=world.places["board"].item.key,
                entry=world.entries[who],
                reason="Another house.",
                by_id=dilys.person_id,
                audience_id=world.entries[who].register.keepers_id,
            )
    for name, place in world.places.items():
        with cast.acting("wilf" if name == "bronze" else "dilys") as secretary:
            place.declaration = declaring.declare(
                secretary,
                item=place.item,
                person=cast.people["gareth"],
                new=NewDeclaration(world.interest_kind, "He owns land there.", "left"),
            )


def _at_the_door(world: World) -> None:
    """One is invited, two ask to be let in again; for one of these, two have vouched."""
    cast = world.cast
    with cast.acting("maud") as maud:
        newcomer = services.add_person(maud, name="Ines Gale")
        world.invitation = accounts.invite(maud, person=newcomer, address="ines@example.org")
    for name in ("agnes", "rowena"):
        accounts.ask_for_recovery(email=f"{name}@example.org")
    world.recovery = Recovery.objects.get(account=cast.accounts["agnes"])
    settled = Recovery.objects.get(account=cast.accounts["rowena"])
    for name in ("sid", "maud"):
        with cast.acting(name) as actor:
            accounts.vouch(actor, recovery=settled)
    settled.refresh_from_db()
    for page, link in (("welcome", world.invitation.link), ("again", settled.link)):
        world.tokens[page] = token = f"{page}-token"
        link.token_hash = hash_of(token)
        link.save()


def _sent_to_the_chair(world: World) -> None:
    """The chair of the board has a link to approve what waits there."""
    with world.cast.acting("dilys"):
        waiting = Release.objects.get(body=world.cast.bodies["board"], state="asked")
        waiting.audience_id = waiting.paper.audience_id
        waiting.save()
    world.tokens["by_link"] = "by-link-token"
    world.tokens["stop"] = token_of(world.cast.accounts["tobias"])
    OneTimeLink.objects.create(
        purpose=APPROVING,
        reference=waiting.key,
        account=world.cast.accounts["rowena"],
        expires_at=now() + LASTS,
        token_hash=hash_of(world.tokens["by_link"]),
    )


def _asks_what_is_held(world: World) -> None:
    """Two ask what is held of them: one was answered, of the other's findings one is decided.

    The other gives as name what stands in the minutes of the area board.
    """
    for name in ("Maud Trent", "Fenside area board"):
        with world.cast.acting("maud") as maud:
            request = requests.register(
                maud, person=None, name=name, spellings=[], asked_on=today()
            )
            known = Wanted(StepKind.IDENTITY, today(), shown=Shown.KNOWN)
            requests.note(maud, request=request, wanted=known)
            draft = requests.begin_draft(maud, request=request)
        collect(draft_key=draft.key, account_id=maud.account_id)
        with world.cast.acting("maud") as maud:
            draft.refresh_from_db()
            found = list(draft.findings.all())
            assert found, f"Nothing of {name} was found"
            for one in found if world.answered is None else found[:1]:
                answer = Answer(Decided.DISCLOSE, reason="They agreed.")
                requests.decide(maud, finding=one, answer=answer)
            if world.answered is None:
                requests.release(maud, request=request)
                world.answered = request
            else:
                world.draft, world.findings = draft, found


def _asks_for_erasure(world: World) -> None:
    """Tobias asks for erasure: all is kept, and waits for a second person. He also wants a copy."""
    tobias = {"person": world.cast.people["tobias"], "name": "", "spellings": []}
    with world.cast.acting("maud") as maud:
        everything = Erase(AskedBy.SELF, ErasureGround.OBJECTS, "Everything")
        request = requests.register(maud, **tobias, asked_on=today(), erase=everything)
        known = Wanted(StepKind.IDENTITY, today(), shown=Shown.KNOWN)
        requests.note(maud, request=request, wanted=known)
        draft = requests.begin_draft(maud, request=request)
    collect(draft_key=draft.key, account_id=maud.account_id)
    with world.cast.acting("maud") as maud:
        draft.refresh_from_db()
        kept = Chooses(Chosen.KEEP, KeepGround.PUBLIC_TASK, "They sit on the board.")
        for one in found_of(maud, draft):
            if one.way in DECIDED:
                erasures.choose(maud, finding=one.finding, wanted=kept)
        world.erasure = erasures.propose(maud, request=request)
        world.found = [one.finding for one in found_of(maud, draft)]
        requests.register(maud, **tobias, asked_on=today())


def _closed(cast: Cast, meeting: Meeting) -> str:
    """Close the first item of a meeting to all but the council; returns its key."""
    with cast.acting("dilys") as dilys:
        council = cast.organisations["council"]
        made = restrictions.restrict(
            dilys,
            kind=restrictions.by_label("meetings.item"),
            key=Item.objects.filter(meeting=meeting).earliest("position").key,
            wanted=restrictions.Wanted(
                level=restrictions.Level.CLOSED,
                tier=restrictions.Tier.SENSITIVE,
                owner=council,
                ground=Ground.objects.first(),
                public_interest="It is about one person.",
                review_on=today() + datetime.timedelta(days=90),
                whom_to_ask="Partnership secretary",
                entries=tuple(
                    one for one in entries_to_pick(dilys) if one.organisation_id == council.pk
                ),
            ),
            token="",
        )
    return made.thing_key


def _more_people(cast: Cast) -> None:
    """An observer of the board, Wilf, who is secretary of the board alone, and who leads silver."""
    with cast.acting("dilys") as dilys:
        lead = seating.add_seat(
            dilys,
            body=cast.bodies["silver"],
            holder=cast.organisations["homes"],
            role=SeatRole.VICE_CHAIR,
            starts=SINCE,
        )
    with cast.acting("maud") as maud:
        council = cast.organisations["council"]
        posts = {
            "wilf": services.add_post(
                maud,
                title="Secretary of the board",
                organisation=council,
                support=Support.SECRETARY,
                bodies=[cast.bodies["board"]],
            )
        }
        seats = {
            "vera": lead,
            "orla": seating.add_seat(
                maud,
                body=cast.bodies["board"],
                holder=cast.organisations["homes"],
                role=SeatRole.OBSERVER,
                starts=SINCE,
            ),
        }
        for key, name in (("wilf", "Wilf Oakes"), ("orla", "Orla Finch"), ("vera", "Vera Moss")):
            person = cast.people[key] = services.add_person(maud, name=name)
            cast.accounts[key] = services.give_account(
                maud, person=person, email=f"{key}@example.org", password=PASSWORD
            )
            seating.appoint(
                maud, person=person, post=posts.get(key), seat=seats.get(key), starts=SINCE
            )
        services.change_standing(
            maud, organisation=cast.organisations["police"], standing="responsible", starts=SINCE
        )
        services.add_district(maud, name="Marlbeck")


def _handed_over(
    cast: Cast, secretary: str, text: str, *, accept: bool = True, word: bool = False
) -> File:
    """Minutes handed over and read; accepted with the first answer offered to each question.

    As a Word file they hold a tracked change, so that there is something to choose.
    """
    given = ("minutes.docx", _in_word(text)) if word else ("minutes.txt", text.encode())
    with nearby.here():
        outcome = commands.import_files(
            cast.accounts[secretary].email,
            [given],
            accept=accept,
            personal="restrict",
            answer=_first_offered,
        )
    assert outcome.accepted == accept, f"The minutes of the world were not accepted: {outcome}"
    with cast.acting(secretary):
        return File.objects.select_related("handover__job", "version").latest("pk")


def _in_word(text: str) -> bytes:
    lines = (word_files.run(line) for line in text.split("\n") if line)
    return word_files.word(
        "".join(map(word_files.paragraph, lines)) + word_files.paragraph(word_files.ins("Closed."))
    )


def _first_offered(review: Review | PaperReview) -> dict[str, Any]:
    return {
        one.name: one.options[0][0]
        for one in review.fields
        if isinstance(one, Choice) and one.required and not one.initial
    }


def _answered(actor: Actor, planned: Meeting, held: Meeting, seat: Seat) -> None:
    """A rule of quorum, answers for a seat, and invitations to those who can be reached."""
    body, police = planned.body, seat.holder
    set_rule(actor, body=body, starts=datetime.date(2020, 1, 1), members=2, agencies=[[police]])
    said = attending.Said("substitute", name=f"Somebody of {body}")
    attending.reply(actor, meeting=planned, seat_key=seat.key, said=said)
    Reply.objects.create(
        meeting=held,
        seat=seat,
        answer="coming",
        by_id=actor.person_id,
        audience_id=held.audience_id,
    )
    due = inviting.due(actor, planned)
    if due and due.reached:
        inviting.send(actor, meeting=planned, looked_at=due.looked_at)


def _place(cast: Cast, secretary: str, body: Body) -> Place:
    file = _handed_over(cast, secretary, MINUTES.format(body=body.name))
    with cast.acting(secretary) as actor:
        meeting = file.made.get().meeting
        assert meeting.body == body
        action = Action.objects.filter(body=body).first()
        assert action, f"No action was read in the minutes of {body}"
        seat = Seat.objects.filter(body=body, holder=cast.organisations["police"]).first()
        if seat is None:
            seat = seating.add_seat(
                actor, body=body, holder=cast.organisations["police"], starts=SINCE
            )
        services.known_within(
            actor, organisation=cast.organisations["police"], body=body, name="Police"
        )
        area = services.define_area(
            actor,
            name=f"Area of {body}",
            parts=[(PartKind.WARD, "", "Fen", False)],
            body=body,
            starts=SINCE,
        ).area
        item = Item.objects.get(pk=action.source_id)
        decision = Decision.objects.get(item=item)
        first = placed(item.text, item.pieces)[0][1]
        paragraph = meetings.choose_paragraph(
            actor, item=item, number="0", mark=mark_of(first.strip())
        )
        late = actions.agree(
            actor,
            body=body,
            text=f"Every member to report to {body}",
            agreed_on=meeting.held_on,
            due=meeting.held_on,
            all_seats=True,
        )
        planned = meetings.plan(
            actor,
            body=body,
            held_on=today() + datetime.timedelta(days=30),
            items=[meetings.NewItem(ref="1", title=f"Wardens of {body}", text="")],
        )
        again = When(planned.held_on, datetime.time(14), "Town Hall")
        meetings.move(
            actor, meeting=planned, seen=planned.standing, when=again, reason=f"Room of {body}"
        )
        planned.refresh_from_db()
        entry = forward_plan.add(
            actor,
            body=body,
            wanted=forward_plan.Wanted(
                topic=f"Charter of {body}", driver=f"Deed of {body}", meeting=planned
            ),
            decision=decision,
        )
        waits = forward_plan.Wanted(topic=f"What {body} waits for")
        forward_plan.add(actor, body=body, wanted=waits)
        for which, end in (("settled", forward_plan.deal_with), ("let go", forward_plan.drop)):
            other = forward_plan.Wanted(topic=f"What {body} {which}")
            ended = forward_plan.add(actor, body=body, wanted=other)
            end(actor, entry=ended, token="1", because=f"Said of {body}")
        standing = standing_list.add(
            actor, body=body, entry=agendas.Entry(f"News of {body}"), starts=today()
        )
        asked = _put_forward(actor, body, item)
        issue = agendas.begin(actor, meeting=planned, from_last=False)
        drafted = agendas.add(
            actor,
            issue=issue,
            token=str(issue.version),
            entry=agendas.Entry(title=f"Patrols to come of {body}", minutes_allowed=10),
        )
        briefs.write(actor, item=drafted, text=f"Ask who pays in {body}")
        reported = _reports_back(actor, body, planned, decision)
        left_open = _matters_arising(actor, planned, item, action)
        pack = _packed(actor, planned)
        crime_report, crime_section = _reported_crime(actor, cast, body)
        minutes, typed = _typed(actor, planned, corrected=item)
        _answered(actor, planned, meeting, seat)
        _agenda_of_what_was_held(meeting, by=actor.person_id)
        letter = _letters(late, by=actor.person_id)
        lifted, held = (
            retention.hold(
                actor,
                reach="body",
                body=body,
                ground="inquiry",
                reason=f"{which} inquiry into {body}",
                review_on=today() + datetime.timedelta(days=90),
            )
            for which in ("The first", "The second")
        )
        retention.lift(actor, hold=lifted, reason="It is over.")
        update = actions.say(actor, action=action, said=Said.NOTE, note=f"Said of {body}")
        link = {"body": body, "to": cast.bodies["board"]}
        if body != cast.bodies["board"]:
            services.link_bodies(actor, **link, kind=LinkKind.REPORTS_TO)
    assert file.version
    paper = _paper(cast, secretary, body)
    with cast.acting(secretary) as actor:
        appendix = paper.appendices.get()
        PaperNote.objects.create(
            paper=paper,
            person_id=actor.person_id,
            text=f"Noted of {body}",
            audience_id=actor.own_audience_id,
        )
        assert paper.version
        document = paper.version.document
        keep_beside(actor, document=document, kind="meetings.meeting", key=meeting.key)
    return Place(
        body=body,
        meeting=meeting,
        decision=decision,
        item=item,
        planned=planned,
        planned_entry=entry,
        asked=asked,
        standing=standing,
        minutes=minutes,
        typed=typed,
        drafted=drafted,
        paragraph=paragraph,
        action=action,
        update=update,
        document=document,
        version=file.version,
        file=file,
        handover=file.handover,
        batch=_accepted_together(cast, secretary, file),
        job=file.handover.job,
        area=area,
        seat=seat,
        appointment=_appointed(cast, seat),
        paper=paper,
        appendix=appendix,
        hold=held,
        letter=letter,
        **reported,
        **left_open,
        pack=pack,
        crime_report=crime_report,
        crime_section=crime_section,
        **_public_versions(cast, secretary, meeting),
        **_called(cast, secretary, planned, paper),
    )


def _put_forward(actor: Actor, body: Body, item: Item) -> ItemRequest:
    """What somebody wants on an agenda, which waits; others that were refused or taken as urgent.

    The last is made as rows: not every body here has a chair who rules.
    """
    refused = raising.ask(
        actor, body=body, wanted=raising.Wanted(f"Kiosk of {body}", f"Wanted of {body}")
    )
    raising.refuse(actor, request=refused, token="1", because=f"No money of {body}")
    said = {
        "raised_by": f"Somebody of {body}",
        "why_urgent": f"The roof of {body}",
        "because": f"It rains on {body}",
    }
    taken = ItemRequest.objects.create(
        **said,
        body=body,
        meeting=item.meeting,
        urgent=True,
        title=f"The roof of {body}",
        why=f"Rain of {body}",
        by_id=actor.person_id,
        state="taken",
        answered_by_id=actor.person_id,
        answered_at=now(),
        item_key=item.key,
        audience_id=body.office_audience_id,
    )
    Ruling.objects.create(
        **said, item=item, request=taken, by_id=actor.person_id, audience_id=item.audience_id
    )
    wanted = raising.Wanted(f"Benches of {body}", f"Asked of {body}")
    return raising.ask(actor, body=body, wanted=wanted)


def _reports_back(actor: Actor, body: Body, planned: Meeting, decision: Decision) -> dict[str, Any]:
    """What another body reports to this one, minutes that each shares, and a question to it.

    Made as rows: a hidden body shares nothing and asks nobody.
    """
    other = Body.objects.exclude(pk=body.pk).filter(audience_id=actor.everyone_audience_id).first()
    assert other
    papers, by = body.papers_audience_id, actor.person_id
    link = ReportLink.objects.create(
        reporting=other,
        receiving=body,
        organisation=Organisation.objects.get(name="Wyleshire Police"),
        starts=SINCE,
        added_by_id=by,
        audience_id=papers,
    )
    Return.objects.create(
        meeting=planned,
        link=link,
        kind="oral",
        summary=f"Reported to {body}",
        for_decision=f"Asked of {body}",
        by_id=by,
        audience_id=papers,
    )
    sharing = Sharing.objects.create(
        meeting=decision.item.meeting,
        with_body=other,
        by_id=by,
        audience_id=body.office_audience_id,
    )
    shared = SharedMinutes.objects.create(
        sharing=sharing,
        receiving=body,
        of_body=other,
        held_on=today(),
        text=f"Shared with {body}",
        audience_id=papers,
    )
    said = {"from_body": other, "to_body": body, "question": f"What does {body} say?"}
    referral = Referral.objects.create(
        decision=decision, due_on=today(), made_by_id=by, audience_id=decision.audience_id, **said
    )
    question = Asked.objects.create(
        key=referral.key,
        referral=referral,
        due_on=today(),
        made_on=today(),
        audience_id=papers,
        **said,
    )
    return {
        "link": link,
        "sharing": sharing,
        "shared": shared,
        "referral": referral,
        "question": question,
    }


def _packed(actor: Actor, planned: Meeting) -> Pack:
    """A part of the pack of the meeting to come, as it was built; and what was seen of it."""
    pack = Pack.objects.create(
        meeting=planned,
        number=1,
        first=1,
        last=2,
        standing=planned.standing,
        by_id=actor.person_id,
        audience_id=planned.audience_id,
    )
    for large in (False, True):
        Print.objects.create(
            pack=pack, large=large, pdf=b"%PDF-", size=5, audience_id=planned.audience_id
        )
    Look.objects.create(
        meeting=planned, person_id=actor.person_id, audience_id=actor.own_audience_id
    )
    return pack


@cache
@cache
def crime_figures() -> NewFigures:
    """Figures of an invented district: a burglary in each of two Junes."""
    with TemporaryDirectory() as there, override_settings(LAKE=Path(there) / "lake"):
        brought(Path(there), {month: [street(month)] for month in ("2023-06", "2024-06")})
        where, june = NamedArea("district", FELL, "Fell"), month_of("2024-06")
        return computed(summary(crime_lake(), where, Period(june, june), 1))


def _reported_crime(actor: Actor, cast: Cast, body: Body) -> tuple[CrimeReport, CrimeSection]:
    """A report that the office writes and the police are to clear, with a file of it."""
    report = crime_reports.prepare(
        actor,
        body=body,
        owner=cast.organisations["police"],
        title=f"Crime for {body}",
        new=crime_figures(),
    )
    CrimePrint.objects.create(
        report=report, form="pdf", content=b"%PDF-", size=5, audience_id=report.audience_id
    )
    if not body.hidden:
        everyone = actor.everyone_audience_id
        CrimeShown.objects.create(report=report, release_key="none", cells=[], audience_id=everyone)
    section = report.sections.first()
    assert section
    return report, section


def _matters_arising(
    actor: Actor, planned: Meeting, earlier: Item, action: Action
) -> dict[str, Any]:
    """An earlier minute raised at the meeting to come, and the table of it as it was fixed."""
    raised = arising.raise_minute(
        actor, meeting=planned, item=earlier, note=f"Raised for {planned.body}"
    )
    table = MattersTable.objects.create(
        meeting=planned,
        occasion="published",
        issue=1,
        as_of=today(),
        by_id=actor.person_id,
        audience_id=planned.audience_id,
    )
    row = MattersRow.objects.create(
        table=table,
        position=0,
        kind="action",
        reference=action.key,
        action=action,
        text=action.text,
        change="said",
        said=f"Said to {planned.body}",
        slips=3,
        audience_id=action.audience_id,
    )
    RowOwner.objects.create(
        row=row,
        organisation=Organisation.objects.get(name="Wyleshire Police"),
        name=f"Police of {planned.body}",
        audience_id=row.audience_id,
    )
    Named.objects.create(
        action=action,
        meeting=planned,
        item_key="bcdfgh",
        slips=3,
        by_id=actor.person_id,
        audience_id=action.audience_id,
    )
    return {"raised": raised, "table": table}


def _called(cast: Cast, secretary: str, planned: Meeting, paper: Paper) -> dict[str, Any]:
    """A paper that is asked for and came; comments on another, which was put and withdrawn."""
    body = planned.body
    with cast.acting(secretary) as actor:
        wanted = paper_calls.Wanted(
            f"Paper on {body}", planned.held_on, organisation=cast.organisations["police"]
        )
        call = paper_calls.call(actor, meeting=planned, wanted=wanted)
        actor = services.renewed(actor)
        delivery, _ = paper_calls.deliver(
            actor, call=call, name="paper.txt", data=REPORT.format(body=body).encode()
        )
        presentation = paper_calls.put(
            actor,
            paper=paper,
            meeting=planned,
            item=None,
            puts=[NewPut(f"That {body} notes it")],
        )
        [asked] = paper_calls.call_for_comments(
            actor, paper=paper, of=[paper_calls.Addressee(body=body)], wanted=f"For {body}"
        )
        comment = paper_calls.comment(
            actor, call=asked, said=paper_calls.Said(f"Comment of {body}")
        )
        withdraw(actor, paper=paper, because=f"Withdrawn for {body}")
    return {
        "paper_call": call,
        "delivery": delivery,
        "presentation": presentation,
        "comment_call": asked,
        "comment": comment,
    }


def _typed(actor: Actor, planned: Meeting, *, corrected: Item) -> tuple[Minutes, Draft]:
    """Minutes that are being typed, with words that are on record; a correction of others."""
    minutes = minuting.begin(actor, meeting=planned)
    body = planned.body
    draft = minutes.drafts.get()
    text = f"ACTION: Wyleshire Police to count the wardens of {body} by 30 April 2031"
    typed = minuting.save_draft(actor, key=draft.key, token="1", text=text)
    Recorded.objects.create(
        draft=draft, words=f"Words of {body}", action_key="bcdfgh", audience_id=draft.audience_id
    )
    minuting.correct(
        actor, item=corrected, before="bring", after=f"send to {body}", agreed_at=planned
    )
    return minutes, typed


def _agenda_of_what_was_held(meeting: Meeting, *, by: int) -> None:
    """Its agenda as it was published, and a supplement that never was.

    Made as rows: not every body here has a chair who approves.
    """
    published = {"state": "published", "approved_by_id": by, "published_by_id": by}
    issue = Issue.objects.create(
        meeting=meeting,
        number=1,
        approved_at=now(),
        published_at=now(),
        audience_id=meeting.audience_id,
        **published,
    )
    AgendaLine.objects.create(
        issue=issue,
        position=0,
        item_key=f"l{meeting.key}",
        change="added",
        number="1",
        title=f"Minutes of {meeting.body}",
        kind="minutes",
        part="public",
        audience_id=meeting.audience_id,
    )
    Issue.objects.create(meeting=meeting, number=2, audience_id=meeting.body.office_audience_id)


def _letters(late: Action, *, by: int) -> Letter:
    """A mail to the body about an action that is overdue, which waits; and one that was dropped."""
    shared = {
        "body": late.body,
        "constant": late.restricted,
        "audience_id": late.body.office_audience_id,
    }
    Letter.objects.create(
        **shared, state="dropped", reason=f"Not for {late.body}", ended_at=now(), ended_by_id=by
    )
    letter = Letter.objects.create(**shared)
    News.objects.create(
        letter=letter,
        kind="action.long_overdue",
        reference=late.key,
        about=str(late.due),
        audience_id=letter.audience_id,
    )
    return letter


def _public_versions(cast: Cast, secretary: str, meeting: Meeting) -> dict[str, Any]:
    """A draft of the meeting's public version, one of its paper that waits for approval, and
    something that the leak check found.

    Made as rows: a hidden body has no public versions unless it was hidden afterwards.
    """
    with cast.acting(secretary) as actor:
        draft = _version(actor, meeting, "meeting", state="draft")
        paper = Paper.objects.get(body=meeting.body)
        waits = {"state": "asked", "asked_by_id": actor.person_id, "checked_at": now()}
        _version(actor, paper, "paper", **waits)
        hit = LeakHit.objects.create(
            release=draft,
            kind="meetings.passage",
            words=f"Words of {meeting.body}",
            digest="0" * 64,
            audience_id=meeting.body.office_audience_id,
        )
    return {"release": draft, "hit": hit}


def _version(actor: Actor, thing: Meeting | Paper, kind: str, **more: Any) -> Release:
    source = source_of(actor, thing)
    content = start_of(actor, source, naming_for(actor, source))
    shared = {
        "kind": kind,
        "body": thing.body,
        "source_digest": source.digest,
        "audience_id": thing.body.office_audience_id,
        kind: thing,
    }
    text = PublicText.objects.create(
        **shared,
        content=content | {"closed": [closed("C1")]},
        started_by_id=actor.person_id,
    )
    return Release.objects.create(
        **shared,
        **more,
        text=text,
        source_key=thing.key,
        title=str(thing),
        made_by_id=actor.person_id,
    )


def _accepted_together(cast: Cast, secretary: str, file: File) -> Batch:
    """A batch of this one file, begun and not worked on: for whoever began it alone."""
    with cast.acting(secretary) as actor:
        job = jobs.begin(
            actor, title="Making records", total=1, unit="meeting", leads_to="imports:queue "
        )
        batch = Batch.objects.create(
            by_id=actor.person_id, job=job, personal="keep", audience_id=actor.own_audience_id
        )
        BatchLine.objects.create(
            batch=batch, position=0, file=file, number=1, audience_id=actor.own_audience_id
        )
    return batch


def _paper(cast: Cast, secretary: str, body: Body) -> Paper:
    """A report to the body's meeting, handed over and accepted."""
    _handed_over(cast, secretary, REPORT.format(body=body.name))
    with cast.acting(secretary):
        return Paper.objects.get(body=body)


def _appointed(cast: Cast, seat: Seat) -> Appointment:
    """Somebody in the seat, whom nobody signs in as."""
    there = Appointment.objects.filter(seat=seat).first()
    if there:
        return there
    with cast.acting("maud") as maud:
        person = services.add_person(maud, name=f"Sitter on seat {seat.pk}")
    return Appointment.objects.create(person=person, seat=seat, starts=SINCE)


def everything_open(world: World) -> None:
    """Take the wall away, as far as the app role can: open it to every audience there is."""
    open_to(world.audiences)
