"""From an invitation to an account, and to its end: each page by its list."""

import datetime
import re

import pytest
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse

from concerted.access.factors import set_up_app
from concerted.access.models import Account
from concerted.access.totp import new_secret
from concerted.audit.models import Line
from concerted.kernel.clock import as_of, now
from concerted.kernel.verdict import NotAllowed
from concerted.notices import services as notices
from concerted.notices.models import Mail, OneTimeLink
from concerted.people import account_queries, accounts, seating, services
from concerted.people.models import Appointment, Invitation, Person
from tests.cast import PASSWORD

ACCOUNTS = reverse("people:accounts")
INVITE = reverse("people:invite")
KEEPS = "Only the partnership manager or an administrator can keep accounts."
NEW = "correct horse stapled"


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.text).split())


def delivered():
    """Send all mail that waits; the last of it."""
    for mail in Mail.objects.filter(state="waiting"):
        notices.deliver(mail.key)
    return outbox.outbox[-1]


def path_in(message):
    return re.search(r"http://localhost:8000(/\S+)", message.body)[1]


@pytest.fixture
def ines(cast):
    """Somebody known by name, who has no account."""
    with cast.acting("maud") as maud:
        return services.add_person(maud, name="Ines Gale")


@pytest.fixture
def invitation(cast, ines):
    with cast.acting("maud") as maud:
        return accounts.invite(maud, person=ines, address="Ines@Example.org")


def invites(signed_in, person, address="ines@example.org", who="maud"):
    return signed_in(who).post(INVITE, {"person": person.key, "address": address})


# Inviting


@pytest.mark.slow
def test_somebody_invited_chooses_a_password_and_is_in(cast, signed_in, ines):
    assert invites(signed_in, ines).status_code == 302
    assert Line.objects.get(what="invitation.sent").actor == cast.accounts["maud"].key
    with cast.acting("maud") as maud:
        seating.appoint(maud, person=ines, post=cast.posts["secretary"])
    message = delivered()
    assert message.to == ["ines@example.org"]
    newcomer, address = Client(), path_in(message)

    assert "Ines Gale" in newcomer.get(address).text
    response = newcomer.post(address, {"password": NEW})

    assert response.status_code == 302
    account = Account.objects.get(email="ines@example.org")
    assert account.check_password(NEW)
    assert newcomer.session["_auth_user_id"] == str(account.pk)
    assert Line.objects.filter(what="invitation.accepted", actor=account.key).exists()
    assert Line.objects.filter(what="account.opened", reference=account.key).exists()
    # A password alone opens nothing: a second factor comes next.
    assert newcomer.get(reverse("desk:home")).url == reverse("account_factors")
    set_up_app(account, new_secret())
    newcomer = Client()
    newcomer.force_login(account)
    assert "What needs you" in newcomer.get(reverse("desk:home")).text


def test_an_account_without_an_appointment_opens_nothing(cast, signed_in, ines):
    invites(signed_in, ines, who="sid")
    newcomer = Client()
    newcomer.post(path_in(delivered()), {"password": NEW})

    account = Account.objects.get(email="ines@example.org")
    set_up_app(account, new_secret())
    newcomer = Client()
    newcomer.force_login(account)
    for address in ("/", "/meetings/", "/people/", "/papers/", "/actions/all/", ACCOUNTS):
        assert newcomer.get(address).url == reverse("people:no_appointment")
    page = words(newcomer.get("/", follow=True))
    assert "Nothing is open to you today" in page
    assert "Ask" not in page
    assert "ask the partnership manager" in page
    assert newcomer.get(reverse("ui:help")).status_code == 200
    assert newcomer.post(reverse("account_logout")).status_code == 302


def test_whom_to_ask_is_the_mailbox_of_the_manager(cast, signed_in):
    with cast.acting("maud") as maud:
        post = services.add_post(
            maud,
            title="Deputy manager",
            organisation=cast.organisations["council"],
            role_mailbox="manager@example.org",
            support="manager",
        )
    page = signed_in("nell").get(reverse("people:no_appointment"))

    assert 'href="mailto:manager@example.org"' in page.text
    assert post.title not in page.text
    assert signed_in("tobias").get(reverse("people:no_appointment")).url == "/"


