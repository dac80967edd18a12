"""An owner without an account answers once by a link; the secretary takes it up, or not."""

import datetime
import re

import pytest
from django.core import mail as outbox
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from concerted.actions import links, queries, services
from concerted.actions.models import Action, Owner, Proposal, Update
from concerted.audit.models import Line
from concerted.kernel.clock import as_of, now, today
from concerted.kernel.verdict import NotAllowed
from concerted.notices import services as notices
from concerted.notices.models import Mail, OneTimeLink
from concerted.notices.public import make_link
from concerted.notices.retention import KINDS
from concerted.notices.states import MailState
from concerted.people import seating
from concerted.people import services as people
from concerted.people.models import Appointment
from concerted.people.public import everything_open
from tests.at_once import a_town_of_its_own, at_once
from tests.cast import SINCE
from tests.databases import unguarded

DAY = datetime.timedelta(days=1)
MAILBOX = "wardens@example.org"


def a_post(cast, *, account=False):
    """A post with a mailbox, held by somebody who cannot sign in."""
    with cast.acting("maud") as maud:
        cast.posts["wardens"] = people.add_post(
            maud,
            title="Head of wardens",
            organisation=cast.organisations["council"],
            role_mailbox=MAILBOX,
        )
        cast.people["vera"] = people.add_person(maud, name="Vera Moss")
        seating.appoint(maud, person=cast.people["vera"], post=cast.posts["wardens"], starts=SINCE)
    return cast.posts["wardens"]


@pytest.fixture
def wardens(cast):
    before = dict(cast.posts), dict(cast.people)
    yield a_post(cast)
    cast.posts, cast.people = before


@pytest.fixture
def action(agreed, wardens):
    return agreed(due_in=7, agreed_on=today(), posts=["wardens"])


def asks(cast, action, about="first"):
    with cast.acting("dilys") as dilys:
        return links.ask_owners(dilys, action=action, about=about)


def delivered():
    """The tokens of the links that went, by what waits now."""
    outbox.outbox.clear()
    waiting = Mail.objects.filter(state=MailState.WAITING).order_by("pk")
    for key in waiting.values_list("key", flat=True):
        notices.deliver(key)
    return [re.search(r"/actions/owner/([\w-]+)/", one.body)[1] for one in outbox.outbox]


@pytest.fixture
def token(cast, action):
    assert asks(cast, action) == 1
    [found] = delivered()
    return found


def at(token):
    return reverse("actions:owner_link", args=[token])


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def count(what):
    return Line.objects.filter(what=what).count()


def proposed(cast):
    with cast.acting("dilys"):
        return Proposal.objects.select_related("action__body", "person").get()


# The mail


def test_the_mail_goes_to_the_mailbox_of_the_post_and_says_nothing_of_the_action(token, action):
    [mail] = outbox.outbox

    assert mail.to == [MAILBOX]
    assert mail.reply_to == ["partnership@example.org"]
    for word in (*action.text.split(), "Board", "Vera", action.key):
        if len(word) > 3:
            assert word not in mail.subject + mail.body.replace(token, "")
    assert count("proposal.asked") == 1


def test_each_thing_is_asked_once(cast, action):
    assert asks(cast, action) == 1
    assert asks(cast, action) == 0
    assert asks(cast, action, about="later") == 1


def test_another_link_ends_the_one_before(cast, action, token):
    asks(cast, action, about="later")
    [new] = delivered()

    assert Client().get(at(token)).status_code == 404
    assert Client().get(at(new)).status_code == 200


def test_the_token_is_kept_as_a_hash_alone(cast, token):
    link = OneTimeLink.objects.get(purpose=links.PURPOSE)

    assert token not in str(vars(link))
    assert abs(link.expires_at - link.made_at - 14 * DAY) < datetime.timedelta(seconds=5)


def test_whoever_has_an_account_is_asked_nothing_by_link(cast, agreed):
    assert asks(cast, agreed(people=["tobias"])) == 0
    assert asks(cast, agreed(posts=["secretary"])) == 0


