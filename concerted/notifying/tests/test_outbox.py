"""What goes to a whole body, or to who answers for an organisation, waits for the secretary."""

import datetime
import os

import pytest
from django.db import ProgrammingError, transaction

from concerted.actions import services as actions
from concerted.actions.public import Owners, agree
from concerted.agendas.tests.conftest import agenda, planned  # noqa: F401
from concerted.audit.models import Line
from concerted.kernel.clock import today
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.public import When, cancel, move, plan, visible_to
from concerted.notices.models import Mail
from concerted.notifying import outbox, queries, telling
from concerted.notifying.letters import CONSTANT
from concerted.notifying.models import Letter, Notice
from concerted.notifying.outbox import CHANGED
from concerted.notifying.states import Gets
from concerted.notifying.tests.conftest import TUESDAY, delivered, the_next_morning
from concerted.papers.public import NewPaper, accept
from tests.at_once import a_town_of_its_own, at_once

DAY = datetime.timedelta(days=1)
NAMES = ["Gareth Pellow", "Rowena Thackley", "Tobias Wren"]


@pytest.fixture
def letter(cast, paper):
    """The letter about a new paper of the board, waiting."""
    paper()
    telling.tell()
    with cast.acting("dilys") as dilys:
        [found] = queries.waiting(dilys)
    return found


def shown(cast, letter, who="dilys"):
    with cast.acting(who) as actor:
        return outbox.shown(actor, letter)


def sends(cast, letter, who="dilys", looked_at=None):
    token = looked_at or shown(cast, letter).looked_at
    with cast.acting(who) as actor:
        return outbox.send(actor, letter=letter, looked_at=token)


def count(what):
    return Line.objects.filter(what=what).count()


def test_nothing_goes_to_a_whole_body_by_itself(cast, letter):
    assert the_next_morning() == {}
    assert not Mail.objects.exists()
    assert count("letter.begun") == 1


def test_the_secretary_sees_what_it_says_and_whom_it_goes_to(cast, letter):
    seen = shown(cast, letter)

    assert seen.text.startswith(
        "There is a new paper for Safer Marlbeck Board: Lighting on Canal Walk\n"
        "http://localhost:8000/papers/"
    )
    assert [one.person.name for one in seen.readers] == NAMES
    assert seen.reply_to == "partnership@example.org"


def test_news_of_one_body_gather_in_the_mail_that_waits(cast, letter, paper):
    paper("Night buses")
    paper("Wardens", body="area")
    telling.tell()

    with cast.acting("dilys") as dilys:
        assert [
            (one.body.name, len(queries.pieces_of(dilys, one))) for one in queries.waiting(dilys)
        ] == [("Safer Marlbeck Board", 2), ("Fenside area board", 1)]


def test_a_meeting_that_is_moved_twice_is_told_once_as_it_stands_then(cast, on_tuesday):
    with cast.acting("dilys") as dilys:
        meeting = plan(dilys, body=cast.bodies["board"], held_on=today() + 30 * DAY)
    for days in (33, 40):
        with cast.acting("dilys") as dilys:
            meeting = visible_to(dilys).get(pk=meeting.pk)
            move(
                dilys,
                meeting=meeting,
                seen=meeting.standing,
                when=When(today() + days * DAY),
                reason="The hall is shut.",
            )
        telling.tell()
    with cast.acting("dilys") as dilys:
        [letter] = queries.waiting(dilys)

    said = "The meeting of Safer Marlbeck Board is moved: it is now on 26 July 2026."
    assert shown(cast, letter).text.count(said) == 1
    assert "19 July" not in shown(cast, letter).text


def test_that_a_meeting_is_cancelled_replaces_that_it_was_moved(cast, on_tuesday):
    with cast.acting("dilys") as dilys:
        meeting = plan(dilys, body=cast.bodies["board"], held_on=today() + 30 * DAY)
        when = When(today() + 33 * DAY)
        move(dilys, meeting=meeting, seen=meeting.standing, when=when, reason="The hall is shut.")
        meeting = visible_to(dilys).get(pk=meeting.pk)
        cancel(dilys, meeting=meeting, seen=meeting.standing, reason="No business.")
    telling.tell()
    with cast.acting("dilys") as dilys:
        [letter] = queries.waiting(dilys)

    text = shown(cast, letter).text
    assert "The meeting of Safer Marlbeck Board on 19 July 2026 is cancelled." in text
    assert "moved" not in text


def test_once_sent_another_begins(cast, letter, paper):
    sends(cast, letter)
    paper("Night buses")
    telling.tell()

    with cast.acting("dilys") as dilys:
        [new] = queries.waiting(dilys)
    assert new.pk != letter.pk
    assert "Lighting" not in shown(cast, new).text


