"""What acceptance makes of answers: records as a person said, whole or not at all."""

import datetime
import re
from dataclasses import replace

import pytest
from django.apps import apps

from concerted.access.roles import SUPPORT_ROLES
from concerted.actions.models import Action, Owner
from concerted.audit.models import Line
from concerted.documents.models import Document, Version
from concerted.imports import acceptance, services
from concerted.imports.forms import ReviewForm
from concerted.imports.models import File, MadeMeeting
from concerted.imports.review import Review
from concerted.imports.states import FileState
from concerted.imports.tests.conftest import BOARD, fresh
from concerted.kernel.verdict import NotAllowed
from concerted.meetings import services as meetings
from concerted.meetings.models import Attendance, Decision, Item, Limb, Meeting, Passage
from concerted.people.models import Body, Organisation, Person
from concerted.reading import read
from concerted.reading.model import Personal, Span

AGENDA = """Safer Marlbeck Board

AGENDA

Tuesday 4 May 2027 at 2.00pm, Town Hall, Marlbeck

1. Apologies for absence

2. Minutes of the last meeting

3. Canal Walk lighting

4. Any other business
"""
SECOND = BOARD.replace("11th March, 2014", "13th May, 2014")


def form_of(review_of, answers, file, **changes):
    return ReviewForm(review_of(file), data=answers(file, **changes))


def place_of(review, name):
    return [one.name for one in review.attendance].index(name)


# The form


@pytest.mark.parametrize(
    ("text", "left_empty", "sentence"),
    [
        (BOARD.replace("Safer Marlbeck Board", "Shop Watch"), "body", "Say which body met"),
        (BOARD.replace("Tuesday", "Monday"), "date", "Say which day the meeting was"),
        (BOARD.replace("Tobias Wren", "T Wren"), "n4_who", "Say who T Wren is"),
        (
            BOARD.replace("Wyleshire Police", "Wyleshyre Police"),
            "g3",
            "Say which organisation Wyleshyre Police is",
        ),
        (BOARD, "d3_0_0", "Say what “the report be noted” decided"),
        (BOARD, "p_rest", "Keep, replace or restrict Joy Hallam"),
    ],
)
def test_a_question_left_open_is_named(received, review_of, answers, text, left_empty, sentence):
    form = form_of(review_of, answers, received(text), **{left_empty: ""})

    assert not form.is_valid()
    assert sentence in [str(error) for errors in form.errors.values() for error in errors]


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"body": "new", "body_name": ""}, "body_name", "Give the new body a name"),
        ({"body": "new"}, "body_kind", "Say what kind of body it is"),
        ({"i1_title": "x" * 401}, "i1_title", "Title: this is too long. Shorten it to 400"),
        ({"n0_name": "x" * 161}, "n0_name", "Name: this is too long. Shorten it to 160"),
        ({"venue": "x" * 301}, "venue", "Place: this is too long. Shorten it to 300"),
        ({"a0_text": " "}, "a0_text", "Say what is to be done, or do not follow it"),
        ({"held_on": "31 February 2014"}, "held_on", "There is no such day"),
        ({"body": "nonsense"}, "body", "Select a valid choice"),
    ],
)
def test_an_answer_that_cannot_stand_is_explained(
    received, review_of, answers, changes, field, sentence
):
    form = form_of(review_of, answers, received(), **changes)

    assert not form.is_valid()
    assert sentence in str(form.errors[field])


def test_another_date_must_be_given(received, review_of, answers):
    file = received(BOARD.replace("Tuesday", "Monday"))

    form = form_of(review_of, answers, file, date="other", held_on="")
    assert "Give the other date" in str(form.errors["held_on"])
    form = form_of(review_of, answers, file, date="other", held_on="12 March 2014")
    assert form.is_valid()
    assert form.cleaned_data["held_on"] == datetime.date(2014, 3, 12)


def test_the_rest_takes_the_answer_for_all_that_were_not_answered(received, review_of, answers):
    form = form_of(review_of, answers, received(), p0="keep", p_rest="restrict")

    assert form.is_valid()
    assert [form.cleaned_data[f"p{place}"] for place in range(3)] == ["keep", *["restrict"] * 2]


