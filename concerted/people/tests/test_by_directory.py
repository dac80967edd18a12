"""Invited to come in through one's organisation's own directory, against one on loopback."""

import datetime
import os
import re
import threading

import pytest
from django.contrib.auth.hashers import make_password
from django.core import mail as outbox
from django.db import connections
from django.test import Client
from django.urls import reverse

from concerted.access import directories, factors
from concerted.access.directories import Verified
from concerted.access.models import Account, Directory, DirectoryIdentity, Session
from concerted.access.tests import provider as providers
from concerted.access.tests.provider import CLIENT_ID, SECRET
from concerted.audit.models import Line
from concerted.kernel.clock import as_of, now
from concerted.kernel.verdict import NotAllowed
from concerted.notices import services as notices
from concerted.notices.models import Mail, OneTimeLink
from concerted.notices.queries import hash_of
from concerted.people import accounts, by_directory, seating, services
from concerted.people.models import Invitation
from concerted.people.states import Support
from tests import cast as casts
from tests import databases, entrance

INVITE = reverse("people:invite")
ACCOUNTS = reverse("people:accounts")
SUBJECT = "8d3f-of-ines"
TOKEN = "a token"
KEEPS = "Only the partnership manager or an administrator can keep accounts."
GONE = "This link no longer works"


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.text).split())


@pytest.fixture
def provider():
    with providers.serving() as one:
        one.changes = {"amr": ["pwd", "mfa"]}
        yield one


@pytest.fixture
def directory(cast, provider, settings) -> Directory:
    settings.DIRECTORY_SECRETS = {"wyleshire": SECRET, "homes": SECRET}
    return directories.add_directory(
        name="wyleshire",
        label="Wyleshire Police",
        issuer=provider.issuer,
        client_id=CLIENT_ID,
        organisation_id=cast.organisations["police"].pk,
        asks_second_factor=True,
    )


@pytest.fixture
def homes(cast, directory) -> Directory:
    """The directory of another organisation."""
    return directories.add_directory(
        name="homes",
        label="Marlbeck Homes",
        issuer="https://directory.example.org",
        client_id=CLIENT_ID,
        organisation_id=cast.organisations["homes"].pk,
    )


@pytest.fixture
def ines(cast):
    """Somebody of the police without an account."""
    with cast.acting("maud") as maud:
        ines = services.add_person(maud, name="Ines Gale")
        seating.appoint(maud, person=ines, seat=cast.seats["gareth"], substitute=True)
    return ines


@pytest.fixture
def invitation(cast, ines, directory):
    with cast.acting("maud") as maud:
        return accounts.invite(maud, person=ines, address="ines@example.org", directory=directory)


def link():
    """Send all mail that waits; the address of the link in the last."""
    for mail in Mail.objects.filter(state="waiting"):
        notices.deliver(mail.key)
    return re.search(r"http://localhost:8000(/\S+)", outbox.outbox[-1].body)[1]


def goes_there(provider, address, *, subject=SUBJECT, client=None):
    """Follow the link to the directory, sign in there, and come back to the link's page."""
    client = client or Client()
    href = re.search(r'href="(/sign-in/directory/[^"]+)"', client.get(address).text)[1]
    away = client.get(href.replace("&amp;", "&"))["Location"]
    back = client.get("/sign-in/directory/answer/", provider.authorize(away, subject))
    assert back["Location"] == address
    return client


def comes_in(provider, address, **who):
    client = goes_there(provider, address, **who)
    assert "Come in as Ines Gale" in client.get(address).text
    return client, client.post(address)


def signs_in(provider, subject=SUBJECT):
    """Sign in through the directory, without any link."""
    client = Client()
    away = client.get("/sign-in/directory/wyleshire/")["Location"]
    client.get("/sign-in/directory/answer/", provider.authorize(away, subject))
    return client


# Inviting


