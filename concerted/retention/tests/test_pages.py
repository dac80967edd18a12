"""The story of one list, and what every address answers to whom."""

import datetime
import re

import pytest
from django.urls import reverse

from concerted.audit.models import Line
from concerted.kernel.clock import as_of, now, today
from concerted.kernel.retention import kind_named, kinds
from concerted.notices.models import Mail
from concerted.people.public import everything_open
from concerted.retention import services
from concerted.retention.models import Hold, Lift, Period, Run
from tests.steady import steady

INDEX = reverse("retention:index")
KIND = reverse("retention:kind", args=["mail"])
HOLDS = reverse("retention:holds")
PUT = reverse("retention:put")
RUNS = reverse("retention:runs")


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def at(name, thing):
    return reverse(f"retention:{name}", args=[thing.key])


def typed(**changes):
    return {
        "reach": "kind",
        "kind": "mail",
        "reference": "",
        "body": "",
        "ground": "inquiry",
        "reason": "The inquiry into the fire",
        "review_on": (today() + datetime.timedelta(days=30)).strftime("%d %B %Y"),
    } | changes


@pytest.fixture
def maud(signed_in):
    return signed_in("maud")


@pytest.mark.slow
def test_from_a_period_to_what_went(maud, signed_in, mailed, at_once):
    """Maud shortens a period, sees what would go, holds one mail, and lets the other go."""
    gone, kept = mailed(), mailed()

    page = maud.post(KIND, {"months": "6"}, follow=True)
    assert "Recorded: how long this kind is kept from now on." in words(page)
    assert "6 months, set by Maud Trent" in words(page)
    assert "12 months before that, as the program comes" in words(page)
    assert {gone.key, kept.key} <= set(re.findall(r"\w{14}", page.text))

    page = maud.post(PUT, typed(reach="thing", reference=kept.key), follow=True)
    assert "On hold: nothing under it goes" in words(page)
    assert "1 more is old enough but on hold" in words(maud.get(KIND))

    run = services.propose()
    page = maud.get(INDEX)
    assert "waits for a decision" in words(page)
    page = maud.get(at("run", run))
    assert gone.key in page.text
    assert kept.key not in page.text
    assert "Let these records go" in words(page)

    page = maud.post(at("approve", run), follow=True)
    assert "See what went" in words(page)
    page = maud.get(at("run", run))
    assert "Carried out." in words(page)
    assert "Decided by Maud Trent" in words(page)
    assert [mail.key for mail in Mail.objects.all()] == [kept.key]
    assert list(
        Line.objects.filter(verb="erase", what="record.expired").values_list("kind", "reference")
    ) == [("notices.mail", gone.key)]

    [hold] = all_holds()
    page = maud.post(at("lift", hold), {"reason": "The inquiry is over."}, follow=True)
    assert "Lifted." in words(page)
    assert "The inquiry is over." in words(page)
    whats = set(Line.objects.values_list("what", flat=True))
    assert {"period.set", "hold.put", "hold.lifted", "run.approved", "run.done"} <= whats


def all_holds():
    with everything_open():
        return list(Hold.objects.all())


def test_whoever_keeps_a_file_sees_it_and_others_see_no_count(signed_in, received):
    file = received()
    address = reverse("retention:kind", args=["received-files"])
    run = services.propose()

    theirs, mine = signed_in("maud"), signed_in("dilys")

    assert file.key in mine.get(address).text
    assert file.key in mine.get(at("run", run)).text
    assert file.key not in theirs.get(address).text + theirs.get(at("run", run)).text
    page = words(theirs.get(address))
    assert "Nothing that you may see is old enough." in page
    assert "How many there are with others is shown to nobody." in page


@pytest.mark.slow
def test_what_the_manager_may_not_see_changes_nothing_that_she_sees(maud, received, approved):
    """To the byte, but for what is new with each answer."""

    def seen():
        with as_of(MOMENT):
            pages = [maud.get(one) for one in (INDEX, HOLDS, *KINDS)]
        return [steady(one) for one in pages]

    before = seen()
    received()
    assert seen() == before


MOMENT = now()
KINDS = [reverse("retention:kind", args=[name]) for name in ("received-files", "files-put-aside")]


def test_how_much_work_it_is_tells_nothing_of_what_is_hidden(approved, received):
    received()
    run = approved()

    assert run.job.unit == "kind"
    assert run.job.total == len(kinds())


def test_a_hold_on_a_hidden_body_shows_to_its_own_alone(cast, signed_in, held):
    hold = held("dilys", reach="body", body=cast.bodies["silver"], reason="The Silver inquiry")

    assert "The Silver inquiry" in signed_in("dilys").get(at("hold", hold)).text
    for name in ("maud", "owen"):
        client = signed_in(name)
        assert client.get(at("hold", hold)).status_code == 404
        assert hold.key not in client.get(HOLDS).text
        assert "Silver" not in client.get(HOLDS).text
    assert signed_in("maud").post(at("lift", hold), {"reason": "x"}).status_code == 404


