"""Members register, confirm and end interests; what is withheld is decided by another person."""

import datetime
import re
from decimal import Decimal

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concerted.audit.models import Line
from concerted.interests import queries, rules, services
from concerted.interests.letters import TEXT
from concerted.interests.models import Confirmation, Entry, Gift, Kind, Remark, Sensitivity
from concerted.kernel.clock import as_of, now, today
from concerted.kernel.verdict import NotAllowed
from concerted.notices.models import Mail
from concerted.people import seating
from tests.steady import steady

MINE = reverse("interests:mine")
ADD = reverse("interests:add")
HOME = reverse("desk:home")


def words(response):
    """What a page says, without its markup."""
    assert response.status_code == 200, response.status_code
    return " ".join(re.sub("<[^>]+>", " ", steady(response)).split())


def in_text(day):
    return f"{day:%d %m %Y}"


def at(name, thing):
    return reverse(f"interests:{name}", args=[thing.key])


def typed(kinds, **more):
    return {
        "kind": kinds["Land"].key,
        "what": "A house on Tern Walk",
        "whose": "own",
        "starts": in_text(today()),
    } | more


def lines(what):
    return Line.objects.filter(what=what).count()


@pytest.fixture
def board(cast):
    return reverse("interests:register", args=[cast.bodies["board"].key])


# Registering


@pytest.mark.slow
def test_a_member_adds_an_interest_and_those_on_the_body_read_it(signed_in, kinds, board):
    response = signed_in("tobias").post(ADD, typed(kinds), follow=True)

    assert "Registered. Confirm your register" in words(response)
    assert lines("interest.added") == 1
    for reader in ("rowena", "dilys", "maud"):
        assert "A house on Tern Walk" in words(signed_in(reader).get(board))


@pytest.mark.parametrize("who", ["agnes", "priti", "owen", "sid"])
def test_others_read_no_register(cast, signed_in, entry, board, who):
    response = signed_in(who).get(board)

    assert response.status_code == 403
    assert "for its members and its secretary" in response.text
    assert signed_in(who).get(at("entry", entry)).status_code == 404
    with cast.acting(who) as actor:
        assert not queries.registers_visible_to(actor).exists()
        assert not Entry.objects.exists()


def test_without_a_seat_or_a_rule_the_page_says_why_nothing_can_be_registered(
    signed_in, cast, kinds
):
    assert "You hold no seat on a body" in words(signed_in("priti").get(MINE))

    response = signed_in("priti").post(ADD, typed(kinds))

    assert "You hold no seat on a body" in response.text
    assert lines("interest.added") == 0


@pytest.mark.slow
def test_before_there_is_a_rule_nobody_is_asked_anything(signed_in, db):
    assert "The partnership has no rule yet" in words(signed_in("tobias").get(MINE))
    assert "register of interests" not in words(signed_in("tobias").get(HOME))
    assert signed_in("tobias").post(reverse("interests:nothing")).status_code == 403


def test_nothing_to_declare_is_an_entry_and_a_confirmation(signed_in, rule, board):
    response = signed_in("tobias").post(reverse("interests:nothing"), follow=True)

    assert "you have nothing to declare" in words(response)
    assert (lines("interest.added"), lines("interests.confirmed")) == (1, 1)
    page = words(signed_in("rowena").get(board))
    assert "Tobias Wren" in page
    assert "Nothing to declare" in page
    again = signed_in("tobias").post(reverse("interests:nothing"))
    assert again.status_code == 403
    assert "says already that you have nothing to declare" in again.text


def test_the_first_interest_ends_that_there_was_nothing(cast, rule, new):
    with cast.acting("tobias") as tobias:
        services.say_nothing(tobias)
        made = services.add(tobias, new=new())

    with cast.acting("tobias") as tobias:
        assert list(queries.current_entries(tobias)) == [made]
        # What was said stands, and beside it that it is over.
        assert Entry.objects.filter(nothing=True, ends=None).count() == 1
        assert Entry.objects.filter(nothing=True, ends=today()).count() == 1


