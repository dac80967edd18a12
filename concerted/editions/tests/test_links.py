"""The chair approves by a link: sent by the secretary, read by its holder, used once."""

import datetime
import re

import pytest
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse

from concerted.access.models import Account
from concerted.audit.models import Line
from concerted.editions import links, releasing
from concerted.editions.checking import check
from concerted.editions.tests.conftest import fresh
from concerted.editions.tests.test_release import page
from concerted.kernel.clock import as_of, now
from concerted.kernel.verdict import NotAllowed
from concerted.notices import services as notices
from concerted.notices.models import Mail, OneTimeLink
from concerted.people.seating import end_appointment
from tests.databases import unguarded

pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=["default", "edition"])]
GONE = "This link no longer works"


def delivered():
    """Send all mail that waits; the last of it."""
    for mail in Mail.objects.filter(state="waiting"):
        notices.deliver(mail.key)
    return outbox.outbox[-1]


def path_in(message):
    return re.search(r"http://localhost:8000(/\S+)", message.body)[1]


@pytest.fixture
def waiting(met, asked):
    """A release that waits for approval, its leak check done."""
    return asked(met())


@pytest.fixture
def sent(cast, waiting):
    """The address that the chair was sent for it."""
    with cast.acting("dilys") as dilys:
        links.send(dilys, release=waiting, person=cast.people["rowena"])
    return path_in(delivered())


def fingerprint(shown):
    return re.search(r'name="looked_at" value="(\w+)"', shown.text)[1]


def test_from_the_link_to_the_approval(cast, signed_in, waiting):
    dilys = signed_in("dilys")
    assert "Send the chair a link" in dilys.get(page(waiting)).text
    asked = dilys.get(page(waiting, "send_link"))
    assert "Rowena Thackley" in asked.text

    done = dilys.post(page(waiting, "send_link"), {"person_key": cast.people["rowena"].key})
    assert done.status_code == 302
    assert "A link to approve this was sent on" in dilys.get(page(waiting)).text
    message = delivered()
    assert message.to == ["rowena@example.org"]
    chair = Client()
    shown = chair.get(path_in(message))
    assert shown.status_code == 200
    assert "for Rowena Thackley" in shown.text
    assert "That the lamps be mended." in shown.text
    assert fresh(cast, waiting).state == "asked"
    approved = chair.post(path_in(message), {"looked_at": fingerprint(shown)})

    assert "It is on its way to the public site." in approved.text
    release = fresh(cast, waiting)
    assert (release.state, release.approved_by_id) == ("approved", cast.people["rowena"].pk)
    whats = list(Line.objects.order_by("id").values_list("what", flat=True))
    assert whats.index("release.link_sent") < whats.index("link.used")
    assert "release.approved" in whats
    gone = chair.get(path_in(message))
    assert gone.status_code == 404
    assert GONE in gone.text


def test_the_mail_says_nothing_of_what_it_is_about(waiting, sent):
    [message] = outbox.outbox
    for words in (waiting.title, waiting.body.name, "Canal", "Rowena"):
        assert words not in message.subject + message.body


def test_the_page_opens_nothing_else(sent):
    chair = Client()
    assert chair.get(sent).status_code == 200

    assert chair.get(reverse("editions:list")).status_code == 302
    assert "sessionid" not in chair.cookies
    assert 'aria-label="Menu"' not in chair.get(sent).text


def test_looking_uses_nothing_up(sent):
    chair = Client()
    for _ in range(3):
        assert chair.get(sent).status_code == 200
        assert chair.head(sent).status_code == 200
    assert OneTimeLink.objects.get().used_at is None


def test_what_was_not_looked_at_is_not_approved_and_the_link_still_works(cast, waiting, sent):
    chair = Client()
    refused = chair.post(sent, {"looked_at": "0" * 64})

    assert refused.status_code == 403
    assert "This is not what you were shown." in refused.text
    assert fresh(cast, waiting).state == "asked"
    assert chair.get(sent).status_code == 200


@pytest.mark.parametrize("token", ["", "x", "0" * 43])
def test_a_token_that_nobody_was_sent_leads_nowhere(token):
    address = reverse("editions:by_link", args=[token or "-"])
    for answer in (Client().get(address), Client().post(address)):
        assert answer.status_code == 404
        assert GONE in answer.text


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(sent, method):
    assert getattr(Client(), method)(sent).status_code == 405