@pytest.mark.slow
def test_the_answer_is_the_same_whether_an_address_signs_in_already(cast, signed_in, ines):
    with cast.acting("maud") as maud:
        other = services.add_person(maud, name="Odd Berg")
    pages = []
    for person, address in ((ines, "new@example.org"), (other, "tobias@example.org")):
        response = signed_in("maud").post(
            INVITE, {"person": person.key, "address": address}, follow=True
        )
        pages.append((response.status_code, response.redirect_chain))
        assert "The invitation is on its way." in response.text
    assert pages[0] == pages[1]

    listed = words(signed_in("maud").get(ACCOUNTS))
    assert re.search(r"Ines Gale new@example.org .{5,40} Sent Send anew", listed)
    assert re.search(r"Odd Berg tobias@example.org .{5,40} Sent Send anew", listed)

    for mail in Mail.objects.filter(state="waiting"):
        notices.deliver(mail.key)
    there = {message.to[0]: message.body for message in outbox.outbox}
    assert "/people/welcome/" in there["new@example.org"]
    assert "/people/" not in there["tobias@example.org"]
    assert "It has an account already" in there["tobias@example.org"]


def test_a_mail_holds_no_name_and_no_title(cast, invitation):
    body = delivered().body
    for word in ("Ines", "Gale", "Maud", "Marlbeck", "Board"):
        assert word not in body


@pytest.mark.parametrize("who", ["tobias", "dilys", "rowena", "owen"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_keeps_no_accounts_is_told_why_not(cast, signed_in, invitation, who, method):
    key = invitation.key
    for name, given in (
        ("accounts", []),
        ("invite", []),
        ("account_close", [cast.people["tobias"].key]),
        ("account_open", [cast.people["tobias"].key]),
        ("invitation_withdraw", [key]),
        ("invitation_send", [key]),
    ):
        response = getattr(signed_in(who), method)(reverse(f"people:{name}", args=given))
        if response.status_code != 405:
            assert response.status_code == 403
            assert KEEPS in response.text


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("accounts", "post"),
        ("invite", "put"),
        ("account_close", "put"),
        ("account_open", "get"),
        ("invitation_withdraw", "get"),
        ("invitation_send", "get"),
    ],
)
def test_the_wrong_method_is_refused(cast, signed_in, name, method):
    given = [] if name in ("accounts", "invite") else ["nothing"]
    address = reverse(f"people:{name}", args=given)
    assert getattr(signed_in("maud"), method)(address).status_code == 405


@pytest.mark.parametrize(
    "name", ["account_close", "account_open", "invitation_withdraw", "invitation_send"]
)
def test_what_is_not_there_is_not_found(cast, signed_in, name):
    assert signed_in("maud").post(reverse(f"people:{name}", args=["none"])).status_code == 404


def test_an_administrator_does_not_invite_somebody_who_holds_a_seat(cast, signed_in, ines):
    with cast.acting("maud") as maud:
        seating.appoint(maud, person=ines, seat=cast.seats["agnes"], substitute=True)

    page = invites(signed_in, ines, who="sid")

    assert "Only the partnership manager can invite them." in page.text
    assert not Invitation.objects.exists()
    assert invites(signed_in, ines, who="maud").status_code == 302


def test_who_has_an_account_is_not_offered(cast, signed_in, ines):
    page = signed_in("maud").get(INVITE).text
    assert ines.key in page
    assert cast.people["tobias"].key not in page
    response = invites(signed_in, cast.people["tobias"])
    assert "There is a problem" in response.text


def test_one_invitation_at_a_time(cast, signed_in, invitation, ines):
    page = invites(signed_in, ines)

    assert "Ines Gale is invited already." in page.text
    assert OneTimeLink.objects.count() == 1


# Following the link


