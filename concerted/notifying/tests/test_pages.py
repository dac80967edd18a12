"""The pages of mail; each address by the same list."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from concerted.audit.models import Line
from concerted.notices.models import Mail
from concerted.notifying import outbox, queries, telling
from concerted.notifying.composing import token_of
from concerted.notifying.models import Letter, Preference
from concerted.notifying.tests.conftest import the_next_morning

OF_A_LETTER = ["letter", "word", "drop"]


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


@pytest.fixture
def letter(cast, paper):
    paper()
    telling.tell()
    with cast.acting("dilys") as dilys:
        return queries.waiting(dilys)[0]


def at(name, letter):
    return reverse(f"notifying:{name}", args=[letter.key])


def looked_at(cast, letter):
    with cast.acting("dilys") as dilys:
        return outbox.shown(dilys, letter).looked_at


def wanted(cast, who):
    return Preference.objects.get(account=cast.accounts[who]).wanted


# What one gets oneself


def test_everybody_chooses_for_themselves(cast, signed_in):
    client = signed_in("tobias")
    address = reverse("notifying:preferences")
    assert 'value="digest" checked' in client.get(address).text

    assert client.post(address, {"wanted": "none"}).status_code == 302
    assert wanted(cast, "tobias") == "none"
    assert 'value="none" checked' in client.get(address).text
    assert Line.objects.filter(what="preference.chosen").count() == 1


def test_what_cannot_be_chosen_is_said(signed_in):
    page = signed_in("tobias").post(reverse("notifying:preferences"), {"wanted": "weekly"})

    assert "There is a problem" in page.text
    assert not Preference.objects.exists()


def test_without_an_appointment_there_is_nothing_to_choose(signed_in):
    page = signed_in("nell").get(reverse("notifying:preferences"))

    assert page.status_code == 302
    assert page["Location"] == reverse("people:no_appointment")


# Stopping by the link in a mail


@pytest.fixture
def mail(cast, given):
    given()
    return the_next_morning()["tobias@example.org"]


def link_in(mail):
    [address] = re.findall(r"http://localhost:8000(/mail/stop/\S+)", mail.body)
    return address


def test_a_mail_can_be_stopped_with_one_click_by_the_program_that_reads_it(cast, mail):
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.extra_headers["List-Unsubscribe"] == f"<http://localhost:8000{link_in(mail)}>"
    program = Client(enforce_csrf_checks=True)

    answer = program.post(link_in(mail), {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert wanted(cast, "tobias") == "none"
    assert Line.objects.filter(what="preference.stopped", actor="system").count() == 1


def test_looking_at_the_link_stops_nothing(mail):
    for method in ("get", "head"):
        page = getattr(Client(), method)(link_in(mail))
        assert page.status_code == 200
        assert page["Referrer-Policy"] == "no-referrer"
        assert page["Cache-Control"] == "no-store"
    assert not Preference.objects.exists()


def test_it_can_be_used_again_and_tells_nothing_of_whose_it_is(mail):
    first, second = (Client().post(link_in(mail)) for _ in range(2))

    assert first.status_code == second.status_code == 200
    assert words(first) == words(second)
    assert "Tobias" not in first.text


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("token", ["nothing", "InBieDgi:1vabc:abcdef"])
def test_a_link_that_is_none_of_ours_stops_nothing(cast, method, token):
    page = getattr(Client(), method)(reverse("notifying:stop", args=[token]))

    assert page.status_code == 404
    assert "This link does not work" in page.text
    assert not Preference.objects.exists()


def test_a_link_of_a_closed_account_answers_like_any_that_does_not_work(cast):
    account = cast.accounts["tobias"]
    token = token_of(account)
    type(account).objects.filter(pk=account.pk).update(key="gone")

    assert Client().post(reverse("notifying:stop", args=[token])).status_code == 404


# The outbox


def test_the_outbox_lists_what_waits(signed_in, letter):
    page = words(signed_in("dilys").get(reverse("notifying:outbox")))

    assert "Safer Marlbeck Board" in page
    assert "There is a new paper for Safer Marlbeck Board: Lighting on Canal Walk" in page


@pytest.mark.parametrize("who", ["tobias", "rowena", "owen"])
def test_the_outbox_is_for_secretaries(signed_in, who):
    page = signed_in(who).get(reverse("notifying:outbox"))

    assert page.status_code == 403
    assert "Only secretaries and the partnership manager send mail" in page.text


@pytest.mark.parametrize("name", OF_A_LETTER)
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["agnes", "tobias", "rowena", "sid"])
def test_whoever_is_not_in_the_office_finds_no_letter(signed_in, letter, name, method, who):
    assert getattr(signed_in(who), method)(at(name, letter)).status_code == 404


@pytest.mark.parametrize("name", ["letter", "word", "drop", "outbox", "preferences", "stop"])
def test_no_other_method_is_taken(signed_in, cast, letter, name):
    args = {"stop": [token_of(cast.accounts["tobias"])]}.get(name, [])
    address = at(name, letter) if name in OF_A_LETTER else reverse(f"notifying:{name}", args=args)

    assert signed_in("dilys").put(address).status_code == 405
    if name == "outbox":
        assert signed_in("dilys").post(address).status_code == 405


@pytest.mark.slow
def test_the_letter_shows_what_it_says_and_whom_it_goes_to_and_is_sent(cast, signed_in, letter):
    client = signed_in("dilys")
    page = words(client.get(at("letter", letter)))
    assert "There is a new paper for Safer Marlbeck Board: Lighting on Canal Walk" in page
    assert "Rowena Thackley" in page
    assert "In their next daily mail" in page
    assert "Answers go to partnership@example.org." in page
    assert "Send exactly this to 3 people" in page

    sent = client.post(at("letter", letter), {"looked_at": looked_at(cast, letter)})

    assert sent.status_code == 302
    assert "Sent" in words(client.get(reverse("notifying:outbox")))
    assert Line.objects.filter(what="letter.sent").count() == 1


@pytest.mark.slow
def test_what_changed_since_it_was_looked_at_is_refused_with_a_sentence(
    cast, signed_in, letter, paper
):
    before = looked_at(cast, letter)
    paper("Night buses")
    telling.tell()
    page = signed_in("dilys").post(at("letter", letter), {"looked_at": before})

    assert page.status_code == 403
    assert "has changed since you looked. Read it again." in words(page)
    assert "Night buses" in page.text


@pytest.mark.parametrize("name", OF_A_LETTER)
def test_what_was_sent_already_is_refused_with_a_sentence(cast, signed_in, letter, name):
    token = looked_at(cast, letter)
    with cast.acting("dilys") as dilys:
        outbox.send(dilys, letter=letter, looked_at=token)
    page = signed_in("dilys").post(
        at(name, letter), {"looked_at": token, "reason": "No.", "opening": "Hello"}
    )

    assert page.status_code == 403
    assert "This was sent already." in words(page)


def test_opening_lines_are_written_and_stand_above(signed_in, letter):
    client = signed_in("dilys")
    typed = {"opening": "Please read this\nbefore Tuesday."}
    assert client.post(at("word", letter), typed).status_code == 302

    assert "Please read this before Tuesday. There is a new paper" in words(
        client.get(at("letter", letter))
    )
    assert not Mail.objects.exists()


def test_a_letter_is_dropped_with_a_reason(signed_in, cast, letter):
    client = signed_in("dilys")
    assert "Say why this is not sent." in client.post(at("drop", letter), {"reason": ""}).text
    assert client.post(at("drop", letter), {"reason": "Sent by post."}).status_code == 302

    assert "Not sent: Sent by post." in words(client.get(reverse("notifying:outbox")))
    with cast.acting("dilys"):
        assert Letter.objects.get().state == "dropped"


@pytest.mark.parametrize(("who", "said"), [("dilys", True), ("tobias", False), ("rowena", False)])
def test_home_says_what_waits_to_whoever_sends_it(signed_in, letter, who, said):
    assert ("1 mail waits for you to send" in words(signed_in(who).get("/"))) is said


def test_home_says_nothing_where_nothing_waits(signed_in):
    assert "for you to send" not in signed_in("dilys").get("/").text
