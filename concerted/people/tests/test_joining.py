"""Two records of one person become one: who may say so, what moves, and what stays hidden."""

import datetime
import re

import pytest
from django.urls import reverse

from concerted.access.actor import Actor
from concerted.access.roles import SUPPORT_ROLES
from concerted.actions.models import Action, Owner
from concerted.actions.public import Owners, agree
from concerted.audit.models import Line
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.models import Attendance
from concerted.meetings.services import NewMeeting, NewName, record
from concerted.people import joining, policies, seating, services
from concerted.people.models import Appointment, Person, Seat
from concerted.people.queries import people_visible_to

JOIN = reverse("people:join")
DAY = datetime.date(2026, 3, 12)


def supporting_as(role, person_id=9):
    return Actor(person_id=person_id, everywhere=SUPPORT_ROLES[role].permissions)


POST, OPEN_SEAT = Appointment(), Appointment(seat=Seat(body_id=1))


@pytest.mark.parametrize(
    ("actor", "stays", "other", "moving", "why_not"),
    [
        (supporting_as("secretary"), Person(pk=1), Person(pk=2), [], ""),
        (supporting_as("secretary"), Person(pk=1, account_id=5), Person(pk=2), [], ""),
        (supporting_as("secretary"), Person(pk=1), Person(pk=2), [POST, OPEN_SEAT], ""),
        (supporting_as("manager"), Person(pk=1, account_id=5), Person(pk=2), [OPEN_SEAT], ""),
        (supporting_as("secretary"), Person(pk=1), Person(pk=1), [], "one record already"),
        (
            supporting_as("manager"),
            Person(pk=1, account_id=5),
            Person(pk=2, account_id=6),
            [],
            "Both have accounts",
        ),
        (
            supporting_as("manager"),
            Person(pk=1),
            Person(pk=2, account_id=6, name="J Smith"),
            [],
            "J Smith has an account. Choose that record",
        ),
        (supporting_as("manager", 1), Person(pk=1), Person(pk=2), [], "Nobody says this of them"),
        (supporting_as("manager", 2), Person(pk=1), Person(pk=2), [], "Nobody says this of them"),
        (
            supporting_as("secretary"),
            Person(pk=1, account_id=5),
            Person(pk=2),
            [POST],
            "Only the partnership manager can do that",
        ),
    ],
)
def test_which_two_may_be_joined(actor, stays, other, moving, why_not):
    verdict = policies.may_join_these(actor, stays, other, appointments=moving)

    assert bool(verdict) is (why_not == "")
    assert why_not in verdict.why_not


@pytest.mark.parametrize(
    ("role", "may"),
    [("secretary", True), ("manager", True), ("administrator", False), ("analyst", False)],
)
def test_who_may_join(role, may):
    assert bool(policies.may_join(supporting_as(role))) is may


@pytest.fixture
def two(cast):
    """Jane Smith, and J Smith who came to a meeting, owns an action and holds a seat."""
    with cast.acting("maud") as maud:
        jane = services.add_person(maud, name="Jane Smith", other_names=["Jane Smyth"])
        short = services.add_person(maud, name="J Smith", other_names=["Cllr Smith"])
        seat = seating.add_seat(
            maud, body=cast.bodies["area"], holder=cast.organisations["council"]
        )
        seating.appoint(maud, person=short, seat=seat)
    with cast.acting("dilys") as dilys:
        for body in ("board", "silver"):
            record(
                dilys,
                minutes=NewMeeting(
                    body=cast.bodies[body],
                    held_on=DAY,
                    state="received",
                    attendance=[NewName("present", "J Smith", person=short)],
                ),
            )
        agree(
            dilys,
            body=cast.bodies["board"],
            text="Mend the lamps",
            agreed_on=DAY,
            owners=Owners(people=[short]),
        )
    return jane, short


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def sent(jane, short, **more):
    return {"stays": jane.key, "other": short.key, **more}


