"""A single paragraph of minutes: chosen, closed or hidden, opened again, and who reads what."""

import datetime
import re

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.actions.public import Source, agree
from concerted.audit.models import Line
from concerted.documents import services as documents
from concerted.documents.public import versions_visible_to
from concerted.editions.public import source_of
from concerted.kernel.verdict import NotAllowed
from concerted.meetings import services as meetings
from concerted.meetings.models import Item, Paragraph, Reference
from concerted.meetings.paragraphs import mark_of
from concerted.meetings.queries import items_of
from concerted.meetings.services import NewDecision, NewItem, NewLimb, NewMeeting, NewReference
from concerted.restrictions.models import Closure
from concerted.restrictions.states import Level, Tier
from concerted.restrictions.tests.conftest import text_of
from tests.databases import unguarded

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
DAY = datetime.date(2026, 6, 16)
WATCHED = "The flat over the bakery is watched from the church tower on each night of the week."
TEXT = f"Members spoke of locks. \n\n{WATCHED}\t\n\n\nThe chair thanked all who came.\n"
SECRET = ("bakery", "church tower")
PLACES = ("/", "/meetings/", "/meetings/decisions/", "/meetings/decisions.csv", "/restrictions/")


@pytest.fixture
def minutes(cast):
    """Put minutes of the board with one item on record; returns the item."""

    def record(text=TEXT, *decisions, document=None, state="received", **more):
        with cast.acting("dilys") as dilys:
            given = NewMeeting(
                body=cast.bodies["board"],
                held_on=DAY,
                state=state,
                items=[NewItem("1", "Locks", text, decisions=decisions, **more)],
                document=document,
            )
            return meetings.record(dilys, minutes=given)[1][0]

    return record


@pytest.fixture
def choose(cast):
    """Choose a paragraph of an item by words in it, as the secretary."""

    def do(item, words="bakery", who="dilys"):
        with cast.acting(who) as actor:
            item = Item.objects.select_related("meeting__body").get(pk=item.pk)
            line = next(one for one in items_of(actor, item.meeting) if one.item.key == item.key)
            one = next(one for one in line.paragraphs if words in one.words)
            mark = mark_of(one.words)
            return meetings.choose_paragraph(actor, item=item, number=str(one.number), mark=mark)

    return do


@pytest.fixture
def close(choose, restrict):
    """Choose a paragraph and close it, or hide it."""

    def do(item, *names, words="bakery", **more):
        chosen = choose(item, words)
        restrict(chosen, *names, kind="paragraph", **more)
        return chosen

    return do


def as_read(cast, who, item):
    """The text of an item as somebody reads it, with all that stands between its paragraphs."""
    with cast.acting(who) as actor:
        row = next(one for one in items_of(actor, item.meeting) if one.item.key == item.key).item
        pieces, at = {}, 0
        for place, length in row.pieces:
            pieces[place], at = row.text[at : at + length], at + length
        pieces |= {one["place"]: one["text"] for one in row.kept}
        return "".join(pieces[place] for place in sorted(pieces)) if row.pieces else row.text


def test_a_closed_paragraph_says_why_in_its_place_and_nothing_else(close, minutes, signed_in):
    item = minutes()
    close(item)

    page = text_of(signed_in("tobias"), item.meeting.get_absolute_url())

    assert "A paragraph is closed:</strong> " in page
    assert page.index("spoke of locks") < page.index("A paragraph is closed")
    assert page.index("A paragraph is closed") < page.index("The chair thanked")
    assert "Superintendent, operations" in page
    assert "An operation is under way." not in page
    assert [word for word in SECRET if word in page] == []


@pytest.mark.parametrize("who", ["tobias", "rowena", "priti", "maud"])
def test_no_list_and_no_export_shows_its_words(close, minutes, signed_in, who):
    item = minutes()
    close(item)

    pages = [text_of(signed_in(who), address) for address in PLACES]

    assert [word for word in SECRET if word in "".join(pages)] == []