@pytest.mark.slow
def test_who_is_invited_comes_in_by_what_their_directory_says_and_by_nothing_else(
    cast, signed_in, directory, provider, ines
):
    page = signed_in("maud").get(INVITE).text
    assert "They sign in with Wyleshire Police’s own directory" in page
    told = {"person": ines.key, "address": "ines@example.org", "directory": directory.key}
    assert signed_in("maud").post(INVITE, told).status_code == 302
    address = link()
    assert "Choose your password" not in outbox.outbox[-1].body
    provider.changes |= {"email": "maud@example.org", "email_verified": True}

    client, response = comes_in(provider, address)

    assert response["Location"] == "/"
    assert "What needs you" in client.get("/").text
    account = Account.objects.get(email="ines@example.org")
    assert client.session["_auth_user_id"] == str(account.pk)
    assert not account.has_usable_password()
    recorded = DirectoryIdentity.objects.get()
    assert (recorded.account, recorded.directory) == (account, directory)
    assert recorded.subject == SUBJECT
    for what in ("invitation.accepted", "identity.recorded"):
        assert Line.objects.filter(what=what).count() == 1
    assert Line.objects.get(what="identity.recorded").actor == account.key
    # From now on the directory alone is enough; the link is used.
    assert "What needs you" in signs_in(provider).get("/").text
    assert GONE in Client().get(address).text


@pytest.mark.parametrize(
    ("amr", "next_page"), [(["pwd", "mfa"], "/"), (["pwd"], "/sign-in/factors/"), (None, None)]
)
def test_where_the_directory_asked_no_second_factor_we_ask_one(
    invitation, provider, amr, next_page
):
    provider.changes = {"amr": amr}

    client, _ = comes_in(provider, link())

    came = client.get("/")
    assert came.status_code == 200 if next_page == "/" else came.url == "/sign-in/factors/"


def test_an_administrator_needs_a_passkey_still(cast, directory, provider):
    with cast.acting("maud") as maud:
        ines = services.add_person(maud, name="Ines Gale")
        post = services.add_post(
            maud,
            title="Systems officer",
            organisation=cast.organisations["police"],
            support=Support.ADMINISTRATOR,
        )
        seating.appoint(maud, person=ines, post=post)
        accounts.invite(maud, person=ines, address="ines@example.org", directory=directory)

    client, _ = comes_in(provider, link())

    assert client.get("/")["Location"] == reverse("account_passkey_add")


def test_without_a_directory_the_page_asks_nothing_of_one(signed_in, db):
    assert "How do they sign in?" not in signed_in("maud").get(INVITE).text


def test_a_directory_is_for_those_who_hold_something_of_its_organisation(
    cast, signed_in, homes, ines
):
    told = {"person": ines.key, "address": "ines@example.org", "directory": homes.key}

    page = signed_in("maud").post(INVITE, told)

    assert "Ines Gale holds no post or seat of the organisation" in page.text
    assert not Invitation.objects.exists()


def test_a_post_that_fills_a_hidden_seat_alone_does_not_tell_of_it(cast, homes):
    """Who invites sees no seat of the hidden group, and is not told by what is offered."""
    with cast.acting("dilys") as dilys:
        ines = services.add_person(dilys, name="Ines Gale")
        seat = seating.add_seat(
            dilys, body=cast.bodies["silver"], holder=cast.organisations["homes"]
        )
        seating.appoint(dilys, person=ines, seat=seat)
    with cast.acting("maud") as maud, pytest.raises(NotAllowed, match="as far as you see"):
        accounts.invite(maud, person=ines, address="ines@example.org", directory=homes)


def test_a_subject_needs_its_directory(signed_in, directory, ines):
    told = {"person": ines.key, "address": "ines@example.org", "subject": SUBJECT}

    page = signed_in("maud").post(INVITE, told)

    assert "Choose the directory that knows them by this." in page.text
    assert not Invitation.objects.exists()


@pytest.mark.slow
def test_sent_anew_it_leads_through_the_directory_still(cast, signed_in, invitation, provider):
    first = link()
    signed_in("maud").post(reverse("people:invitation_send", args=[invitation.key]))

    assert Client().get(first).status_code == 404
    client, _ = comes_in(provider, link())
    assert client.get("/").status_code == 200


def test_the_mail_says_nothing_of_who_or_where(invitation):
    link()
    body = outbox.outbox[-1].body
    for word in ("Ines", "Gale", "Maud", "Marlbeck", "Wyleshire", "Board"):
        assert word not in body


# Coming in


def test_nothing_is_written_down_until_the_button_is_pressed(invitation, provider):
    address = link()

    client = goes_there(provider, address)

    assert not DirectoryIdentity.objects.exists()
    assert client.get("/").status_code == 302
    assert OneTimeLink.objects.get().used_at is None


