"""An item of minutes that is closed, hidden, opened again: what follows it, who sees what."""

import pytest
from django.db import DatabaseError, transaction

from concerted.actions.models import Action, Owner
from concerted.audit.models import Line
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.models import Decision, Item, Limb
from concerted.meetings.register import found
from concerted.restrictions.models import Restriction
from concerted.restrictions.states import Level, Tier
from concerted.restrictions.tests.conftest import text_of
from tests.databases import unguarded

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
SECRET = ("Burglary", "commander", "cordon", "Watch the depot", "01632")


def shown(client, address, words=SECRET):
    page = text_of(client, address)
    return [word for word in words if word in page]


def test_a_closed_item_shows_its_number_and_why_and_nothing_else(
    restrict, meeting, item, signed_in
):
    restrict(item)

    page = text_of(signed_in("tobias"), meeting.get_absolute_url())

    assert "2. Closed item" in page
    assert "preventing, investigating or prosecuting crime" in page
    assert "Wyleshire Police" in page
    assert "Superintendent, operations" in page
    assert "An operation is under way." not in page
    assert [word for word in SECRET if word in page] == []


def test_those_on_its_audience_read_it_with_its_marking(restrict, meeting, item, signed_in):
    restrict(item)

    page = text_of(signed_in("gareth"), meeting.get_absolute_url())

    assert "2. Burglary briefing" in page
    assert "OFFICIAL-SENSITIVE" in page
    assert "Belongs to Wyleshire Police. Do not forward." in page


@pytest.mark.parametrize("who", ["tobias", "rowena", "priti", "maud"])
def test_no_list_and_no_export_tells_others_of_it(restrict, meeting, item, signed_in, cast, who):
    restrict(item)

    client = signed_in(who)

    for address in (
        meeting.get_absolute_url(),
        "/",
        "/meetings/",
        "/meetings/decisions/",
        "/meetings/decisions.csv",
        "/actions/",
        "/actions/organisation/",
        "/actions/bodies/",
        "/actions/all/",
        cast.organisations["police"].get_absolute_url(),
    ):
        assert shown(client, address) == [], address


def test_what_hangs_on_it_follows_in_one_step(restrict, item, cast):
    made = restrict(item)

    with cast.acting("dilys"):
        audiences = {
            *Decision.objects.filter(item=item).values_list("audience_id", flat=True),
            *Limb.objects.filter(decision__item=item).values_list("audience_id", flat=True),
            *Action.objects.filter(source_id=item.pk).values_list("audience_id", flat=True),
            *Owner.objects.filter(action__source_id=item.pk).values_list("audience_id", flat=True),
            Item.objects.get(pk=item.pk).audience_id,
        }

    assert audiences == {made.seen_by_id}


def test_words_withheld_stay_with_those_of_the_office_who_see_the_item(
    restrict, meeting, item, signed_in
):
    restrict(item)

    assert shown(signed_in("dilys"), meeting.get_absolute_url(), ["01632 960123"])
    assert not shown(signed_in("gareth"), meeting.get_absolute_url(), ["01632 960123"])


def test_opened_again_everything_is_as_it_was(restrict, meeting, item, signed_in):
    before = text_of(signed_in("tobias"), meeting.get_absolute_url())
    restrict(item)
    restrict(item, who="gareth", level=Level.OPEN, tier=Tier.OFFICIAL)

    assert text_of(signed_in("tobias"), meeting.get_absolute_url()) == before


def test_once_it_is_open_why_it_was_not_stays_with_those_who_saw_it(restrict, item, signed_in):
    restrict(item)
    restrict(item, who="gareth", level=Level.OPEN)

    address = f"/restrictions/items/{item.key}/"
    assert "An operation is under way" not in text_of(signed_in("tobias"), address)
    assert "An operation is under way" in text_of(signed_in("gareth"), address)


def test_the_secretary_cannot_open_what_is_the_polices(restrict, item):
    restrict(item)

    with pytest.raises(NotAllowed, match="Only the people of Wyleshire Police can open"):
        restrict(item, level=Level.OPEN)
    with pytest.raises(NotAllowed, match="lower its marking"):
        restrict(item, tier=Tier.OFFICIAL)


def test_only_the_owner_lets_more_people_see_it(restrict, item, meeting, signed_in):
    restrict(item)
    more = ("Wyleshire Police", "Partnership secretary", "Probation Service")

    with pytest.raises(NotAllowed, match="Only the people of Wyleshire Police can let more"):
        restrict(item, *more)
    restrict(item, *more, who="gareth")

    assert shown(signed_in("tobias"), meeting.get_absolute_url()) != []


def test_a_secretary_takes_people_off(restrict, item, meeting, signed_in):
    restrict(item, "Wyleshire Police", "Partnership secretary", "Probation Service")
    assert shown(signed_in("tobias"), meeting.get_absolute_url())

    restrict(item)

    assert shown(signed_in("tobias"), meeting.get_absolute_url()) == []


def test_a_secretary_lets_nobody_in_who_is_not_at_the_table(restrict, item):
    with pytest.raises(NotAllowed, match="Only the people of Wyleshire Police can let more"):
        restrict(item, "Wyleshire Police", "Partnership secretary", "Marlbeck Homes")


def test_nobody_locks_the_owner_or_themselves_out(restrict, item):
    with pytest.raises(NotAllowed, match="Nobody of Wyleshire Police would see it"):
        restrict(item, "Partnership secretary")
    with pytest.raises(NotAllowed, match="You would no longer see this yourself"):
        restrict(item, "Wyleshire Police")


