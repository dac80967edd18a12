"""One mail a day of what is somebody’s own: asked again as them at the moment that it goes."""

import ast
import datetime
from pathlib import Path

import pytest

import concerted
from concerted.actions import services as actions
from concerted.actions.models import Action
from concerted.actions.public import Owners, agree
from concerted.audit.models import Line
from concerted.kernel.clock import as_of
from concerted.notices import services as notices
from concerted.notices.models import Event, Mail
from concerted.notices.states import MailState
from concerted.notifying import telling
from concerted.notifying.kinds import KINDS
from concerted.notifying.models import Notice
from concerted.notifying.tests.conftest import TUESDAY, delivered, the_next_morning
from concerted.people import seating
from concerted.people import services as people
from concerted.people.models import Appointment
from tests.databases import unguarded

DAY = datetime.timedelta(days=1)
TOBIAS = "tobias@example.org"


@pytest.mark.slow
def test_every_kind_that_is_registered_is_known_above():
    package = Path(concerted.__file__).parent
    named = {
        node.args[1].value
        for path in package.glob("*/*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "happened"
    }

    assert named == {
        "action.ended",
        "action.given",
        "action.moved",
        "agenda.published",
        "crime_report.cleared",
        "crime_report.sent_back",
        "crime_report.to_clear",
        "meeting.cancelled",
        "meeting.moved",
        "minutes.circulated",
        "minutes.confirmed",
        "minutes.recorded",
        "paper.changed",
        "paper.published",
        "question.answered",
        "question.asked",
        "request.answered",
        "request.made",
        "paper.withdrawn",
        "paper_call.chased",
        "paper_call.chased_organisation",
        "paper_call.made",
        "comments.called",
        "comments.called_widely",
        "delivery.sent_back",
        "return.not_received",
    }
    assert named < set(KINDS)


def test_a_new_action_is_told_the_next_morning_to_whoever_has_it(cast, given):
    action = given()
    mails = the_next_morning()

    assert set(mails) == {TOBIAS}
    mail = mails[TOBIAS]
    assert mail.subject == "What is new for you"
    assert (
        "You have a new action: Clear the underpass (Safer Marlbeck Board). Due 16 July 2026."
        in mail.body
    )
    assert f"http://localhost:8000/actions/{action.key}/" in mail.body
    assert mail.reply_to == ["partnership@example.org"]
    assert not Event.objects.exists()


@pytest.mark.slow
def test_there_is_one_mail_a_day_however_much_there_is(cast, given):
    given("Clear the underpass")
    given("Count the lamps")
    morning = the_next_morning()[TOBIAS].body
    assert "Clear the underpass" in morning
    assert "Count the lamps" in morning

    given("Ask the school")
    telling.tell()
    later = TUESDAY + DAY + datetime.timedelta(hours=3)
    with as_of(later):
        telling.digests(later)
        assert delivered() == {}
    with as_of(later + DAY):
        telling.digests(later + DAY)
        assert "Ask the school" in delivered()[TOBIAS].body
        assert "Clear the underpass" not in Mail.objects.latest("pk").text


@pytest.mark.parametrize(
    ("moment", "goes"),
    [
        (datetime.datetime(2026, 6, 17, 6, 29, tzinfo=datetime.UTC), False),  # 7:29 in Britain
        (datetime.datetime(2026, 6, 17, 6, 30, tzinfo=datetime.UTC), True),
        (datetime.datetime(2026, 6, 17, 18, 0, tzinfo=datetime.UTC), True),  # the worker was down
        (datetime.datetime(2026, 6, 20, 8, 0, tzinfo=datetime.UTC), False),  # a Saturday
        (datetime.datetime(2026, 6, 21, 8, 0, tzinfo=datetime.UTC), False),
        (datetime.datetime(2026, 12, 2, 7, 0, tzinfo=datetime.UTC), False),  # 7:00 in winter
        (datetime.datetime(2026, 12, 2, 7, 30, tzinfo=datetime.UTC), True),
    ],
)
def test_it_goes_from_the_hour_of_the_partnership_on_weekdays(cast, given, moment, goes):
    given()
    telling.tell()

    assert bool(telling.digests(moment)) is goes


def test_whoever_did_it_is_not_told_of_it(cast, given):
    given(to="dilys")

    assert the_next_morning() == {}


def test_what_was_withdrawn_in_the_meantime_is_not_told(cast, given):
    action = given()
    telling.tell()
    assert Notice.objects.count() == 1
    with cast.acting("rowena") as rowena:
        actions.withdraw(rowena, action=action, reason="No longer wanted.")
    Event.objects.all().delete()  # that it was withdrawn would be news of its own

    assert the_next_morning() == {}
    assert not Notice.objects.exists()
    assert Mail.objects.get().note == "There was nothing left to tell."


def test_an_action_that_was_kept_from_its_owner_is_not_told(cast, given, keeps):
    action = given()
    telling.tell()
    keeps("actions.action", action.key)

    assert the_next_morning() == {}


def test_of_a_restricted_action_the_whole_mail_is_constant(cast, given, keeps):
    given("Count the lamps")
    action = given("Watch the depot")
    keeps("actions.action", action.key, "probation")
    mail = the_next_morning()[TOBIAS]

    for word in ("depot", "lamps", "Board", "2026", "July", action.key, "2 "):
        assert word not in mail.body.partition("Choose what mail")[0]
    assert mail.body.startswith(
        "Something is new for you in Concerted. Sign in to read it:\n\nhttp://localhost:8000/\n"
    )
    assert mail.subject == "What is new for you"


def test_of_a_hidden_group_the_whole_mail_is_constant(cast, given):
    given("Watch the depot", body="silver", to="gareth")
    mail = the_next_morning()["gareth@example.org"]

    assert "depot" not in mail.body
    assert "Silver" not in mail.body


def test_nothing_of_it_is_kept_with_the_mail(cast, given):
    given()
    the_next_morning()

    kept = Mail.objects.get()
    assert (kept.subject, kept.text, kept.state) == ("", "", MailState.SENT)


def test_whoever_lost_their_seat_in_the_night_gets_nothing(cast, given):
    given()
    telling.tell()
    Appointment.objects.filter(person=cast.people["tobias"]).update(ends=TUESDAY.date() - DAY)

    assert the_next_morning() == {}


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (
            lambda actor, action: actions.redate(
                actor, action=action, due=datetime.date(2026, 9, 1), reason="Later."
            ),
            "The date of an action of yours was changed: Clear the underpass "
            "(Safer Marlbeck Board). Due 1 September 2026.",
        ),
        (
            lambda actor, action: actions.withdraw(actor, action=action, reason="Over."),
            "An action of yours was withdrawn, so there is nothing left to do: Clear the "
            "underpass (Safer Marlbeck Board).",
        ),
    ],
    ids=["moved", "withdrawn"],
)
def test_what_becomes_of_an_action_is_told(cast, given, step, said):
    action = given()
    telling.tell()
    Notice.objects.all().delete()
    with cast.acting("rowena") as rowena:
        step(rowena, action)

    assert said in the_next_morning()[TOBIAS].body


