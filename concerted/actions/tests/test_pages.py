import datetime
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concerted.actions import services
from concerted.actions.models import Action, Update
from concerted.actions.states import ActionState, Said
from concerted.audit.models import Line
from concerted.kernel.clock import today
from concerted.kernel.keys import new_key
from concerted.people import services as people
from concerted.people.states import LinkKind


def at(name, *args):
    return reverse(f"actions:{name}", args=args)


def lines(what):
    return Line.objects.filter(what=what).count()


@pytest.fixture
def count_queries():
    """How many queries a page takes, once the session's cookie and caches are warm."""

    def count(client, address):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            response = client.get(address)
        assert response.status_code == 200
        return len(asked)

    return count


# Whose actions


@pytest.mark.slow
def test_my_actions_stand_in_their_parts(signed_in, agreed, say):
    agreed("Clear the yard", people=["tobias"], due_in=-10)
    agreed("Write the paragraph", people=["tobias"], due_in=4)
    agreed("Shared training day", people=["tobias"])
    claimed = agreed("Visit the shops", people=["tobias"], due_in=2)
    say("tobias", claimed, Said.DONE)
    agreed("Not for Tobias", people=["gareth"])

    page = signed_in("tobias").get(at("mine")).text

    assert "Mine (4)" in page
    places = [
        page.index(words)
        for words in (
            "Overdue",
            "10 days overdue",
            "Due in the next 14 days",
            "In 4 days",
            "Later",
            "No date given",
            "Waiting for others",
            "You said: done",
        )
    ]
    assert places == sorted(places)
    assert "Not for Tobias" not in page


def test_what_was_done_lately_is_folded_with_who_accepted_it(cast, signed_in, agreed, say):
    action = agreed("Name a substitute", people=["tobias"])
    say("tobias", action, Said.DONE)
    with cast.acting("dilys") as dilys:
        services.accept(dilys, action=action)

    page = signed_in("tobias").get(at("mine")).text

    assert "Done in the last 90 days (1)" in page
    assert "accepted by Dilys Ambrey" in page


def test_nothing_of_mine_says_what_my_organisation_has(signed_in, agreed):
    agreed(organisations=["probation"])
    agreed(organisations=["probation"])

    page = " ".join(signed_in("tobias").get(at("mine")).text.split())

    assert "Nothing is yours. Your organisation has" in page
    assert ">2</a>" in page


@pytest.mark.parametrize("name", ["owen", "sid", "agnes"])
@pytest.mark.parametrize("tab", ["mine", "organisation", "bodies", "all"])
def test_the_lists_of_somebody_without_actions_are_empty_and_say_so(signed_in, agreed, name, tab):
    agreed("Seen by the board alone", organisations=["council"], due_in=-2)

    page = signed_in(name).get(at(tab))

    assert page.status_code == 200
    assert "Seen by the board alone" not in page.text
    assert "Nothing is" in page.text or "No action is open" in page.text
    assert "(1)" not in page.text


def test_a_hidden_bodys_actions_count_for_its_own_people_alone(signed_in, agreed):
    agreed("Secret thing", body="silver", organisations=["police"], due_in=-1)

    assert "Secret thing" in signed_in("gareth").get(at("all")).text
    board_member = signed_in("tobias").get(at("all")).text
    assert "Secret thing" not in board_member
    assert "Silver group" not in board_member
    assert "All (0)" in board_member


@pytest.mark.slow
@pytest.mark.parametrize("tab", ["mine", "organisation", "bodies", "all"])
def test_a_list_costs_the_same_for_1_row_and_for_30(
    cast, signed_in, agreed, say, count_queries, tab
):
    def more(number):
        for n in range(number):
            whose = {"people": ["tobias"], "organisations": ["probation"]}
            say("tobias", agreed(f"Late {n}", due_in=-1, **whose), Said.STILL)
            agreed(f"All {n}", all_seats=True, due_in=-1)
            done = agreed(f"Done {n}", **whose)
            say("tobias", done, Said.DONE)
            with cast.acting("dilys") as dilys:
                services.accept(dilys, action=done)

    more(1)
    client = signed_in("tobias")
    few = count_queries(client, at(tab))
    more(29)

    assert count_queries(client, at(tab)) == few
    assert few <= 20


