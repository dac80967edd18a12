"""The list, the meeting, and saying that minutes were agreed; each by the same list."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concerted.audit.models import Line
from concerted.documents import services as documents
from concerted.kernel.clock import today
from concerted.kernel.keys import new_key
from concerted.meetings import services
from concerted.meetings.models import Meeting
from concerted.meetings.services import NewDecision, NewLimb
from concerted.meetings.tests.conftest import DAY, decided, item
from concerted.people.public import open_to

LIST = reverse("meetings:list")


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def count_queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len([one for one in asked if not re.match("BEGIN|SAVEPOINT|RELEASE", one["sql"])])


# One meeting


def test_the_page_tells_the_meeting_in_its_order(signed_in, recorded, followed):
    meeting = recorded(
        item("Canal Walk", decided("agreed", "the lamps be mended")),
        starts_at=datetime.time(14),
        venue="Town Hall",
        next_meeting_on=DAY + datetime.timedelta(days=49),
    )
    followed(meeting, due=today() - datetime.timedelta(days=3))

    page = words(signed_in("tobias").get(meeting.get_absolute_url()))

    places = [
        page.index(part)
        for part in (
            "Meeting of Tuesday 16 June 2026",
            "Minutes as received. Whether they were agreed is not on record.",
            "For you and your organisation: 1 open action",
            "In short When and where",
            "2pm, Town Hall",
            "1 present, 1 with apologies. What came of it",
            "1 decision and 1 action, 1 overdue",
            "Tuesday 4 August 2026",
            "Apologies: Tobias Wren (Probation Service)",
            "Members spoke.",
            "Decision: agreed. the lamps be mended",
            "Survey the lighting",
            "Papers and files No file is kept",
        )
    ]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("state", "printed", "sentence"),
    [
        ("draft", "DRAFT", "Draft minutes: the minutes say “DRAFT”."),
        ("subject", "", "Subject to approval."),
        ("received", "", "Minutes as received."),
        ("confirmed", "", "Minutes agreed as a correct record."),
        ("cancelled", "", "Cancelled."),
    ],
)
def test_the_page_says_how_final_the_minutes_are(signed_in, recorded, state, printed, sentence):
    meeting = recorded(state=state, status_as_printed=printed)

    assert sentence in words(signed_in("tobias").get(meeting.get_absolute_url()))


def test_a_planned_meeting_has_no_minutes_yet(cast, signed_in):
    with cast.acting("dilys") as dilys:
        meeting = services.plan(
            dilys,
            body=cast.bodies["board"],
            held_on=today() + datetime.timedelta(days=9),
            starts_at=datetime.time(9, 30),
            items=[item("Dates", text="")],
        )

    page = words(signed_in("tobias").get(meeting.get_absolute_url()))

    assert "Planned for 9:30am. There are no minutes yet." in page
    assert "Where these minutes stand" not in page
    assert "1. Dates" in page


def test_a_decision_of_several_parts_shows_each_with_its_outcome(signed_in, recorded):
    parts = [
        NewLimb("noted", "the report be noted", "a"),
        NewLimb("agreed", "lamps be mended", "b"),
    ]
    meeting = recorded(item("Canal Walk", NewDecision("noted", "both", parts)))

    page = words(signed_in("tobias").get(meeting.get_absolute_url()))

    assert "Decision: noted, in 2 parts." in page
    assert "(b) lamps be mended (agreed)" in page


def test_where_words_and_outcome_differ_the_page_says_so(signed_in, recorded):
    doubt = "the words say noted, the record approved."
    meeting = recorded(item("Canal Walk", decided("approved", "it be noted", doubt=doubt)))

    page = words(signed_in("tobias").get(meeting.get_absolute_url()))

    assert f"Words and outcome differ: {doubt}" in page


@pytest.mark.parametrize("who", ["agnes", "owen", "sid"])
def test_an_outsider_cannot_tell_the_meeting_exists(signed_in, recorded, who):
    meeting = recorded()
    client = signed_in(who)

    seen = client.get(meeting.get_absolute_url())
    absent = client.get(reverse("meetings:detail", args=[new_key()]))

    assert seen.status_code == absent.status_code == 404
    assert seen.content == absent.content
    assert client.post(reverse("meetings:confirm", args=[meeting.key])).status_code == 404
    assert "Meetings (0)" in words(client.get(LIST))


@pytest.mark.parametrize("who", ["tobias", "rowena", "maud", "priti"])
def test_a_hidden_bodys_meeting_is_nowhere_for_others(signed_in, recorded, who):
    recorded(item("Canal Walk", decided()))
    hidden = recorded(item("Secret thing", decided()), body="silver", on=DAY.replace(day=15))
    client = signed_in(who)

    assert client.get(hidden.get_absolute_url()).status_code == 404
    page = client.get(LIST).text
    assert "Silver" not in page
    assert 'Meetings <span class="app-count">(1)' in page
    assert "Silver group" in signed_in("gareth").get(LIST).text


@pytest.mark.slow
@pytest.mark.parametrize("who", ["tobias", "rowena", "priti"])
def test_withheld_words_leak_in_no_way(cast, signed_in, recorded, who):
    secret = "Joy Hallam"
    meeting = recorded(
        item("Canal Walk", decided(), text="Ring [withheld 1] now.", withheld=[secret])
    )
    client = signed_in(who)

    for address in (
        meeting.get_absolute_url(),
        LIST,
        reverse("meetings:decisions"),
        reverse("meetings:decisions") + f"?q={secret}",
        reverse("meetings:decisions_csv"),
        reverse("desk:home"),
    ):
        page = client.get(address)
        assert page.status_code == 200
        assert (
            secret not in page.text.replace(f'value="{secret}"', "").replace(f"“{secret}”", "")
            or "?q=" in address
        )
    assert "[withheld 1]" in client.get(meeting.get_absolute_url()).text
    assert "Withheld 1" not in client.get(meeting.get_absolute_url()).text
    office = signed_in("dilys").get(meeting.get_absolute_url()).text
    assert secret in office
    assert "Withheld 1" in office


def test_what_minutes_hold_is_shown_as_words_never_as_markup(signed_in, recorded):
    bad = "<script>alert(1)</script>"
    meeting = recorded(
        item(bad, decided("noted", bad), text=bad, ref=bad[:20], sub_items=[("a", bad)]), venue=bad
    )

    page = signed_in("tobias").get(meeting.get_absolute_url()).text

    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)") >= 5


@pytest.mark.slow
@pytest.mark.parametrize("who", ["tobias", "dilys"])
def test_the_page_costs_the_same_for_5_items_and_50(cast, signed_in, recorded, followed, who):
    def meeting(number, day):
        items = [
            item(
                f"Item {n}",
                decided(),
                decided("agreed", f"part {n}"),
                text="Ring [withheld 1].",
                withheld=["a name"],
            )
            for n in range(number)
        ]
        with cast.acting("dilys") as dilys:
            version = documents.receive(dilys, data=b"%d" % number, name="board.txt")
            office = cast.bodies["board"].office_audience_id
            documents.hand_to(dilys, version=version, audience_id=office)
        made = recorded(*items, on=DAY.replace(day=day), document=version.document)
        for n in range(number // 5):
            followed(made, f"Action {n}")
        return made.get_absolute_url()

    client = signed_in(who)
    few = count_queries(client, meeting(5, 1))

    assert count_queries(client, meeting(50, 2)) == few
    # Dilys reads what is withheld as well, and that she does is on the trail.
    assert few <= (13 if who == "dilys" else 12), few


@pytest.mark.slow
@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_the_same_for_1_row_and_30(signed_in, recorded, rows):
    for number in range(rows):
        recorded(on=DAY + datetime.timedelta(days=number))

    assert count_queries(signed_in("tobias"), LIST) == 6


# The list


def test_the_list_shows_each_meeting_with_its_state_and_decisions(signed_in, recorded):
    recorded(item("A", decided(), decided()), item("B", decided()), state="draft")
    recorded(item("C"), body="area")

    page = words(signed_in("dilys").get(LIST))

    assert "Meetings (2)" in page
    assert "Tuesday 16 June 2026 Body: Safer Marlbeck Board" in page.replace(
        "Body Safer", "Body: Safer"
    )
    assert "Draft minutes" in page


@pytest.mark.slow
def test_more_than_20_go_on_pages(signed_in, recorded):
    for number in range(23):
        recorded(on=DAY - datetime.timedelta(days=number))
    client = signed_in("tobias")

    assert "16 June 2026" in client.get(LIST).text
    assert "16 June 2026" not in client.get(LIST, {"page": 2}).text
    assert "25 May 2026" in client.get(LIST, {"page": "99"}).text
    assert client.get(LIST, {"page": "x"}).status_code == 200


def test_without_meetings_the_list_says_so(signed_in):
    assert "Meetings (0)" in words(signed_in("sid").get(LIST))


# Saying that minutes were agreed


def test_the_secretary_records_that_minutes_were_agreed(signed_in, recorded):
    meeting = recorded()
    client = signed_in("dilys")
    assert "Record that these minutes were agreed" in client.get(meeting.get_absolute_url()).text

    page = client.post(reverse("meetings:confirm", args=[meeting.key]), follow=True)

    assert "Minutes agreed as a correct record." in page.text
    assert "Recorded: these minutes were agreed" in page.text
    assert "Record that these minutes were agreed" not in page.text
    assert Line.objects.filter(what="meeting.confirmed", reference=meeting.key).count() == 1


@pytest.mark.parametrize("who", ["tobias", "rowena", "priti"])
def test_a_reader_is_refused_in_a_sentence(cast, signed_in, recorded, who):
    meeting = recorded()
    client = signed_in(who)
    assert "Record that these minutes" not in client.get(meeting.get_absolute_url()).text

    response = client.post(reverse("meetings:confirm", args=[meeting.key]))

    assert response.status_code == 403
    assert "Only this body’s secretary can record that minutes were agreed." in response.text
    with cast.acting("dilys"):
        assert Meeting.objects.get().state == "received"


@pytest.mark.parametrize(
    ("state", "sentence"),
    [("confirmed", "on record as agreed already"), ("cancelled", "There are no minutes")],
)
def test_the_wrong_state_is_explained(signed_in, recorded, state, sentence):
    meeting = recorded(state=state)

    response = signed_in("dilys").post(reverse("meetings:confirm", args=[meeting.key]))

    assert response.status_code == 403
    assert sentence in response.text


@pytest.mark.parametrize(
    ("name", "method"),
    [("list", "post"), ("detail", "post"), ("confirm", "get"), ("decisions", "post")],
)
def test_another_method_is_not_allowed(signed_in, recorded, name, method):
    meeting = recorded()
    args = [meeting.key] if name in ("detail", "confirm") else []

    response = getattr(signed_in("dilys"), method)(reverse(f"meetings:{name}", args=args))

    assert response.status_code == 405


def test_what_is_hidden_while_one_waits_for_it_answers_as_if_it_had_never_been(
    cast, recorded, signed_in, monkeypatch
):
    meeting = recorded(state="draft")
    confirm = services.confirm
    absent = signed_in("dilys").post(reverse("meetings:confirm", args=["x" * 14]))

    def hidden_meanwhile(actor, *, meeting):
        Meeting.objects.filter(pk=meeting.pk).update(
            audience_id=cast.bodies["silver"].papers_audience_id
        )
        open_to((cast.bodies["board"].papers_audience_id,))
        return confirm(actor, meeting=meeting)

    monkeypatch.setattr(services, "confirm", hidden_meanwhile)
    response = signed_in("dilys").post(reverse("meetings:confirm", args=[meeting.key]))

    assert (response.status_code, response.content) == (404, absent.content)
    with cast.acting("dilys"):
        meeting.refresh_from_db()
        assert meeting.state == "draft"
