"""Invitations and feeds as real programs read them: the icalendar library, and a parsed mail."""

import datetime
import re

import pytest
from django.core import mail
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from concerted.access.models import Account
from concerted.attending import calendars, feeding, inviting
from concerted.attending.calendars import Entry
from concerted.attending.models import Feed, Invitation, Reply
from concerted.audit.models import Line
from concerted.kernel.clock import BRITAIN, as_of
from concerted.meetings import services as meetings
from concerted.meetings.models import Meeting
from concerted.meetings.policies import When
from concerted.notices.models import Mail
from concerted.notices.services import deliver
from concerted.people import seating
from concerted.people import services as people
from concerted.people.models import Appointment


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def there(meeting):
    return Meeting.objects.select_related("body").get(pk=meeting.pk)


def invitations(meeting):
    return reverse("attending:invitations", args=[meeting.key])


@pytest.fixture
def sent(cast):
    """The secretary sends what is due; returns the mails by whom they are to."""

    def send(meeting):
        mail.outbox.clear()
        with cast.acting("dilys") as dilys:
            due = inviting.due(dilys, there(meeting))
            inviting.send(dilys, meeting=there(meeting), looked_at=due.looked_at)
        for key in Mail.objects.filter(state="waiting").values_list("key", flat=True):
            deliver(key)
        return {one.to[0]: one for one in mail.outbox}

    return send


def event_of(message):
    [calendar] = [
        one for one in message.message().walk() if one.get_content_type() == "text/calendar"
    ]
    assert calendar.get_param("method") in ("REQUEST", "CANCEL")
    read = Calendar.from_ical(calendar.get_payload(decode=True))
    assert read["method"] == calendar.get_param("method")
    [event] = read.walk("VEVENT")
    return read, event


def link_in(message):
    return re.search(r"https?://\S+/attending/answer/(\S+)/", message.body)[1]


def moved(cast, meeting, day, at=datetime.time(10)):
    with cast.acting("dilys") as dilys:
        one = there(meeting)
        when = When(day, at, "Library")
        meetings.move(dilys, meeting=one, seen=one.standing, when=when, reason="Snow.")


def cancelled(cast, meeting):
    with cast.acting("dilys") as dilys:
        one = there(meeting)
        meetings.cancel(dilys, meeting=one, seen=one.standing, reason="No business.")


def closed(cast, meeting):
    """Let the meeting be for the hidden group alone, as the pages that restrict do."""
    with cast.acting("gareth"):
        audience = cast.bodies["silver"].papers_audience_id
        Meeting.objects.filter(pk=meeting.pk).update(audience_id=audience)
        Invitation.objects.filter(meeting=meeting).update(audience_id=audience)


def test_an_invitation_is_a_meeting_request_with_a_link_to_answer(cast, meeting, sent):
    mails = sent(meeting)

    assert set(mails) == {"rowena@example.org", "tobias@example.org", "gareth@example.org"}
    one = mails["tobias@example.org"]
    assert one.reply_to == ["partnership@example.org"]
    calendar, event = event_of(one)
    assert calendar["method"] == "REQUEST"
    assert event["summary"] == "Safer Marlbeck Board"
    assert event["organizer"] == "mailto:partnership@example.org"
    assert event["attendee"] == "mailto:tobias@example.org"
    assert event["attendee"].params["RSVP"] == "TRUE"
    assert event["sequence"] == 0
    assert event.decoded("dtstart") == datetime.datetime(2027, 3, 3, 14, tzinfo=BRITAIN)
    assert link_in(one) in event["description"]
    assert Line.objects.filter(what="invitation.sent", verb="disclose").count() == 1


@pytest.mark.slow
def test_what_is_moved_keeps_its_name_and_grows_its_number(cast, meeting, sent):
    first = event_of(sent(meeting)["tobias@example.org"])[1]
    moved(cast, meeting, datetime.date(2027, 4, 6))

    again = event_of(sent(meeting)["tobias@example.org"])[1]

    assert again["uid"] == first["uid"]
    assert again["sequence"] == 1
    # Summer time by then: ten by the clock is nine elsewhere.
    start = again.decoded("dtstart")
    assert start.astimezone(datetime.UTC).hour == 9
    assert again["location"] == "Library"


@pytest.mark.slow
def test_a_cancelled_meeting_is_cancelled_in_calendars(cast, meeting, sent):
    first = event_of(sent(meeting)["tobias@example.org"])[1]
    cancelled(cast, meeting)

    mails = sent(meeting)

    calendar, event = event_of(mails["tobias@example.org"])
    assert (calendar["method"], event["status"]) == ("CANCEL", "CANCELLED")
    assert event["uid"] == first["uid"]
    assert event["sequence"] == 1
    assert "is cancelled" in mails["tobias@example.org"].body
    with cast.acting("dilys") as dilys:
        assert inviting.due(dilys, there(meeting)) is None