@pytest.mark.slow
def test_more_than_20_go_on_pages_with_the_overdue_first_and_not_folded(signed_in, agreed):
    for number in range(15):
        agreed(f"Late {number:02}", people=["tobias"], due_in=-1)
        agreed(f"Later {number:02}", people=["tobias"], due_in=30)
    client = signed_in("tobias")

    first, second = (client.get(at("mine"), {"page": page}).text for page in (1, 2))

    assert all(f"Late {number:02}" in first for number in range(15))
    assert first.count("Later 0") + first.count("Later 1") > 0
    assert "Later 14" not in first
    assert "Later 14" in second
    assert "Overdue" not in second


def test_the_register_filters_and_each_part_of_the_filter_can_be_taken_away(
    cast, signed_in, agreed
):
    agreed("Of the board", organisations=["police"], due_in=-3)
    agreed("Of the area board", body="area", organisations=["homes"])
    body, owner = cast.bodies["board"].key, cast.organisations["police"].key

    page = (
        signed_in("dilys")
        .get(at("all"), {"body": body, "organisation": owner, "state": "late"})
        .text
    )

    assert "Of the board" in page
    assert "Of the area board" not in page
    assert page.count("Remove filter: ") == 3
    assert "1 action" in page


def test_a_filter_with_no_results_or_with_nonsense_still_answers(signed_in, agreed):
    agreed("Of the board")
    client = signed_in("dilys")

    assert "No actions match" in client.get(at("all"), {"state": "withdrawn"}).text
    assert "Of the board" in client.get(at("all"), {"body": "nonsense", "page": "99"}).text


# One action


def test_the_page_of_an_action_tells_its_whole_story(cast, signed_in, agreed, say, aged):
    action = agreed(
        "Survey the lighting",
        organisations=["probation"],
        due_in=-5,
        owner_text="Probation",
        due_text="early November",
        source=services.Source("meetings.item", 3, "k", "Safer Marlbeck Board, minute 6"),
    )
    say("tobias", action, Said.STILL, "Waiting for the risk assessment.")
    with cast.acting("tobias") as tobias:
        services.redate(
            tobias,
            action=action,
            due=today() + datetime.timedelta(days=20),
            reason="Parts on order",
        )

    page = signed_in("rowena").get(at("detail", action.key)).text

    for words in (
        "Survey the lighting",
        "Safer Marlbeck Board",
        "Safer Marlbeck Board, minute 6",
        "Probation Service",
        "early November",
        "Slipped once.",
        "was moved to",
        "Parts on order",
        "“Waiting for the risk assessment.”",
        "Still being done",
        "Withdraw this action",
    ):
        assert words in page


def test_the_answers_of_each_organisation_stand_in_a_table(cast, signed_in, agreed):
    action = agreed("Send views", all_seats=True, due_in=-3)
    with cast.acting("tobias") as tobias:
        services.answer(
            tobias, action=action, organisation=cast.organisations["probation"], nil=True
        )

    page = signed_in("gareth").get(at("detail", action.key)).text

    assert "1 of 3 have answered" in page
    assert page.count("Has not answered") == 2
    assert "Nothing to say (nil return)" in page
    assert "Wyleshire Police (yours)" in page
    assert "Answer now" in page


def test_a_reader_without_the_right_is_told_why_there_are_no_buttons(signed_in, agreed):
    action = agreed(organisations=["probation"])

    page = signed_in("gareth").get(at("detail", action.key)).text

    assert "Only those who own this action" in page
    assert "Still being done" not in page


