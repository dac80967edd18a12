"""Whoever lost password and second factor is let in by two people, and by nothing less."""

import datetime
import os
import re
import threading

import pytest
from django.core import mail as outbox
from django.db import IntegrityError, connections, transaction
from django.test import Client
from django.urls import reverse

from concerted.audit.models import Line
from concerted.kernel.clock import as_of, now
from concerted.kernel.verdict import NotAllowed
from concerted.notices import services as notices
from concerted.notices.models import Mail, OneTimeLink
from concerted.people import accounts
from concerted.people.models import Recovery
from tests import cast as casts
from tests import databases
from tests.cast import PASSWORD

LOST = reverse("people:lost")
ACCOUNTS = reverse("people:accounts")
NEW = "correct horse stapled"
SURE = {"sure": "on"}


def delivered():
    for mail in Mail.objects.filter(state="waiting"):
        notices.deliver(mail.key)
    return {message.subject: message for message in outbox.outbox}


def link_to(cast):
    message = delivered()["You can set up your account anew"]
    assert message.to == ["agnes@example.org"]
    return re.search(r"http://localhost:8000(/\S+)", message.body)[1]


@pytest.fixture
def recovery(cast):
    accounts.ask_for_recovery(email="Agnes@example.org ")
    return Recovery.objects.get()


def address_of(recovery, name="vouch"):
    return reverse(f"people:{name}", args=[recovery.key])


@pytest.fixture
def vouched(signed_in, recovery):
    for who in ("sid", "maud"):
        signed_in(who).post(address_of(recovery), SURE)
    recovery.refresh_from_db()
    return recovery


def lets_in(password):
    given = {"login": "agnes@example.org", "password": password}
    return Client().post(reverse("account_login"), given).status_code == 302


# Asking


def test_the_answer_is_the_same_whether_the_address_signs_in(cast):
    cast.accounts["nell"].is_active = False
    cast.accounts["nell"].save()
    pages = [
        Client().post(LOST, {"email": email})
        for email in ("agnes@example.org", "nobody@example.org", "nell@example.org")
    ]

    assert len({page.content for page in pages}) == 1
    assert {page.status_code for page in pages} == {200}
    assert "Somebody will be in touch" in pages[0].text
    assert Recovery.objects.get().account == cast.accounts["agnes"]
    assert Line.objects.get(what="recovery.asked").actor == cast.accounts["agnes"].key
    cast.accounts["nell"].is_active = True
    cast.accounts["nell"].save()


def test_asking_changes_nothing_and_tells_the_owner_of_the_address(cast, recovery):
    message = delivered()["Somebody asks to be let in to your account"]
    assert message.to == ["agnes@example.org"]
    assert "http" not in message.body
    assert lets_in(PASSWORD)


def test_asking_twice_is_one_request_and_one_mail(cast, recovery):
    accounts.ask_for_recovery(email="agnes@example.org")
    assert Recovery.objects.count() == Mail.objects.count() == 1


def test_a_request_that_nobody_settled_in_three_days_makes_room(cast, recovery):
    with as_of(recovery.asked_at + datetime.timedelta(days=3)):
        with cast.acting("maud") as maud:
            assert not accounts.account_queries.recoveries_visible_to(maud).exists()
        accounts.ask_for_recovery(email="agnes@example.org")
    assert Recovery.objects.get().pk != recovery.pk


def test_the_sign_in_page_leads_there(cast):
    assert LOST in Client().get(reverse("account_login")).text


# Saying who it is


def test_two_people_say_so_and_only_then_a_link_goes(cast, signed_in, recovery):
    assert "Agnes Fold" in signed_in("maud").get(ACCOUNTS).text
    first = signed_in("maud").post(address_of(recovery), SURE, follow=True)
    assert "Now somebody else has to say so too." in first.text
    assert not OneTimeLink.objects.exists()

    second = signed_in("sid").post(address_of(recovery), SURE, follow=True)

    assert "The link is on its way." in second.text
    assert OneTimeLink.objects.get().account == cast.accounts["agnes"]
    lines = Line.objects.filter(what="recovery.vouched").order_by("pk")
    assert [one.actor for one in lines] == [cast.accounts[name].key for name in ("maud", "sid")]
    assert "Agnes Fold" not in signed_in("maud").get(ACCOUNTS).text.split("Accounts")[0]


def test_one_alone_cannot_say_it_twice(cast, signed_in, recovery):
    signed_in("maud").post(address_of(recovery), SURE)
    response = signed_in("maud").post(address_of(recovery), SURE)

    assert response.status_code == 403
    assert "You have said so already. Now somebody else has to." in response.text
    assert not OneTimeLink.objects.exists()


def test_nobody_says_it_of_themselves(cast, signed_in):
    """Not even that somebody asks in their name is shown to them."""
    accounts.ask_for_recovery(email="sid@example.org")
    recovery = Recovery.objects.get()

    assert signed_in("sid").post(address_of(recovery), SURE).status_code == 404
    assert "Asking to be let in again" not in signed_in("sid").get(ACCOUNTS).text
    with cast.acting("sid") as sid, pytest.raises(NotAllowed, match="Nobody says this"):
        accounts.vouch(sid, recovery=recovery)