@pytest.mark.slow
def test_what_was_never_announced_needs_no_cancelling(cast, meeting):
    cancelled(cast, meeting)

    with cast.acting("dilys") as dilys:
        assert inviting.due(dilys, there(meeting)) is None
        assert inviting.waiting(dilys) == []


@pytest.mark.slow
def test_who_joins_later_is_invited_alone(cast, meeting, sent):
    sent(meeting)
    with cast.acting("maud") as maud:
        seat = seating.add_seat(maud, body=cast.bodies["board"], holder=cast.organisations["homes"])
        seating.appoint(maud, person=cast.people["agnes"], seat=seat)

    mails = sent(meeting)

    assert set(mails) == {"agnes@example.org"}
    with cast.acting("dilys"):
        assert Invitation.objects.count() == 1


def test_a_restricted_meeting_is_a_meeting_with_its_time_and_no_link(cast, planned, sent):
    meeting = planned("silver")

    one = sent(meeting)["gareth@example.org"]

    event = event_of(one)[1]
    assert event["summary"] == "Meeting"
    assert "description" not in event
    assert "location" not in event
    assert "url" not in event
    assert "/attending/" not in one.body
    assert "Silver" not in one.message().as_string()


@pytest.mark.slow
def test_what_changed_before_a_mail_went_is_not_sent(cast, meeting):
    mail.outbox.clear()
    with cast.acting("dilys") as dilys:
        due = inviting.due(dilys, there(meeting))
        inviting.send(dilys, meeting=there(meeting), looked_at=due.looked_at)
    moved(cast, meeting, datetime.date(2027, 4, 6))

    for key in Mail.objects.values_list("key", flat=True):
        deliver(key)

    assert mail.outbox == []
    assert set(Mail.objects.values_list("state", flat=True)) == {"cancelled"}


@pytest.mark.slow
def test_the_page_sends_what_was_looked_at_and_nothing_else(cast, signed_in, meeting):
    dilys = signed_in("dilys")
    page = dilys.get(invitations(meeting))
    assert "Not sent yet." in words(page)
    mark = re.search(r'name="looked_at" value="(\w+)"', page.text)[1]
    moved(cast, meeting, datetime.date(2027, 4, 6))

    refused = dilys.post(invitations(meeting), {"looked_at": mark})

    assert refused.status_code == 409
    assert "has changed since you looked" in words(refused)
    mark = re.search(r'name="looked_at" value="(\w+)"', refused.text)[1]
    assert "Sent to 3." in words(dilys.post(invitations(meeting), {"looked_at": mark}, follow=True))
    assert Mail.objects.count() == 3


def test_only_the_secretary_sends(signed_in, meeting, planned):
    for who in ("tobias", "rowena"):
        page = signed_in(who).get(invitations(meeting))
        assert page.status_code == 403
        assert "Only this body’s secretary can send its invitations." in words(page)
    assert signed_in("agnes").get(invitations(planned("silver"))).status_code == 404
    assert signed_in("dilys").put(invitations(meeting)).status_code == 405


@pytest.mark.slow
def test_the_outbox_says_what_waits(signed_in, meeting):
    page = words(signed_in("dilys").get(reverse("notifying:outbox")))

    assert "Invitations to meetings (1)" in page
    assert "Safer Marlbeck Board, 3 March 2027 What waits: Not sent yet Reaches: 3" in page


# Answering by the link


@pytest.fixture
def token(meeting, sent):
    return link_in(sent(meeting)["tobias@example.org"])


def answer(client, token, **given):
    return client.post(reverse("attending:reply_link", args=[token]), given)


@pytest.mark.slow
def test_looking_answers_nothing_and_pressing_does_as_often_as_one_likes(cast, client, token):
    seat = cast.seats["tobias"].key
    page = client.get(reverse("attending:reply_link", args=[token]))
    assert "No answer yet." in words(page)
    assert page["Cache-Control"] == "no-store"

    first = answer(client, token, seat=seat, answer="coming")
    second = answer(client, token, seat=seat, answer="substitute", name="Bea Holm")

    assert "Your answer is on record." in words(first)
    assert "Substitute: Bea Holm (Probation Service)." in words(second)
    assert Line.objects.filter(what="reply.by_link").count() == 2
    with cast.acting("dilys"):
        assert [one.answer for one in Reply.objects.all()] == ["coming", "substitute"]
        assert all(one.by == cast.people["tobias"] for one in Reply.objects.all())


@pytest.mark.slow
def test_a_substitute_has_a_name_and_a_seat_is_ones_own(cast, client, token):
    assert "Write who comes instead" in words(
        answer(client, token, seat=cast.seats["tobias"].key, answer="substitute")
    )
    other = answer(client, token, seat=cast.seats["gareth"].key, answer="apologies")
    assert "Choose the seat that you answer for." in words(other)
    with cast.acting("dilys"):
        assert Reply.objects.count() == 0