def test_with_the_subject_known_beforehand_nobody_else_takes_it(cast, ines, directory, provider):
    with cast.acting("maud") as maud:
        accounts.invite(
            maud,
            person=ines,
            address="ines@example.org",
            directory=directory,
            subject=f" {SUBJECT} ",
        )
    address = link()

    client, refused = comes_in(provider, address, subject="somebody else")

    assert refused.status_code == 403
    assert "You signed in there as somebody else" in refused.text
    assert Line.objects.filter(what="request.refused").exists()
    assert not Account.objects.filter(email="ines@example.org").exists()
    assert not DirectoryIdentity.objects.exists()
    # What was said there counted once; the link itself still works.
    assert "Go to Wyleshire Police" in client.post(address).text
    _, came = comes_in(provider, address, client=client)
    assert came["Location"] == "/"


def test_another_directory_is_refused(cast, invitation, homes):
    address = link()
    token = address.rstrip("/").rpartition("/")[2]
    elsewhere = Verified(homes.pk, SUBJECT, second_factor=True)

    with pytest.raises(NotAllowed, match="did not sign in at the directory"):
        by_directory.accept(token=token, verified=elsewhere)

    assert not DirectoryIdentity.objects.exists()


def test_who_comes_in_already_as_another_is_refused_without_a_word_of_whom(
    cast, invitation, directory, provider
):
    taken = Verified(directory.pk, SUBJECT, second_factor=True)
    directories.record_identity(cast.accounts["gareth"], taken, first=True)
    address = link()

    _, refused = comes_in(provider, address)

    assert refused.status_code == 403
    assert directories.IN_USE in refused.text.replace("&#39;", "'")
    assert "Gareth" not in refused.text
    assert not Account.objects.filter(email="ines@example.org").exists()
    assert OneTimeLink.objects.get().used_at is None


def test_what_was_said_for_one_invitation_is_none_for_another(cast, invitation, provider):
    with cast.acting("maud") as maud:
        odd = services.add_person(maud, name="Odd Berg")
        seating.appoint(maud, person=odd, seat=cast.seats["gareth"], substitute=True)
        accounts.invite(maud, person=odd, address="odd@example.org", directory=invitation.directory)
    mine = re.search(r"http://localhost:8000(/\S+)", _sent_to("ines@example.org"))[1]
    theirs = re.search(r"http://localhost:8000(/\S+)", _sent_to("odd@example.org"))[1]
    client = goes_there(provider, mine)

    page = client.post(theirs)

    assert "Go to Wyleshire Police" in page.text
    assert not DirectoryIdentity.objects.exists()


def _sent_to(address):
    for mail in Mail.objects.filter(state="waiting"):
        notices.deliver(mail.key)
    return next(one.body for one in reversed(outbox.outbox) if one.to == [address])


def test_what_was_said_there_counts_for_ten_minutes(invitation, provider):
    address = link()
    client = goes_there(provider, address)

    with as_of(now() + datetime.timedelta(minutes=11)):
        page = client.post(address)

    assert "Too much time has passed" in page.text
    assert not DirectoryIdentity.objects.exists()


def test_an_answer_brought_twice_is_believed_once(invitation, provider):
    address = link()
    client = Client()
    href = re.search(r'href="(/sign-in/directory/[^"]+)"', client.get(address).text)[1]
    away = client.get(href.replace("&amp;", "&"))["Location"]
    brought = provider.authorize(away, SUBJECT)
    client.get("/sign-in/directory/answer/", brought)

    again = client.get("/sign-in/directory/answer/", brought)
    stranger = Client().get("/sign-in/directory/answer/", brought)

    assert again["Location"] == stranger["Location"] == "/sign-in/"


def test_a_password_is_no_way_through_it(invitation):
    address = link()
    token = address.rstrip("/").rpartition("/")[2]

    Client().post(address, {"password": "correct horse stapled"})
    with pytest.raises(NotAllowed, match="leads through a directory"):
        accounts.accept(token=token, password="correct horse stapled")

    assert not Account.objects.filter(email="ines@example.org").exists()


ENDED = ["used", "withdrawn", "expired", "closed", "opened again", "stopped", "let in again"]


