"""From the request for erasure to what is left, as the pages of its two people tell it."""

import re

import pytest
from django.urls import reverse

from concerted.access.models import Account
from concerted.access.roles import SUPPORT_ROLES, Permission
from concerted.actions.models import Action
from concerted.audit.models import Line as TrailLine
from concerted.erasure import tasks
from concerted.erasure.models import Erasure, Line
from concerted.kernel.clock import today
from concerted.people.models import Person
from concerted.subject_access import services as requests
from concerted.subject_access import tasks as drafting
from concerted.subject_access.models import AccessRequest

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

NEW = reverse("erasure:new")
PAGES = ("detail", "findings", "keep", "send_back")
BUTTONS = ("propose", "approve")


def at(name, request):
    return reverse(f"erasure:{name}", args=[request.key])


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def day(on):
    return f"{on.day} {on:%B %Y}"


def whats(reference):
    lines = TrailLine.objects.filter(reference=reference).order_by("id")
    return list(lines.values_list("what", flat=True))


def test_from_the_request_to_what_is_left(cast, act, gone, signed_in):
    act("Ask Tobias Wren for the figures")
    maud, owen = signed_in("maud"), signed_in("owen")

    # Registered, and it is established who asks.
    typed = {
        "person": cast.people["tobias"].key,
        "name": "",
        "spellings": "T. Wren",
        "asked_on": day(today()),
        "regime": "general",
        "asked_by": "self",
        "wish": "Everything about me",
        "ground": "principles",
    }
    refused = maud.post(NEW, typed)
    assert "That ground is of the other law" in words(refused)
    made = maud.post(NEW, typed | {"ground": "no_longer"})
    with cast.acting("maud"):
        request = AccessRequest.objects.get()
    assert made["Location"] == request.get_absolute_url()
    maud.post(
        reverse("subject_access:identity", args=[request.key]),
        {"shown": "known", "on": day(today())},
    )
    page = words(maud.get(request.get_absolute_url()))
    assert "UK GDPR, Article 17" in page
    assert "days left" in page

    # The program collects, and says what can become of each.
    maud.post(reverse("subject_access:draft", args=[request.key]))
    with cast.acting("maud"):
        draft = request.drafts.select_related("job").get()
    drafting.draft(**draft.job.arguments)
    page = words(maud.get(at("findings", request)))
    assert "never altered" in page
    assert "Not every finding is decided" in page
    with cast.acting("maud"):
        found = {one.source: one for one in draft.findings.all()}

    # A person decides: the record is kept in one step, the rest one by one.
    action = reverse("erasure:finding", args=[found["actions.Action"].key])
    assert "They also" not in words(maud.get(action))
    assert "Choose the ground" in words(maud.post(action, {"ground": "", "reason": ""}))
    no_names = maud.post(at("keep", request), {"ground": "archive", "reason": "Tobias Wren sat"})
    assert "Leave the name out" in words(no_names)
    maud.post(at("keep", request), {"ground": "archive", "reason": "It is the record."})
    person = reverse("erasure:finding", args=[found["people.Person"].key])
    assert "Choose whether it is erased" in words(maud.post(person, {}))
    maud.post(person, {"chosen": "erase"})
    account = reverse("erasure:finding", args=[found["access.Account"].key])
    assert "It goes with the person’s own record" in words(maud.get(account))
    assert "Nothing is decided here" in words(maud.post(account, {"chosen": "erase"}))

    # A second person looks at all of it, sends it back once, and approves.
    assert maud.post(at("propose", request)).status_code == 302
    assert "a second person has to approve it" in words(maud.get(at("detail", request)))
    assert maud.post(at("approve", request)).status_code == 403
    assert "This waits for a second person" in words(maud.post(person, {"chosen": "erase"}))
    page = words(owen.get(at("detail", request)))
    assert "Person" in page
    assert "Approve and erase" in page
    owen.post(at("send_back", request), {"why": "Say more about the record."})
    assert "Sent back: nothing was erased" in words(maud.get(at("detail", request)))
    maud.post(at("propose", request))
    begun = owen.post(at("approve", request))
    with cast.acting("owen"):
        erasure = Erasure.objects.select_related("job").first()
        assert begun["Location"] == erasure.job.get_absolute_url()
        assert "Wren" not in erasure.job.title
    tasks.carry_out(**erasure.job.arguments)

    # What is left: a record without a name, an account that opens nothing, a request that forgot.
    left = Person.objects.filter(pk=cast.people["tobias"].pk)
    with cast.acting("maud"):
        [person] = left
        action_text = Action.objects.get(pk=found["actions.Action"].source_id).text
    assert (person.name, person.other_names) == ("Name removed", [])
    account = Account.objects.get(pk=cast.accounts["tobias"].pk)
    assert account.email == f"{account.key}@removed.invalid"
    assert not account.is_active
    assert not account.has_usable_password()
    assert action_text == "Ask Tobias Wren for the figures"
    page = owen.get(at("detail", request))
    assert "Carried out." in words(page)
    assert "Wren" not in page.text
    assert "Name removed" in words(maud.get(request.get_absolute_url()))

    # The trail has each step, and nobody's name.
    assert whats(request.key) == [
        "request.registered",
        "request.identified",
        "request.draft_begun",
        "request.drafted",
        "request.proposed",
        "request.returned",
        "request.proposed",
        "request.approved",
        "request.emptied",
        "request.erased",
    ]
    assert whats(erasure.key) == ["erasure.proposed", "erasure.approved", "erasure.done"]
    assert whats(person.key)[-2:] == ["record.erased", "person.erased"]