def test_a_change_is_a_new_record_and_the_old_one_stays(signed_in, cast, kinds, entry):
    response = signed_in("tobias").post(
        at("change", entry), typed(kinds, what="Two houses"), follow=True
    )

    page = words(response)
    assert "Two houses" in page
    assert "Director of a lettings company" not in page
    assert lines("interest.changed") == 1
    with cast.acting("tobias") as tobias:
        [newest] = queries.current_entries(tobias)
        assert [one.pk for one in queries.earlier_records(tobias, newest)] == [entry.pk]
    again = signed_in("tobias").post(at("change", entry), typed(kinds))
    assert "There is a later record of this entry" in again.text


def test_an_entry_ends_by_a_record_of_its_own(signed_in, cast, entry, board):
    response = signed_in("tobias").post(at("end", entry), {"on": in_text(today())}, follow=True)

    assert "this interest is over" in words(response)
    assert lines("interest.ended") == 1
    assert "Quay Lettings" not in words(signed_in("rowena").get(board))
    with cast.acting("tobias"):
        entry.refresh_from_db()
    assert entry.ends is None


@pytest.mark.parametrize("page", ["change", "end", "withhold"])
def test_only_the_member_changes_an_entry(signed_in, kinds, entry, page):
    assert signed_in("agnes").get(at(page, entry)).status_code == 404
    refused = signed_in("dilys").post(at(page, entry), typed(kinds))
    assert refused.status_code == 403
    assert "Only the member whose interest it is" in refused.text
    assert signed_in("tobias").put(at(page, entry)).status_code == 405


@pytest.mark.parametrize("page", ["nothing", "confirm"])
def test_what_is_a_button_takes_no_address_typed_in(signed_in, db, page):
    assert signed_in("tobias").get(reverse(f"interests:{page}")).status_code == 405


def test_an_organisation_is_chosen_or_named_not_both(signed_in, cast, kinds):
    both = {"organisation": cast.organisations["homes"].key, "organisation_name": "Quay Lettings"}

    page = signed_in("tobias").post(ADD, typed(kinds, **both)).text

    assert "Choose an organisation or type a name, not both." in page


# Confirming


def test_confirming_says_who_has_and_who_is_late(signed_in, cast, entry, board):
    assert "Not confirmed yet" in words(signed_in("rowena").get(board))

    response = signed_in("tobias").post(reverse("interests:confirm"), follow=True)

    assert "confirmed as complete" in words(response)
    assert lines("interests.confirmed") == 1
    later = now() + datetime.timedelta(days=29)
    with as_of(later):
        page = words(signed_in("dilys").get(board))
    assert "Late: due" in page.partition("Gareth Pellow")[2].partition("Rowena Thackley")[0]
    assert "Late" not in page.partition("Tobias Wren")[2]


def test_an_empty_register_is_not_confirmed(signed_in, rule):
    response = signed_in("tobias").post(reverse("interests:confirm"))

    assert response.status_code == 403
    assert "There is nothing in your register" in response.text


@pytest.mark.slow
def test_the_home_page_asks_when_the_time_comes_and_no_longer_once_it_is_done(signed_in, rule):
    asks = "Confirm your register of interests"
    assert asks not in words(signed_in("tobias").get(HOME))

    with as_of(now() + datetime.timedelta(days=15)):
        assert asks in words(signed_in("tobias").get(HOME))
        assert asks not in words(signed_in("priti").get(HOME))
        signed_in("tobias").post(reverse("interests:nothing"))
        assert asks not in words(signed_in("tobias").get(HOME))


@pytest.mark.slow
def test_a_reminder_goes_once_a_turn_and_says_nothing_of_anybody(cast, rule, new):
    with cast.acting("tobias") as tobias:
        services.add(tobias, new=new())
        services.confirm(tobias)
    due = today() + datetime.timedelta(days=28)

    for ago in (15, 14, 14, 13, 0):
        with as_of(now() + datetime.timedelta(days=28 - ago)):
            services.watch(due - datetime.timedelta(days=ago))

    sent = Mail.objects.filter(kind="interests.due")
    per_account = dict.fromkeys(sent.values_list("account__email", flat=True), 0)
    for email in sent.values_list("account__email", flat=True):
        per_account[email] += 1
    # Those who sit and have not confirmed: once 14 days before, once on the day.
    seated = ("rowena", "gareth", "agnes")
    assert per_account == {f"{one}@example.org": 2 for one in seated}
    assert set(sent.values_list("text", flat=True)) == {TEXT}
    assert mail.outbox == []


