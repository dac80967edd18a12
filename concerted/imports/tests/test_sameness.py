"""The same meeting in two files: offered as versions of one, by a person's word alone."""

import pytest
from django.urls import reverse

from concerted.audit.models import Line
from concerted.documents.models import Version
from concerted.imports import queue, sameness, services
from concerted.imports.models import File, ReadMeeting
from concerted.imports.sameness import Content, Difference, differences
from concerted.imports.states import FileState
from concerted.imports.tests.conftest import fresh
from concerted.imports.tests.test_bulk import sure
from concerted.meetings.models import Meeting

pytestmark = pytest.mark.slow

DRAFT = sure().replace("Board\n\n", "Board\n\nDRAFT MINUTES\n\n", 1)
SIGNED = sure().replace("Board\n\n", "Board\n\nCONFIRMED MINUTES\n\n", 1)
OTHER = SIGNED.replace("Recorded Crime", "Shop Theft").replace("Tobias Wren (Pr", "Vera Moss (Pr")
ASKS = "The same meeting?"


@pytest.fixture
def recorded(received, accepted):
    """Minutes on record, made of a draft."""

    def make(text=DRAFT):
        return accepted(received(text, name="draft.txt"))

    return make


@pytest.fixture
def same(signed_in):
    """Answer the question on the review page of a file."""

    def answer(file, do, of="", who="dilys"):
        address = reverse("imports:same", args=[file.key, 1])
        return signed_in(who).post(address, {"do": do, "of": of})

    return answer


def lines(what):
    return Line.objects.filter(what=what).count()


# Where two differ


@pytest.mark.parametrize(
    ("here", "there", "found"),
    [
        (Content(["A Wren"], ["1 Crime"], ["noted"], []), None, []),
        (
            Content(["Cllr A. Wren"], ["1 CRIME"], ["Noted."], []),
            Content(["A Wren"], ["1 Crime"], ["noted"], []),
            [],
        ),
        (
            Content(["A Wren", "B Moss"], [], [], []),
            Content(["A Wren"], [], ["noted"], []),
            [Difference("Names", "B Moss", ""), Difference("Decisions", "", "noted")],
        ),
        (
            Content([], [str(n) for n in range(9)], [], []),
            Content([], [], [], ["x" * 90]),
            [
                Difference("Items", "0; 1; 2; and 6 more", ""),
                Difference("Actions", "", "x" * 79 + "…"),
            ],
        ),
    ],
)
def test_where_two_differ_in_short(here, there, found):
    assert differences(here, there or here) == found


@pytest.mark.parametrize(
    ("status", "agreed"),
    [
        ("CONFIRMED MINUTES", True),
        ("Approved as a correct record", True),
        ("signed by the Chair", True),
        ("Draft minutes, not yet approved", False),
        ("Unconfirmed", False),
        ("Unsigned", False),
        ("subject to being confirmed", False),
        ("", False),
    ],
)
def test_whether_minutes_say_that_they_were_agreed(status, agreed):
    assert sameness.says_agreed(status) is agreed


# Minutes that are on record


def test_the_page_names_the_meeting_and_where_it_differs(signed_in, received, recorded):
    meeting = recorded()
    page = signed_in("dilys").get(received(OTHER, name="signed.txt").get_absolute_url()).text

    assert ASKS in page
    assert meeting.get_absolute_url() in page
    assert "Vera Moss" in page
    assert "2 Shop Theft" in page
    assert "2 Recorded Crime" in page


def test_of_a_meeting_of_another_day_or_body_nothing_is_said(signed_in, received, recorded):
    recorded()
    for text in (sure("13th May"), sure().replace("Safer Marlbeck Board", "Fenside area board")):
        file = received(text, name=f"{hash(text)}.txt")
        assert ASKS not in signed_in("dilys").get(file.get_absolute_url()).text


def test_a_planned_meeting_is_none_that_minutes_are_the_same_as(
    cast, signed_in, received, recorded
):
    meeting = recorded()
    with cast.acting("dilys"):
        Meeting.objects.filter(pk=meeting.pk).update(state="planned")
    file = received(SIGNED, name="minutes.txt")

    assert ASKS not in signed_in("dilys").get(file.get_absolute_url()).text