@pytest.mark.parametrize("updates", [1, 30])
def test_the_page_of_an_action_costs_the_same_however_long_its_story(
    signed_in, agreed, say, updates, count_queries
):
    action = agreed(organisations=["probation"], due_in=-1)
    for _ in range(updates):
        say("tobias", action, Said.STILL, "Working on it")

    assert count_queries(signed_in("tobias"), at("detail", action.key)) == 9


# What can be done: each with the same checklist


def test_one_tap_says_how_it_stands_and_leads_back_to_the_row(cast, signed_in, agreed):
    action = agreed(organisations=["probation"], due_in=-1)
    client = signed_in("tobias")

    response = client.post(
        at("say", action.key),
        {"said": "still", "note": "On it.", "next": at("organisation") + "?page=1"},
    )

    assert response.url == at("organisation") + f"?page=1#action-{action.key}"
    assert lines("action.updated") == 1
    page = client.get(at("organisation")).text
    assert "You said: still being done," in page
    assert "Take it back" in page
    assert "Still being done" not in page


def test_nobody_is_led_to_another_site(signed_in, agreed):
    action = agreed(organisations=["probation"])

    for elsewhere in ("https://example.org/", "//example.org/", "javascript:alert(1)"):
        response = signed_in("tobias").post(
            at("say", action.key), {"said": "note", "note": "x", "next": elsewhere}
        )
        assert response.url == action.get_absolute_url()


def test_a_new_date_is_asked_for_on_a_page_of_its_own_with_the_note_kept(signed_in, agreed):
    action = agreed(organisations=["probation"], due_in=-1)

    page = signed_in("tobias").post(
        at("say", action.key), {"said": "new_date", "note": "Parts on order"}
    )

    assert page.status_code == 200
    assert "New due date" in page.text
    assert "Parts on order" in page.text
    assert lines("action.redated") == 0


def test_the_owner_gives_a_new_date_with_a_reason(signed_in, agreed):
    action = agreed(organisations=["probation"], due_in=-1)
    day = today() + datetime.timedelta(days=10)
    client = signed_in("tobias")

    assert client.get(at("redate", action.key)).status_code == 200
    response = client.post(at("redate", action.key), {"due": f"{day:%d/%m/%Y}", "reason": "Snow"})

    assert response.url == action.get_absolute_url()
    assert lines("action.redated") == 1
    assert "Snow" in client.get(response.url).text


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"due": "1 January 2020", "reason": "x"}, "That day has passed."),
        ({"due": "31 June 2030", "reason": "x"}, "There is no such day"),
        ({"due": "1 January 2099", "reason": ""}, "Say why the date changes."),
    ],
)
def test_a_new_date_that_cannot_be_is_asked_for_again(signed_in, agreed, given, sentence):
    action = agreed(organisations=["probation"], due_in=-1)

    page = signed_in("tobias").post(at("redate", action.key), given)

    assert page.status_code == 200
    assert sentence in page.text
    assert "There is a problem" in page.text
    assert lines("action.redated") == 0


def test_a_note_that_is_too_long_is_kept_and_explained(signed_in, agreed):
    action = agreed(organisations=["probation"])

    page = signed_in("tobias").post(
        at("say", action.key), {"said": "on_track", "note": "long " * 1000}
    )

    assert "Write at most 4,000 characters." in page.text
    assert "long long" in page.text
    assert lines("action.updated") == 0


def test_a_button_that_does_not_exist_says_nothing(signed_in, agreed):
    action = agreed(organisations=["probation"])

    page = signed_in("tobias").post(at("say", action.key), {"said": "accepted"})

    assert "Choose one of the buttons." in page.text
    assert lines("action.updated") == 0


def test_what_was_said_is_taken_back(signed_in, agreed, say):
    action = agreed(organisations=["probation"])
    update = say("tobias", action, Said.DONE)
    client = signed_in("tobias")

    client.post(at("take_back", action.key, update.key))

    assert lines("action.taken_back") == 1
    assert "Taken back" in client.get(at("detail", action.key)).text