def test_after_14_days_it_works_no_longer(sent):
    with as_of(now() + datetime.timedelta(days=14, minutes=1)):
        assert Client().get(sent).status_code == 404


def test_another_link_ends_the_one_before(cast, waiting, sent):
    with cast.acting("dilys") as dilys:
        links.send(dilys, release=waiting, person=cast.people["rowena"])

    assert Client().get(sent).status_code == 404
    assert Client().get(path_in(delivered())).status_code == 200


@pytest.mark.parametrize("act", ["stop", "approve"])
def test_it_ends_when_the_release_waits_no_longer(cast, waiting, sent, act):
    who = "dilys" if act == "stop" else "rowena"
    with cast.acting(who) as actor:
        if act == "stop":
            releasing.stop(actor, release=waiting, reason="Not yet.")
        else:
            releasing.approve(actor, release=waiting, looked_at=waiting.sha256)

    assert Client().get(sent).status_code == 404


def test_it_ends_with_the_chair(cast, signed_in, sent):
    chair = cast.people["rowena"].appointments.get()
    with cast.acting("maud") as maud:
        end_appointment(maud, appointment=chair, on=datetime.date(2021, 1, 1))

    assert Client().get(sent).status_code == 404


def test_it_ends_with_the_account(cast, sent):
    Account.objects.filter(email="rowena@example.org").update(is_active=False)

    assert Client().get(sent).status_code == 404
    assert Client().post(sent).status_code == 404


def test_what_was_changed_since_is_not_shown_and_not_approved(cast, waiting, sent):
    with cast.acting("dilys"), unguarded():
        waiting.meeting.items.update(text="Other words.")
    chair = Client()

    shown = chair.get(sent)

    assert "That the lamps be mended." not in shown.text
    assert "has been changed or restricted since" in shown.text
    assert chair.post(sent, {"looked_at": waiting.sha256}).status_code == 403
    assert fresh(cast, waiting).state == "asked"


def test_who_may_not_see_the_release_cannot_send_a_link(signed_in, waiting):
    assert signed_in("agnes").get(page(waiting, "send_link")).status_code == 404


def test_a_member_is_refused_with_the_sentence(signed_in, waiting):
    refused = signed_in("tobias").post(page(waiting, "send_link"))

    assert refused.status_code == 403
    assert "Only this body’s secretary can send a link to approve this." in refused.text
    assert "Send the chair a link" not in signed_in("tobias").get(page(waiting)).text


def test_before_it_is_asked_for_there_is_nothing_to_approve(cast, signed_in, met, settled):
    refused = signed_in("dilys").post(page(settled(met()), "send_link"))

    assert refused.status_code == 403
    assert "Nobody has asked for its release yet." in refused.text


def test_only_somebody_who_chairs_is_sent_one(cast, signed_in, waiting):
    answer = signed_in("dilys").post(
        page(waiting, "send_link"), {"person_key": cast.people["tobias"].key}
    )

    assert "Choose somebody from the list." in answer.text
    with cast.acting("dilys") as dilys, pytest.raises(NotAllowed, match="chairs this body"):
        links.send(dilys, release=waiting, person=cast.people["tobias"])
    assert not Mail.objects.exists()


def test_where_two_organisations_are_needed_the_link_goes_to_the_other(
    cast, signed_in, met, asked, second_chair
):
    release = asked(met(withheld=["the house in question"]))
    dilys, address = signed_in("dilys"), page(release, "send_link")

    same = dilys.post(address, {"person_key": cast.people["rowena"].key})
    assert "would not be enough" in same.text
    assert not Mail.objects.exists()
    other = dilys.post(address, {"person_key": cast.people["gareth"].key})

    assert other.status_code == 302
    link = path_in(delivered())
    assert Client().post(link, {"looked_at": release.sha256}).status_code == 200
    assert fresh(cast, release).state == "approved"


def test_the_leak_check_counts_for_links_too(cast, met, settled):
    release = settled(met())
    with cast.acting("dilys") as dilys:
        release = releasing.ask(dilys, release=release)
        links.send(dilys, release=release, person=cast.people["rowena"])
    address = path_in(delivered())

    shown = Client().get(address)
    assert "The leak check has not finished yet." in shown.text
    assert Client().post(address, {"looked_at": release.sha256}).status_code == 403
    check(release.key)
    assert Client().post(address, {"looked_at": release.sha256}).status_code == 200