# Personal details


PHONE, MAIL = "01632 960123", "joy.hallam@marlbeck.example"


def restricted(review, *values):
    """Restrict these details, keep the others."""
    return {
        card.names[0]: "restrict" if card.title.startswith(values) else "keep"
        for card in review.personal
    }


@pytest.mark.slow
def test_what_is_restricted_is_read_by_the_office_alone(
    cast, received, review_of, accepted, signed_in
):
    file = received()
    meeting = accepted(file, **restricted(review_of(file), PHONE, MAIL))

    with cast.acting("dilys"):
        item = Item.objects.get(meeting=meeting, title="Shop Theft")
        passages = list(item.passages.values_list("number", "text", "audience_id"))
    office = cast.bodies["board"].office_audience_id
    assert "on [withheld 1] or [withheld 2] no later" in item.text
    assert sorted(text for _, text, _ in passages) == [PHONE, MAIL]
    assert {audience for *_, audience in passages} == {office}
    with cast.acting("tobias"):
        assert not Passage.objects.exists()
    member = signed_in("tobias").get(meeting.get_absolute_url()).text
    secretary = signed_in("dilys").get(meeting.get_absolute_url()).text
    assert "[withheld 1]" in member
    for value in (PHONE, MAIL):
        assert value not in member
        assert value in secretary


@pytest.mark.slow
def test_restricted_words_are_gone_from_every_record(cast, received, review_of, accepted):
    text = (
        BOARD.replace("4\n\nShop Theft", f"4\n\nShop Theft: ask {PHONE}")
        .replace("(a) Children's Fund", f"(a) Children's Fund, {PHONE}")
        .replace("AGREED that the report be noted.\n\n4", f"AGREED that {PHONE} be noted.\n\n4")
        .replace("figures for the town centre", f"figures to {PHONE}")
        .replace("on 01632 960123", "on 01632\n960123")
    )
    file = received(text)
    changes = restricted(review_of(file), PHONE)
    assert changes

    accepted(file, **changes)

    with cast.acting("dilys"):
        for model in (Meeting, Item, Decision, Limb, Attendance, Action, Owner):
            for row in model.objects.values():
                said = re.sub(r"\s+", " ", str(row))
                assert PHONE not in said, (model.__name__, said)
        assert "[withheld]" in Item.objects.get(ref="4").title
        assert Passage.objects.filter(text=PHONE).exists()


@pytest.mark.slow
def test_what_is_replaced_shows_the_other_words(cast, received, review_of, accepted):
    file = received()
    places = {card.title: card.names[0] for card in review_of(file).personal}
    name = places["Joy Hallam (person)"]

    accepted(file, **{name: "replace", f"{name}_with": "the community safety officer"})

    with cast.acting("tobias"):
        item = Item.objects.get(title="Shop Theft")
    assert "draft plan to the community safety officer on" in item.text
    assert "Joy Hallam" not in item.text


def changes_of(*changes):
    """The changes that these answers to personal details ask for."""
    reading = read(BOARD)
    details = tuple(Personal("person", value, Span(0, 0)) for value, _, _ in changes)
    review = Review(reading, replace(reading.meetings[0], personal=details), 1)
    given = {}
    for place, (_, what, instead) in enumerate(changes):
        given |= {f"p{place}": what, f"p{place}_with": instead}
    return acceptance.Words(review, given)


@pytest.mark.parametrize(
    ("changes", "text", "shown"),
    [
        ([("Ann", "restrict", "")], "Ann is annual, Anna too.", "[withheld] is annual, Anna too."),
        (
            [("Ann Lee", "replace", "an officer"), ("Lee", "restrict", "")],
            "Ann Lee, Ms Lee",
            "an officer, Ms [withheld]",
        ),
        (
            [("Ann", "replace", "Bob"), ("Bob", "replace", "Ann")],
            "Ann and Bob",
            "Bob and Ann",
        ),
        ([("1 High St.", "replace", "")], "at 1 High St.", "at …"),
        ([("Ann Lee", "restrict", "")], "Ann\n  Lee said", "[withheld] said"),
        ([], "Nothing", "Nothing"),
    ],
)
def test_words_change_whole_and_once(changes, text, shown):
    assert changes_of(*changes).of(text) == shown