def test_a_member_answers_for_their_organisation(signed_in, agreed):
    action = agreed(all_seats=True, due_in=3)
    client = signed_in("tobias")

    assert "Send the answer" in client.get(at("answer", action.key)).text
    assert "Write the answer" in client.post(at("answer", action.key), {"note": ""}).text
    client.post(at("answer", action.key), {"note": "No objections."})

    assert lines("action.answered") == 1
    assert "Yours has." in client.get(at("mine")).text


def test_nothing_to_say_is_one_tap(cast, signed_in, agreed):
    action = agreed(all_seats=True, due_in=3)

    signed_in("tobias").post(at("answer", action.key), {"nil": "yes", "next": at("mine")})

    with cast.acting("tobias"):
        assert Update.objects.get().said == Said.NIL


@pytest.mark.slow
def test_the_secretary_accepts_or_says_what_is_left(cast, signed_in, agreed, say):
    action = agreed(organisations=["probation"])
    say("tobias", action, Said.DONE)
    client = signed_in("dilys")

    assert "Accept as done" in client.get(at("bodies")).text
    assert (
        "what is still to be done" in client.post(at("accept", action.key), {"accepted": "no"}).text
    )
    client.post(at("accept", action.key), {"accepted": "no", "note": "Two are left."})
    assert lines("action.not_accepted") == 1
    say("tobias", action, Said.DONE)
    client.post(at("accept", action.key), {"accepted": "yes"})

    assert lines("action.accepted") == 1
    with cast.acting("dilys"):
        assert Action.objects.get().state == ActionState.DONE


def test_the_chair_withdraws_an_action_with_a_reason(signed_in, agreed):
    action = agreed()
    client = signed_in("rowena")

    assert "Say why" in client.post(at("withdraw", action.key), {}).text
    client.post(at("withdraw", action.key), {"reason": "The yard was sold."})

    assert lines("action.withdrawn") == 1
    assert "The yard was sold." in client.get(at("detail", action.key)).text


def test_the_secretary_adds_an_action_by_hand(cast, signed_in):
    client = signed_in("dilys")
    given = {
        "text": "Map the street lights",
        "body": cast.bodies["board"].key,
        "agreed_on": "2 November 2026",
        "due": "",
        "organisations": [cast.organisations["council"].key],
        "post": cast.posts["secretary"].key,
    }

    assert client.get(at("add")).status_code == 200
    response = client.post(at("add"), given)

    assert lines("action.agreed") == 1
    page = client.get(response.url).text
    assert "Map the street lights" in page
    assert "Marlbeck Borough Council and Partnership secretary (MBC)" in page


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Name who owns it"),
        ({"all_seats": "on", "owner": True}, "not both at once"),
        ({"text": ""}, "Say what is to be done."),
        ({"body": "nonsense"}, "valid choice"),
    ],
)
def test_an_action_that_lacks_something_is_asked_for_again(cast, signed_in, given, sentence):
    whole = {"text": "Map it", "body": cast.bodies["board"].key, "agreed_on": "2 November 2026"}
    if given.pop("owner", False):
        given["organisations"] = [cast.organisations["council"].key]

    page = signed_in("dilys").post(at("add"), whole | given)

    assert page.status_code == 200
    assert sentence in page.text
    assert lines("action.agreed") == 0


@pytest.fixture
def addresses(agreed, say, cast):
    """Every address of one action, with a body that would do, and what its refusal begins with."""
    action = agreed(organisations=["probation"])
    update = say("tobias", action, Said.ON_TRACK)
    seats = agreed(all_seats=True, body="area")
    return {
        "detail": (at("detail", action.key), {}),
        "say": (at("say", action.key), {"said": "on_track"}),
        "redate": (at("redate", action.key), {"due": "1 January 2099", "reason": "Snow"}),
        "take_back": (at("take_back", action.key, update.key), {}),
        "answer": (at("answer", seats.key), {"nil": "yes"}),
        "accept": (at("accept", action.key), {"accepted": "yes"}),
        "withdraw": (at("withdraw", action.key), {"reason": "No"}),
    }