def test_a_password_that_is_too_weak_is_explained_and_nothing_is_used(cast, invitation):
    address = path_in(delivered())
    for weak, why in (("short", "too short"), ("password1234", "too common"), ("", "Fill in")):
        page = Client().post(address, {"password": weak})
        assert page.status_code == 200
        assert why in page.text
    assert not Account.objects.filter(email="ines@example.org").exists()
    assert Client().post(address, {"password": NEW}).status_code == 302


def test_looking_at_a_link_does_not_use_it(cast, invitation):
    address = path_in(delivered())
    for _ in range(3):
        assert Client().get(address).status_code == 200
    assert OneTimeLink.objects.get().used_at is None


def test_a_password_may_be_pasted_and_managed(cast, invitation):
    page = Client().get(path_in(delivered())).text
    assert 'autocomplete="new-password"' in page
    assert "onpaste" not in page
    assert "maxlength" not in page


GONE = [
    "used",
    "withdrawn",
    "expired",
    "sent anew",
    "wrong token",
]


@pytest.mark.parametrize("case", GONE)
def test_a_link_that_works_no_longer_says_so_alike(cast, signed_in, invitation, case):
    address = path_in(delivered())
    moment = now()
    if case == "used":
        Client().post(address, {"password": NEW})
    elif case == "withdrawn":
        signed_in("sid").post(reverse("people:invitation_withdraw", args=[invitation.key]))
    elif case == "expired":
        moment += datetime.timedelta(days=7)
    elif case == "sent anew":
        signed_in("sid").post(reverse("people:invitation_send", args=[invitation.key]))
    else:
        address = reverse("people:welcome", args=["wrong"])
    before = Account.objects.count()

    with as_of(moment):
        looked = Client().get(address)
        tried = Client().post(address, {"password": NEW})
    nothing = Client().get(reverse("people:welcome", args=["nothing"]))

    assert looked.status_code == tried.status_code == 404
    assert looked.content == nothing.content
    assert "This link no longer works" in tried.text
    assert Account.objects.count() == before


def test_a_link_works_until_the_last_moment_of_its_seven_days(cast, invitation):
    address = path_in(delivered())
    with as_of(invitation.sent_at + datetime.timedelta(days=7, seconds=-1)):
        assert Client().get(address).status_code == 200


def test_an_address_taken_meanwhile_is_not_taken_twice(cast, invitation):
    address = path_in(delivered())
    Account.objects.create_user("ines@example.org", PASSWORD)

    page = Client().post(address, {"password": NEW})

    assert "This link no longer works." in page.text
    with cast.acting("maud"):
        assert Person.objects.get(name="Ines Gale").account is None
    assert OneTimeLink.objects.get().used_at is None


def test_a_record_joined_to_another_meanwhile_gets_no_account(cast, invitation, ines):
    address = path_in(delivered())
    with cast.acting("maud"):
        Person.objects.filter(pk=ines.pk).update(same_as=cast.people["tobias"])

    Client().post(address, {"password": NEW})

    assert not Account.objects.filter(email="ines@example.org").exists()


# The list


def test_invitations_stand_with_their_state_and_are_withdrawn_and_sent_anew(
    cast, signed_in, invitation
):
    maud = signed_in("maud")
    assert "Sent Send anew" in words(maud.get(ACCOUNTS))

    maud.post(reverse("people:invitation_withdraw", args=[invitation.key]))
    assert "Withdrawn Send anew" in words(maud.get(ACCOUNTS))
    assert Line.objects.first().what == "invitation.withdrawn"
    again = maud.post(reverse("people:invitation_withdraw", args=[invitation.key]))
    assert "This invitation was used or withdrawn already." in again.text

    maud.post(reverse("people:invitation_send", args=[invitation.key]))
    assert Line.objects.first().what == "invitation.sent_anew"
    page = words(maud.get(ACCOUNTS))
    assert "Invitations (2)" in page
    with as_of(now() + datetime.timedelta(days=8)), cast.acting("maud") as actor:
        lines = account_queries.invitation_lines(actor)
        assert {line.state for line in lines} == {"Expired", "Withdrawn"}
        assert all(line.may_send_anew and not line.may_withdraw for line in lines)