def test_without_having_spoken_with_them_it_is_not_taken(cast, signed_in, recovery):
    page = signed_in("maud").post(address_of(recovery), {})
    assert "Speak with them first, then tick this." in page.text
    recovery.refresh_from_db()
    assert recovery.first_by is None


@pytest.mark.parametrize("name", ["vouch", "recovery_refuse"])
@pytest.mark.parametrize("who", ["tobias", "dilys", "owen", "agnes"])
def test_who_keeps_no_accounts_is_told_why_not(cast, signed_in, recovery, who, name):
    response = signed_in(who).post(address_of(recovery, name), SURE)
    assert response.status_code == 403
    assert "Only the partnership manager or an administrator" in response.text


def test_the_wrong_method_is_refused(cast, signed_in, recovery):
    assert signed_in("maud").put(address_of(recovery)).status_code == 405
    assert signed_in("maud").get(address_of(recovery, "recovery_refuse")).status_code == 405
    assert Client().put(LOST).status_code == 405
    assert signed_in("maud").get(reverse("people:vouch", args=["nothing"])).status_code == 404


def test_it_is_refused_by_one_even_after_the_same_one_said_yes(cast, signed_in, recovery):
    signed_in("maud").post(address_of(recovery), SURE)
    assert signed_in("maud").post(address_of(recovery, "recovery_refuse")).status_code == 302
    assert Line.objects.first().what == "recovery.refused"
    assert signed_in("sid").post(address_of(recovery), SURE).status_code == 404
    assert not OneTimeLink.objects.exists()


def test_the_database_refuses_one_person_twice_and_oneself(cast, recovery):
    mine = {"first_by": cast.accounts["maud"], "second_by": cast.accounts["maud"]}
    for values in (mine, {"first_by": cast.accounts["agnes"]}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Recovery.objects.filter(pk=recovery.pk).update(**values)


# The link


def test_the_link_sets_a_new_password_ends_the_factor_and_signs_in(
    cast, signed_in, vouched, monkeypatch
):
    removed = []
    monkeypatch.setattr(accounts, "remove_factors", removed.append)
    before, address, returned = signed_in("agnes"), link_to(cast), Client()
    assert "Your old second step ends with this" in returned.get(address).text
    assert removed == []

    response = returned.post(address, {"password": NEW})

    assert response.status_code == 302
    assert removed == [cast.accounts["agnes"]]
    assert returned.session["_auth_user_id"] == str(cast.accounts["agnes"].pk)
    assert before.get("/").url.startswith(reverse("account_login"))
    assert (lets_in(NEW), lets_in(PASSWORD)) == (True, False)
    assert Line.objects.get(what="recovery.used").actor == cast.accounts["agnes"].key
    assert Client().get(address).status_code == 404
    cast.accounts["agnes"].set_password(PASSWORD)


def test_until_the_link_is_used_password_and_factor_stay(cast, vouched, monkeypatch):
    monkeypatch.setattr(accounts, "remove_factors", pytest.fail)
    Client().get(link_to(cast))
    assert lets_in(PASSWORD)


def test_a_weak_password_is_explained_and_the_link_stays(cast, vouched):
    address = link_to(cast)
    page = Client().post(address, {"password": "short"})
    assert "too short" in page.text
    assert OneTimeLink.objects.get().used_at is None
    assert lets_in(PASSWORD)


@pytest.mark.parametrize("case", ["expired", "closed", "invitation"])
def test_a_link_that_works_no_longer_says_so(cast, signed_in, vouched, case):
    address, moment = link_to(cast), now()
    if case == "expired":
        moment = OneTimeLink.objects.get().expires_at
    elif case == "closed":
        signed_in("maud").post(reverse("people:account_close", args=[cast.people["agnes"].key]))
    else:
        address = address.replace("again", "welcome")
    with as_of(moment):
        assert Client().get(address).status_code == 404
        assert Client().post(address, {"password": NEW}).status_code == 404


@pytest.fixture
def own_cast(django_db_setup, django_db_blocker, worker_id):
    before = connections["default"].settings_dict["NAME"]
    with django_db_blocker.unblock():
        name = f"recovery_{worker_id}_{os.getpid()}"
        with databases.cloned(databases.template(), name):
            yield casts.build()
        databases.point_at(before)


def at_once(count, work):
    start, came = threading.Barrier(count), []

    def run():
        try:
            start.wait()
            came.append(work())
        except NotAllowed as refused:
            came.append(str(refused))
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


@pytest.mark.slow
def test_forty_tries_of_one_person_at_once_are_one_word(own_cast):
    accounts.ask_for_recovery(email="agnes@example.org")
    recovery = Recovery.objects.get()

    def vouches():
        with own_cast.acting("maud") as maud:
            return accounts.vouch(maud, recovery=recovery)

    came = at_once(40, vouches)

    assert came.count(False) == 1
    assert len([one for one in came if "You have said so already" in str(one)]) == 39
    assert not OneTimeLink.objects.exists()


@pytest.mark.slow
def test_forty_who_ask_at_once_are_one_request(own_cast):
    came = at_once(40, lambda: accounts.ask_for_recovery(email="agnes@example.org"))

    assert came == [None] * 40
    assert Recovery.objects.count() == Mail.objects.count() == 1
