"""Forty at once, each on a connection of its own: every check holds when all try together."""

import datetime
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from concerted.documents import services as documents
from concerted.editions import outbox, queries, releasing, services
from concerted.editions.checking import check
from concerted.editions.models import LeakHit, Outgoing, Release
from concerted.editions.sources import source_of
from concerted.editions.wall import opened
from concerted.kernel.verdict import NotAllowed
from concerted.meetings import services as meetings
from concerted.meetings.models import Item, Meeting
from concerted.meetings.states import MeetingState
from concerted.public_door.models import StoredPage
from concerted.restrictions.kinds import kind_of
from concerted.restrictions.services import restrict
from concerted.restrictions.states import Level
from concerted.restrictions.tests.test_at_once import wanted
from tests.cast import Cast

pytestmark = pytest.mark.slow
TRIES = 40


@pytest.fixture
def town(django_db_setup, django_db_blocker, worker_id) -> Iterator[Cast]:
    """The cast in a database of its own, where what is done stays done."""
    from tests import cast, databases  # noqa: PLC0415 - needs the settings

    with django_db_blocker.unblock():
        own = connections["default"].settings_dict["NAME"]
        try:
            with databases.cloned(databases.template(), f"races_{worker_id}_{os.getpid()}"):
                yield cast.build()
        finally:
            databases.point_at(own)


def at_once(do, tries=TRIES):
    """Let all try together; what each got, or the sentence that refused it."""

    def one(number):
        try:
            return do(number)
        except NotAllowed as refused:
            return str(refused)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(20) as pool:
        return list(pool.map(one, range(tries)))


def put_on_record(cast, *, body="board", title="Lighting") -> Meeting:
    with cast.acting("dilys") as dilys:
        meeting, _ = meetings.record(
            dilys,
            minutes=meetings.NewMeeting(
                body=cast.bodies[body],
                held_on=datetime.date(2020, 3, 10),
                state=MeetingState.RECEIVED,
                items=[meetings.NewItem("1", title, "All was said.")],
            ),
        )
    return meeting


def begin(cast, meeting) -> Release:
    with cast.acting("dilys") as dilys:
        return services.start(dilys, source=source_of(dilys, meeting))


def ask_for(cast, release) -> Release:
    with cast.acting("dilys") as dilys:
        services.approve_text(dilys, release=release, saves=0)
        release = releasing.ask(dilys, release=release)
    check(release.key)
    return state_of(cast, release)


def state_of(cast, release) -> Release:
    with cast.acting("dilys") as dilys:
        return queries.visible_to(dilys).get(pk=release.pk)


def test_of_forty_drafts_begun_together_there_is_one(town):
    meeting = put_on_record(town)

    got = at_once(lambda n: begin(town, meeting))

    assert sum(isinstance(one, Release) for one in got) == 1
    assert {one for one in got if isinstance(one, str)} == {
        "A public version of this is being made already. Finish it, or stop it first."
    }


def test_of_forty_approvals_together_one_counts_and_it_goes_out_once(town):
    release = ask_for(town, begin(town, put_on_record(town)))

    def approve(number):
        with town.acting("rowena" if number % 2 else "maud") as actor:
            return releasing.approve(actor, release=release, looked_at=release.sha256)

    got = at_once(approve)
    assert sum(isinstance(one, Release) for one in got) == 1
    assert Outgoing.objects.count() == 1

    carried = at_once(lambda n: outbox.carry_all(), tries=8)

    assert sum(carried) == 1
    assert state_of(town, release).state == "pushed"
    assert Outgoing.objects.get().tries == 0


def test_of_forty_acceptances_together_one_is_recorded(town):
    put_on_record(town, body="silver", title="Lighting of the yard")
    release = ask_for(town, begin(town, put_on_record(town, title="Lighting of the yard")))
    assert release.hits_open == 1
    with town.acting("gareth"):
        [hit] = LeakHit.objects.all()

    def accept(number):
        with town.acting("gareth") as gareth:
            return releasing.accept_hit(gareth, hit=hit, reason=f"By chance, {number}.")

    got = at_once(accept)

    assert sum(isinstance(one, LeakHit) for one in got) == 1
    assert state_of(town, release).hits_open == 0


@pytest.mark.parametrize("turn", range(4))
def test_a_marking_raised_while_it_is_carried_comes_before_or_after_never_between(town, turn):
    meeting = put_on_record(town)
    release = ask_for(town, begin(town, meeting))
    with town.acting("rowena") as rowena:
        releasing.approve(rowena, release=release, looked_at=release.sha256)

    def mark(number):
        if number % 2 == turn % 2:
            return outbox.carry_all()
        with town.acting("dilys"):
            item = Item.objects.select_for_update().get(meeting=meeting)
            item.audience_id = town.bodies["board"].office_audience_id
            item.save()
        return None

    at_once(mark, tries=2)

    assert_before_or_after(town, release, meeting)


def assert_before_or_after(town, release, meeting):
    state = state_of(town, release).state
    out = StoredPage.objects.filter(path=f"/meetings/{meeting.key}/").exists()
    assert (state, out) in {("pushed", True), ("stopped", False)}
    if state == "pushed":  # then the marking came after, and it is noticed
        with transaction.atomic(), opened(what="edition.compared"):
            assert services.changed(everybody(town), state_of(town, release))


@pytest.mark.parametrize("turn", range(2))
@pytest.mark.parametrize("level", [Level.CLOSED, Level.HIDDEN])
def test_a_file_restricted_while_it_is_carried_is_so_before_or_after_too(town, turn, level):
    meeting = put_on_record(town)
    with town.acting("dilys") as dilys:
        version = documents.receive(dilys, data=b"minutes", name="minutes.docx")
        office = town.bodies["board"].office_audience_id
        documents.hand_to(dilys, version=version, audience_id=office)
        meetings.give_document(dilys, meeting=meeting, document=version.document)
    release = ask_for(town, begin(town, meeting))
    with town.acting("rowena") as rowena:
        releasing.approve(rowena, release=release, looked_at=release.sha256)

    def mark(number):
        if number == turn:
            return outbox.carry_all()
        with town.acting("dilys") as dilys:
            asked = wanted(dilys, town, level=level)
            return restrict(
                dilys, kind=kind_of("file"), key=version.document.key, wanted=asked, token=""
            )

    at_once(mark, tries=2)

    assert_before_or_after(town, release, meeting)


def everybody(cast):
    with cast.acting("dilys") as dilys:
        return dilys


def test_withdrawing_and_releasing_anew_together_ends_withdrawn_or_public_never_torn(town):
    meeting = put_on_record(town)
    first = ask_for(town, begin(town, meeting))
    with town.acting("rowena") as rowena:
        releasing.approve(rowena, release=first, looked_at=first.sha256)
    outbox.carry_all()
    second = ask_for(town, begin(town, meeting))
    with town.acting("rowena") as rowena:
        releasing.approve(rowena, release=second, looked_at=second.sha256)

    def either(number):
        if number % 2:
            return outbox.carry_all()
        with town.acting("dilys") as dilys:
            return releasing.withdraw(dilys, release=first, reason="Wrong.")

    at_once(either, tries=4)
    outbox.carry_all()

    states = (state_of(town, first).state, state_of(town, second).state)
    page = bytes(StoredPage.objects.get(path=f"/meetings/{meeting.key}/").body).decode()
    assert states in {("withdrawn", "stopped"), ("replaced", "pushed")}
    assert ("All was said." in page) == (states == ("replaced", "pushed"))