def test_one_detail_has_one_number_however_often_it_stands_there():
    withheld = []

    text = changes_of(("Ann", "restrict", ""), ("Bob", "restrict", "")).of("Ann Bob Ann", withheld)

    assert text == "[withheld 1] [withheld 2] [withheld 1]"
    assert withheld == ["Ann", "Bob"]


# Who and what it was


@pytest.mark.slow
def test_a_new_body_comes_with_its_kind_and_its_secretary(cast, received, accepted):
    file = received(BOARD.replace("Safer Marlbeck Board", "Harbour Task Group"))
    with cast.acting("dilys"):
        kind = Body.objects.first().kind.name

    meeting = accepted(file, body="new", body_name="Harbour Task Group", body_kind=kind)

    with cast.acting("dilys"):
        body = Body.objects.get(name="Harbour Task Group")
        assert body.kind.name == kind
        assert Meeting.objects.get() == meeting
    with cast.acting("tobias"):
        assert not Meeting.objects.exists()


@pytest.mark.slow
def test_what_was_the_same_as_is_remembered_and_not_asked_again(received, review_of, accepted):
    written = (
        BOARD.replace("Tobias Wren", "T Wren")
        .replace("Wyleshire Police", "Wyleshyre Police")
        .replace("A meeting of the Safer Marlbeck Board", "A meeting of the Safer Marlbeck Bord")
        .replace("Safer Marlbeck Board\n\nA", "Safer Marlbeck Bord\n\nA", 1)
    )
    first = received(written)
    asked = {name for card in review_of(first).questions for name in card.names}
    assert {"n4_who", "g3", "body"} <= asked
    accepted(first)

    again = received(written.replace("11th March, 2014", "13th May, 2014"), name="may.txt")

    asked = {name for card in review_of(again).questions for name in card.names}
    assert not asked & {"n4_who", "g3", "body", "date"}


@pytest.mark.slow
def test_a_name_left_out_is_in_no_list_and_nobody_new(cast, received, review_of, accepted):
    file = received()
    place = place_of(review_of(file), "Vera Moss")

    accepted(file, **{f"n{place}_who": "leave-out"})

    with cast.acting("dilys"):
        assert Attendance.objects.count() == 10
        assert not Person.objects.filter(name="Vera Moss").exists()


@pytest.mark.slow
def test_a_body_can_send_somebody_and_organisations_are_added_once(cast, received, accepted):
    text = BOARD.replace("Marlbeck Homes)", "Fenside area board)").replace(
        "Apologies:   were", "Apologies:   Ed Gray (HMP Fenside) were"
    )
    accepted(received(text))

    with cast.acting("dilys"):
        sent = Attendance.objects.get(name="Conrad Vey")
        assert sent.representing == cast.bodies["area"]
        assert sent.organisation is None
        assert Organisation.objects.filter(name="HMP Fenside").count() == 1


@pytest.mark.slow
def test_a_name_corrected_by_hand_finds_the_organisation_that_is_known(cast, received, accepted):
    accepted(received(), n3_organisation="Marlbeck Homes", n3_name="Carl Yates")

    with cast.acting("dilys"):
        row = Attendance.objects.get(name="Carl Yates")
        assert row.organisation == cast.organisations["homes"]
        assert Organisation.objects.filter(name="Marlbeck Homes").count() == 1


# Decisions and actions


@pytest.mark.slow
def test_an_outcome_that_the_words_do_not_say_is_flagged_and_shown(
    cast, received, accepted, signed_in
):
    meeting = accepted(received(), d2_0_0="approved")

    with cast.acting("dilys"):
        doubts = [one.doubt for one in Decision.objects.order_by("item__position")]
    assert doubts == ["", "the words say noted, the record approved.", ""]
    page = signed_in("tobias").get(meeting.get_absolute_url()).text
    assert "Words and outcome differ: the words say noted, the record approved." in page


