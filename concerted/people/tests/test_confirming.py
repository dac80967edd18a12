"""Each quarter somebody says who is still right; what nobody confirms lapses, with notice."""

import datetime
import re

import pytest
from django.core import mail as outbox
from django.urls import reverse

from concerted.audit.models import Line
from concerted.kernel.clock import as_of
from concerted.kernel.verdict import NotAllowed
from concerted.notices import services as notices
from concerted.notices.models import Mail
from concerted.people import account_queries, confirming, seating, services
from concerted.people.models import Appointment
from concerted.people.public import acting_as
from tests.cast import SINCE

pytestmark = pytest.mark.slow

CONFIRM = reverse("people:confirm")
Q1 = datetime.date(2026, 2, 10)
# Confirmed on 10 February: asked from April on, first notice 30 June, lapses after 14 July.
APRIL, JUNE_29, NOTICE = (
    datetime.date(2026, 4, 1),
    datetime.date(2026, 6, 29),
    datetime.date(2026, 6, 30),
)
REMINDER, LAST = datetime.date(2026, 7, 11), datetime.date(2026, 7, 14)
DAY = datetime.timedelta(days=1)


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.text).split())


def on(day):
    return as_of(datetime.datetime.combine(day, datetime.time(12), datetime.UTC))


@pytest.fixture(autouse=True)
def _confirmed_in_february(cast):
    Appointment.objects.update(confirmed_on=Q1)


def seat_of(cast, name):
    return Appointment.objects.get(seat=cast.seats[name])


@pytest.fixture
def colleague(cast):
    """Nell beside Tobias: a post of the Probation Service."""
    with cast.acting("maud") as maud:
        post = services.add_post(
            maud, title="Probation lead", organisation=cast.organisations["probation"]
        )
        one = seating.appoint(maud, person=cast.people["nell"], post=post, starts=SINCE)
    Appointment.objects.filter(pk=one.pk).update(confirmed_on=Q1)
    one.refresh_from_db()
    return one


def waiting_for(cast, name, day=NOTICE):
    """Whose appointments wait for somebody's word."""
    with on(day), cast.acting(name) as actor:
        lines = account_queries.to_confirm(actor, day=day)
        return sorted(line.appointment.person.name for line in lines if line.waits)


def watch(*days):
    for day in days:
        with on(day):
            confirming.watch(day)


def mails():
    """Who was sent what."""
    return sorted(
        (one.account.email.partition("@")[0], one.kind.partition(".")[2])
        for one in Mail.objects.select_related("account")
    )


def run_through(day):
    """The days on which something happens and those beside them, until `day`."""
    days = (NOTICE, NOTICE + DAY, REMINDER - DAY, REMINDER, LAST, LAST + DAY, LAST + DAY * 5)
    watch(*(one for one in days if one <= day))


# Who is asked about whom


def test_an_organisations_own_seat_confirms_its_people_and_never_itself(cast, colleague):
    assert waiting_for(cast, "tobias") == ["Nell Bryce"]
    assert waiting_for(cast, "nell") == []
    assert waiting_for(cast, "agnes") == []


def test_the_manager_may_confirm_all_but_themselves_as_far_as_they_see(cast, colleague):
    asked = waiting_for(cast, "maud")
    assert {"Tobias Wren", "Nell Bryce", "Gareth Pellow", "Dilys Ambrey"} <= set(asked)
    assert "Maud Trent" not in asked
    assert asked.count("Gareth Pellow") == 1


def test_a_hidden_seat_is_confirmed_by_the_secretary_of_its_body(cast):
    assert waiting_for(cast, "dilys") == ["Gareth Pellow"]
    assert waiting_for(cast, "gareth") == []


def test_the_chair_confirms_for_the_organisation_that_holds_the_chair(cast):
    assert set(waiting_for(cast, "rowena")) == {
        "Dilys Ambrey",
        "Maud Trent",
        "Owen Stainmore",
        "Priti Lansdown",
        "Sid Marsh",
    }


@pytest.mark.parametrize("who", ["sid", "owen", "priti"])
def test_others_are_asked_about_nobody(cast, who):
    assert waiting_for(cast, who) == []


def test_until_the_quarter_is_over_nobody_is_asked(cast, colleague):
    assert waiting_for(cast, "tobias", APRIL - DAY) == []
    assert waiting_for(cast, "tobias", APRIL) == ["Nell Bryce"]