def test_those_on_its_audience_read_it_in_its_place_with_a_mark(close, minutes, signed_in):
    item = minutes()
    close(item)

    page = text_of(signed_in("gareth"), item.meeting.get_absolute_url())

    assert page.index("spoke of locks") < page.index(WATCHED) < page.index("The chair thanked")
    assert "OFFICIAL-SENSITIVE" in page
    assert "Belongs to Wyleshire Police. Do not forward." in page
    assert "You are not on its audience" not in page


@pytest.mark.parametrize("level", [Level.CLOSED, Level.HIDDEN])
def test_for_its_audience_the_text_stays_the_same_to_the_byte(close, minutes, cast, level):
    item = minutes()
    assert as_read(cast, "gareth", item) == TEXT
    close(item, level=level)
    close(item, words="spoke of locks", level=level)

    assert as_read(cast, "gareth", item) == TEXT
    assert "bakery" not in as_read(cast, "tobias", item)


def test_opened_again_it_is_back_for_all_to_the_byte(close, restrict, minutes, signed_in, cast):
    item = minutes()
    before = text_of(signed_in("tobias"), item.meeting.get_absolute_url())
    chosen = close(item)
    restrict(chosen, kind="paragraph", who="gareth", level=Level.OPEN, tier=Tier.OFFICIAL)

    assert text_of(signed_in("tobias"), item.meeting.get_absolute_url()) == before
    with cast.acting("tobias"):
        assert Item.objects.get(pk=item.pk).text == TEXT


def test_a_hidden_paragraph_leaves_the_same_bytes_as_if_it_had_never_been(
    close, minutes, signed_in, cast
):
    item = minutes(TEXT)
    close(item, level=Level.HIDDEN)
    addresses = [item.meeting.get_absolute_url(), *PLACES[:3]]
    with_it = [text_of(signed_in("tobias"), address) for address in addresses]

    with cast.acting("dilys"), unguarded():
        Closure.objects.all().delete()
        Paragraph.objects.all().delete()
        Item.objects.filter(pk=item.pk).update(
            text=TEXT.replace(f"{WATCHED}\t\n\n\n", ""), pieces=[]
        )

    assert [text_of(signed_in("tobias"), address) for address in addresses] == with_it
    assert "closed" not in with_it[0].split('id="items"')[1].split('id="files"')[0]


def test_its_own_page_is_not_there_for_those_outside(close, minutes, signed_in):
    chosen = close(minutes())

    for who, status in (("gareth", 200), ("tobias", 404), ("agnes", 404)):
        for page in ("", "change"):
            answer = signed_in(who).get(f"/restrictions/paragraphs/{chosen.key}/{page}")
            assert answer.status_code == status, (who, page)


def test_of_two_hidden_paragraphs_each_is_read_by_its_own_audience(close, minutes, signed_in, cast):
    item = minutes()
    more = ("Wyleshire Police", "Partnership secretary", "Probation Service")
    close(item, level=Level.HIDDEN)
    close(item, *more, words="spoke of locks", level=Level.HIDDEN)

    page = text_of(signed_in("tobias"), item.meeting.get_absolute_url())

    assert page.index("spoke of locks") < page.index("The chair thanked")
    assert [word for word in SECRET if word in page] == []


def test_a_secretary_who_does_not_see_it_can_close_another(close, choose, restrict, minutes, cast):
    item = minutes()
    close(item, level=Level.HIDDEN)
    chosen = choose(item, "thanked", who="maud")
    owner = cast.organisations["council"]
    restrict(chosen, owner.name, who="maud", kind="paragraph", owner=owner)

    assert as_read(cast, "dilys", item) == TEXT
    assert "bakery" not in as_read(cast, "maud", item)
    assert "thanked" in as_read(cast, "maud", item)
    assert "bakery" in as_read(cast, "gareth", item)
    assert "thanked" not in as_read(cast, "gareth", item)


def test_a_paragraph_whose_number_would_be_missed_is_closed_not_hidden(close, minutes):
    item = minutes("1.1 Locks were shown.\n\n1.2 The bakery is watched.")

    with pytest.raises(NotAllowed, match="would leave a gap"):
        close(item, level=Level.HIDDEN)