def test_a_person_without_an_account_is_asked_at_a_post_of_theirs(cast, agreed, wardens):
    assert asks(cast, agreed(people=["vera"])) == 1
    assert Mail.objects.get().address == MAILBOX


def test_a_body_that_is_hidden_asks_nobody_by_link(cast, agreed, wardens):
    assert asks(cast, agreed(body="silver", posts=["wardens"])) == 0


# Opening it


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_at_it_uses_nothing_up_and_leaves_no_cookie(token, method):
    for _ in range(3):
        page = getattr(Client(), method)(at(token))
        assert page.status_code == 200
        assert not page.cookies
        assert page["Referrer-Policy"] == "no-referrer"
        assert page["Cache-Control"] == "no-store"
    assert OneTimeLink.objects.get(purpose=links.PURPOSE).used_at is None


def test_it_shows_the_action_and_for_whom_it_is(token, action):
    page = words(Client().get(at(token)))

    assert action.text in page
    assert "for Vera Moss" in page
    assert "Sign out" not in page


def test_an_answer_is_proposed_and_changes_nothing_yet(cast, token, action, fresh):
    answer = Client(enforce_csrf_checks=True).post(at(token), {"said": "done", "note": "On Monday"})

    assert answer.status_code == 200
    assert "Your answer is with the secretary" in words(answer)
    proposal = proposed(cast)
    assert (proposal.said, proposal.note, proposal.person.name) == (
        "done",
        "On Monday",
        "Vera Moss",
    )
    assert fresh(action).state == "open"
    with cast.acting("dilys"):
        assert not Update.objects.exists()
    assert count("proposal.made") == count("link.used") == 1


def test_it_is_used_once(cast, token):
    assert Client().post(at(token), {"said": "done"}).status_code == 200
    assert Client().post(at(token), {"said": "late"}).status_code == 404
    assert Client().get(at(token)).status_code == 404
    assert proposed(cast).said == "done"


@pytest.mark.parametrize("given", [{}, {"said": "accepted"}, {"said": "note"}])
def test_what_cannot_be_said_is_said_and_uses_nothing_up(token, given):
    page = Client().post(at(token), given)

    assert "There is a problem" in page.text
    assert Client().get(at(token)).status_code == 200


def test_another_method_is_not_taken(token):
    assert Client().put(at(token)).status_code == 405


def closes(cast, action):
    with cast.acting("rowena") as rowena:
        services.withdraw(rowena, action=action, reason="Over.")


def restricts(cast, action):
    with cast.acting("dilys") as dilys:
        audience = cast.bodies["board"].office_audience_id
        assert audience in dilys.audience_ids
        for model in (Owner, Proposal):
            model.objects.filter(action=action).update(audience_id=audience)
        Action.objects.filter(pk=action.pk).update(audience_id=audience)


def changes_owner(cast, action):
    with cast.acting("dilys"), unguarded():
        Owner.objects.filter(action=action).update(post=None, person=cast.people["tobias"])


def leaves(cast, action):
    Appointment.objects.filter(person=cast.people["vera"]).update(ends=today() - DAY)


ENDS = [closes, restricts, changes_owner, leaves]


@pytest.mark.parametrize("ends", ENDS)
def test_it_dies_with_what_it_rests_on_and_answers_like_any_wrong_one(cast, token, action, ends):
    wrong = Client().get(at("nothing-of-the-kind"))
    ends(cast, action)

    for method in ("get", "post"):
        page = getattr(Client(), method)(at(token), {"said": "done"})
        assert page.status_code == wrong.status_code == 404
        assert words(page) == words(wrong)
    with cast.acting("dilys"):
        assert not Proposal.objects.filter(at__isnull=False).exists()


def test_it_is_too_old_after_14_days(token):
    with as_of(now() + 14 * DAY):
        page = Client().get(at(token))

    assert page.status_code == 404
    assert words(page) == words(Client().get(at("nothing-of-the-kind")))