def test_who_is_named_confirms_instead_of_the_seat(cast, colleague, signed_in):
    address = reverse("people:organisation_confirmer", args=[cast.organisations["probation"].key])
    response = signed_in("maud").post(address, {"person": cast.people["agnes"].key})

    assert response.status_code == 302
    line = Line.objects.first()
    assert (line.what, line.fields) == ("organisation.changed", ["confirmer"])
    assert waiting_for(cast, "agnes") == ["Nell Bryce", "Tobias Wren"]
    assert waiting_for(cast, "tobias") == []
    page = words(signed_in("maud").get(cast.organisations["probation"].get_absolute_url()))
    assert "Agnes Fold confirms each quarter who still holds them." in page
    signed_in("maud").post(address, {"person": ""})
    assert waiting_for(cast, "tobias") == ["Nell Bryce"]


def test_only_the_manager_says_who_confirms(cast, signed_in):
    address = reverse("people:organisation_confirmer", args=[cast.organisations["police"].key])
    for who in ("tobias", "dilys", "sid"):
        response = signed_in(who).post(address, {"person": cast.people[who].key})
        assert response.status_code == 403
        assert "Only the partnership manager can say who confirms" in response.text
    assert signed_in("maud").put(address).status_code == 405
    missing = reverse("people:organisation_confirmer", args=["nothing"])
    assert signed_in("maud").get(missing).status_code == 404


# Confirming


def test_what_is_ticked_is_confirmed_and_nothing_else(cast, colleague):
    with on(JUNE_29), cast.acting("maud") as maud:
        assert confirming.confirm(maud, appointments=[colleague]) == 1
    with on(NOTICE):
        confirming.watch(NOTICE)

    colleague.refresh_from_db()
    assert (colleague.confirmed_on, colleague.noticed_on) == (JUNE_29, None)
    assert seat_of(cast, "tobias").confirmed_on == Q1
    assert seat_of(cast, "tobias").noticed_on == NOTICE
    lines = Line.objects.filter(what="appointment.confirmed")
    assert [one.reference for one in lines] == [colleague.key]


@pytest.mark.parametrize(
    ("who", "whose", "sentence"),
    [
        ("tobias", "tobias", "Nobody confirms an appointment of their own."),
        ("tobias", "agnes", "Only the organisation’s own confirmer"),
        ("dilys", "tobias", "Only the organisation’s own confirmer"),
    ],
)
def test_who_may_not_is_told_why(cast, who, whose, sentence):
    with cast.acting(who) as actor, pytest.raises(NotAllowed, match=sentence):
        confirming.confirm(actor, appointments=[seat_of(cast, whose)])


def test_what_has_ended_meanwhile_is_not_confirmed(cast, colleague):
    Appointment.objects.filter(pk=colleague.pk).update(ends=Q1)
    with on(NOTICE), cast.acting("maud") as maud, pytest.raises(NotAllowed, match="has ended"):
        confirming.confirm(maud, appointments=[colleague])


def test_the_page_lists_who_waits_and_takes_the_ticks(cast, signed_in, colleague):
    # Confirmed so long ago that they wait today, whatever day that is.
    client = signed_in("tobias")
    page = client.get(CONFIRM)
    assert (
        "Nell Bryce: Probation lead, Probation Service, signs in as nell@example.org" in page.text
    )
    assert "1 appointment to look at." in words(page)
    assert "Tobias Wren" not in page.text.split("<main")[1]

    empty = client.post(CONFIRM, {})
    assert "Tick whoever is still right." in empty.text
    response = client.post(CONFIRM, {"appointments": [colleague.key]}, follow=True)

    assert "1 appointment is confirmed for this quarter." in response.text
    assert "Nothing waits for you." in words(response)
    assert "Confirmed (1)" in words(response)
    line = Line.objects.first()
    assert (line.what, line.actor) == ("appointment.confirmed", cast.accounts["tobias"].key)
    assert client.put(CONFIRM).status_code == 405


@pytest.mark.parametrize("whose", ["silver", "gareth", "tobias"])
def test_what_is_hidden_somebody_elses_or_ones_own_cannot_be_sent(
    cast, signed_in, colleague, whose
):
    foreign = seat_of(cast, whose)
    page = signed_in("tobias").post(CONFIRM, {"appointments": [foreign.key]})

    assert "There is a problem" in page.text
    foreign.refresh_from_db()
    assert foreign.confirmed_on == Q1


# Notices and lapses


def test_before_the_day_of_the_notice_nothing_happens(cast):
    watch(APRIL, JUNE_29)

    assert mails() == []
    assert not Appointment.objects.exclude(noticed_on=None).exists()