def test_a_paragraph_with_words_withheld_is_closed_and_keeps_them(close, minutes, signed_in):
    item = minutes(
        "Locks were shown.\n\nThe bakery’s number is [withheld 1].", withheld=["01632 960123"]
    )

    with pytest.raises(NotAllowed, match="Words of it are withheld"):
        close(item, level=Level.HIDDEN)
    close(item)

    assert "01632" in text_of(signed_in("dilys"), item.meeting.get_absolute_url())
    assert "01632" not in text_of(signed_in("maud"), item.meeting.get_absolute_url())


def test_without_it_the_rest_may_not_be_parted_otherwise(close, minutes):
    item = minutes("The chair thanked\nall who came.\n\nThe bakery is watched.")

    with pytest.raises(NotAllowed, match="parted into other paragraphs"):
        close(item, level=Level.HIDDEN)


def test_what_it_says_of_earlier_minutes_goes_along_and_comes_back(close, restrict, minutes, cast):
    earlier = [NewReference("4", printed="minute 4"), NewReference("7", printed="minute 7")]
    item = minutes("As in minute 4.\n\nThe bakery, minute 7.", references=earlier)
    chosen = close(item)

    with cast.acting("tobias"):
        assert [one.ref for one in Reference.objects.filter(item=item)] == ["4"]
    restrict(chosen, kind="paragraph", who="gareth", level=Level.OPEN)
    with cast.acting("tobias"):
        assert [one.ref for one in Reference.objects.filter(item=item)] == ["4", "7"]


def test_it_stays_closed_when_its_item_is_closed_and_opened(
    close, restrict, minutes, cast, signed_in
):
    item = minutes()
    close(item)
    restrict(item)
    restrict(item, who="gareth", level=Level.OPEN)

    page = text_of(signed_in("tobias"), item.meeting.get_absolute_url())

    assert "A paragraph is closed:" in page
    assert [word for word in SECRET if word in page] == []
    assert as_read(cast, "gareth", item) == TEXT


def test_when_its_meeting_is_closed_those_who_see_that_read_that_it_is_closed(
    close, restrict, minutes, signed_in
):
    item = minutes()
    close(item)
    more = ("Wyleshire Police", "Partnership secretary", "Probation Service")
    restrict(item.meeting, *more, kind="meeting")

    page = text_of(signed_in("tobias"), item.meeting.get_absolute_url())

    assert "A paragraph is closed:" in page
    assert [word for word in SECRET if word in page] == []


def test_the_file_of_the_minutes_is_for_those_who_see_all_of_them(close, restrict, minutes, cast):
    with cast.acting("dilys") as dilys:
        version = documents.receive(dilys, data=WATCHED.encode(), name="board.txt")
        office = cast.bodies["board"].office_audience_id
        documents.hand_to(dilys, version=version, audience_id=office)
    item = minutes(document=version.document)

    def readers():
        found = []
        for who in ("dilys", "maud"):
            with cast.acting(who) as actor:
                found += [who] if versions_visible_to(actor).exists() else []
        return found

    assert readers() == ["dilys", "maud"]
    with pytest.raises(NotAllowed, match="The file of these minutes holds its words"):
        close(item, level=Level.HIDDEN)
    chosen = close(item)
    assert readers() == ["dilys"]
    restrict(chosen, kind="paragraph", who="gareth", level=Level.OPEN)
    assert readers() == ["dilys", "maud"]


def test_a_paragraph_of_a_closed_item_narrows_its_file_beside_the_item(
    close, restrict, minutes, cast
):
    with cast.acting("dilys") as dilys:
        version = documents.receive(dilys, data=WATCHED.encode(), name="board.txt")
        office = cast.bodies["board"].office_audience_id
        documents.hand_to(dilys, version=version, audience_id=office)
    item = minutes(document=version.document)
    of_the_item = restrict(item).seen_by_id
    chosen = close(item)

    with cast.acting("dilys"):
        version.document.refresh_from_db()
        kept = Paragraph.objects.get(pk=chosen.pk).audience_id
    assert version.document.needs == sorted([of_the_item, kept])