def test_the_page_says_what_moves_before_anything_does(cast, two, signed_in):
    page = words(signed_in("maud").post(JOIN, sent(*two)))

    assert "What moves from J Smith to Jane Smith" in page
    assert "1 name in a list of attendance 1 action owned 1 post or seat" in page
    with cast.acting("maud"):
        assert Person.objects.filter(same_as=None, name__contains="Smith").count() == 2


def test_joined_they_are_one_with_every_name(cast, two, signed_in):
    jane, short = two

    page = signed_in("maud").post(JOIN, sent(*two, do="join"), follow=True)

    assert "J Smith and Jane Smith are one person now." in words(page)
    assert "Also known as Jane Smyth, J Smith, Cllr Smith" in words(page)
    with cast.acting("dilys") as dilys:
        assert short not in people_visible_to(dilys)
        assert Attendance.objects.get(meeting__body=cast.bodies["board"]).person == jane
        assert Owner.objects.get(action=Action.objects.get()).person == jane
        assert Appointment.objects.filter(person=jane).count() == 1
        line = Line.objects.get(what="person.joined")
        assert line.reference == jane.key
        assert line.fields == ["appointment", "attendance", "other_names", "owner"]


def test_what_the_actor_cannot_see_stays_where_it_is(cast, two):
    """The manager does not see the hidden group: its list goes on naming the other record."""
    jane, short = two
    with cast.acting("maud") as maud:
        joining.join(maud, stays=jane, other=short)

    with cast.acting("dilys"):
        assert Attendance.objects.get(meeting__body=cast.bodies["silver"]).person == short


def test_three_records_of_one_person_all_lead_to_the_one_that_stays(cast, two):
    jane, short = two
    with cast.acting("maud") as maud:
        full = services.add_person(maud, name="Jane Anne Smith")
        joining.join(maud, stays=jane, other=short)
        joining.join(maud, stays=full, other=jane)
        assert set(Person.objects.filter(same_as=full)) == {jane, short}
        with pytest.raises(NotAllowed, match="was joined to another record meanwhile"):
            joining.join(maud, stays=full, other=short)


def test_two_accounts_stay_apart(cast, signed_in):
    rowena, tobias = cast.people["rowena"], cast.people["tobias"]

    page = signed_in("maud").post(JOIN, sent(rowena, tobias, do="join"))

    assert "Both have accounts, so they stay apart" in words(page)
    with cast.acting("maud"):
        assert not Person.objects.exclude(same_as=None).exists()


def test_one_record_is_not_two(cast, two, signed_in):
    jane, _ = two

    assert "These are one record already. Choose two." in words(
        signed_in("dilys").post(JOIN, sent(jane, jane))
    )


@pytest.mark.parametrize("who", ["tobias", "priti", "sid"])
def test_others_are_told_who_can(two, signed_in, who):
    for answer in (signed_in(who).get(JOIN), signed_in(who).post(JOIN, sent(*two, do="join"))):
        assert answer.status_code == 403
        assert "Only a secretary or the partnership manager can say" in answer.text


def test_nothing_else_is_taken(signed_in):
    assert signed_in("dilys").put(JOIN).status_code == 405


def test_somebody_unknown_cannot_be_chosen(cast, two, signed_in):
    jane, short = two
    with cast.acting("dilys"):
        hidden = cast.bodies["silver"].audience_id
        Person.objects.filter(pk=short.pk).update(audience_id=hidden)

    page = signed_in("maud").post(JOIN, sent(jane, short, do="join"))

    assert "Select a valid choice" in words(page)
    assert "J Smith" not in words(page)


def test_two_of_one_name_can_be_told_apart_when_choosing(cast, two, signed_in):
    with cast.acting("maud") as maud:
        for _ in range(2):
            services.add_person(maud, name="Ann Lee")

    page = words(signed_in("maud").get(JOIN))

    assert "J Smith, Marlbeck Borough Council, also known as Cllr Smith" in page
    assert "Ann Lee Ann Lee (record 2)" in page