# Withholding details


def test_what_is_withheld_shows_others_that_it_is_there_and_no_more(
    cast, signed_in, withheld, board
):
    page = words(signed_in("rowena").get(board))
    assert "There is an entry of which you read no more." in page
    assert "Tern Walk" not in page
    assert "Land" not in page
    assert signed_in("rowena").get(at("entry", withheld)).status_code == 404
    with cast.acting("rowena"):
        assert not Entry.objects.exists()
        assert not Sensitivity.objects.exists()
    # Whoever keeps the register reads it, and that they did is on the trail.
    assert "Tern Walk" in words(signed_in("dilys").get(at("entry", withheld)))
    assert lines("entry.consulted") == 1
    assert "Tern Walk" in words(signed_in("tobias").get(MINE))


@pytest.fixture
def asked(cast, withheld):
    with cast.acting("dilys"):
        return Sensitivity.objects.get()


@pytest.mark.slow
@pytest.mark.parametrize(("agreed", "shown"), [("yes", False), ("no", True)])
def test_the_keeper_decides_and_the_member_reads_why(
    signed_in, withheld, asked, board, agreed, shown
):
    assert "Tobias Wren asks that details are withheld" in words(signed_in("dilys").get(board))

    response = signed_in("dilys").post(
        at("decide", asked), {"agreed": agreed, "answer": "I spoke to the police."}, follow=True
    )

    assert "Decided." in words(response)
    assert lines("sensitivity.decided") == 1
    page = words(signed_in("rowena").get(board))
    assert ("Tern Walk" in page) is shown
    assert ("of which you read no more" in page) is not shown
    assert "I spoke to the police." in words(signed_in("tobias").get(at("entry", withheld)))
    again = signed_in("dilys").get(at("decide", asked))
    assert again.status_code == 403
    assert "This was decided already" in again.text


@pytest.mark.parametrize(
    ("who", "status", "sentence"),
    [
        ("rowena", 404, ""),
        ("agnes", 404, ""),
        ("tobias", 403, "Nobody reviews their own entries"),
    ],
)
def test_nobody_else_decides(signed_in, asked, who, status, sentence):
    response = signed_in(who).post(at("decide", asked), {"agreed": "yes", "answer": "Yes."})

    assert response.status_code == status
    assert sentence in response.text
    assert lines("sensitivity.decided") == 0
    assert signed_in("dilys").put(at("decide", asked)).status_code == 405


def test_until_it_is_decided_the_entry_is_not_changed(signed_in, kinds, withheld):
    page = signed_in("tobias").post(at("change", withheld), typed(kinds)).text

    assert "It is not decided yet whether its details are withheld" in page


def test_what_follows_a_withheld_entry_is_withheld_too(
    cast, signed_in, kinds, withheld, asked, board
):
    with cast.acting("dilys") as dilys:
        services.decide(dilys, asked=asked, agreed=True, answer="Yes.")
    signed_in("tobias").post(at("change", withheld), typed(kinds, what="Two houses"))

    page = words(signed_in("rowena").get(board))
    assert page.count("of which you read no more") == 1
    assert "houses" not in page

    with cast.acting("tobias") as tobias:
        [newest] = queries.current_entries(tobias)
        services.end(tobias, entry=newest, on=today())
    assert "of which you read no more" not in words(signed_in("rowena").get(board))


def test_it_can_be_asked_for_later(cast, signed_in, entry, board):
    response = signed_in("tobias").post(
        at("withhold", entry), {"because": "Threats since May."}, follow=True
    )

    assert "withheld until it is decided" in words(response)
    assert lines("sensitivity.asked") == 1
    assert "Quay Lettings" not in words(signed_in("rowena").get(board))


# Reviewing