def test_a_meeting_that_the_actor_cannot_see_is_never_named(cast, signed_in, received, recorded):
    meeting = recorded()
    with cast.acting("dilys"):
        silver = cast.bodies["silver"].office_audience_id
    file = received(OTHER, name="signed.txt", who="maud")
    with cast.acting("dilys"):
        Meeting.objects.filter(pk=meeting.pk).update(audience_id=silver)

    page = signed_in("maud").get(file.get_absolute_url())

    assert page.status_code == 200
    assert ASKS not in page.text
    assert meeting.key not in page.text


def test_kept_as_another_version_it_changes_nothing_of_the_record(cast, received, recorded, same):
    meeting = recorded()
    file = received(OTHER, name="signed.txt")
    with cast.acting("dilys"):
        before = list(meeting.items.values_list("title", "text"))

    response = same(file, "keep", meeting.key)

    assert response["Location"] == meeting.get_absolute_url()
    with cast.acting("dilys"):
        meeting.refresh_from_db()
        assert list(meeting.items.values_list("title", "text")) == before
        assert meeting.state == "draft"
        versions = Version.objects.filter(document=meeting.document).order_by("number")
        assert [one.name for one in versions] == ["draft.txt", "signed.txt"]
        assert {one.audience_id for one in versions} == {meeting.body.office_audience_id}
        assert not ReadMeeting.objects.exists()
    kept = fresh(cast, file)
    assert kept.state == FileState.KEPT
    assert [lines(what) for what in ("file.kept", "document.versioned")] == [1, 1]
    with cast.acting("maud"):
        assert File.objects.filter(pk=file.pk).exists()
    with cast.acting("tobias"):
        assert not File.objects.filter(pk=file.pk).exists()


def test_the_meeting_page_offers_both_versions_to_the_office(signed_in, received, recorded, same):
    meeting = recorded()
    same(received(OTHER, name="signed.txt"), "keep", meeting.key)

    page = signed_in("dilys").get(meeting.get_absolute_url()).text

    assert "draft.txt" in page
    assert "signed.txt" in page
    assert "the record was made from the first" in page
    assert "signed.txt" not in signed_in("tobias").get(meeting.get_absolute_url()).text


def test_the_agreed_minutes_may_also_say_that_they_were_agreed(
    cast, signed_in, received, recorded, same
):
    meeting = recorded()
    file = received(SIGNED, name="signed.txt")
    assert (
        "record that the minutes were agreed"
        in signed_in("dilys").get(file.get_absolute_url()).text
    )

    same(file, "keep_agreed", meeting.key)

    with cast.acting("dilys"):
        meeting.refresh_from_db()
    assert meeting.state == "confirmed"
    assert lines("meeting.confirmed") == 1


def test_a_draft_is_never_offered_as_agreed(cast, signed_in, received, recorded, same):
    meeting = recorded(sure())
    file = received(DRAFT, name="draft-2.txt")
    page = signed_in("dilys").get(file.get_absolute_url()).text
    assert "record that the minutes were agreed" not in page

    same(file, "keep_agreed", meeting.key)

    with cast.acting("dilys"):
        meeting.refresh_from_db()
    assert meeting.state == "received"


def test_a_meeting_without_a_file_gets_this_one(cast, received, recorded, same):
    meeting = recorded()
    with cast.acting("dilys"):
        Meeting.objects.filter(pk=meeting.pk).update(document=None)

    same(received(OTHER, name="signed.txt"), "keep", meeting.key)

    with cast.acting("dilys"):
        meeting.refresh_from_db()
        assert [one.name for one in meeting.document.versions.all()] == ["signed.txt"]


def test_a_different_meeting_of_that_day_becomes_a_record_of_its_own(
    cast, signed_in, received, recorded, accepted, same
):
    first = recorded()
    file = received(OTHER, name="evening.txt")

    response = same(file, "apart")

    assert response["Location"] == reverse("imports:review_of", args=[file.key, 1])
    assert ASKS not in signed_in("dilys").get(file.get_absolute_url()).text
    second = accepted(file)
    assert second.pk != first.pk
    assert second.held_on == first.held_on
    assert lines("file.held_apart") == 1


