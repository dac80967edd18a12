"""The list of reasons: read by all, added to, stopped from a day, never altered."""

import datetime
import os
import threading

import pytest
from django.db import DatabaseError, connections, transaction
from django.urls import reverse

from concerted.access.actor import Actor
from concerted.access.roles import SUPPORT_ROLES
from concerted.audit.models import Line
from concerted.kernel.clock import as_of, now, today
from concerted.kernel.verdict import NotAllowed
from concerted.restrictions import grounds, policies, queries
from concerted.restrictions.models import Ground, Restriction
from tests import cast as casts
from tests import databases
from tests.steady import steady

REASONS = reverse("restrictions:reasons")
ADD = reverse("restrictions:reason_add")
ONLY = "Only the partnership manager can change the list of reasons."
TODAY = datetime.date(2026, 6, 16)
TOMORROW = TODAY + datetime.timedelta(days=1)
MANAGER = Actor(everywhere=SUPPORT_ROLES["manager"].permissions)
SECRETARY = Actor(everywhere=SUPPORT_ROLES["secretary"].permissions)
WORDS = "A court has forbidden it"


def in_text(day):
    return f"{day:%d %m %Y}"


def typed(**more):
    return {
        "words": WORDS,
        "source": "Contempt of Court Act 1981, section 4",
        "public_interest_test": "no",
        "starts": in_text(today()),
    } | more


def stopping(ground):
    return reverse("restrictions:reason_stop", args=[ground.key])


@pytest.fixture
def court(cast):
    """A reason of the partnership's own, without a public-interest test."""
    with cast.acting("maud") as maud:
        return grounds.add(
            maud, words=WORDS, source="The Act", public_interest_test=False, starts=today()
        )


@pytest.mark.parametrize(
    ("actor", "starts", "there", "why_not"),
    [
        (MANAGER, TODAY, False, ""),
        (MANAGER, TOMORROW, False, ""),
        (SECRETARY, TODAY, False, ONLY),
        (MANAGER, TODAY - datetime.timedelta(days=1), False, "no reason is added for days gone by"),
        (MANAGER, TODAY, True, "A reason with these words is on the list already."),
    ],
)
def test_may_add_ground(actor, starts, there, why_not):
    verdict = policies.may_add_ground(actor, starts=starts, today=TODAY, there=there)

    assert bool(verdict) is (why_not == "")
    assert why_not in verdict.why_not


@pytest.mark.parametrize(
    ("actor", "ground", "from_day", "why_not"),
    [
        (MANAGER, Ground(), TOMORROW, ""),
        (SECRETARY, Ground(), TOMORROW, ONLY),
        (MANAGER, Ground(ends=TODAY), TOMORROW, "The end of this reason is set already"),
        (MANAGER, Ground(), TODAY, "Choose a day still to come"),
        (MANAGER, Ground(starts=TOMORROW), TOMORROW, "Choose a day after the one from which"),
    ],
)
def test_may_stop_ground(actor, ground, from_day, why_not):
    verdict = policies.may_stop_ground(actor, ground, from_day=from_day, today=TODAY)

    assert bool(verdict) is (why_not == "")
    assert why_not in verdict.why_not


def test_the_manager_adds_a_reason_and_it_stands_at_the_end_and_is_offered(
    item, signed_in, restrict
):
    response = signed_in("maud").post(ADD, typed(words=f"  {WORDS} "), follow=True)

    page = steady(response)
    assert "The reason is on the list." in page
    assert page.index("put a person or a place in danger") < page.index(WORDS)
    made = Ground.objects.get(words=WORDS)
    assert made.public_interest_test is False
    assert Line.objects.filter(what="ground.added", reference=made.key).count() == 1
    offered = signed_in("dilys").get(f"/restrictions/items/{item.key}/change").text
    assert f"{WORDS} (no public-interest test)" in offered
    # Once more, in other letters, it is there already.
    again = signed_in("maud").post(ADD, typed(words=WORDS.upper()))
    assert "A reason with these words is on the list already." in again.text


def test_one_for_later_is_not_offered_before_its_day(item, signed_in):
    later = today() + datetime.timedelta(days=30)
    signed_in("maud").post(ADD, typed(starts=in_text(later)))

    assert "Not yet in force" in signed_in("tobias").get(REASONS).text
    assert WORDS not in signed_in("dilys").get(f"/restrictions/items/{item.key}/change").text
    assert WORDS in {one.words for one in queries.grounds_on(later)}


def test_a_reason_without_a_test_asks_for_no_public_interest(cast, item, court, restrict):
    made = restrict(item, ground=court, public_interest="")

    assert made.public_interest == ""
    with cast.acting("dilys"), pytest.raises(DatabaseError), transaction.atomic():
        Restriction.objects.filter(pk=made.pk).update(public_interest="Later.")


@pytest.mark.slow
def test_the_page_says_that_there_was_no_test(item, court, restrict, signed_in):
    restrict(item, ground=court, public_interest="")

    page = signed_in("dilys").get(f"/restrictions/items/{item.key}/").text

    assert "The reason has no public-interest test" in page
    assert f"{WORDS}. To be looked at again" in page


