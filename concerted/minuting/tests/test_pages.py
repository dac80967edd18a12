"""The pages of minutes; each address by the same list."""

import datetime
import re

import pytest
from django.urls import reverse

from concerted.attending.public import set_rule
from concerted.audit.models import Line as TrailLine
from concerted.kernel.clock import today
from concerted.meetings.models import Item
from concerted.meetings.services import plan
from concerted.minuting.assembling import listed
from concerted.minuting.models import Attender

ONLY_SECRETARY = "Only this body’s secretary can write its minutes."
ONLY_OFFICE = "seen by this body’s secretary and chair only"
TEXT = "AGREED that patrols go on.\nACTION: Wyleshire Police to write by 24 June 2031"

STEPS = ["clear", "send_back", "unlock", "circulate"]
OF_MEETING = ["detail", "begin", "write", "attendance", "record", *STEPS]


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def lines(what):
    return TrailLine.objects.filter(what=what).count()


@pytest.fixture
def keys(cast, writing):
    """The addresses of minutes with something typed, by their names."""
    writing.begun().types("Patrols", TEXT)
    found = {name: reverse(f"minuting:{name}", args=[writing.key]) for name in OF_MEETING}
    with cast.acting("dilys"):
        draft = writing.draft("Patrols").key
        item = Item.objects.get(title="Patrols", meeting=writing.pk).key
    found["save"] = reverse("minuting:save", args=[draft])
    found["action"] = reverse("minuting:action", args=[draft, 0])
    found["correct"] = reverse("minuting:correct", args=[item])
    return found


READ = ["detail", "write", "record", "action", "correct", "send_back", "unlock"]
SENT = ["begin", "save", "attendance", "record", "action", "correct", *STEPS]


@pytest.mark.parametrize("name", READ)
def test_whoever_is_outside_the_body_finds_nothing(signed_in, keys, name):
    assert signed_in("agnes").get(keys[name]).status_code == 404


@pytest.mark.parametrize("name", SENT)
def test_whoever_is_outside_the_body_does_nothing(signed_in, keys, name):
    assert signed_in("agnes").post(keys[name]).status_code == 404


@pytest.mark.parametrize("name", ["begin", "write", "attendance", "record"])
@pytest.mark.parametrize("who", ["tobias", "rowena"])
def test_nobody_but_the_secretary_writes(signed_in, keys, name, who):
    client = signed_in(who)
    page = client.get(keys[name]) if name == "write" else client.post(keys[name])

    assert page.status_code == 403
    assert ONLY_SECRETARY in words(page)


@pytest.mark.parametrize("name", ["save", "action"])
@pytest.mark.parametrize("who", ["tobias", "rowena"])
def test_a_draft_is_not_there_for_anybody_else(signed_in, keys, name, who):
    assert signed_in(who).post(keys[name]).status_code == 404


@pytest.mark.parametrize("name", ["detail", "send_back", "unlock"])
def test_a_member_is_told_who_sees_drafts(signed_in, keys, name):
    page = signed_in("tobias").get(keys[name])

    assert page.status_code == 403
    assert ONLY_OFFICE in words(page)


@pytest.mark.parametrize("name", STEPS)
def test_a_member_takes_no_step(signed_in, keys, name):
    page = signed_in("tobias").post(keys[name])

    assert page.status_code == 403
    assert ONLY_OFFICE in words(page)


@pytest.mark.parametrize(
    ("who", "name", "sentence"),
    [
        ("dilys", "clear", "Only the chair or vice-chair of this body can clear its minutes."),
        ("dilys", "send_back", "Only the chair or vice-chair"),
        ("rowena", "clear", "These minutes are still being written."),
        ("rowena", "send_back", "These minutes are still being written."),
        ("rowena", "unlock", "These minutes are still being written."),
        ("rowena", "circulate", "Only this body’s secretary can circulate its minutes."),
        ("dilys", "circulate", "These minutes are still being written."),
        ("dilys", "correct", "There are no minutes of this meeting on record."),
        ("rowena", "correct", "Only this body’s secretary can record a correction"),
    ],
)
def test_a_step_that_is_not_possible_is_explained(signed_in, keys, who, name, sentence):
    page = signed_in(who).post(keys[name], {"words": "Why", "after": "That"})

    assert page.status_code == 403
    assert sentence in words(page)