# Another file that waits


def test_two_files_that_wait_name_each_other(signed_in, received):
    draft, signed = received(DRAFT, name="draft.txt"), received(OTHER, name="signed.txt")
    client = signed_in("dilys")

    for one, other in ((draft, signed), (signed, draft)):
        page = client.get(one.get_absolute_url()).text
        assert "Another file that waits is of the same body and day" in page
        assert other.name in page


def test_a_file_of_somebody_else_is_no_twin(signed_in, received):
    received(DRAFT, name="secret.txt", who="maud")

    page = signed_in("dilys").get(received(OTHER, name="mine.txt").get_absolute_url()).text

    assert ASKS not in page
    assert "secret.txt" not in page


def test_the_copy_follows_when_the_other_is_made_into_records(
    cast, signed_in, received, accepted, same
):
    draft, signed = received(DRAFT, name="draft.txt"), received(OTHER, name="signed.txt")
    same(draft, "wait", f"{signed.key} 1")
    with cast.acting("dilys") as dilys:
        assert [one.file.name for one in queue.waiting(dilys)] == ["signed.txt"]
    assert "another copy of" in signed_in("dilys").get(draft.get_absolute_url()).text

    meeting = accepted(signed)

    assert fresh(cast, draft).state == FileState.KEPT
    with cast.acting("dilys"):
        assert {one.name for one in meeting.document.versions.all()} == {"draft.txt", "signed.txt"}
        assert Meeting.objects.count() == 1
    assert lines("file.paired") == 1


def test_when_the_other_is_put_aside_the_copy_is_asked_about_again(cast, received, same):
    draft, signed = received(DRAFT, name="draft.txt"), received(OTHER, name="signed.txt")
    same(draft, "wait", f"{signed.key} 1")
    with cast.acting("dilys") as dilys:
        services.reject(dilys, file=signed)
        assert [one.file.name for one in queue.waiting(dilys)] == ["draft.txt"]


def test_a_copy_can_be_taken_back(cast, received, same):
    draft, signed = received(DRAFT, name="draft.txt"), received(OTHER, name="signed.txt")
    same(draft, "wait", f"{signed.key} 1")
    same(draft, "apart")

    with cast.acting("dilys") as dilys:
        assert queue.waiting(dilys).count() == 2
        assert not any(one.same for one in queue.waiting(dilys))


# The address, by the list


@pytest.mark.parametrize("do", ["keep", "wait", "apart"])
@pytest.mark.parametrize("who", ["maud", "tobias"])
def test_a_file_of_somebody_else_is_not_there(received, same, who, do):
    assert same(received(), do, "x 1", who=who).status_code == 404


def test_who_lost_the_post_is_refused(lost_the_post, received, same):
    file = received()
    lost_the_post()

    response = same(file, "apart")

    assert response.status_code == 403
    assert "Only a secretary or the partnership manager" in response.text


@pytest.mark.parametrize(
    ("do", "of", "sentence"),
    [
        ("keep", "nowhere", "There is no meeting of that day any more"),
        ("wait", "nowhere 1", "The other file does not wait any more."),
    ],
)
def test_what_is_gone_meanwhile_is_explained(received, same, do, of, sentence):
    response = same(received(), do, of)

    assert response.status_code == 403
    assert sentence in response.text


def test_what_was_settled_already_is_explained(received, accepted, same):
    file = received()
    accepted(file)

    response = same(file, "apart")

    assert response.status_code == 403
    assert "This file was made into records already." in response.text


@pytest.mark.parametrize(("do", "of"), [("", ""), ("eat", ""), ("wait", "no number")])
def test_an_answer_that_nobody_offered_is_not_there(received, same, do, of):
    assert same(received(), do, of).status_code == 404


def test_it_is_asked_by_post_alone(signed_in, received):
    address = reverse("imports:same", args=[received().key, 1])

    assert signed_in("dilys").get(address).status_code == 405