@pytest.mark.slow
def test_a_reason_with_one_still_asks_whoever_gives_it(cast, item, restrict):
    with pytest.raises(NotAllowed, match="serves the public more than showing it"):
        restrict(item, public_interest=" ")

    made = restrict(item)
    columns = {one.name: getattr(made, one.attname) for one in Restriction._meta.fields}
    bare = {name: value for name, value in columns.items() if name not in ("id", "key")}
    bare = {
        (f"{name}_id" if Restriction._meta.get_field(name).is_relation else name): value
        for name, value in bare.items()
    } | {"public_interest": "", "number": 9}
    with (
        cast.acting("dilys"),
        pytest.raises(DatabaseError, match="asks for the public interest"),
        transaction.atomic(),
    ):
        Restriction.objects.create(**bare)


@pytest.mark.slow
def test_a_reason_that_stops_keeps_its_words_and_is_offered_no_more(
    item, court, restrict, signed_in
):
    restrict(item, ground=court, public_interest="")
    last = today() + datetime.timedelta(days=4)
    from_day = last + datetime.timedelta(days=1)
    assert WORDS in signed_in("maud").get(stopping(court)).text

    signed_in("maud").post(stopping(court), {"from_day": in_text(from_day)})

    court.refresh_from_db()
    assert court.ends == last
    assert Line.objects.filter(what="ground.stopped", reference=court.key).count() == 1
    change = f"/restrictions/items/{item.key}/change"
    with as_of(now() + datetime.timedelta(days=4)):
        assert WORDS in signed_in("dilys").get(change).text
    with as_of(now() + datetime.timedelta(days=5)):
        dilys = signed_in("dilys")
        assert f"{WORDS} (no" not in dilys.get(change).text
        assert WORDS in dilys.get(f"/restrictions/items/{item.key}/").text
        assert "No longer given" in dilys.get(REASONS).text
        with pytest.raises(NotAllowed, match="cannot be given today"):
            restrict(item, ground=court, public_interest="")
    again = signed_in("maud").post(stopping(court), {"from_day": in_text(from_day)})
    assert "The end of this reason is set already, and stays." in again.text


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE restrictions_ground SET words = 'Because'",
        "UPDATE restrictions_ground SET public_interest_test = NOT public_interest_test",
        "UPDATE restrictions_ground SET starts = '2000-01-01'",
        "UPDATE restrictions_ground SET ends = '2030-01-01', position = 0",
        "UPDATE restrictions_ground SET ends = '2030-01-01' WHERE ends IS NOT NULL",
        "DELETE FROM restrictions_ground",
    ],
)
def test_the_database_lets_nothing_but_an_end_be_set_and_that_once(court, change):
    Ground.objects.filter(pk=court.pk).update(ends=today())
    with (
        pytest.raises(DatabaseError, match="stays as it was"),
        transaction.atomic(),
        connections["default"].cursor() as cursor,
    ):
        cursor.execute(change)


@pytest.mark.parametrize("who", ["tobias", "dilys", "rowena", "sid", "owen"])
def test_everybody_reads_the_list_and_only_the_manager_changes_it(signed_in, court, who):
    client = signed_in(who)

    page = client.get(REASONS)
    assert page.status_code == 200
    assert WORDS in page.text
    assert ONLY in page.text
    assert ADD not in page.text
    for address in (ADD, stopping(court)):
        for refused in (client.get(address), client.post(address, typed())):
            assert refused.status_code == 403
            assert ONLY in refused.text
    assert Line.objects.filter(what="request.refused").count() == 4


def test_who_has_no_appointment_reads_nothing_and_what_is_not_there_is_not_found(signed_in, court):
    assert signed_in("nell").get(REASONS).url == reverse("people:no_appointment")
    maud = signed_in("maud")
    nothing = reverse("restrictions:reason_stop", args=["nothing"])
    assert maud.get(nothing).status_code == maud.post(nothing).status_code == 404


def test_the_wrong_method_is_refused(signed_in, court):
    maud = signed_in("maud")
    assert maud.post(REASONS).status_code == 405
    assert maud.put(ADD).status_code == 405
    assert maud.delete(stopping(court)).status_code == 405


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_the_same_however_long_it_is(
    cast, signed_in, rows, django_assert_max_num_queries
):
    maud = signed_in("maud")
    with django_assert_max_num_queries(100) as short:
        maud.get(REASONS)
    Ground.objects.bulk_create(
        Ground(words=f"Reason {number}", source="Own", position=20 + number)
        for number in range(rows)
    )
    with django_assert_max_num_queries(len(short)):
        assert f"Reason {rows - 1}" in maud.get(REASONS).text


@pytest.fixture
def own_cast(django_db_setup, django_db_blocker, worker_id):
    before = connections["default"].settings_dict["NAME"]
    with django_db_blocker.unblock():
        name = f"grounds_{worker_id}_{os.getpid()}"
        with databases.cloned(databases.template(), name):
            yield casts.build()
        databases.point_at(before)


@pytest.mark.slow
def test_of_many_who_add_the_same_at_once_one_does(own_cast):
    start, came = threading.Barrier(20), []

    def adds():
        try:
            with own_cast.acting("maud") as maud:
                start.wait()
                grounds.add(
                    maud, words=WORDS, source="Own", public_interest_test=True, starts=today()
                )
            came.append("added")
        except NotAllowed as refused:
            came.append(str(refused))
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=adds) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert came.count("added") == 1
    assert came.count("A reason with these words is on the list already.") == 19
    assert Ground.objects.filter(words=WORDS).count() == 1