def test_what_is_sent_says_exactly_what_was_shown(cast, letter, wants):
    wants("tobias", "at_once")
    with cast.acting("dilys") as dilys:
        letter = outbox.word(dilys, letter=letter, opening="Please read this before Tuesday.\n")
    text = shown(cast, letter).text
    sends(cast, letter)
    mails = delivered()

    assert text.startswith("Please read this before Tuesday.\n\nThere is a new paper")
    assert set(mails) == {f"{one}@example.org" for one in ("tobias", "rowena", "gareth")}
    assert all(one.body.startswith(text + "\n\nChoose what mail") for one in mails.values())
    assert count("letter.worded") == count("letter.sent") == 1


def test_each_gets_it_as_they_want_it(cast, letter, wants):
    wants("tobias", "at_once")
    wants("gareth", "none")

    assert {one.person.name: one.gets for one in shown(cast, letter).readers} == {
        "Gareth Pellow": Gets.NOTHING,
        "Rowena Thackley": Gets.DIGEST,
        "Tobias Wren": Gets.NOW,
    }
    sends(cast, letter)
    assert set(delivered()) == {"tobias@example.org"}
    [(to, mail)] = the_next_morning().items()
    assert to == "rowena@example.org"
    assert "There is a new paper" in mail.body


@pytest.mark.slow
def test_what_the_law_needs_goes_to_everybody_at_once(cast, on_tuesday, agenda, wants):  # noqa: F811
    wants("gareth", "none")
    agenda.begins("Patrols").published()
    telling.tell()
    with cast.acting("dilys") as dilys:
        [found] = queries.waiting(dilys)
    sends(cast, found)

    mails = delivered()
    assert set(mails) == {f"{one}@example.org" for one in ("tobias", "rowena", "gareth")}
    assert "The agenda of Safer Marlbeck Board for 16 July 2026 is published." in (
        mails["gareth@example.org"].body
    )


@pytest.mark.slow
def test_of_something_restricted_the_mail_says_only_that_there_is_news(cast, paper, keeps):
    secret = paper("The depot")
    keeps("papers.paper", secret.key, "probation")
    paper("Lamps")
    telling.tell()
    with cast.acting("dilys") as dilys:
        constant, plain = sorted(queries.waiting(dilys), key=lambda one: not one.constant)
    seen = shown(cast, constant)

    assert seen.text == CONSTANT.format(home="http://localhost:8000/")
    assert [one.person.name for one in seen.readers] == ["Tobias Wren"]
    assert "depot" not in shown(cast, plain).text
    assert [one.person.name for one in shown(cast, plain).readers] == NAMES
    with (
        cast.acting("dilys") as dilys,
        pytest.raises(NotAllowed, match="says only that there is news"),
    ):
        outbox.word(dilys, letter=constant, opening="About the depot")
    sends(cast, constant)
    assert set(the_next_morning()) == {"tobias@example.org"}


def test_what_is_closed_while_it_waits_is_left_out(cast, letter, keeps):
    with cast.acting("dilys"):
        keeps("papers.paper", letter.news.get().reference, "probation")

    with cast.acting("dilys") as dilys:
        assert queries.waiting(dilys) == []
        seen = outbox.shown(dilys, letter)
        assert (seen.text, len(seen.pieces)) == ("", 0)
        with pytest.raises(NotAllowed, match=r"Nothing is left"):
            outbox.send(dilys, letter=letter, looked_at=seen.looked_at)


@pytest.mark.slow
def test_what_was_sent_and_then_closed_comes_to_nobody(cast, letter, keeps, wants):
    wants("tobias", "at_once")
    sends(cast, letter)
    keeps("papers.paper", reference_of(cast, letter))

    assert delivered() == {}
    assert the_next_morning() == {}


def reference_of(cast, letter):
    with cast.acting("dilys"):
        return letter.news.get().reference


def test_what_has_changed_since_it_was_looked_at_does_not_go(cast, letter, paper):
    before = shown(cast, letter).looked_at
    paper("Night buses")
    telling.tell()

    with pytest.raises(NotAllowed, match=CHANGED):
        sends(cast, letter, looked_at=before)
    assert not Notice.objects.exists()


def test_it_is_sent_once(cast, letter):
    token = shown(cast, letter).looked_at
    sends(cast, letter, looked_at=token)

    with pytest.raises(NotAllowed, match=r"This was sent already\."):
        sends(cast, letter, looked_at=token)
    assert count("letter.sent") == 1


