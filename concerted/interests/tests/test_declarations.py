"""What is declared at an item is on record with the minute, for whoever reads it, for good."""

import datetime
import re

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concerted.audit.models import Line
from concerted.interests import declaring
from concerted.interests.models import Declaration
from concerted.interests.policies import NewDeclaration
from concerted.kernel.clock import as_of, now, today
from concerted.meetings import services as meetings
from concerted.meetings.services import NewItem
from concerted.restrictions.tests.conftest import restrict, wanted  # noqa: F401 - fixtures
from tests.steady import steady


def words(response):
    """What a page says, without its markup."""
    assert response.status_code == 200, response.status_code
    return " ".join(re.sub("<[^>]+>", " ", steady(response)).split())


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len([one for one in asked if not re.match("SAVEPOINT|RELEASE", one["sql"])])


def lines(what):
    return Line.objects.filter(what=what).count()


@pytest.fixture
def meeting(cast, kinds):
    """A meeting of the board to come, with two items."""
    with cast.acting("dilys") as dilys:
        return meetings.plan(
            dilys,
            body=cast.bodies["board"],
            held_on=today() + datetime.timedelta(days=7),
            items=[NewItem("1", "Welcome", ""), NewItem("2", "Homes on Canal Walk", "")],
        )


@pytest.fixture
def item(cast, meeting):
    with cast.acting("dilys"):
        return meeting.items.get(ref="2")


def typed(cast, kinds, **more):
    return {
        "person": cast.people["tobias"].key,
        "kind": kinds["Land"].key,
        "words": "He owns a house there.",
        "did": "left",
    } | more


def declaring_at(item):
    return reverse("interests:declare", args=[item.key])


@pytest.fixture
def declared(cast, kinds, item):
    new = NewDeclaration(kinds["Land"], "He owns a house there.", "left")
    with cast.acting("dilys") as dilys:
        return declaring.declare(dilys, item=item, person=cast.people["tobias"], new=new)


@pytest.mark.slow
def test_the_secretary_records_it_and_it_stands_beside_the_item(
    cast, signed_in, kinds, meeting, item
):
    response = signed_in("dilys").post(declaring_at(item), typed(cast, kinds), follow=True)

    assert "The declaration is on record." in words(response)
    assert lines("declaration.recorded") == 1
    page = words(signed_in("rowena").get(meeting.get_absolute_url()))
    said = "Declared an interest: Tobias Wren: Land. He owns a house there. Then: left the meeting."
    assert said in page.partition("Homes on Canal Walk")[2]


@pytest.mark.parametrize(
    ("who", "status", "sentence"),
    [
        ("agnes", 404, ""),
        ("tobias", 403, "Only this body’s secretary records"),
        ("rowena", 403, "Only this body’s secretary records"),
    ],
)
def test_nobody_else_records_what_was_declared(
    cast, signed_in, kinds, item, declared, who, status, sentence
):
    for address in (declaring_at(item), reverse("interests:correct", args=[declared.key])):
        response = signed_in(who).post(address, typed(cast, kinds))
        assert response.status_code == status
        assert sentence in response.text
        assert signed_in("dilys").put(address).status_code == 405
    assert lines("declaration.recorded") == 1


def test_a_dispensation_is_named(cast, signed_in, kinds, item):
    given = typed(cast, kinds, did="dispensation")

    assert (
        "Say who gave the dispensation" in signed_in("dilys").post(declaring_at(item), given).text
    )
    assert lines("declaration.recorded") == 0


def test_at_a_cancelled_meeting_nothing_was_declared(cast, signed_in, kinds, meeting, item):
    with cast.acting("dilys"):
        type(meeting).objects.filter(pk=meeting.pk).update(state="cancelled")

    response = signed_in("dilys").get(declaring_at(item))

    assert response.status_code == 403
    assert "This meeting was cancelled" in response.text


def test_a_correction_names_what_it_corrects_and_both_stand(
    cast, signed_in, kinds, meeting, declared
):
    address = reverse("interests:correct", args=[declared.key])
    signed_in("dilys").post(address, typed(cast, kinds, did="apart"))

    assert lines("declaration.corrected") == 1
    both = words(signed_in("tobias").get(reverse("interests:meeting", args=[meeting.key])))
    assert "left the meeting" in both
    assert "Corrected since" in both
    page = words(signed_in("tobias").get(meeting.get_absolute_url()))
    assert "stayed and did not take part. This corrects an earlier record." in page
    assert "left the meeting" not in page
    again = signed_in("dilys").post(address, typed(cast, kinds))
    assert "This was corrected already" in again.text


@pytest.mark.parametrize("column", ["words", "did", "dispensation"])
def test_a_declaration_is_never_altered_nor_taken_away(cast, declared, column):
    with cast.acting("dilys"):
        for change in (
            lambda: Declaration.objects.update(**{column: "stayed"}),
            lambda: Declaration.objects.filter(pk=declared.pk).delete(),
        ):
            with pytest.raises(DatabaseError, match="never altered"), transaction.atomic():
                change()


@pytest.mark.slow
def test_it_follows_its_item_out_of_sight(cast, signed_in, restrict, meeting, item, declared):  # noqa: F811
    before = words(signed_in("tobias").get(meeting.get_absolute_url()))
    assert "Declared an interest" in before

    restrict(item)

    with cast.acting("tobias"):
        assert not Declaration.objects.exists()
    for page in (meeting.get_absolute_url(), reverse("interests:meeting", args=[meeting.key])):
        assert "He owns a house there" not in words(signed_in("tobias").get(page))
    correction = reverse("interests:correct", args=[declared.key])
    assert signed_in("tobias").get(correction).status_code == 404
    assert "He owns a house there" in words(signed_in("dilys").get(meeting.get_absolute_url()))


@pytest.mark.parametrize("held", [False, True])
def test_minutes_that_come_later_go_onto_the_item_at_which_it_was_declared(
    cast, signed_in, meeting, item, declared, held
):
    """Minutes that are held because of their marking take it along, out of others' sight."""
    with as_of(now() + datetime.timedelta(days=8)), cast.acting("dilys") as dilys:
        meetings.record(
            dilys,
            minutes=meetings.NewMeeting(
                body=cast.bodies["board"],
                held_on=meeting.held_on,
                state="received",
                held=held,
                items=[
                    NewItem("1", "Welcome", "All were welcomed."),
                    NewItem("2", "Homes on Canal Walk", "It was agreed."),
                ],
            ),
        )

    page = words(signed_in("dilys").get(meeting.get_absolute_url()))
    assert page.count("Homes on Canal Walk") == 1
    assert "Declared an interest" in page.partition("It was agreed.")[2]
    with cast.acting("rowena"):
        assert Declaration.objects.exists() is not held


@pytest.mark.slow
def test_without_declarations_the_page_of_a_meeting_asks_nothing_more(
    cast, signed_in, kinds, meeting, item
):
    client, address = signed_in("rowena"), meeting.get_absolute_url()
    before = queries_of(client, address)
    new = NewDeclaration(kinds["Land"], "He owns a house there.", "left")
    with cast.acting("dilys") as dilys:
        for who in ("tobias", "rowena"):
            declaring.declare(dilys, item=item, person=cast.people[who], new=new)

    # Of a meeting to come, whoever sits there is asked whether they come: 11 of these.
    assert before <= 23
    # Once there is anything, each package that keeps things beside items is asked.
    assert queries_of(client, address) == before + 5