def gone(client, token, cast):
    page = client.get(reverse("attending:reply_link", args=[token]))
    posted = answer(client, token, seat=cast.seats["tobias"].key, answer="coming")
    return page.status_code == posted.status_code == 404


@pytest.mark.slow
def test_the_link_dies_when_the_meeting_begins(cast, client, token):
    with as_of(datetime.datetime(2027, 3, 3, 14, 0, tzinfo=datetime.UTC)):
        assert gone(client, token, cast)


def test_the_link_dies_with_the_seat(cast, client, token):
    with cast.acting("maud") as maud:
        held = Appointment.objects.get(
            person=cast.people["tobias"], seat__body=cast.bodies["board"]
        )
        seating.end_appointment(maud, appointment=held, at_once=True)

    assert gone(client, token, cast)


@pytest.mark.slow
def test_the_link_dies_when_the_meeting_is_moved_cancelled_or_closed(cast, client, token, meeting):
    assert not gone(client, token, cast)
    closed(cast, meeting)
    assert gone(client, token, cast)
    with cast.acting("gareth"):
        Meeting.objects.filter(pk=meeting.pk).update(
            audience_id=cast.bodies["board"].papers_audience_id
        )
        Invitation.objects.update(audience_id=cast.bodies["board"].papers_audience_id)
    moved(cast, meeting, datetime.date(2027, 4, 6))
    assert gone(client, token, cast)
    assert gone(client, "x" * 43, cast)


@pytest.mark.slow
def test_a_mail_of_a_new_day_ends_the_link_of_the_old_one(cast, client, token, meeting, sent):
    moved(cast, meeting, datetime.date(2027, 4, 6))
    newer = link_in(sent(meeting)["tobias@example.org"])

    assert gone(client, token, cast)
    assert not gone(client, newer, cast)


@pytest.mark.slow
def test_who_has_no_account_is_reached_at_the_mailbox_of_their_post(cast, client, meeting, sent):
    with cast.acting("maud") as maud:
        seat = seating.add_seat(maud, body=cast.bodies["board"], holder=cast.organisations["homes"])
        bea = people.add_person(maud, name="Bea Holm")
        post = people.add_post(
            maud,
            title="Tenancy manager",
            organisation=cast.organisations["homes"],
            role_mailbox="tenancies@example.org",
        )
        seating.appoint(maud, person=bea, post=post)
        seating.appoint(maud, person=bea, seat=seat)

    one = sent(meeting)["tenancies@example.org"]
    page = answer(client, link_in(one), seat=seat.key, answer="coming")

    assert "Your answer is on record." in words(page)
    cancelled(cast, meeting)
    assert "is cancelled" in sent(meeting)["tenancies@example.org"].body


# Feeds


@pytest.fixture
def feed(cast, client):
    """Somebody's calendar, read as a device does."""

    def made(who="tobias", body=None):
        with cast.acting(who) as actor:
            _, token = feeding.make(actor, name="phone", body=body and cast.bodies[body])

        def read():
            answer = client.get(reverse("attending:feed", args=[token]))
            if answer.status_code != 200:
                return answer.status_code
            assert answer["Content-Type"] == "text/calendar; charset=utf-8"
            return {one["uid"]: one for one in Calendar.from_ical(answer.content).walk("VEVENT")}

        return read

    return made


@pytest.mark.slow
def test_a_calendar_has_the_meetings_of_those_one_sits_with(cast, feed, meeting, planned):
    area = planned("area", ahead=3)
    tobias, dilys = feed(), feed("dilys", "area")

    [one] = tobias().values()
    [other] = dilys().values()

    assert one["summary"] == "Safer Marlbeck Board"
    assert meeting.key in one["uid"]
    assert area.key in other["uid"]


def test_an_invitation_and_a_calendar_know_a_meeting_by_one_name(feed, meeting, sent):
    _, event = event_of(sent(meeting)["tobias@example.org"])

    assert list(feed()()) == [str(event["uid"])]


@pytest.mark.slow
def test_a_restricted_meeting_is_a_meeting_with_its_time(feed, planned):
    planned("silver", venue="Custody suite")

    [one] = feed("gareth")().values()

    assert one["summary"] == "Meeting"
    assert {"location", "description", "url"}.isdisjoint(one)
    assert one.decoded("dtstart").hour == 14


@pytest.mark.slow
def test_what_is_moved_or_cancelled_keeps_its_name(cast, feed, meeting):
    read = feed()
    [uid] = read()
    moved(cast, meeting, datetime.date(2027, 4, 6))
    assert read()[uid].decoded("dtstart").date() == datetime.date(2027, 4, 6)
    assert read()[uid]["sequence"] == 1
    cancelled(cast, meeting)
    assert read()[uid]["status"] == "CANCELLED"
    assert read()[uid]["sequence"] == 2