@pytest.mark.slow
def test_the_keeper_asks_and_the_member_finds_it_on_the_home_page_and_answers(
    cast, signed_in, entry
):
    address = at("remark", entry)
    signed_in("dilys").post(address, {"said": "question", "text": "Is it paid?"})
    assert "Answer a question about an entry" in words(signed_in("tobias").get(HOME))
    assert "Is it paid?" not in words(signed_in("rowena").get(at("entry", entry)))

    page = signed_in("tobias").post(address, {"said": "answer", "text": "Yes."}, follow=True)

    assert "Answer : Yes." in words(page)
    assert "Answer a question" not in words(signed_in("tobias").get(HOME))
    signed_in("dilys").post(address, {"said": "seen"})
    assert lines("interest.remarked") == 3
    with cast.acting("dilys"):
        assert [one.said for one in Remark.objects.all()] == ["question", "answer", "seen"]


def test_a_question_without_words_is_not_recorded(signed_in, entry):
    response = signed_in("dilys").post(at("remark", entry), {"said": "question"}, follow=True)

    assert "Nothing was recorded." in words(response)
    assert lines("interest.remarked") == 0


@pytest.mark.parametrize(
    ("who", "said", "status", "sentence"),
    [
        ("agnes", "seen", 404, ""),
        ("rowena", "seen", 403, "Only the secretary of a body that the member sits on"),
        ("tobias", "seen", 403, "Nobody reviews their own entries"),
        ("tobias", "answer", 403, "No question about this entry is open"),
    ],
)
def test_who_may_not_remark(signed_in, entry, who, said, status, sentence):
    response = signed_in(who).post(at("remark", entry), {"said": said, "text": "Well."})

    assert response.status_code == status
    assert sentence in response.text
    assert signed_in("dilys").get(at("remark", entry)).status_code == 405


# Who reads it as seats change


def test_a_seat_on_a_second_body_opens_the_register_to_it_by_the_next_day(cast, entry):
    with cast.acting("agnes"):
        assert not Entry.objects.exists()
    with cast.acting("maud") as maud:
        seat = seating.add_seat(
            maud, body=cast.bodies["area"], holder=cast.organisations["probation"]
        )
        seating.appoint(maud, person=cast.people["tobias"], seat=seat)

    services.watch(today())

    with cast.acting("agnes"):
        assert Entry.objects.count() == 1


def test_a_hidden_group_is_not_told_of_by_the_register_of_an_open_body(cast, signed_in, new, board):
    """Gareth sits on a hidden group too: his register looks to the board like any other."""
    with cast.acting("gareth") as gareth:
        services.add(gareth, new=new(what="A boat"))

    page = words(signed_in("tobias").get(board))

    assert "A boat" in page
    assert "Silver" not in page


# Never altered


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Entry, {"what": "Something else"}),
        (Entry, {"ends": datetime.date(2030, 1, 1)}),
        (Confirmation, {"at": datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)}),
        (Remark, {"text": "Something else"}),
        (Sensitivity, {"reason": "Something else"}),
        (Kind, {"words": "Something else"}),
    ],
)
def test_what_was_said_is_never_altered(cast, withheld, asked, model, change):
    with cast.acting("dilys") as dilys:
        services.remark(dilys, entry=withheld, said="question", text="Where?")
    with cast.acting("tobias") as tobias:
        services.confirm(tobias)
    with (
        cast.acting("dilys"),
        pytest.raises(DatabaseError, match="never altered"),
        transaction.atomic(),
    ):
        assert model.objects.update(**change)


def test_what_was_decided_is_decided_once(cast, asked):
    with cast.acting("dilys") as dilys:
        services.decide(dilys, asked=asked, agreed=True, answer="Yes.")
    with (
        cast.acting("dilys"),
        pytest.raises(DatabaseError, match="never altered"),
        transaction.atomic(),
    ):
        Sensitivity.objects.update(agreed=False)


# The rule


def test_the_manager_sets_the_rule_and_the_kinds(signed_in, db):
    client = signed_in("maud")
    client.post(
        reverse("interests:rule_set"),
        {
            "starts": in_text(today()),
            "days_after_appointment": 28,
            "days_after_change": 28,
            "confirm_months": 12,
            "remind_days": 14,
            "gift_pounds": "25",
            "gift_days": 28,
        },
    )
    client.post(
        reverse("interests:kind_add"),
        {"words": "Land", "covers": "Owned or let", "starts": in_text(today())},
    )
    kind = Kind.objects.get()
    tomorrow = today() + datetime.timedelta(days=1)
    client.post(at("kind_stop", kind), {"from_day": in_text(tomorrow)})

    page = words(signed_in("tobias").get(reverse("interests:rule")))

    assert "Within 28 days" in page
    assert "Owned or let" in page
    found = ("interest_rule.set", "interest_kind.added", "interest_kind.stopped")
    assert [lines(what) for what in found] == [1, 1, 1]