@pytest.mark.slow
@pytest.mark.parametrize(
    ("due_in", "said"),
    [
        (-1, "An action of yours is overdue: Clear the underpass"),
        (0, "An action of yours is due soon: Clear the underpass"),
        (7, "An action of yours is due soon: Clear the underpass"),
        (8, ""),
    ],
)
def test_what_is_due_within_a_week_or_overdue_is_told_once(cast, given, due_in, said):
    given(due_in=due_in)
    Event.objects.all().delete()

    assert telling.watch(TUESDAY.date()) == bool(said)
    assert telling.watch(TUESDAY.date()) == 0
    telling.digests(TUESDAY)
    mails = delivered()
    assert set(mails) == ({TOBIAS} if said else set())
    assert not said or said in mails[TOBIAS].body


@pytest.mark.slow
def test_a_new_date_is_told_of_again_when_it_comes_near(cast, given):
    action = given(due_in=3)
    assert telling.watch(TUESDAY.date()) == 1
    with cast.acting("dilys") as dilys:
        actions.redate(dilys, action=action, due=datetime.date(2026, 6, 20), reason="Later.")

    assert telling.watch(TUESDAY.date()) == 1


def test_history_that_is_put_on_record_is_nobodys_news(cast, given):
    action = given()
    with cast.acting("dilys"), unguarded():
        Action.objects.filter(pk=action.pk).update(agreed_on=TUESDAY.date() - 91 * DAY)

    assert the_next_morning() == {}