@pytest.mark.parametrize("level", [Level.CLOSED, Level.HIDDEN])
def test_the_public_text_starts_without_it_and_knows_that_something_is_restricted(
    close, minutes, cast, level
):
    from concerted.editions.naming import Naming  # noqa: PLC0415
    from concerted.editions.sources import start_of  # noqa: PLC0415

    item = minutes()
    close(item, level=level)

    with cast.acting("dilys") as dilys:
        meeting = Item.objects.select_related("meeting__body").get(pk=item.pk).meeting
        source = source_of(dilys, meeting)
        started = start_of(dilys, source, Naming())
    with cast.acting("maud") as maud:
        known = source_of(maud, meeting).restricted

    assert [word for word in SECRET if word in str(started)] == []
    assert source.restricted
    assert known is (level == Level.CLOSED)


def test_the_meeting_costs_the_same_whatever_is_closed_in_its_items(close, minutes, signed_in):
    item = minutes("\n\n".join(f"Of bakery {n} was spoken." for n in range(8)))
    tobias = signed_in("tobias")

    def cost():
        with CaptureQueriesContext(connection) as asked:
            tobias.get(item.meeting.get_absolute_url())
        return len(asked)

    cost()
    open_to_all = cost()
    for n in range(6):
        close(item, words=f"bakery {n}")

    assert cost() == open_to_all


# Choosing it


def page_of(item):
    return f"/meetings/items/{item.key}/paragraphs/"


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_the_secretary_chooses_a_paragraph_on_its_page_and_says_then_who_sees_it(
    minutes, signed_in
):
    item = minutes()
    dilys = signed_in("dilys")
    assert page_of(item) in text_of(dilys, item.meeting.get_absolute_url())

    page = text_of(dilys, page_of(item))
    assert page.count("Restrict this paragraph") == 3
    typed = {"number": "1", "mark": mark_of(WATCHED)}
    assert typed["mark"] in page
    response = dilys.post(page_of(item), typed)

    line = Line.objects.get(what="paragraph.chosen")
    assert response.status_code == 302
    assert response["Location"] == f"/restrictions/paragraphs/{line.reference}/change"
    assert WATCHED in dilys.get(response["Location"]).content.decode()
    again = dilys.post(page_of(item), typed)
    assert again["Location"] == response["Location"]
    assert Line.objects.filter(what="paragraph.chosen").count() == 1


def test_each_change_is_on_the_trail_without_a_word_of_it(close, restrict, minutes):
    chosen = close(minutes())
    restrict(chosen, kind="paragraph", who="gareth", level=Level.OPEN)

    lines = Line.objects.filter(reference=chosen.key).order_by("id")
    assert [one.what for one in lines] == [
        "paragraph.chosen",
        "paragraph.closed",
        "paragraph.opened",
    ]


def test_an_outsider_finds_no_such_page(minutes, signed_in):
    item = minutes()

    for who in ("agnes", "sid"):
        assert signed_in(who).get(page_of(item)).status_code == 404
        assert signed_in(who).post(page_of(item), {}).status_code == 404


@pytest.mark.parametrize("who", ["tobias", "gareth", "priti"])
def test_who_reads_the_minutes_but_is_not_the_secretary_is_refused(minutes, signed_in, who):
    item = minutes()

    for response in (signed_in(who).get(page_of(item)), signed_in(who).post(page_of(item), {})):
        assert response.status_code == 403
        assert "Only this body’s secretary can restrict a paragraph" in words(response)
    assert "Restrict a paragraph" not in text_of(signed_in(who), item.meeting.get_absolute_url())


def test_an_agenda_has_no_paragraphs_of_minutes(cast, signed_in):
    with cast.acting("dilys") as dilys:
        planned = meetings.plan(
            dilys, body=cast.bodies["board"], held_on=DAY, items=[NewItem("1", "Locks", TEXT)]
        )
        item = planned.items.get()

    response = signed_in("dilys").get(page_of(item))

    assert response.status_code == 403
    assert "There are no minutes of this meeting." in words(response)