@pytest.mark.parametrize("name", ["begin", "save", "attendance", "clear", "circulate"])
def test_what_changes_something_is_sent_and_not_opened(signed_in, keys, name):
    assert signed_in("dilys").get(keys[name]).status_code == 405


@pytest.mark.parametrize("name", ["detail", "write"])
def test_a_page_that_is_read_takes_no_form(signed_in, keys, name):
    assert signed_in("dilys").post(keys[name]).status_code == 405


@pytest.mark.slow
def test_the_page_shows_each_item_with_what_is_read_of_it(signed_in, keys):
    page = words(signed_in("dilys").get(keys["write"]))

    assert page.index("1. Welcome") < page.index("2. Patrols") < page.index("3. Shop theft")
    assert "1 decision, 1 action" in page
    assert "Decision: agreed. patrols go on." in page
    assert "Owner, as typed Wyleshire Police" in page
    assert "Due 24 June 2031" in page


def test_words_copied_from_a_paper_are_pointed_out_beside_the_text(cast, signed_in, writing):
    writing.begun().types("Patrols", "AGREED what paragraph 2 above says.")

    page = words(signed_in("dilys").get(reverse("minuting:write", args=[writing.key])))

    assert "From a paper “paragraph 2 above” points to a place in the paper." in page


def test_without_a_script_saving_leads_back_to_the_item(cast, signed_in, writing, keys):
    answer = signed_in("dilys").post(keys["save"], {"version": "2", "text": "NOTED"})

    assert answer.status_code == 302
    assert "#item-" in answer["Location"]
    with cast.acting("dilys"):
        assert writing.draft("Patrols").text == "NOTED"


def test_the_script_gets_what_is_read_with_the_version_to_go_on_from(signed_in, keys):
    answer = signed_in("dilys").post(
        keys["save"], {"version": "2", "text": "AGREED that it rains."}, headers={"X-Live": "1"}
    )

    assert answer.status_code == 200
    assert 'data-version="3"' in answer.text
    assert "it rains." in answer.text
    assert "<html" not in answer.text


@pytest.mark.parametrize("live", ["1", "0"])
def test_the_second_of_two_keeps_their_text_and_sees_the_difference(signed_in, keys, live):
    answer = signed_in("maud").post(
        keys["save"],
        {"version": "1", "text": "AGREED that patrols end."},
        headers={"X-Live": live},
    )

    assert answer.status_code == 409
    assert "Dilys Ambrey saved this item at" in words(answer)
    assert "<ins>" in answer.text
    assert "<del>" in answer.text
    assert "Save mine in its place" in answer.text
    if live == "0":
        assert "AGREED that patrols end.</textarea>" in answer.text


@pytest.mark.parametrize("live", ["1", "0"])
def test_a_text_that_is_too_long_is_kept_on_the_page_and_not_saved(
    cast, signed_in, writing, keys, live
):
    answer = signed_in("dilys").post(
        keys["save"], {"version": "2", "text": "x" * 20_001}, headers={"X-Live": live}
    )

    assert answer.status_code == 422
    assert "Write at most 20,000 characters for an item. Nothing was saved." in answer.text
    with cast.acting("dilys"):
        assert writing.draft("Patrols").text == TEXT


@pytest.mark.slow
def test_who_came_is_saved_and_a_substitute_needs_a_name(cast, signed_in, writing, keys):
    client = signed_in("dilys")
    said = {"version": "1", "came-0": "present", "came-1": "substitute", "others": "Ada Quill"}

    refused = client.post(keys["attendance"], said)
    saved = client.post(keys["attendance"], said | {"substitute-1": "Jo Marsh"})
    late = client.post(keys["attendance"], said | {"substitute-1": "Jo Marsh"})

    assert refused.status_code == 422
    assert "Give the name of the substitute for" in words(refused)
    assert saved.status_code == 302
    assert late.status_code == 409
    assert "Somebody else said who came" in words(late)
    assert lines("minutes.attended") == 1