WRITES = ["say", "redate", "take_back", "answer", "accept", "withdraw"]


@pytest.mark.parametrize("name", ["detail", *WRITES])
def test_an_outsider_cannot_tell_that_an_action_exists(signed_in, addresses, name):
    address, given = addresses[name]
    nowhere = address.replace(address.split("/")[2], new_key())
    # Agnes sits on the area board alone, Sid on nothing.
    client = signed_in("sid" if name == "answer" else "agnes")

    for where in (address, nowhere):
        response = client.get(where) if name == "detail" else client.post(where, given)
        assert response.status_code == 404


@pytest.mark.parametrize(
    ("name", "who", "sentence"),
    [
        ("say", "gareth", "Only those who own this action"),
        ("redate", "gareth", "Only those who own this action"),
        ("take_back", "gareth", "Only the person who said this"),
        ("answer", "priti", "Only members whose organisation has a seat"),
        ("accept", "gareth", "Only the secretary or the chair"),
        ("withdraw", "tobias", "Only the secretary or the chair"),
    ],
)
def test_an_insider_without_the_right_gets_the_sentence(signed_in, addresses, name, who, sentence):
    address, given = addresses[name]
    before = Line.objects.count()

    response = signed_in(who).post(address, given)

    assert response.status_code == 403
    assert sentence in response.text
    [line] = Line.objects.all()[: Line.objects.count() - before]
    assert (line.what, line.kind) == ("request.refused", f"actions:{name}")


@pytest.mark.parametrize("name", ["redate", "accept", "withdraw"])
def test_the_form_itself_is_refused_too(signed_in, addresses, name):
    assert signed_in("gareth").get(addresses[name][0]).status_code == 403


def test_only_secretaries_add_actions(signed_in):
    client = signed_in("tobias")

    for response in (client.get(at("add")), client.post(at("add"), {})):
        assert response.status_code == 403
        assert "Only the secretary of a body" in response.text


@pytest.mark.parametrize("name", ["say", "redate", "take_back", "accept", "withdraw"])
def test_a_closed_action_explains_itself(cast, signed_in, addresses, name):
    address, given = addresses[name]
    with cast.acting("rowena") as rowena:
        action = Action.objects.get(key=address.split("/")[2])
        services.withdraw(rowena, action=action, reason="Over")

    who = "tobias" if name == "take_back" else "dilys"
    response = signed_in(who).post(address, given)

    assert response.status_code == 403
    assert "This action was withdrawn" in response.text


def test_an_organisation_that_has_answered_is_told_so(signed_in, agreed):
    action = agreed(all_seats=True)
    client = signed_in("tobias")
    client.post(at("answer", action.key), {"nil": "yes"})

    for response in (
        client.get(at("answer", action.key)),
        client.post(at("answer", action.key), {"nil": "yes"}),
    ):
        assert response.status_code == 403
        assert "answered already" in response.text


@pytest.mark.parametrize("name", ["say", "take_back"])
def test_what_changes_something_is_posted(signed_in, addresses, name):
    assert signed_in("tobias").get(addresses[name][0]).status_code == 405


@pytest.mark.parametrize("name", ["detail", "redate", "answer", "accept", "withdraw"])
def test_an_address_takes_no_other_method(signed_in, addresses, name):
    client = signed_in("dilys")

    assert client.put(addresses[name][0]).status_code == 405
    if name == "detail":
        assert client.post(addresses[name][0]).status_code == 405