def test_other_methods_are_refused(minutes, signed_in):
    assert signed_in("dilys").put(page_of(minutes())).status_code == 405


@pytest.mark.parametrize("number", ["0", "9", "-1", "", "one"])
def test_what_was_changed_in_between_is_said_and_nothing_is_chosen(minutes, signed_in, number):
    item = minutes()

    response = signed_in("dilys").post(page_of(item), {"number": number, "mark": mark_of(WATCHED)})

    assert response.status_code == 409
    assert "These minutes were changed while you had this page open" in words(response)
    assert not Line.objects.filter(what="paragraph.chosen").exists()


def test_a_decision_or_action_that_repeats_it_is_warned_of(minutes, choose, signed_in, cast):
    decision = NewDecision("noted", f"That {WATCHED}", [NewLimb("noted", f"That {WATCHED}")])
    item = minutes(TEXT, decision)
    with cast.acting("dilys") as dilys:
        agree(
            dilys,
            body=cast.bodies["board"],
            text=f"Check whether {WATCHED.lower()}",
            agreed_on=DAY,
            source=Source("meetings.item", item.pk, item.meeting.key, "1", "meetings:detail"),
        )
    chosen = choose(item)

    for address in (page_of(item), f"/restrictions/paragraphs/{chosen.key}/change"):
        page = words(signed_in("dilys").get(address))
        assert page.count("repeats 12 or more words of this paragraph") == 2, address
    others = choose(item, "thanked")
    page = words(signed_in("dilys").get(f"/restrictions/paragraphs/{others.key}/change"))
    assert "repeats 12" not in page


def test_who_reads_a_restricted_paragraph_is_kept(close, minutes, signed_in):
    item = minutes()
    close(item)
    read = {}
    for who in ("gareth", "tobias"):
        before = Line.objects.filter(what="meeting.consulted").count()
        signed_in(who).get(item.meeting.get_absolute_url())
        read[who] = Line.objects.filter(what="meeting.consulted").count() - before

    assert read == {"gareth": 1, "tobias": 0}


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Other words."},
        {"text": "Other words.", "pieces": [[0, 12]]},
        {"text": TEXT + " More.", "pieces": []},
    ],
    ids=["other words", "other words in pieces", "more words and no pieces"],
)
def test_by_no_other_way_can_the_text_of_minutes_become_another(cast, minutes, change):
    item = minutes(TEXT)

    with (
        cast.acting("dilys"),
        pytest.raises(ProgrammingError, match="never altered"),
        transaction.atomic(),
    ):
        Item.objects.filter(pk=item.pk).update(**change)


def test_the_words_of_a_closed_paragraph_cannot_become_others(cast, minutes, close):
    close(minutes())

    with (
        cast.acting("dilys"),
        pytest.raises(ProgrammingError, match="never altered"),
        transaction.atomic(),
    ):
        Paragraph.objects.exclude(text="").update(text="Other words.")


@given(
    before=st.text("ab \n", max_size=12),
    middle=st.text("ab \n", min_size=1, max_size=6),
    after=st.text("ab \n", max_size=12),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_text_and_what_is_left_of_it_differ_by_one_run(db, before, middle, after):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT meetings_differ_by_one_run(%(whole)s, %(left)s),"
            " meetings_differ_by_one_run(%(left)s, %(whole)s)",
            {"whole": before + middle + after, "left": before + after},
        )
        assert cursor.fetchone() == (True, True)


@pytest.mark.parametrize(
    ("one", "other"), [("abc", "axc"), ("abcd", "bd"), ("abcabc", "acb"), ("", "")]
)
def test_texts_that_differ_otherwise_are_told_apart(db, one, other):
    with connection.cursor() as cursor:
        cursor.execute("SELECT meetings_differ_by_one_run(%s, %s)", [one, other])
        assert cursor.fetchone() == (one == other,)