def test_what_is_dropped_goes_to_nobody_and_says_why(cast, letter):
    with cast.acting("dilys") as dilys, pytest.raises(NotAllowed, match=r"Say why"):
        outbox.drop(dilys, letter=letter, reason=" ")
    with cast.acting("dilys") as dilys:
        outbox.drop(dilys, letter=letter, reason="It was sent by post.")

    assert the_next_morning() == {}
    with cast.acting("dilys") as dilys:
        assert queries.waiting(dilys) == []
        assert queries.ended_lately(dilys).get().reason == "It was sent by post."
    assert count("letter.dropped") == 1


@pytest.mark.parametrize("who", ["rowena", "tobias", "agnes", "owen", "sid"])
def test_nobody_but_the_office_sees_what_waits(cast, letter, who):
    with cast.acting(who) as actor:
        assert queries.waiting(actor) == []
        assert not queries.visible_to(actor).exists()


def test_what_was_sent_is_not_altered(cast, letter):
    sends(cast, letter)

    with (
        cast.acting("dilys"),
        pytest.raises(ProgrammingError, match="never altered"),
        transaction.atomic(),
    ):
        Letter.objects.filter(pk=letter.pk).update(opening="Other words")


# What leads of organisations answer for


@pytest.fixture
def of_probation(cast, on_tuesday):
    """An action of an organisation, as its body agreed it."""

    def agreed(due):
        with cast.acting("dilys") as dilys:
            return agree(
                dilys,
                body=cast.bodies["board"],
                text="Clear the underpass",
                agreed_on=datetime.date(2026, 1, 6),
                due=due,
                owners=Owners(organisations=[cast.organisations["probation"]]),
            )

    return agreed


@pytest.mark.slow
@pytest.mark.parametrize(
    ("due", "waits"),
    [(datetime.date(2026, 5, 17), True), (datetime.date(2026, 5, 18), False)],
)
def test_what_is_overdue_for_30_days_waits_to_go_to_the_lead(cast, of_probation, due, waits):
    of_probation(due)
    telling.watch(TUESDAY.date())
    telling.watch(TUESDAY.date())
    with cast.acting("dilys") as dilys:
        found = queries.waiting(dilys)

    assert len(found) == waits
    if waits:
        seen = shown(cast, found[0])
        assert seen.letter.organisation == cast.organisations["probation"]
        assert [(one.person.name, one.gets) for one in seen.readers] == [("Tobias Wren", Gets.NOW)]
        assert "overdue for 30 days or more: Clear the underpass" in seen.text


@pytest.mark.slow
def test_a_third_slip_waits_to_go_to_the_lead(cast, of_probation):
    action = of_probation(datetime.date(2026, 7, 1))
    for month in (8, 9):
        redated(cast, action, datetime.date(2026, month, 1))
    telling.watch(TUESDAY.date())
    with cast.acting("dilys") as dilys:
        assert queries.waiting(dilys) == []

    redated(cast, action, datetime.date(2026, 10, 1))
    telling.watch(TUESDAY.date())
    with cast.acting("dilys") as dilys:
        [found] = queries.waiting(dilys)
    assert "slipped three times or more: Clear the underpass" in shown(cast, found).text


def redated(cast, action, due):
    with cast.acting("dilys") as dilys:
        actions.redate(dilys, action=action, due=due, reason="Later.")


def test_it_goes_to_whoever_confirms_for_the_organisation_where_somebody_does(cast, of_probation):
    of_probation(datetime.date(2026, 5, 1))
    with cast.acting("maud"):
        probation = cast.organisations["probation"]
        type(probation).objects.filter(pk=probation.pk).update(confirmer=cast.people["gareth"])
    telling.watch(TUESDAY.date())
    with cast.acting("dilys") as dilys:
        [found] = queries.waiting(dilys)

    assert [one.person.name for one in shown(cast, found).readers] == ["Gareth Pellow"]


@pytest.fixture
def town(django_db_setup, django_db_blocker, worker_id):
    name = f"letters_{worker_id}_{os.getpid()}"
    with django_db_blocker.unblock(), a_town_of_its_own(name) as there:
        yield there


@pytest.mark.slow
def test_of_two_secretaries_at_once_one_sends(town):
    with town.acting("dilys") as dilys:
        accept(dilys, new=NewPaper(body=town.bodies["board"], title="Lamps", version=None))
    telling.tell()
    with town.acting("dilys") as dilys:
        [letter] = queries.waiting(dilys)
        token = outbox.shown(dilys, letter).looked_at

    came = at_once(
        lambda number: sends(town, letter, who=("dilys", "maud")[number % 2], looked_at=token),
        tries=8,
    )

    assert came.faults == []
    assert len(came.done) == 1
    assert set(came.refused) == {"This was sent already."}
    assert Notice.objects.count() == 3