@pytest.mark.slow
@pytest.mark.parametrize(
    ("owner", "expected"),
    [
        ("all", "all seats"),
        ("organisation:police", "Wyleshire Police"),
        ("body:area", "Fenside area board"),
        ("name:4", "Tobias Wren"),
        ("printed", "as printed: Karl Yates"),
        ("none", "nobody"),
    ],
)
def test_an_action_is_given_to_owners_of_every_sort(cast, received, accepted, owner, expected):
    kind, _, name = owner.partition(":")
    group = {"organisation": cast.organisations, "body": cast.bodies}.get(kind)
    accepted(received(), a0_owner=f"{kind}:{group[name].key}" if group else owner)

    with cast.acting("dilys"):
        action = Action.objects.get()
        owners = [str(one) for one in action.owners.all()]
    said = owners[0] if owners else f"as printed: {action.owner_text}"
    if action.all_seats:
        said = "all seats"
    assert said == (expected if expected != "nobody" else "as printed: ")


@pytest.mark.slow
def test_initials_of_somebody_on_the_list_own_the_action(cast, received, accepted):
    accepted(received(BOARD.replace("ACTION: Karl Yates to", "ACTION: TW to")))

    with cast.acting("dilys"):
        assert Owner.objects.get().person == cast.people["tobias"]


@pytest.mark.slow
def test_an_owner_left_out_of_the_lists_stays_as_printed(cast, received, accepted):
    accepted(received(), a0_owner="name:3", n3_who="leave-out")

    with cast.acting("dilys"):
        assert Action.objects.get().owner_text == "Karl Yates"


@pytest.mark.slow
def test_an_offer_is_followed_only_when_ticked(cast, received, accepted):
    accepted(received(), o0_follow="on", o0_due="28 March 2014", o0_owner="all")

    with cast.acting("dilys"):
        offered = Action.objects.get(how="offered")
        assert offered.due == datetime.date(2014, 3, 28)
        assert offered.due_text == "28th March"
        assert offered.source_label == "Safer Marlbeck Board, 11 March 2014, minute 4"
        assert Action.objects.count() == 2


@pytest.mark.slow
def test_a_marked_action_that_was_unticked_is_not_made(cast, received, accepted):
    accepted(received(), a0_follow="")

    with cast.acting("dilys"):
        assert not Action.objects.exists()


# Meetings on record


def test_an_agenda_becomes_a_planned_meeting_and_never_minutes(cast, received, accepted, review_of):
    file = received(AGENDA, name="agenda.txt")
    assert review_of(file).reading.kind == "agenda"

    meeting = accepted(file)

    with cast.acting("dilys"):
        meeting.refresh_from_db()
        assert meeting.state == "planned"
        assert meeting.held_on == datetime.date(2027, 5, 4)
        assert [one.title for one in meeting.items.all()][2] == "Canal Walk lighting"
        assert not Decision.objects.exists()
        assert not Attendance.objects.exists()
        assert not Action.objects.exists()


@pytest.mark.slow
def test_minutes_fill_the_meeting_that_was_planned_for_that_day(cast, received, accepted):
    with cast.acting("dilys") as dilys:
        planned = meetings.plan(
            dilys,
            body=cast.bodies["board"],
            held_on=datetime.date(2014, 3, 11),
            venue="Town Hall",
            items=[meetings.NewItem(ref="1", title="Planned", text="")],
        )

    filled = accepted(received())

    assert filled.pk == planned.pk
    with cast.acting("dilys"):
        filled.refresh_from_db()
        assert filled.state == "received"
        assert filled.venue == "Town Hall"
        assert not filled.items.filter(title="Planned").exists()


def counts():
    return {
        model.__name__: model.objects.count()
        for app in ("meetings", "actions", "people", "documents", "imports")
        for model in apps.get_app_config(app).get_models()
    } | {"Line": Line.objects.count()}


@pytest.mark.slow
@pytest.mark.parametrize("text", [SECOND, AGENDA.replace("4 May 2027", "13 May 2014")])
def test_a_day_on_record_already_is_refused_and_nothing_is_stored(cast, received, accepted, text):
    accepted(received(SECOND))
    again = received(text.replace("Tobias Wren", "Tobias Wran"), name="again.txt")
    with cast.acting("dilys"):
        before = counts()

    with pytest.raises(NotAllowed, match="of that day on record already"):
        accepted(again)

    with cast.acting("dilys"):
        assert counts() == before
    assert fresh(cast, again).state == FileState.READ