@pytest.mark.parametrize("case", [*ENDED, "wrong token"])
def test_a_link_that_leads_nowhere_any_more_says_so_alike(
    cast, signed_in, invitation, provider, directory, case
):
    address, moment = link(), now()
    client = goes_there(provider, address)
    police = cast.organisations["police"]
    if case == "used":
        client.post(address)
        client = Client()
    elif case == "withdrawn":
        signed_in("sid").post(reverse("people:invitation_withdraw", args=[invitation.key]))
    elif case == "expired":
        moment += datetime.timedelta(days=7)
    elif case in ("closed", "opened again"):
        directories.close_directories(organisation_id=police.pk)
    elif case in ("stopped", "let in again"):
        with cast.acting("maud") as maud:
            services.stop_access(maud, organisation=police)
    else:
        address = reverse("people:welcome", args=["wrong"])
    if case == "opened again":
        directories.open_directories(organisation_id=police.pk)
    elif case == "let in again":
        with cast.acting("maud") as maud:
            services.let_in(maud, organisation=police)
    before = DirectoryIdentity.objects.count()

    with as_of(moment):
        looked, tried = Client().get(address), client.post(address)
    nothing = Client().get(reverse("people:welcome", args=["nothing"]))

    assert looked.status_code == tried.status_code == 404
    assert looked.content == nothing.content
    assert GONE in tried.text
    assert DirectoryIdentity.objects.count() == before


def test_the_wrong_method_is_refused(invitation):
    assert Client().put(link()).status_code == 405


def test_a_mailbox_alone_lets_nobody_round_the_directory(invitation, provider):
    comes_in(provider, link())
    outbox.outbox.clear()

    for address in ("ines@example.org", "nobody@example.org"):
        page = Client().post(reverse("account_reset_password"), {"email": address})
        assert page.url == reverse("account_reset_password_done")

    assert not [one for one in outbox.outbox if one.to == ["ines@example.org"]]


# Who has an account already


@pytest.fixture
def gareth(cast, signed_in, directory):
    """A member of the police who signs in with a password, offered the directory by Maud."""
    address = reverse("people:directory_offer", args=[cast.people["gareth"].key, "wyleshire"])
    assert signed_in("maud").post(address, {}).status_code == 302
    return cast.accounts["gareth"]


def test_who_has_an_account_is_offered_their_directory_at_their_own_address(cast, gareth, provider):
    entrance.with_app(gareth)
    address = link()
    assert outbox.outbox[-1].to == ["gareth@example.org"]
    client = goes_there(provider, address)
    assert "Come in as Gareth Pellow" in client.get(address).text

    response = client.post(address)

    # The second factor that they have is asked for, whatever the directory says.
    assert response["Location"] == "/sign-in/code/"
    assert client.get("/").status_code == 302
    assert DirectoryIdentity.objects.get().account == gareth
    gareth.refresh_from_db()
    assert gareth.has_usable_password()
    assert Mail.objects.filter(account=gareth, kind="people.sign_in_changed").exists()


def test_an_account_that_was_closed_meanwhile_is_not_opened_by_it(
    cast, signed_in, gareth, provider
):
    address = link()
    client = goes_there(provider, address)
    signed_in("maud").post(reverse("people:account_close", args=[cast.people["gareth"].key]))

    assert client.post(address).status_code == 404
    assert not DirectoryIdentity.objects.exists()


def test_an_offer_counts_for_the_account_that_it_was_made_to(cast, invitation, ines, provider):
    """Somebody who got an account by another way meanwhile is not taken over by an old link."""
    address = link()
    client = goes_there(provider, address)
    with cast.acting("maud") as maud:
        services.give_account(
            maud,
            person=ines,
            email="elsewhere@example.org",
            password=casts.PASSWORD,
        )

    assert client.post(address).status_code == 404
    assert not DirectoryIdentity.objects.exists()


def test_offering_is_refused_where_it_is_there_already_or_under_way(cast, signed_in, gareth):
    address = reverse("people:directory_offer", args=[cast.people["gareth"].key, "wyleshire"])

    assert "Gareth Pellow is invited already." in signed_in("maud").post(address, {}).text
    verified = Verified(Directory.objects.get().pk, "there", second_factor=True)
    directories.record_identity(gareth, verified)
    assert "comes in through this directory already" in signed_in("maud").post(address, {}).text
    signed_in("sid").post(reverse("people:account_close", args=[cast.people["gareth"].key]))
    assert "This account is closed." in signed_in("maud").post(address, {}).text