def test_a_calendar_ends_with_the_access_of_whose_it_is(cast, feed, meeting):
    tobias = feed()
    with cast.acting("maud") as maud:
        held = Appointment.objects.get(
            person=cast.people["tobias"], seat__body=cast.bodies["board"]
        )
        seating.end_appointment(maud, appointment=held, at_once=True)

    assert tobias() == 404
    assert not Feed.objects.exists()


@pytest.mark.slow
def test_a_closed_account_reads_nothing(cast, feed, meeting):
    gareth = feed("gareth")
    Account.objects.filter(email="gareth@example.org").update(is_active=False)

    assert gareth() == 404


@pytest.mark.slow
def test_a_body_that_is_no_longer_seen_is_no_calendar(cast, feed, planned):
    planned("silver")
    gareth = feed("gareth", "silver")
    assert gareth()
    with cast.acting("maud"):
        held = Appointment.objects.get(person=cast.people["gareth"], seat=cast.seats["silver"])
        Appointment.objects.filter(pk=held.pk).update(ends=datetime.date(2027, 1, 31))

    assert gareth() == 404


@pytest.mark.slow
def test_addresses_that_lead_nowhere_are_counted_and_those_that_do_are_not(feed, meeting, client):
    nowhere = reverse("attending:feed", args=["x" * 43])
    tobias = feed()
    for _ in range(60):
        assert client.get(nowhere).status_code == 404
    assert client.get(nowhere).status_code == 429
    assert tobias() == 429


@pytest.mark.slow
def test_a_calendar_is_made_shown_once_and_taken_back(cast, signed_in, client, meeting):
    tobias = signed_in("tobias")
    address = reverse("attending:calendars")
    page = tobias.post(address, {"name": "phone"})
    [there] = re.findall(r"/attending/feeds/[\w-]+\.ics", page.text)
    assert client.get(there).status_code == 200
    again = tobias.get(address)
    assert there not in again.text
    assert "phone" in words(again)
    assert Line.objects.filter(what="feed.made").count() == 1
    with cast.acting("tobias"):
        key = Feed.objects.get().key
    assert there.split("/")[-1].removesuffix(".ics") not in Feed.objects.get().token_hash

    taking = reverse("attending:take_back", args=[key])
    assert signed_in("gareth").post(taking).status_code == 404
    assert tobias.get(taking).status_code == 405
    tobias.post(taking)

    assert client.get(there).status_code == 404
    assert client.post(there).status_code == 405
    assert Line.objects.filter(what="feed.revoked").count() == 1


@pytest.mark.slow
def test_it_needs_a_name_and_a_body_that_one_sees(cast, signed_in):
    address = reverse("attending:calendars")
    tobias = signed_in("tobias")

    assert "Give it a name, such as phone." in words(tobias.post(address, {"name": ""}))
    given = {"name": "phone", "body": cast.bodies["silver"].key}
    assert "Choose a body from the list." in words(tobias.post(address, given))


@pytest.mark.slow
@pytest.mark.parametrize("many", [1, 30])
def test_a_calendar_costs_the_same_however_much_it_holds(
    cast, client, planned, many, django_assert_num_queries
):
    for number in range(many):
        planned(ahead=number + 2)
    with cast.acting("tobias") as tobias:
        _, token = feeding.make(tobias, name="phone", body=None)
    client.get(reverse("attending:feed", args=[token]))

    with django_assert_num_queries(16):
        client.get(reverse("attending:feed", args=[token]))


# Without a database


NOON = datetime.datetime(2027, 1, 1, 12, tzinfo=datetime.UTC)


@pytest.mark.slow
@given(
    st.dates(datetime.date(2020, 1, 1), datetime.date(2040, 12, 31)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.integers(1, 600),
)
def test_the_rule_inside_says_what_the_clocks_in_britain_say(day, at, minutes):
    """The calendar's own rule of summer time, not the reader's, gives the same moments."""
    entry = Entry("x", "Meeting", day, at, minutes, 0, NOON)
    read = Calendar.from_ical(calendars.feed("x", [entry]))
    [zone] = read.walk("VTIMEZONE")
    [event] = read.walk("VEVENT")
    rule = zone.to_tz(lookup_tzid=False)

    noon = datetime.datetime.combine(day, datetime.time(12))
    assert noon.replace(tzinfo=rule).utcoffset() == noon.replace(tzinfo=BRITAIN).utcoffset()
    lasts = event.decoded("dtend").astimezone(datetime.UTC) - event.decoded("dtstart").astimezone(
        datetime.UTC
    )
    assert lasts == datetime.timedelta(minutes=minutes)