def test_a_used_invitation_is_not_sent_anew(cast, signed_in, invitation):
    Client().post(path_in(delivered()), {"password": NEW})

    page = words(signed_in("maud").get(ACCOUNTS))
    response = signed_in("maud").post(reverse("people:invitation_send", args=[invitation.key]))

    assert "Used" in page
    assert "Send anew" not in page
    assert response.status_code == 403
    assert "Ines Gale has an account already." in response.text


def test_the_list_says_what_each_holds_as_far_as_the_reader_sees(cast, signed_in):
    for who in ("maud", "sid"):
        page = words(signed_in(who).get(ACCOUNTS))
        assert "Gareth Pellow gareth@example.org Safer Marlbeck Board, for Wyleshire Police" in page
        assert "Silver" not in page
        assert "No second step yet" in page
        assert "Nell Bryce nell@example.org Nothing that you see" in page


def test_other_pages_lead_there_only_for_who_keeps_accounts(cast, signed_in):
    persons = reverse("people:persons")
    assert ACCOUNTS in signed_in("sid").get(persons).text
    assert ACCOUNTS not in signed_in("dilys").get(persons).text


# Closing


def test_an_account_is_closed_and_opened_again(cast, signed_in):
    tobias, maud = signed_in("tobias"), signed_in("maud")
    person = cast.people["tobias"]
    address = reverse("people:account_close", args=[person.key])
    assert "What ends with it" in maud.get(address).text

    assert maud.post(address).status_code == 302

    assert Line.objects.first().what == "account.closed"
    assert Line.objects.filter(what="access.ended", reference=cast.accounts["tobias"].key).exists()
    assert tobias.get("/").url.startswith(reverse("account_login"))
    login = {"login": "tobias@example.org", "password": PASSWORD}
    assert not Client().post(reverse("account_login"), login).wsgi_request.user.is_authenticated
    assert "This account is closed already." in maud.post(address).text

    again = reverse("people:account_open", args=[person.key])
    assert maud.post(again).status_code == 302
    assert Line.objects.first().what == "account.opened_again"
    assert "This account is open already." in maud.post(again).text
    # What was ended stays ended: he signs in anew.
    assert tobias.get("/").url.startswith(reverse("account_login"))
    assert signed_in("tobias").get("/").status_code == 200


def test_nobody_closes_their_own_account(cast, signed_in):
    for who in ("maud", "sid"):
        address = reverse("people:account_close", args=[cast.people[who].key])
        for method in ("get", "post"):
            response = getattr(signed_in(who), method)(address)
            assert response.status_code == 403
            assert "Nobody closes or opens an account of their own." in response.text


def test_the_last_who_manages_is_not_closed_out(cast, signed_in):
    address = reverse("people:account_close", args=[cast.people["maud"].key])

    page = signed_in("sid").post(address)

    assert page.status_code == 200
    assert "Then nobody could manage the partnership" in page.text
    assert Account.objects.get(email="maud@example.org").is_active


def test_of_two_who_manage_one_may_be_closed(cast, signed_in):
    with cast.acting("maud") as maud:
        manager = Appointment.objects.get(person=cast.people["maud"]).post
        seating.appoint(maud, person=cast.people["nell"], post=manager)
    with cast.acting("sid") as sid:
        accounts.close_account(sid, person=cast.people["maud"])
        with pytest.raises(NotAllowed, match="Then nobody could manage"):
            accounts.close_account(sid, person=cast.people["nell"])


def test_without_a_mail_server_the_list_says_where_mail_is(cast, signed_in, settings):
    assert "No mail server is set" in signed_in("maud").get(ACCOUNTS).text
    settings.MAIL_GOES_OUT = True
    assert "No mail server is set" not in signed_in("maud").get(ACCOUNTS).text