@pytest.mark.parametrize("tab", ["mine", "organisation", "bodies", "all"])
def test_a_list_is_only_read(signed_in, tab):
    assert signed_in("tobias").post(at(tab)).status_code == 405


@pytest.mark.parametrize("tab", ["mine", "organisation", "bodies", "all", "add"])
def test_nobody_reads_without_signing_in(client, db, tab):
    assert client.get(at(tab)).status_code == 302


def test_the_trail_holds_no_words_of_an_action(signed_in, agreed):
    action = agreed("Very particular words", organisations=["probation"])
    signed_in("tobias").post(
        at("say", action.key), {"said": "done", "note": "Other particular words"}
    )

    written = " ".join(
        f"{line.what} {line.kind} {line.reference} {line.fields} {line.actor}"
        for line in Line.objects.all()
    )
    assert "particular" not in written
    assert "Tobias" not in written


def test_numbers_of_rows_never_leave_the_server(signed_in, agreed):
    action = agreed(organisations=["probation"])

    page = signed_in("tobias").get(at("detail", action.key)).text

    assert f"/{action.pk}/" not in page
    assert f'value="{action.pk}"' not in page


def test_a_body_carries_over_what_the_body_before_left_open(cast, agreed, signed_in):
    """What that one finished stays with it."""
    with cast.acting("maud") as maud:
        people.link_bodies(
            maud, body=cast.bodies["board"], to=cast.bodies["area"], kind=LinkKind.SUCCEEDS
        )
    agreed("Mend the gate", body="area")
    done = agreed("Paint the gate", body="area")
    agreed("Light the walk")
    with cast.acting("dilys") as dilys:
        services.withdraw(dilys, action=done, reason="No gate")

    address = f"{reverse('actions:all')}?body={cast.bodies['board'].key}"
    page = signed_in("dilys").get(address).text

    assert "Mend the gate" in page
    assert "Light the walk" in page
    assert "Paint the gate" not in page
    assert page.count("Carried over from") == 1
    withdrawn = signed_in("dilys").get(f"{address}&state=withdrawn").text
    assert "Paint the gate" not in withdrawn
    outsider = signed_in("tobias").get(address).text
    assert "Mend the gate" not in outsider
    assert "Carried over" not in outsider


# An e-mail about an action

LETTER = (
    b"From: Una Sedge <una@example.org>\nDate: Tue, 16 Jun 2026 09:30:00 +0000\n"
    b"Subject: Re: Lighting\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
    b"Four lamps are out.\n\nOn 3 June 2026, Dilys wrote:\n> How far is it?\n"
)


def letter(data=LETTER):
    held = io.BytesIO(data)
    held.name = "lighting.eml"
    return {"file": held}


def test_an_email_becomes_a_note_that_is_read_before_anything_is_said(agreed, signed_in, cast):
    action = agreed(organisations=["probation"])
    tobias, page = signed_in("tobias"), f"/actions/{action.key}/mail/"

    assert "Take it from an e-mail" in tobias.get(page).content.decode()
    read = tobias.post(page, letter()).content.decode()

    assert "By e-mail, Una Sedge, 16 June 2026: Four lamps are out.</textarea>" in read
    assert "Nothing is recorded yet" in read
    with cast.acting("tobias"):
        assert not action.updates.exists()
    tobias.post(f"/actions/{action.key}/say/", {"said": "note", "note": "Four lamps are out."})
    with cast.acting("tobias"):
        assert action.updates.get().note == "Four lamps are out."


def test_what_is_no_email_is_a_sentence_and_others_bring_none(agreed, signed_in):
    action = agreed(organisations=["probation"])
    page = f"/actions/{action.key}/mail/"

    wrong = signed_in("tobias").post(page, letter(b"Minutes"))
    assert wrong.status_code == 422
    assert "This is not an e-mail" in wrong.content.decode()
    assert signed_in("agnes").post(page, letter()).status_code == 404
    assert signed_in("gareth").post(page, letter()).status_code == 403