@pytest.mark.slow
def test_who_came_later_or_left_counts_towards_the_quorum_for_that_time(
    cast, signed_in, writing, keys
):
    with cast.acting("dilys") as dilys:
        set_rule(
            dilys,
            body=cast.bodies["board"],
            starts=today(),
            members=2,
            agencies=[[cast.organisations["probation"]]],
        )
        places = {one.organisation_name: one.position for one in Attender.objects.all()}
    council, probation = places["Marlbeck Borough Council"], places["Probation Service"]
    police = places["Wyleshire Police"]
    said = {
        "version": "1",
        f"came-{council}": "present",
        f"came-{police}": "apologies",
        f"came-{probation}": "present",
        f"arrived-{probation}": "2:20pm",
        f"left-{probation}": "2pm",
    }
    client = signed_in("dilys")

    refused = client.post(keys["attendance"], said)
    saved = client.post(keys["attendance"], said | {f"left-{probation}": "3pm"}, follow=True)

    assert "Tobias Wren left before arriving. Look at both." in words(refused)
    assert (
        "Quorum: Inquorate: 1 of 2 members, no Probation Service; from 2:20pm quorate; "
        "from 3pm inquorate: 1 of 2 members, no Probation Service." in words(saved)
    )
    with cast.acting("dilys"):
        roles = [one.typed.role for one in listed(list(Attender.objects.all()), "")]
    assert "Arrived 2:20pm, left 3pm" in roles


@pytest.mark.slow
def test_one_step_puts_all_of_it_on_record(cast, signed_in, writing, keys):
    client = signed_in("dilys")
    page = client.get(keys["record"])
    mark = re.search(r'name="mark" value="(\w+)"', page.text)[1]
    given = {
        "mark": mark,
        "d1_0_0": "agreed",
        "a0_follow": "on",
        "a0_text": "write",
        "a0_owner": f"organisation:{cast.organisations['police'].key}",
    }

    answer = client.post(keys["record"], given, follow=True)

    assert "On record as draft minutes." in words(answer)
    assert lines("minutes.recorded") == 1
    assert writing_is(cast, writing) == "draft"


def writing_is(cast, writing):
    with cast.acting("dilys"):
        return writing.meeting.state


@pytest.mark.slow
def test_what_was_typed_since_is_shown_before_it_goes_on_record(cast, signed_in, writing, keys):
    answer = signed_in("dilys").post(keys["record"], {"mark": "old"})

    assert answer.status_code == 409
    assert "Somebody typed in these minutes while you had this page open" in words(answer)
    assert writing_is(cast, writing) == "planned"


@pytest.mark.slow
def test_one_action_is_recorded_at_once(cast, signed_in, keys):
    client = signed_in("dilys")
    owner = f"organisation:{cast.organisations['police'].key}"
    given = {"version": "2", "a0_text": "write", "a0_owner": owner, "a0_due": "24 June 2031"}

    unnamed = client.post(keys["action"], given | {"a0_owner": ""})
    answer = client.post(keys["action"], given, follow=True)

    assert unnamed.status_code == 422
    assert "choose “No owner yet”" in words(unnamed)
    assert "On record: write" in words(answer)
    assert "On record See it" in words(answer)
    assert lines("action.agreed") == 1


@pytest.mark.slow
def test_the_chair_clears_and_the_secretary_circulates(cast, signed_in, writing, keys):
    writing.recorded()
    rowena, dilys, tobias = (signed_in(who) for who in ("rowena", "dilys", "tobias"))
    meeting = reverse("meetings:detail", args=[writing.key])

    before = words(rowena.get(keys["detail"]))
    cleared = words(rowena.post(keys["clear"], follow=True))
    unseen = words(tobias.get(meeting))
    circulated = words(dilys.post(keys["circulate"], follow=True))

    assert "patrols go on." in before
    assert "Clear these minutes" in before
    assert "Cleared. The secretary can circulate these minutes now." in cleared
    assert "patrols go on" not in unseen
    assert "The minutes of this meeting are being drafted." in unseen
    assert "Circulated. The members can read these minutes now." in circulated
    assert "patrols go on." in words(tobias.get(meeting))
    assert [lines(f"minutes.{one}") for one in ("cleared", "circulated")] == [1, 1]