@pytest.mark.parametrize("page", ["rule_set", "kind_add", "kind_stop"])
def test_nobody_else_sets_the_rule(signed_in, kinds, page):
    address = at(page, kinds["Land"]) if page == "kind_stop" else reverse(f"interests:{page}")

    for who in ("dilys", "rowena", "sid"):
        response = signed_in(who).get(address)
        assert response.status_code == 403
        assert "Only the partnership manager can set the rule" in response.text
    assert signed_in("maud").put(address).status_code == 405


def test_a_rule_for_days_gone_by_is_refused(cast, rule):
    yesterday = today() - datetime.timedelta(days=1)
    periods = {
        "days_after_appointment": 1,
        "days_after_change": 1,
        "confirm_months": 1,
        "remind_days": 1,
        "gift_pounds": Decimal(25),
        "gift_days": 1,
    }
    with cast.acting("maud") as maud, pytest.raises(NotAllowed, match="days gone by"):
        rules.set_rule(maud, starts=yesterday, **periods)


# Gifts and hospitality


def dinner(**more):
    return {
        "direction": "received",
        "on": in_text(today()),
        "what": "A dinner",
        "pounds": "40",
        "other_side": "Quay Lettings",
        "accepted": "no",
    } | more


GIFT = reverse("interests:gift_add")


def test_a_gift_is_registered_declined_or_not_and_those_on_the_body_read_it(signed_in, rule, board):
    response = signed_in("tobias").post(GIFT, dinner(), follow=True)

    assert "Offered by Quay Lettings" in words(response)
    assert lines("gift.registered") == 1
    page = words(signed_in("rowena").get(board))
    assert "Offered by Quay Lettings" in page
    assert "A dinner (about £40.00), declined." in page


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"other_side": ""}, "Choose an organisation, or say who it was."),
        ({"pounds": "-1"}, "greater than or equal to 0"),
        ({"on": "1 January 2999"}, "cannot be still to come"),
    ],
)
def test_a_gift_that_is_not_whole_is_not_registered(signed_in, rule, more, sentence):
    assert sentence in signed_in("tobias").post(GIFT, dinner(**more)).text
    assert lines("gift.registered") == 0


@pytest.mark.slow
def test_a_gift_is_corrected_by_a_new_record_of_its_member_alone(cast, signed_in, rule, board):
    signed_in("tobias").post(GIFT, dinner())
    with cast.acting("tobias"):
        gift = Gift.objects.get()
    address = at("gift_correct", gift)

    signed_in("tobias").post(address, dinner(pounds="60"))

    page = words(signed_in("rowena").get(board))
    assert "about £60.00" in page
    assert "about £40.00" not in page
    assert lines("gift.registered") == 2
    again = signed_in("tobias").post(address, dinner())
    assert "This was corrected already" in again.text
    assert signed_in("agnes").get(address).status_code == 404
    refused = signed_in("dilys").post(address, dinner())
    assert refused.status_code == 403
    assert "Only the member who registered it can correct it." in refused.text
    assert signed_in("tobias").put(address).status_code == 405
    with (
        cast.acting("tobias"),
        pytest.raises(DatabaseError, match="never altered"),
        transaction.atomic(),
    ):
        Gift.objects.update(pounds=1)


# How much it asks


@pytest.mark.slow
@pytest.mark.parametrize("entries", [1, 20])
def test_the_register_costs_the_same_however_much_stands_in_it(
    cast, signed_in, new, board, entries
):
    for who in ("tobias", "gareth"):
        with cast.acting(who) as actor:
            for _ in range(entries):
                services.add(actor, new=new())
    client = signed_in("rowena")
    client.get(board)

    with CaptureQueriesContext(connection) as asked:
        client.get(board)

    assert len([one for one in asked if not re.match("SAVEPOINT|RELEASE", one["sql"])]) == 13