@pytest.mark.parametrize("who", ["dilys", "rowena", "priti", "sid"])
def test_who_does_not_handle_requests_learns_of_none(asked, drafted, signed_in, who):
    request = asked()
    [one, *_] = drafted(request)
    client = signed_in(who)

    refused = client.get(NEW)
    assert refused.status_code == 403
    assert "data protection officer and the partnership manager" in words(refused)
    assert {client.get(at(name, request)).status_code for name in PAGES} == {404}
    assert {client.post(at(name, request)).status_code for name in BUTTONS} == {404}
    finding = reverse("erasure:finding", args=[one.finding.key])
    assert client.get(finding).status_code == 404


def test_another_handler_does_not_see_what_was_found(asked, drafted, signed_in):
    request = asked()
    [one, *_] = drafted(request)
    owen = signed_in("owen")

    assert owen.get(reverse("erasure:finding", args=[one.finding.key])).status_code == 404
    assert "You have no finished draft" in words(owen.get(at("findings", request)))


def test_a_handler_without_the_permission_is_refused_in_a_sentence(asked, signed_in, monkeypatch):
    request = asked()
    role = SUPPORT_ROLES["auditor"]
    without = role.permissions - {Permission.REQUEST_HANDLE}
    monkeypatch.setitem(SUPPORT_ROLES, "auditor", type(role)(role.name, "", without))
    owen = signed_in("owen")

    answers = [owen.get(at(name, request)) for name in PAGES]
    answers += [owen.post(at(name, request)) for name in BUTTONS]

    assert {one.status_code for one in answers} == {403}
    assert all("handle requests of people" in words(one) for one in answers)


def test_other_methods_are_refused(asked, drafted, signed_in):
    request = asked()
    [one, *_] = drafted(request)
    maud = signed_in("maud")

    assert {maud.get(at(name, request)).status_code for name in BUTTONS} == {405}
    assert {maud.post(at(name, request)).status_code for name in ("detail", "findings")} == {405}
    for name in ("keep", "send_back"):
        assert maud.delete(at(name, request)).status_code == 405
    assert maud.delete(reverse("erasure:finding", args=[one.finding.key])).status_code == 405
    assert maud.delete(NEW).status_code == 405


def test_the_wrong_state_is_explained(asked, decided, gone, signed_in):
    request = asked()
    maud, owen = signed_in("maud"), signed_in("owen")

    assert "no finished draft" in words(maud.post(at("propose", request)))
    assert "Nothing was put to a second person" in words(owen.post(at("approve", request)))
    decided(request)
    maud.post(
        reverse("subject_access:withdraw", args=[request.key]), {"on": day(today()), "note": ""}
    )
    assert "This request has ended" in words(maud.post(at("propose", request)))


def test_a_request_for_a_copy_has_no_erasure_and_a_request_for_erasure_no_answer(
    cast, asked, drafted, signed_in
):
    with cast.acting("maud") as actor:
        copy = requests.register(
            actor, person=cast.people["agnes"], name="", spellings=[], asked_on=today()
        )
    request = asked()
    [one, *_] = drafted(request)
    maud = signed_in("maud")

    assert {maud.get(at(name, copy)).status_code for name in PAGES} == {404}
    refused = maud.post(one.finding.get_absolute_url(), {"decided": "disclose", "reason": "x"})
    assert "They ask for erasure, not for a copy" in words(refused)
    release = reverse("subject_access:release", args=[request.key])
    assert "They ask for erasure" in words(maud.post(release))


def test_somebody_who_still_holds_a_seat_keeps_their_name(asked, drafted, signed_in):
    found = drafted(asked())
    [person] = [one for one in found if one.finding.source == "people.Person"]
    address = reverse("erasure:finding", args=[person.finding.key])
    maud = signed_in("maud")

    assert "They hold a post or a seat today" in words(maud.get(address))
    assert "so their name is needed" in words(maud.post(address, {"chosen": "erase"}))


def test_whoever_also_waits_for_a_copy_gets_that_first(cast, asked, decided, gone, signed_in):
    request = asked()
    decided(request)
    with cast.acting("maud") as actor:
        requests.register(
            actor, person=cast.people["tobias"], name="", spellings=[], asked_on=today()
        )

    refused = signed_in("maud").post(at("propose", request))

    assert refused.status_code == 403
    assert "Answer that first" in words(refused)


def test_a_line_shows_to_those_alone_who_see_its_record(cast, act, approved, gone, signed_in):
    act("Ask Tobias Wren for the figures")
    erasure = approved()

    with cast.acting("maud"):
        assert Line.objects.filter(erasure=erasure, label="actions.Action").count() == 1
    with cast.acting("owen"):
        assert Line.objects.filter(erasure=erasure, label="actions.Action").count() == 0
    address = at("detail", erasure.request)
    assert ">Action<" in signed_in("maud").get(address).text
    page = signed_in("owen").get(address)
    assert ">Action<" not in page.text
    assert "How many there are with others is shown to nobody" in words(page)