def test_it_needs_its_reasons(restrict, item, meeting):
    for more, sentence in (
        ({"ground": None}, "Choose the reason"),
        ({"public_interest": "  "}, "serves the public more"),
        ({"review_on": None}, "looked at again"),
        ({"review_on": meeting.held_on.replace(year=2020)}, "still to come"),
    ):
        with pytest.raises(NotAllowed, match=sentence):
            restrict(item, **more)


# Hidden


def test_a_hidden_item_leaves_the_same_bytes_as_if_it_were_not_there(
    restrict, meeting, items, signed_in, cast
):
    hidden = items["Reports back"]
    restrict(hidden, level=Level.HIDDEN)
    addresses = [meeting.get_absolute_url(), "/", "/meetings/", "/meetings/decisions/"]
    with_it = [text_of(signed_in("tobias"), address) for address in addresses]

    with cast.acting("dilys"), unguarded():
        Item.objects.filter(pk=hidden.pk).delete()

    assert [text_of(signed_in("tobias"), address) for address in addresses] == with_it
    assert "Reports back" not in with_it[0]
    assert "(3)" in with_it[0]


def test_those_on_its_audience_count_it_after_the_open_items(restrict, meeting, items, signed_in):
    hidden = items["Reports back"]
    restrict(hidden, level=Level.HIDDEN)

    page = text_of(signed_in("gareth"), meeting.get_absolute_url())

    assert "C1. Reports back" in page
    assert page.index("3. Locks and gates") < page.index("C1. Reports back")


def test_a_number_that_would_be_missed_cannot_be_hidden(restrict, item, items):
    with pytest.raises(NotAllowed, match="would leave a gap"):
        restrict(item, level=Level.HIDDEN)

    restrict(items["Locks and gates"], level=Level.HIDDEN)


def test_whoever_sees_the_second_hidden_item_learns_of_no_first(
    restrict, meeting, items, signed_in
):
    first, second = items["Locks and gates"], items["Reports back"]
    restrict(first, "Wyleshire Police", "Partnership secretary", level=Level.HIDDEN)
    restrict(
        second,
        "Wyleshire Police",
        "Partnership secretary",
        "Probation Service",
        level=Level.HIDDEN,
    )

    page = text_of(signed_in("tobias"), meeting.get_absolute_url())

    assert "C1. Reports back" in page
    assert "C2" not in page


# Posts, and records


def test_a_successor_in_a_listed_post_does_not_inherit(restrict, item, meeting, signed_in, cast):
    from concerted.people import seating  # noqa: PLC0415

    restrict(item)
    with cast.acting("maud") as maud:
        seating.appoint(maud, person=cast.people["agnes"], post=cast.posts["secretary"])
    page = text_of(signed_in("agnes"), meeting.get_absolute_url())

    assert "2. Closed item" in page


def test_the_administrator_reads_nothing_because_the_council_is_listed(restrict, item, cast):
    restrict(
        item,
        "Marlbeck Borough Council",
        "Partnership secretary",
        owner=cast.organisations["council"],
    )

    for who in ("sid", "owen"):
        with cast.acting(who):
            assert not Item.objects.filter(pk=item.pk).exists()
    with cast.acting("rowena"):
        assert Item.objects.filter(pk=item.pk).exists()


def test_records_stay_as_they_were(restrict, item, cast):
    first = restrict(item)
    restrict(item, "Wyleshire Police", "Partnership secretary", "Probation Service", who="gareth")

    with cast.acting("dilys"):
        for change in ({"public_interest": "Because."}, {"level": "open"}, {"number": 7}):
            with pytest.raises(DatabaseError, match="stays as it was"), transaction.atomic():
                Restriction.objects.filter(pk=first.pk).update(**change)
        with pytest.raises(DatabaseError, match="stays as it was"), transaction.atomic():
            Restriction.objects.filter(pk=first.pk).delete()
        assert list(
            Restriction.objects.filter(thing_key=item.key).values_list("number", flat=True)
        ) == [2, 1]


def test_each_change_is_on_the_trail(restrict, item):
    restrict(item)
    restrict(item, who="gareth", level=Level.OPEN)

    lines = Line.objects.filter(reference=item.key, what__startswith="item.")
    assert [one.what for one in lines.order_by("id")][-2:] == ["item.closed", "item.opened"]


def test_the_register_counts_only_what_is_seen(restrict, item, cast):
    restrict(item)

    with cast.acting("tobias") as tobias:
        assert not found(tobias, {}).filter(item=item).exists()
    with cast.acting("gareth") as gareth:
        assert found(gareth, {}).filter(item=item).exists()


def test_joining_two_records_of_a_person_alters_no_restriction(restrict, item, cast):
    from concerted.people import joining, services  # noqa: PLC0415

    first = restrict(item, "Wyleshire Police", "Partnership secretary", who="dilys")
    with cast.acting("maud") as maud:
        stays = services.add_person(maud, name="Gareth Pell")
        other = services.add_person(maud, name="G Pellow")
    with cast.acting("dilys") as dilys:
        Restriction.objects.create(
            kind=first.kind,
            thing_key="probe",
            number=1,
            level=Level.OPEN,
            tier=Tier.OFFICIAL,
            owner=first.owner,
            seen_by_id=first.seen_by_id,
            set_by=other,
            audience_id=first.audience_id,
        )
        joining.join(dilys, stays=stays, other=other)
        assert Restriction.objects.get(thing_key="probe").set_by == other