# Taking away


@pytest.fixture
def through(cast, directory):
    """Gareth comes in through the directory as well."""
    verified = Verified(directory.pk, SUBJECT, second_factor=True)
    directories.record_identity(cast.accounts["gareth"], verified)
    return reverse("people:directory_take_away", args=[cast.people["gareth"].key, "wyleshire"])


def ways_in(cast, name="gareth"):
    return reverse("people:ways_in", args=[cast.people[name].key])


def test_the_page_of_a_person_says_how_they_sign_in(cast, signed_in, through):
    page = words(signed_in("sid").get(ways_in(cast)))

    assert "Chosen, with gareth@example.org" in page
    assert f"Known there as {SUBJECT}" in page
    assert "Take away : Wyleshire Police" in page
    assert "Offer the directory" not in page
    assert "Comes in through Wyleshire Police" in words(signed_in("sid").get(ACCOUNTS))
    assert "Offer the directory of" not in words(signed_in("sid").get(ways_in(cast, "tobias")))


def test_taken_away_all_sessions_end_and_the_directory_opens_nothing(
    cast, signed_in, through, provider
):
    gareth, maud = signs_in(provider), signed_in("maud")
    assert gareth.get("/").status_code == 200
    page = words(maud.get(through))
    assert "Gareth Pellow is signed out everywhere, now." in page
    assert "signs in with their password from then on." in page

    assert maud.post(through)["Location"] == ways_in(cast)

    assert Line.objects.get(what="identity.taken_away").actor == cast.accounts["maud"].key
    assert Line.objects.filter(what="identity.removed").count() == 1
    assert gareth.get("/").status_code == 302
    assert not Session.objects.filter(account=cast.accounts["gareth"]).exists()
    assert "you were not invited here through it" in signs_in(provider).get("/sign-in/").text
    assert maud.post(through).status_code == 404
    assert Mail.objects.filter(
        account=cast.accounts["gareth"], kind="people.sign_in_changed"
    ).exists()


def test_of_whom_nothing_else_lets_in_the_page_says_so(cast, signed_in, through):
    gareth = Account.objects.filter(pk=cast.accounts["gareth"].pk)
    gareth.update(password=make_password(None))

    page = words(signed_in("maud").get(through))

    assert "Gareth Pellow has no password, so nothing else lets them in" in page


def test_taken_away_twice_is_said(cast, through, directory):
    with cast.acting("maud") as maud:
        by_directory.take_away(maud, person=cast.people["gareth"], directory=directory)
        with pytest.raises(NotAllowed, match="does not come in through this directory any more"):
            by_directory.take_away(maud, person=cast.people["gareth"], directory=directory)