@pytest.mark.slow
def test_a_failure_in_the_middle_stores_nothing(cast, received, accepted, monkeypatch):
    file = received()
    with cast.acting("dilys"):
        before = counts()

    def fails(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(acceptance, "agree", fails)
    with pytest.raises(RuntimeError):
        accepted(file)

    with cast.acting("dilys"):
        assert counts() == before
    assert fresh(cast, file).state == FileState.READ


@pytest.mark.slow
def test_a_file_is_made_into_records_once(received, accepted):
    file = received()
    accepted(file)

    with pytest.raises(NotAllowed, match="This file was made into records already"):
        accepted(file)


@pytest.mark.slow
def test_each_record_has_its_line_in_the_trail(received, accepted):
    file = received()
    before = Line.objects.count()
    accepted(file, o0_follow="on")

    lines = [line.what for line in Line.objects.all()][: Line.objects.count() - before]
    for what, often in {
        "meeting.recorded": 1,
        "attendance.recorded": 11,
        "item.recorded": 5,
        "decision.recorded": 3,
        "action.agreed": 2,
        "person.added": 10,
        "organisation.added": 2,
        "file.accepted": 1,
        "document.accepted": 1,
    }.items():
        assert lines.count(what) == often, what


@pytest.mark.slow
def test_two_meetings_in_one_file_are_accepted_one_after_the_other(
    cast, received, accepted, review_of
):
    file = received(f"{BOARD}\n\n\n{SECOND}")
    assert len(review_of(file).reading.meetings) == 2

    accepted(file, 2)
    half = fresh(cast, file)
    assert half.state == FileState.READ
    assert half.audience_id == file.audience_id
    with pytest.raises(NotAllowed, match="This meeting was made into records already"):
        accepted(file, 2)
    accepted(file, 1)

    assert fresh(cast, file).state == FileState.ACCEPTED
    with cast.acting("dilys"):
        assert Meeting.objects.count() == 2
        assert MadeMeeting.objects.count() == 2
        assert Version.objects.get().audience_id == cast.bodies["board"].office_audience_id


@pytest.mark.slow
def test_a_file_with_meetings_of_two_bodies_stays_with_whoever_handed_it_over(
    cast, received, accepted
):
    file = received(f"{BOARD}\n\n\n{SECOND.replace('Safer Marlbeck Board', 'Silver group')}")
    accepted(file, 1, body=cast.bodies["board"].key)
    accepted(file, 2, body=cast.bodies["silver"].key)

    assert fresh(cast, file).state == FileState.ACCEPTED
    with cast.acting("maud"):
        assert not Version.objects.exists()
        assert not File.objects.exists()
        assert Meeting.objects.count() == 1
    with cast.acting("dilys"):
        assert Version.objects.count() == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("who", "sees"), [("dilys", 1), ("maud", 1), ("tobias", 0), ("rowena", 0), ("owen", 0)]
)
def test_the_file_as_received_goes_to_the_secretaries_of_the_body(
    cast, received, accepted, who, sees
):
    accepted(received())

    with cast.acting(who):
        assert Version.objects.count() == sees
        assert Document.objects.count() == sees


def test_a_secretary_of_one_body_changes_nothing_of_another(cast, received, accepted):
    """Neither puts a meeting on its record nor gives it another name."""
    file = received(BOARD.replace("Safer Marlbeck Board", "Safer Marlbeck Bord"), who="maud")
    with cast.acting("maud") as maud:
        of_area = replace(
            maud,
            everywhere=frozenset(),
            by_body={cast.bodies["area"].pk: SUPPORT_ROLES["secretary"].permissions},
        )
        board = Body.objects.get(pk=cast.bodies["board"].pk)
        with pytest.raises(NotAllowed, match="Only this body’s secretary"):
            services.accept(of_area, file=file, number=1, answers={"body": board.key})
        board.refresh_from_db()
    assert board.other_names == []