def test_at_once_is_a_mail_of_its_own(cast, given, wants):
    wants("tobias", "at_once")
    given()
    telling.tell()

    assert "Clear the underpass" in delivered()[TOBIAS].body
    assert the_next_morning() == {}


def test_whoever_wants_none_gets_none(cast, given, wants):
    given("Told before")
    telling.tell()
    wants("tobias", "none")
    given("Told after")

    assert the_next_morning() == {}
    assert not Notice.objects.exists()


def test_what_a_server_never_took_comes_with_the_next_mail(cast, given, monkeypatch):
    given()
    telling.tell()
    telling.digests(TUESDAY)
    Mail.objects.update(state=MailState.FAILED)

    assert "Clear the underpass" in the_next_morning()[TOBIAS].body


def test_another_try_brings_the_same_again_and_no_more(cast, given, monkeypatch):
    given("First")
    telling.tell()
    telling.digests(TUESDAY)
    mail = Mail.objects.get()
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", _refuses)
        notices.deliver(mail.key)
    given("Second")
    telling.tell()
    Mail.objects.update(state=MailState.WAITING)
    body = delivered()[TOBIAS].body

    assert "First" in body
    assert "Second" not in body
    assert Notice.objects.filter(mail=None).count() == 1


def _refuses(message):
    raise OSError("down")


def test_what_is_never_told_is_forgotten_after_a_month(cast, given):
    given()
    telling.tell()
    assert Notice.objects.count() == 1
    with as_of(TUESDAY + 31 * DAY):
        Notice.objects.update(at=TUESDAY)
        telling.watch(TUESDAY.date() - 300 * DAY)

    assert not Notice.objects.exists()


def test_the_trail_says_that_a_mail_went(cast, given):
    given()
    the_next_morning()

    assert Line.objects.filter(what="mail.sent", reference=Mail.objects.get().key).count() == 1


@pytest.mark.slow
def test_an_owner_without_an_account_is_asked_by_a_link_each_time_there_is_cause(cast, given):
    with cast.acting("maud") as maud:
        post = people.add_post(
            maud,
            title="Head of wardens",
            organisation=cast.organisations["council"],
            role_mailbox="wardens@example.org",
        )
        warden = people.add_person(maud, name="Vera Moss")
        seating.appoint(maud, person=warden, post=post, starts=datetime.date(2026, 1, 5))
    with cast.acting("dilys") as dilys:
        agree(
            dilys,
            body=cast.bodies["board"],
            text="Clear the underpass",
            agreed_on=TUESDAY.date(),
            due=TUESDAY.date() + 10 * DAY,
            owners=Owners(posts=[post]),
        )
    telling.tell()
    assert set(delivered()) == {"wardens@example.org"}
    assert telling.watch(TUESDAY.date()) == 0

    for days, goes in ((3, 1), (3, 0), (4, 0), (11, 1), (12, 0)):
        assert telling.watch(TUESDAY.date() + days * DAY) == goes
        with as_of(TUESDAY + days * DAY):
            assert len(delivered()) == goes