def test_on_the_last_day_of_the_quarter_notice_goes_to_all_who_may_confirm(cast, colleague):
    watch(NOTICE)

    assert mails() == [(name, "confirm") for name in ("dilys", "maud", "rowena", "tobias")]
    assert set(Appointment.objects.values_list("noticed_on", flat=True)) == {NOTICE}
    notice = Mail.objects.first()
    for word in ("Nell", "Probation", "Silver", "Board"):
        assert word not in notice.text + notice.subject


def test_three_days_before_it_is_said_again(cast, colleague):
    run_through(REMINDER - DAY)
    assert {kind for _, kind in mails()} == {"confirm"}

    watch(REMINDER)

    again = [who for who, kind in mails() if kind == "confirm_soon"]
    assert again == ["dilys", "maud", "rowena", "tobias"]


def test_who_was_confirmed_is_not_named_in_a_reminder(cast, colleague):
    watch(NOTICE)
    with on(NOTICE), cast.acting("tobias") as tobias:
        confirming.confirm(tobias, appointments=[colleague])

    watch(REMINDER)

    assert [who for who, kind in mails() if kind == "confirm_soon"] == [
        "dilys",
        "maud",
        "rowena",
    ]


def test_the_last_day_is_kept_and_the_next_it_has_lapsed(cast, colleague, signed_in):
    run_through(LAST)
    assert not Appointment.objects.exclude(ends=None).exists()

    watch(LAST + DAY)

    tobias = seat_of(cast, "tobias")
    assert tobias.ends == LAST
    with on(LAST + DAY), acting_as(cast.accounts["tobias"]) as actor:
        assert not actor.appointed
    lapsed = Line.objects.filter(what="appointment.lapsed")
    assert {one.actor for one in lapsed} == {"system"}
    assert tobias.key in {one.reference for one in lapsed}


def test_the_manager_is_told_and_sees_who_lapsed_but_no_hidden_seat(cast):
    run_through(LAST + DAY)

    assert ("maud", "lapsed") in mails()
    with on(LAST + DAY), cast.acting("maud") as maud:
        lines = account_queries.to_confirm(maud, day=LAST + DAY)
        lapsed = [str(line.appointment.seat or line.appointment.post) for line in lines]
    assert "Wyleshire Police on Safer Marlbeck Board" in lapsed
    assert not any("Silver" in one for one in lapsed)


def test_what_lapsed_can_be_appointed_again(cast):
    run_through(LAST + DAY)
    with on(LAST + DAY), cast.acting("maud") as maud:
        new = seating.appoint(
            maud, person=cast.people["tobias"], seat=cast.seats["tobias"], starts=LAST + DAY
        )
        assert new.confirmed_on == LAST + DAY
    with on(LAST + DAY), acting_as(cast.accounts["tobias"]) as actor:
        assert actor.appointed


def test_the_last_who_manages_is_kept_and_still_waits(cast):
    run_through(LAST + DAY * 5)

    kept = Appointment.objects.filter(ends=None)
    assert [one.person_id for one in kept] == [cast.people["maud"].pk]
    assert kept[0].confirmed_on == Q1


def test_a_second_round_on_the_same_day_does_nothing_more(cast, colleague):
    for day in (NOTICE, REMINDER, LAST + DAY):
        watch(day)
        before = (mails(), Line.objects.count(), list(Appointment.objects.values()))
        watch(day)
        assert (mails(), Line.objects.count(), list(Appointment.objects.values())) == before


def test_a_worker_that_slept_gives_its_notice_first_and_then_all_14_days(cast):
    late = LAST + DAY * 20
    watch(late)
    assert set(Appointment.objects.values_list("noticed_on", "ends")) == {(late, None)}

    watch(late + DAY * 14)
    assert not Appointment.objects.exclude(ends=None).exists()

    watch(late + DAY * 15)
    assert seat_of(cast, "tobias").ends == late + DAY * 14


def test_a_worker_that_slept_over_the_end_still_ends_it_on_its_day(cast):
    watch(NOTICE, LAST + DAY * 9)

    assert seat_of(cast, "tobias").ends == LAST


def test_access_ends_with_what_lapsed_and_mail_that_waits_is_not_sent(cast):
    notices.queue_mail(
        kind="a.kind", subject="A", text="B", account=cast.accounts["agnes"], once="mine"
    )
    run_through(LAST + DAY)

    assert Mail.objects.get(once="mine").state == "cancelled"
    assert outbox.outbox == []


def test_appointing_is_itself_a_confirmation(cast):
    with on(NOTICE), cast.acting("maud") as maud:
        seating.appoint(maud, person=cast.people["nell"], post=cast.posts["secretary"])
    run_through(LAST + DAY)
    assert Appointment.objects.get(person=cast.people["nell"]).ends is None