@pytest.mark.parametrize("page", ["directory_offer", "directory_take_away"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_changes_their_own_way_in(cast, signed_in, homes, page, method):
    with cast.acting("maud") as maud:
        post = services.add_post(maud, title="Officer", organisation=cast.organisations["homes"])
        seating.appoint(maud, person=cast.people["sid"], post=post)
    if page == "directory_take_away":
        verified = Verified(homes.pk, SUBJECT, second_factor=True)
        directories.record_identity(cast.accounts["sid"], verified)
    address = reverse(f"people:{page}", args=[cast.people["sid"].key, "homes"])

    response = getattr(signed_in("sid"), method)(address, {})

    assert response.status_code == 403
    assert "Nobody changes their own way in." in response.text
    assert "Nobody changes their own way in." in signed_in("sid").get(ways_in(cast, "sid")).text


@pytest.mark.parametrize("who", ["tobias", "dilys", "owen"])
def test_who_keeps_no_accounts_is_told_why_not(cast, signed_in, through, who):
    offer = through.replace("take-away", "offer")
    for method, address in (
        ("get", ways_in(cast)),
        ("get", offer),
        ("post", offer),
        ("get", through),
        ("post", through),
    ):
        response = getattr(signed_in(who), method)(address)
        assert response.status_code == 403
        assert KEEPS in response.text


def test_what_is_not_there_is_not_found_and_other_methods_are_refused(
    cast, signed_in, through, homes
):
    maud = signed_in("maud")
    assert maud.get(reverse("people:ways_in", args=["none"])).status_code == 404
    for name in ("directory_offer", "directory_take_away"):
        assert maud.get(reverse(f"people:{name}", args=["none", "homes"])).status_code == 404
        elsewhere = reverse(f"people:{name}", args=[cast.people["gareth"].key, "homes"])
        assert maud.get(elsewhere).status_code == 404
        assert maud.post(elsewhere).status_code == 404
        assert maud.put(elsewhere).status_code == 405
    assert maud.post(ways_in(cast)).status_code == 405


def test_the_list_costs_the_same_however_many_come_in_this_way(
    cast, signed_in, directory, django_assert_max_num_queries
):
    maud = signed_in("maud")
    with django_assert_max_num_queries(200) as before:
        maud.get(ACCOUNTS)
    for name in ("gareth", "agnes", "tobias"):
        verified = Verified(directory.pk, f"{name} there", second_factor=True)
        directories.record_identity(cast.accounts[name], verified)
    with django_assert_max_num_queries(len(before)):
        assert maud.get(ACCOUNTS).text.count("Comes in through") == 3


# Many at once


@pytest.fixture
def own_cast(django_db_setup, django_db_blocker, worker_id):
    before = connections["default"].settings_dict["NAME"]
    with django_db_blocker.unblock():
        name = f"by_directory_{worker_id}_{os.getpid()}"
        with databases.cloned(databases.template(), name):
            yield casts.build()
        databases.point_at(before)


def at_once(works):
    start, came = threading.Barrier(len(works)), []

    def run(work):
        try:
            start.wait()
            came.append(work())
        except NotAllowed as refused:
            came.append(str(refused))
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


@pytest.fixture
def offered(own_cast, settings):
    """Two of the police invited through its directory, and the tokens that they got."""
    settings.DIRECTORY_SECRETS = {"wyleshire": SECRET}
    cast = own_cast
    directory = directories.add_directory(
        name="wyleshire",
        label="Wyleshire Police",
        issuer="https://directory.example.org",
        client_id=CLIENT_ID,
        organisation_id=cast.organisations["police"].pk,
    )
    with cast.acting("maud") as maud:
        for name in ("Ines Gale", "Odd Berg"):
            person = services.add_person(maud, name=name)
            seating.appoint(maud, person=person, seat=cast.seats["gareth"], substitute=True)
            address = f"{name.split()[0].lower()}@example.org"
            made = accounts.invite(maud, person=person, address=address, directory=directory)
            OneTimeLink.objects.filter(pk=made.link_id).update(
                token_hash=hash_of(f"{TOKEN} of {name}")
            )
    return directory


@pytest.mark.slow
def test_forty_who_use_one_link_at_once_are_one_identity(offered):
    def comes(number):
        verified = Verified(offered.pk, f"subject {number}", second_factor=True)
        return lambda: by_directory.accept(token=f"{TOKEN} of Ines Gale", verified=verified)

    came = at_once([comes(number) for number in range(40)])

    assert len([one for one in came if isinstance(one, Account)]) == 1
    assert len([one for one in came if GONE in str(one)]) == 39
    assert DirectoryIdentity.objects.count() == 1
    assert Account.objects.filter(email="ines@example.org").count() == 1


@pytest.mark.slow
def test_one_who_uses_two_links_at_once_is_one_account(offered):
    verified = Verified(offered.pk, SUBJECT, second_factor=True)

    def comes(name):
        return lambda: by_directory.accept(token=f"{TOKEN} of {name}", verified=verified)

    came = at_once([comes(name) for name in ("Ines Gale", "Odd Berg") * 10])

    assert len([one for one in came if isinstance(one, Account)]) == 1
    assert directories.IN_USE in came
    assert DirectoryIdentity.objects.count() == 1


def test_who_has_a_factor_of_their_own_is_still_asked_for_it_at_the_next_sign_in(
    cast, through, provider
):
    factors.set_up_app(cast.accounts["gareth"], entrance.SECRET)
    provider.changes = {"amr": ["pwd"]}
    client = Client()
    away = client.get("/sign-in/directory/wyleshire/")["Location"]
    back = client.get("/sign-in/directory/answer/", provider.authorize(away, SUBJECT))
    assert back["Location"] == "/sign-in/code/"