@pytest.mark.slow
def test_the_chair_sends_back_with_a_remark_and_a_correction_stands_beside(
    cast, signed_in, writing, keys
):
    writing.recorded()
    rowena, dilys = signed_in("rowena"), signed_in("dilys")

    empty = rowena.post(keys["send_back"], {"words": ""})
    rowena.post(keys["send_back"], {"words": "It was until June."})
    dilys.post(keys["correct"], {"before": "go on", "after": "go on until June"})
    page = words(rowena.get(keys["detail"]))

    assert empty.status_code == 422
    assert "Sent back by the chair: It was until June." in page
    assert "Correction: instead of “go on” it should say “go on until June”." in page
    assert "patrols go on." in page
    assert lines("minutes.sent_back") == lines("correction.recorded") == 1


@pytest.mark.slow
def test_a_clearance_is_taken_back_with_a_reason_that_stays(signed_in, writing, keys):
    writing.recorded().cleared()
    dilys = signed_in("dilys")

    empty = dilys.post(keys["unlock"], {"words": " "})
    page = words(dilys.post(keys["unlock"], {"words": "A name is wrong."}, follow=True))

    assert empty.status_code == 422
    assert "Clearance taken back: A name is wrong." in page
    assert "These minutes wait for the chair." in page
    assert lines("minutes.unlocked") == 1


@pytest.mark.slow
def test_a_correction_of_circulated_minutes_names_the_meeting_that_agreed_it(
    signed_in, writing, keys
):
    writing.recorded().circulated()

    page = signed_in("dilys").post(keys["correct"], {"after": "That"})

    assert page.status_code == 422
    assert "Say at which meeting this correction was agreed." in words(page)


@pytest.mark.slow
def test_minutes_are_agreed_only_once_members_have_them(cast, signed_in, writing, keys):
    writing.recorded()
    agree = reverse("meetings:confirm", args=[writing.key])

    early = signed_in("dilys").post(agree)
    writing.circulated()
    signed_in("dilys").post(agree)

    assert early.status_code == 403
    assert "Members agree to what they have read." in words(early)
    assert writing_is(cast, writing) == "confirmed"


@pytest.mark.slow
def test_nothing_is_typed_once_they_are_on_record(signed_in, writing, keys):
    writing.recorded()

    page = signed_in("dilys").get(keys["write"])

    assert page.status_code == 403
    assert "The minutes of this meeting are on record" in words(page)
    assert signed_in("dilys").post(keys["save"]).status_code == 404


@pytest.mark.parametrize("items", [1, 12])
def test_the_page_costs_the_same_however_long_the_agenda_is(
    cast, signed_in, writing, items, django_assert_max_num_queries
):
    with cast.acting("dilys"):
        meeting = writing.meeting
        for number in range(items):
            Item.objects.create(
                meeting=meeting,
                position=10 + number,
                title=f"More {number}",
                audience_id=meeting.audience_id,
            )
    writing.begun()

    with django_assert_max_num_queries(38):
        signed_in("dilys").get(reverse("minuting:write", args=[writing.key]))


@pytest.mark.slow
def test_the_next_agenda_leads_to_the_minutes_that_wait_to_be_agreed(
    cast, signed_in, writing, keys
):
    with cast.acting("dilys") as dilys:
        day = today() + datetime.timedelta(days=30)
        later = plan(dilys, body=cast.bodies["board"], held_on=day)
        Item.objects.create(
            meeting=later,
            position=0,
            title="Last time",
            kind="minutes",
            audience_id=later.audience_id,
        )
    pages = [reverse(f"{one}:detail", args=[later.key]) for one in ("agendas", "meetings")]
    writing.recorded()

    before = [words(signed_in("tobias").get(page)) for page in pages]
    writing.circulated()
    after = [words(signed_in("tobias").get(page)) for page in pages]

    assert not any("To be agreed" in page for page in before)
    assert all("To be agreed: minutes of" in page for page in after)