@pytest.mark.parametrize("ends", ENDS)
def test_a_mail_whose_link_would_lead_nowhere_does_not_go(cast, action, ends):
    asks(cast, action)
    ends(cast, action)

    assert delivered() == []
    assert Mail.objects.get().state == MailState.CANCELLED


# Taking it up


@pytest.fixture
def proposal(cast, token):
    links.propose(token, said="done", note="On Monday")
    return proposed(cast)


def settles(signed_in, proposal, who="dilys", **typed):
    return signed_in(who).post(reverse("actions:settle", args=[proposal.key]), typed)


def test_taken_up_it_is_what_the_owner_said(cast, signed_in, proposal, action, fresh):
    assert settles(signed_in, proposal, taken="yes").status_code == 302

    with cast.acting("dilys") as dilys:
        update = queries.updates_visible_to(dilys).get()
    assert (update.by.name, update.said, update.note) == ("Vera Moss", "done", "On Monday")
    assert fresh(action).state == "claimed"
    assert count("proposal.taken_up") == 1


def test_it_stays_outside_the_record_with_a_reason(cast, signed_in, proposal, action, fresh):
    assert "Say why this is not taken up." in settles(signed_in, proposal, taken="no").text
    assert settles(signed_in, proposal, taken="no", reason="Not so.").status_code == 302

    assert fresh(action).state == "open"
    assert proposed(cast).reason == "Not so."
    assert count("proposal.not_taken_up") == 1


@pytest.mark.slow
def test_the_secretary_is_led_to_it(signed_in, proposal, action):
    client = signed_in("dilys")

    assert f"Take up an answer: {action.text}" in words(client.get("/"))
    assert "Vera Moss answered by a link" in words(client.get(action.get_absolute_url()))
    assert "“On Monday”" in words(client.get(reverse("actions:settle", args=[proposal.key])))


@pytest.mark.slow
def test_a_member_is_not_led_to_it(signed_in, proposal, action):
    client = signed_in("tobias")

    assert "Take up an answer" not in client.get("/").text
    assert "answered by a link" not in client.get(action.get_absolute_url()).text


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_outsider_finds_nothing(signed_in, proposal, method):
    page = getattr(signed_in("agnes"), method)(reverse("actions:settle", args=[proposal.key]))

    assert page.status_code == 404


def test_a_member_does_not_take_it_up(signed_in, proposal):
    page = settles(signed_in, proposal, who="tobias", taken="yes")

    assert page.status_code == 403
    assert "Only the secretary or the chair of this body can take this up." in words(page)


def test_what_was_settled_is_settled_once(signed_in, proposal):
    settles(signed_in, proposal, taken="yes")
    page = settles(signed_in, proposal, taken="no", reason="After all not.")

    assert page.status_code == 403
    assert "This was taken up, or not, already." in words(page)


def test_another_method_does_not_settle_it(signed_in, proposal):
    address = reverse("actions:settle", args=[proposal.key])

    assert signed_in("dilys").put(address).status_code == 405


def test_what_was_proposed_and_decided_is_never_altered(cast, signed_in, proposal):
    for change in ({"note": "Other words"}, {"said": "late"}):
        altered(cast, change)
    settles(signed_in, proposal, taken="no", reason="Not so.")
    altered(cast, {"reason": "Another reason"})


def altered(cast, change):
    with (
        cast.acting("dilys"),
        pytest.raises(ProgrammingError, match="never altered"),
        transaction.atomic(),
    ):
        Proposal.objects.update(**change)


# Many at once


@pytest.fixture
def town(django_db_setup, django_db_blocker, worker_id):
    with django_db_blocker.unblock(), a_town_of_its_own(f"links_{worker_id}") as there:
        yield there