def test_a_record_of_others_cannot_be_told_from_one_that_is_not_there(maud, received):
    there = received().key
    answers = [
        maud.post(PUT, typed(reach="thing", kind="received-files", reference=reference))
        for reference in (there, "bcdfghjkmnpqrs")
    ]

    assert [one.status_code for one in answers] == [403, 403]
    texts = [
        steady(one).replace(reference, "")
        for one, reference in zip(answers, (there, "bcdfghjkmnpqrs"), strict=True)
    ]
    assert "There is no such record, or you cannot see it." in texts[0]
    assert all_holds() == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": ""}, "Choose which kind of record is held."),
        ({"reach": "body"}, "Choose the body."),
        ({"reach": "thing"}, "Give the reference of the record."),
        ({"reason": ""}, "Say in your words why it is held."),
        ({"review_on": "1 January 2001"}, "Give a day in the future"),
        ({"review_on": "soon"}, "Write the date like this"),
    ],
)
def test_what_is_missing_in_a_hold_is_said(maud, changes, sentence):
    page = maud.post(PUT, typed(**changes))

    assert sentence in words(page)
    assert all_holds() == []


@pytest.mark.parametrize("months", ["0", "5", "37", "many", ""])
def test_a_period_out_of_bounds_is_explained_and_not_taken(maud, months):
    page = maud.post(KIND, {"months": months})

    assert "Give a whole number of months from 6 to 36." in words(page)
    with everything_open():
        assert not Period.objects.exists()


def test_a_hold_whose_day_has_passed_asks_to_be_looked_at(maud, held):
    hold = held(reach="kind", kind=kind_named("mail"))
    with as_of(now() + datetime.timedelta(days=31)):
        maud.force_login(maud_account())
        pages = [words(maud.get(one)) for one in (INDEX, HOLDS, at("hold", hold))]

    assert "1 hold waits to be looked at" in pages[0]
    assert "Look at it now" in pages[1]
    assert "The day on which somebody looks at this hold has passed." in pages[2]


def maud_account():
    from concerted.access.models import Account  # noqa: PLC0415

    return Account.objects.get(email="maud@example.org")


def test_an_unknown_kind_is_not_there(maud):
    assert maud.get(reverse("retention:kind", args=["minutes"])).status_code == 404


@pytest.mark.parametrize("who", ["rowena", "tobias", "priti", "sid"])
@pytest.mark.parametrize("address", [INDEX, KIND, HOLDS, PUT, RUNS])
def test_others_are_refused_with_a_sentence(signed_in, who, address):
    page = signed_in(who).get(address)

    assert page.status_code == 403
    assert "Only " in words(page)


def test_secretaries_and_the_data_protection_officer_look_and_do_not_decide(signed_in, mailed):
    mailed()
    run = services.propose()
    for name in ("dilys", "owen"):
        client = signed_in(name)
        page = client.get(at("run", run))
        assert "Only the partnership manager can decide" in words(page)
        assert "Let these records go" not in words(page)
        for address, given in (
            (KIND, {"months": "6"}),
            (at("approve", run), {}),
            (at("decline", run), {}),
        ):
            refused = client.post(address, given)
            assert refused.status_code == 403
            assert "Only the partnership manager can decide" in words(refused)
    assert signed_in("owen").get(PUT).status_code == 403
    assert Mail.objects.exists()


def test_what_is_decided_is_not_decided_again(maud, mailed, at_once):
    mailed()
    run = services.propose()
    maud.post(at("decline", run))

    again = maud.post(at("approve", run))

    assert again.status_code == 403
    assert "This list was declined already." in words(again)
    assert Mail.objects.exists()
    with everything_open():
        assert Run.objects.get().state == "declined"


def test_a_lifted_hold_is_not_lifted_again(maud, held):
    hold = held(reach="kind", kind=kind_named("mail"))
    maud.post(at("lift", hold), {"reason": "Over"})

    again = maud.post(at("lift", hold), {"reason": "Over again"})

    assert again.status_code == 403
    assert "This hold was lifted already." in words(again)
    with everything_open():
        assert [one.reason for one in Lift.objects.all()] == ["Over"]


def test_an_account_without_a_post_gets_nowhere(signed_in):
    assert signed_in("nell").get(INDEX)["Location"] == reverse("people:no_appointment")


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("index", "post"),
        ("kind", "delete"),
        ("holds", "post"),
        ("put", "delete"),
        ("hold", "post"),
        ("lift", "delete"),
        ("runs", "post"),
        ("run", "post"),
        ("approve", "get"),
        ("decline", "get"),
    ],
)
def test_another_method_is_not_allowed(maud, name, method):
    of_one = ("hold", "lift", "run", "approve", "decline")
    given = ["mail"] if name == "kind" else ["bcdfghjkmnpqrs"] if name in of_one else []
    address = reverse(f"retention:{name}", args=given)

    assert getattr(maud, method)(address).status_code == 405
