"""Who hears of papers and of calls by mail."""

import pytest

from concerted.kernel.clock import as_of
from concerted.notices.models import Event
from concerted.notifying import outbox, queries, telling
from concerted.notifying.tests.conftest import TUESDAY, the_next_morning
from concerted.paper_calls import services
from concerted.paper_calls.services import Addressee
from concerted.paper_calls.tests.conftest import REPORT

TOBIAS = "tobias@example.org"


@pytest.fixture(autouse=True)
def on_tuesday():
    with as_of(TUESDAY):
        yield


def letters(cast):
    with cast.acting("dilys") as dilys:
        return [(one.organisation, outbox.shown(dilys, one).text) for one in queries.waiting(dilys)]


def test_whoever_is_asked_is_told_the_next_morning_and_nobody_else(work):
    work.asks(person=work.cast.people["tobias"])

    mails = the_next_morning()

    assert set(mails) == {TOBIAS}
    assert "You are asked for a paper: Knife crime report" in mails[TOBIAS].body


@pytest.mark.slow
def test_a_chase_to_a_person_goes_to_them_and_to_an_organisation_waits(work):
    work.asks(person=work.cast.people["tobias"])
    mine = work.call
    work.asks("Second", of="police")
    Event.objects.all().delete()
    with work.cast.acting("dilys") as dilys:
        assert services.chase(dilys, calls=[mine, work.call]) == 2

    mails = the_next_morning()

    assert set(mails) == {TOBIAS}
    assert "A paper of yours is outstanding: Knife crime report" in mails[TOBIAS].body
    [(organisation, text)] = letters(work.cast)
    assert organisation == work.cast.organisations["police"]
    assert "A paper of your organisation is outstanding: Second" in text


def test_once_it_is_delivered_nobody_is_chased(work):
    work.asks(person=work.cast.people["tobias"])
    Event.objects.all().delete()
    with work.cast.acting("dilys") as dilys:
        services.chase(dilys, calls=[work.call])
    work.delivers()

    assert the_next_morning() == {}


@pytest.mark.slow
def test_what_was_sent_back_is_told_to_the_author(work):
    work.asks(person=work.cast.people["tobias"])
    work.delivers()
    Event.objects.all().delete()
    with work.cast.acting("dilys") as dilys:
        services.send_back(dilys, delivery=work.last_as(dilys), remark="Shorter.")

    assert "A paper was sent back to you: Knife crime" in the_next_morning()[TOBIAS].body


@pytest.mark.slow
def test_a_new_version_waits_in_the_letter_to_the_body_once(work):
    work.asks()
    work.all_the_way()
    telling.tell()
    Event.objects.all().delete()
    work.all_the_way(REPORT.format(year=2014))
    telling.tell()

    [(organisation, text)] = letters(work.cast)
    assert organisation is None
    assert text.count("A paper for Safer Marlbeck Board has a new version: KNIFE CRIME") == 1
    assert text.count("There is a new paper for Safer Marlbeck Board: KNIFE CRIME") == 1


@pytest.mark.slow
def test_who_is_asked_for_comments_is_told_and_a_whole_body_by_letter(work):
    work.asks()
    paper = work.all_the_way()
    Event.objects.all().delete()
    of = [
        Addressee(organisation=work.cast.organisations["probation"]),
        Addressee(body=work.cast.bodies["board"]),
    ]
    with work.cast.acting("dilys") as dilys:
        services.call_for_comments(dilys, paper=paper, of=of)

    mails = the_next_morning()

    assert set(mails) == {TOBIAS}
    assert "You are asked for comments on a paper: KNIFE CRIME." in mails[TOBIAS].body
    assert [organisation for organisation, _ in letters(work.cast)] == [None]