@pytest.mark.slow
def test_of_many_at_once_one_answers_and_one_takes_it_up(town):
    a_post(town)
    with town.acting("dilys") as dilys:
        action = services.agree(
            dilys,
            body=town.bodies["board"],
            text="Clear the underpass",
            agreed_on=today(),
            owners=services.Owners(posts=[town.posts["wardens"]]),
        )
    asks(town, action)
    [token] = delivered()

    answered = at_once(lambda number: links.propose(token, said="done"), tries=10)
    assert answered.faults == []
    assert len(answered.done) == 1
    assert count("link.used") == 1
    proposal = proposed(town)

    def take_up(number):
        with town.acting(("dilys", "rowena")[number % 2]) as actor:
            return services.take_up(actor, proposal=proposal)

    taken = at_once(take_up, tries=10)
    assert taken.faults == []
    assert len(taken.done) == 1
    assert set(taken.refused) == {"This was taken up, or not, already."}


def test_what_is_no_answer_is_a_fault_of_ours(token):
    with pytest.raises(ValueError, match="not said of progress"):
        links.propose(token, said="accepted")
    with pytest.raises(NotAllowed):
        links.propose("another", said="done")


# Sent by an owner who has an account, to a colleague


@pytest.fixture
def probation_post(cast):
    """A post of the Probation Service, of which Tobias is a colleague."""
    before = dict(cast.posts), dict(cast.people)
    with cast.acting("maud") as maud:
        organisation = cast.organisations["probation"]
        cast.posts["team"] = people.add_post(
            maud, title="Team leader", organisation=organisation, role_mailbox="team@example.org"
        )
        cast.people["una"] = people.add_person(maud, name="Una Fell")
        seating.appoint(maud, person=cast.people["una"], post=cast.posts["team"], starts=SINCE)
    yield cast.posts["team"]
    cast.posts, cast.people = before


@pytest.mark.slow
def test_an_owner_with_an_account_has_a_link_sent_to_a_colleague(
    cast, agreed, probation_post, signed_in
):
    action = agreed(organisations=["probation"], agreed_on=today())
    page = reverse("actions:send_link", args=[action.key])
    tobias = signed_in("tobias")
    assert page in tobias.get(action.get_absolute_url()).text
    assert "Choose to whom the link goes." in tobias.post(page, {}).text

    sent = tobias.post(page, {"post": probation_post.key}, follow=True)
    assert "A link goes to Una Fell." in words(sent)
    again = words(tobias.post(page, {"post": probation_post.key}))
    assert "A link was sent to that mailbox today." in again
    assert count("proposal.asked") == 1

    [token] = delivered()
    [mail] = outbox.outbox
    assert mail.to == ["team@example.org"]
    assert action.text in Client().get(at(token)).text
    Client().post(at(token), {"said": "on_track", "note": "Half is done"})
    assert Client().get(at(token)).status_code == 404
    one = proposed(cast)
    assert (one.person.name, one.asked_by_id) == ("Una Fell", cast.people["tobias"].pk)
    assert "Una Fell answered by a link" in words(signed_in("dilys").get(action.get_absolute_url()))


@pytest.mark.slow
def test_only_an_owner_has_a_link_sent_and_only_within_their_organisation(
    cast, agreed, probation_post, wardens, signed_in
):
    action = agreed(organisations=["probation"], agreed_on=today())
    page = reverse("actions:send_link", args=[action.key])

    refused = signed_in("gareth").get(page)
    assert refused.status_code == 403
    assert "Only those who own this action can have a link to it sent." in words(refused)
    assert signed_in("agnes").get(page).status_code == 404
    assert signed_in("tobias").put(page).status_code == 405
    elsewhere = signed_in("tobias").post(page, {"post": wardens.key})
    assert "Choose to whom the link goes." in words(elsewhere)
    assert Proposal.objects.count() == 0


@pytest.mark.slow
def test_a_link_that_is_over_goes_after_a_year_unless_a_record_rests_on_it(cast, token):
    [kind] = [one for one in KINDS if one.name == "links"]
    loose = make_link(purpose="people:nothing", reference="bcdfgh", lasts=14 * DAY)
    with everything_open():
        [found] = kind.expired(now() + 15 * DAY, None)
        assert found.key == loose.key
        assert list(kind.expired(now() + 13 * DAY, None)) == []
        assert kind.let_go([loose.key]).records == [("notices.onetimelink", loose.key)]
    assert OneTimeLink.objects.filter(purpose=links.PURPOSE).count() == 1
