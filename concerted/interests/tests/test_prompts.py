"""Where a paper may meet what a member registered: suggested to two, decided by nobody."""

import datetime
import re

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from concerted.audit.models import Line
from concerted.documents import services as documents
from concerted.interests import services
from concerted.interests.models import Declaration, Dismissal
from concerted.interests.naming import named_in
from concerted.kernel.clock import as_of, now, today
from concerted.meetings import services as meetings
from concerted.meetings.services import NewItem
from concerted.papers import services as papers
from concerted.papers.services import NewParagraph, NewPresentation
from tests.steady import steady

HEAD = "May meet registered interests"


def words(response):
    """What a page says, without its markup."""
    assert response.status_code == 200, response.status_code
    return " ".join(re.sub("<[^>]+>", " ", steady(response)).split())


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("A grant to Quay Lettings, this year.", "Quay Lettings", True),
        ("A grant to QUAY\nLETTINGS.", "Quay Lettings", True),
        ("A grant to Quay Lettingston.", "Quay Lettings", False),
        ("The quays are let.", "Quay Lettings", False),
        # An abbreviation is no word in small letters.
        ("The MASH met.", "MASH", True),
        ("They mash potatoes.", "MASH", False),
        ("Marlbeck Homes (MH) builds.", "MH", True),
        ("It costs £5 (C+C).", "C+C", True),
        ("Anything.", "", False),
        ("Anything.", " ", False),
    ],
)
def test_a_name_is_found_as_whole_words(text, name, found):
    assert bool(named_in(text, [name])) is found


@given(st.text("abc .+(", min_size=1).filter(str.strip), st.text("xyz .,", max_size=20))
def test_a_name_between_others_is_found_whatever_stands_in_it(name, around):
    assert named_in(f"{around} {name.strip()} {around}", [name]) == name


@pytest.fixture
def meeting(cast):
    """A planned meeting of the board with a paper at its second item that names Quay Lettings."""
    board = cast.bodies["board"]
    with cast.acting("dilys") as dilys:
        made = meetings.plan(
            dilys,
            body=board,
            held_on=today() + datetime.timedelta(days=7),
            items=[NewItem("1", "Welcome", ""), NewItem("2", "Homes on Canal Walk", "")],
        )
        version = documents.receive(dilys, data=b"paper", name="paper.txt")
        documents.hand_to(dilys, version=version, audience_id=board.office_audience_id)
        papers.accept(
            dilys,
            new=papers.NewPaper(
                body=board,
                title="Letting on Canal Walk",
                version=version,
                organisation=cast.organisations["homes"],
                paragraphs=[NewParagraph("1", "Cost", "Quay Lettings would manage the homes.")],
                presentations=[
                    NewPresentation(board.name, board, made.held_on, "2", made.key),
                ],
            ),
        )
    return made


@pytest.fixture
def address(meeting):
    return reverse("interests:meeting", args=[meeting.key])


@pytest.fixture
def put_aside(cast, meeting):
    with cast.acting("dilys"):
        return reverse("interests:dismiss", args=[meeting.items.get(ref="2").key])


@pytest.mark.slow
def test_the_secretary_and_the_member_are_told_and_nobody_else(signed_in, entry, address):
    for who in ("dilys", "maud", "tobias"):
        page = words(signed_in(who).get(address))
        assert HEAD in page
        assert "Letting on Canal Walk names Quay Lettings." in page
    for who in ("rowena", "gareth", "priti"):
        assert HEAD not in words(signed_in(who).get(address))
    assert not Declaration.objects.exists()


def test_what_is_withheld_is_told_to_the_keeper_and_the_member_alone(cast, signed_in, new, address):
    with cast.acting("tobias") as tobias:
        services.add(tobias, new=new(), because="I was threatened.")

    assert "Quay Lettings" in words(signed_in("dilys").get(address))
    assert "Quay Lettings" in words(signed_in("tobias").get(address))
    assert "Quay Lettings" not in words(signed_in("rowena").get(address))


@pytest.mark.parametrize(
    ("about", "met"),
    [
        # The author's organisation, though no word of the paper names it.
        ({"organisation": "homes", "organisation_name": ""}, True),
        ({"organisation": "police", "organisation_name": ""}, False),
        ({"organisation_name": "Quay"}, True),
        ({"organisation_name": "Lett"}, False),
        ({"organisation_name": ""}, False),
    ],
)
def test_what_meets(cast, signed_in, new, address, about, met):
    if "organisation" in about:
        about = about | {"organisation": cast.organisations[about["organisation"]]}
    with cast.acting("tobias") as tobias:
        services.add(tobias, new=new(**about))

    assert (HEAD in words(signed_in("dilys").get(address))) is met


def test_an_interest_that_is_over_meets_nothing(cast, signed_in, entry, address):
    with cast.acting("tobias") as tobias:
        services.end(tobias, entry=entry, on=today())

    assert HEAD not in words(signed_in("dilys").get(address))


def test_once_there_are_minutes_nothing_is_suggested(cast, signed_in, entry, meeting, address):
    with as_of(now() + datetime.timedelta(days=8)), cast.acting("dilys") as dilys:
        minutes = meetings.NewMeeting(
            body=cast.bodies["board"],
            held_on=meeting.held_on,
            state="received",
            items=[NewItem("2", "Homes on Canal Walk", "It was agreed.")],
        )
        meetings.record(dilys, minutes=minutes)

    assert HEAD not in words(signed_in("dilys").get(address))


def test_putting_aside_is_a_record_with_a_reason(cast, signed_in, entry, address, put_aside):
    given = {"entry": entry.key, "reason": "Another firm of that name."}

    response = signed_in("tobias").post(put_aside, given, follow=True)

    assert "Put aside. The reason is on record." in words(response)
    assert Line.objects.filter(what="prompt.dismissed").count() == 1
    page = words(signed_in("dilys").get(address))
    assert "Put aside Tobias Wren" in page
    assert "Another firm of that name." in page
    again = signed_in("dilys").post(put_aside, given)
    assert again.status_code == 403
    assert "This was put aside already" in again.text
    with (
        cast.acting("dilys"),
        pytest.raises(DatabaseError, match="never altered"),
        transaction.atomic(),
    ):
        Dismissal.objects.update(reason="Something else")


def test_without_a_reason_nothing_is_put_aside(signed_in, entry, put_aside):
    response = signed_in("tobias").post(put_aside, {"entry": entry.key}, follow=True)

    assert "Nothing was put aside." in words(response)
    assert not Line.objects.filter(what="prompt.dismissed").exists()


@pytest.mark.parametrize("who", ["rowena", "gareth", "priti", "agnes"])
def test_to_others_there_is_nothing_to_put_aside(signed_in, entry, put_aside, who):
    response = signed_in(who).post(put_aside, {"entry": entry.key, "reason": "No."})

    assert response.status_code == 404
    assert signed_in("dilys").get(put_aside).status_code == 405
