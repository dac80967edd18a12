"""Minutes raised, the table now and as it was fixed, and actions named on an agenda."""

import datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concerted.actions import services as actions
from concerted.actions.models import Action
from concerted.actions.services import Owners
from concerted.agendas import services as agendas
from concerted.agendas.heading import heads_of
from concerted.agendas.queries import draft_of
from concerted.agendas.tests.test_services import restricted
from concerted.arising import queries, services
from concerted.arising.models import Named, Raised, Row, RowOwner, Table
from concerted.audit.models import Line as TrailLine
from concerted.kernel.clock import as_of
from concerted.kernel.verdict import NotAllowed
from concerted.meetings import services as meetings
from concerted.meetings.models import Item, Meeting
from concerted.meetings.services import NewItem, NewMeeting
from concerted.reports_back.tests.conftest import words

NOW = datetime.datetime(2027, 6, 16, 9, tzinfo=datetime.UTC)
MARCH, MAY, AUGUST = (datetime.date(2027, month, 9) for month in (3, 5, 8))
PARKING = NewItem("14/09", "Parking at schools", "Members spoke of parking.")
LAMPS = NewItem("2", "Lamps", "Lamps are out.", sub_items=[("a", "Quay Street")])


@pytest.fixture(autouse=True)
def clock():
    with as_of(NOW):
        yield


def lines(what):
    return TrailLine.objects.filter(what=what).count()


def at(name, thing):
    return reverse(f"arising:{name}", args=[thing.key])


class Story:
    """The board’s meetings of March and May on record, one of August to come."""

    def __init__(self, cast):
        self.cast, self.board = cast, cast.bodies["board"]
        for day, items in ((MARCH, [PARKING, LAMPS]), (MAY, [NewItem("1", "Patrols", "Said.")])):
            with cast.acting("dilys") as dilys:
                minutes = NewMeeting(self.board, day, "subject", items=items)
                meetings.record(dilys, minutes=minutes)
        with cast.acting("dilys") as dilys:
            self.august = meetings.plan(dilys, body=self.board, held_on=AUGUST)

    def item(self, title):
        with self.cast.acting("dilys"):
            return Item.objects.select_related("meeting__body").get(title=title)

    def meeting(self):
        return Meeting.objects.select_related("body").get(pk=self.august.pk)

    def raises(self, title="Parking at schools", note="", who="dilys"):
        with self.cast.acting(who) as actor:
            return services.raise_minute(
                actor, meeting=self.meeting(), item=self.item(title), note=note
            )

    def raised(self, who):
        with self.cast.acting(who) as actor:
            return [one.earlier.ref for one in queries.raised_visible_to(actor)]

    def gives(self, text="Write to schools", agreed_on=MARCH, due=MAY, **more):
        more = more or {"owners": Owners(organisations=[self.cast.organisations["probation"]])}
        with self.cast.acting("dilys") as dilys:
            return actions.agree(
                dilys, body=self.board, text=text, agreed_on=agreed_on, due=due, **more
            )

    def slips(self, action, *days):
        """Move its due date, a day after the one before has passed."""
        for day in days:
            with self.cast.acting("dilys") as dilys:
                action = Action.objects.get(pk=action.pk)
                actions.redate(dilys, action=action, due=day, reason="Staff left.")
        return action

    def begins(self):
        with self.cast.acting("dilys") as dilys:
            return agendas.begin(dilys, meeting=self.meeting(), from_last=True)

    def publishes(self):
        with self.cast.acting("dilys") as dilys:
            meeting = self.meeting()
            issue = draft_of(dilys, meeting) or agendas.begin(
                dilys, meeting=meeting, from_last=True
            )
            token = str(issue.version)
        with self.cast.acting("rowena") as rowena:
            agendas.approve(rowena, meeting=meeting, token=token)
        with self.cast.acting("dilys") as dilys:
            agendas.publish(dilys, issue=draft_of(dilys, meeting), token=token)

    def now(self, who="dilys"):
        with self.cast.acting(who) as actor:
            return queries.open_now(actor, self.meeting())

    def fixed(self, who="tobias"):
        with self.cast.acting(who) as actor:
            return [queries.as_fixed(actor, one) for one in queries.fixed_of(actor, self.meeting())]


@pytest.fixture
def story(cast):
    return Story(cast)


# Raising


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("14/09", ["Parking at schools"]),
        ("SMB 14/09", ["Parking at schools"]),
        ("2", ["Lamps"]),
        ("2(a)", ["Lamps"]),
        ("parking", ["Parking at schools"]),
        ("zebra", []),
        ("", []),
    ],
)
def test_an_earlier_minute_is_found_by_number_or_title(story, typed, found):
    with story.cast.acting("dilys") as dilys:
        offered = queries.earlier_minutes(dilys, story.meeting(), typed)

    assert [one.title for one in offered] == found


def test_what_one_may_not_see_is_not_offered(story):
    restricted(story.cast, None, "Parking at schools")

    with story.cast.acting("tobias") as tobias:
        assert queries.earlier_minutes(tobias, story.meeting(), "14/09") == []


@pytest.mark.slow
def test_raised_it_is_the_offices_until_the_agenda_is_published(story):
    story.raises(note="Nothing was done.")
    assert (story.raised("dilys"), story.raised("tobias")) == (["14/09"], [])

    story.publishes()

    assert story.raised("tobias") == ["14/09"]
    assert story.raised("agnes") == []
    assert lines("minute.raised") == 1
    story.raises("Lamps")
    assert story.raised("tobias") == ["14/09", "2"]


@pytest.mark.slow
def test_what_is_closed_is_raised_for_its_readers_alone(story):
    restricted(story.cast, None, "Parking at schools")
    story.raises()
    story.publishes()

    assert (story.raised("dilys"), story.raised("tobias")) == (["14/09"], [])
    with story.cast.acting("tobias"):
        assert not Raised.objects.exists()


@pytest.mark.slow
def test_what_is_closed_later_takes_along_that_it_was_raised(story):
    story.raises()
    story.publishes()
    restricted(story.cast, None, "Parking at schools")

    assert (story.raised("dilys"), story.raised("tobias")) == (["14/09"], [])
    with story.cast.acting("tobias"):
        assert not Raised.objects.exists()


def test_it_is_raised_once_and_only_from_earlier_meetings(story):
    story.raises()
    with pytest.raises(NotAllowed, match="raised at this meeting already"):
        story.raises()
    march, later = story.item("Lamps").meeting, story.item("Patrols")
    with story.cast.acting("dilys") as dilys, pytest.raises(NotAllowed, match="earlier meeting"):
        services.raise_minute(dilys, meeting=march, item=later)
    with pytest.raises(NotAllowed, match="Only this body’s secretary"):
        story.raises("Lamps", who="tobias")


@pytest.mark.slow
def test_it_is_taken_back_only_while_the_office_alone_has_it(story, signed_in):
    client = signed_in("dilys")
    client.post(at("take_back", story.raises()))
    assert story.raised("dilys") == []
    assert lines("minute.taken_back") == 1
    raised = story.raises()
    story.publishes()

    response = client.post(at("take_back", raised))

    assert response.status_code == 403
    assert "stays on it" in response.text


@pytest.mark.slow
def test_it_stands_on_the_agenda_in_the_builder_and_beside_what_is_typed(story, signed_in):
    story.raises(note="Why nothing was done.")
    story.publishes()
    said = "minute 14/09 of 9 March 2027, Parking at schools. Why nothing was done."
    place = f"{story.item('Parking at schools').meeting.get_absolute_url()}#i-"

    for who, page in (
        ("tobias", story.august.get_absolute_url()),
        ("tobias", reverse("agendas:detail", args=[story.august.key])),
        ("dilys", reverse("agendas:build", args=[story.august.key])),
    ):
        found = signed_in(who).get(page)
        assert said in words(found)
        assert place in found.text
    secretary = signed_in("dilys")
    secretary.post(reverse("minuting:begin", args=[story.august.key]))
    assert said in words(secretary.get(reverse("minuting:write", args=[story.august.key])))


# The table


def test_each_line_says_what_changed_since_the_last_meeting_and_how_often_it_slipped(story):
    quiet = story.gives("Quiet")
    moved = story.gives("Moved", due=AUGUST)
    story.slips(moved, datetime.date(2027, 9, 1))
    story.gives("New", agreed_on=MAY, due=AUGUST)
    story.gives("Of that day itself", agreed_on=AUGUST, due=datetime.date(2027, 12, 1))
    done = story.gives("Done", due=AUGUST)
    with story.cast.acting("tobias") as tobias:
        actions.say(tobias, action=done, said="done", note="")
    with story.cast.acting("dilys") as dilys:
        actions.accept(dilys, action=Action.objects.get(pk=done.pk))

    found = {one.text: one for one in story.now("tobias").lines}

    assert [(one.text, one.change, one.slips) for one in found.values()] == [
        ("Quiet", "nothing", 1),
        ("Moved", "moved", 1),
        ("Done", "done", 0),
        ("New", "new", 0),
    ]
    assert found["Quiet"].owner_words == "Probation Service"
    assert found["Quiet"].reference == quiet.key
    assert story.now().since == MAY


def test_no_person_is_named_or_counted(story):
    story.gives(owners=Owners(people=[story.cast.people["tobias"]]))

    [line] = story.now().lines

    assert (line.owners, line.slips) == ((), 1)


@pytest.mark.slow
def test_published_it_says_what_it_said_whatever_comes_after(story, signed_in):
    action = story.gives()
    story.publishes()
    with story.cast.acting("tobias") as tobias:
        actions.say(tobias, action=action, said="on_track", note="Half of them")

    [matters] = story.fixed()
    assert [one.change for one in matters.lines] == ["nothing"]
    assert [one.owner_words for one in matters.lines] == ["Probation Service"]
    client = signed_in("tobias")
    then = words(client.get(at("meeting", story.august)))
    assert "As of 16 June 2027." in then
    assert "Half of them" not in then
    assert "Half of them" in words(client.get(at("meeting", story.august), {"at": "now"}))
    assert lines("table.fixed") == 1


@pytest.mark.slow
def test_agreed_minutes_fix_it_again_and_both_stay(story):
    story.gives()
    story.publishes()
    with as_of(NOW + datetime.timedelta(days=60)):
        with story.cast.acting("dilys") as dilys:
            item = NewItem("1", "Matters arising", "Said.")
            minutes = NewMeeting(story.board, AUGUST, "subject", items=[item])
            meeting, _ = meetings.record(dilys, minutes=minutes)
            meetings.confirm(dilys, meeting=meeting)
        newest, first = story.fixed()

    assert (newest.table.occasion, first.table.occasion) == ("confirmed", "published")
    assert newest.as_of > first.as_of


def test_an_agenda_without_matters_arising_fixes_nothing(story):
    with story.cast.acting("dilys") as dilys:
        issue = agendas.begin(dilys, meeting=story.meeting(), from_last=False)
        entry = agendas.Entry(title="Lamps")
        agendas.add(dilys, issue=issue, token=str(issue.version), entry=entry)
    story.publishes()

    assert story.fixed() == []


@pytest.mark.slow
def test_a_line_of_a_closed_action_shows_nothing_at_all_outside(story, signed_in):
    story.gives("Open one")
    action = story.gives("Watch the house")
    story.publishes()
    assert len(story.fixed()[0].lines) == 2

    closed(story.cast, action)

    assert [one.text for one in story.fixed()[0].lines] == ["Open one"]
    assert len(story.fixed("dilys")[0].lines) == 2
    with story.cast.acting("tobias"):
        assert not Row.objects.filter(text="Watch the house").exists()
        assert RowOwner.objects.count() == 1
    page = words(signed_in("tobias").get(at("meeting", story.august)))
    assert "Watch the house" not in page
    assert "Open actions and questions 1" in page.replace("(", "").replace(")", "")


def closed(cast, action):
    from concerted.people.public import entries_to_pick  # noqa: PLC0415
    from concerted.restrictions import public as restrictions  # noqa: PLC0415
    from concerted.restrictions.models import Ground  # noqa: PLC0415

    with cast.acting("dilys") as dilys:
        mine = [one for one in entries_to_pick(dilys) if one.post_id in dilys.post_ids]
        wanted = restrictions.Wanted(
            level="closed",
            tier="sensitive",
            owner=cast.organisations["council"],
            ground=Ground.objects.first(),
            public_interest="A live matter.",
            review_on=NOW.date() + datetime.timedelta(days=90),
            whom_to_ask="The secretary",
            entries=mine,
        )
        kind = restrictions.by_label("actions.action")
        restrictions.restrict(dilys, kind=kind, key=action.key, wanted=wanted, token="")


@pytest.mark.slow
def test_a_table_is_never_altered(story):
    story.gives()
    story.raises()
    story.publishes()
    for model, change in (
        (Table, {"as_of": MARCH}),
        (Row, {"said": "Other"}),
        (Row, {"slips": 0}),
        (RowOwner, {"name": "Other"}),
        (Raised, {"note": "Other"}),
    ):
        rows = model.objects.all()
        with (
            story.cast.acting("dilys"),
            pytest.raises(DatabaseError, match="never altered"),
            transaction.atomic(),
        ):
            rows.update(**{one: _other(value) for one, value in change.items()})


def _other(value):
    return 99 if value == 0 else value


# Three due dates not kept


def slipping(story, **more):
    action = story.gives(due=datetime.date(2027, 4, 1), **more)
    days = [datetime.date(2027, 5, 1), datetime.date(2027, 6, 1)]
    for day, moment in zip(days, (40, 10), strict=True):
        with as_of(NOW - datetime.timedelta(days=moment + 30)):
            action = story.slips(action, day)
    return action


@pytest.mark.slow
def test_the_third_slip_puts_the_action_on_the_next_agenda_by_name(story, signed_in):
    action = slipping(story)
    issue = story.begins()
    with story.cast.acting("dilys") as dilys:
        [head] = heads_of(dilys, story.meeting())
    assert head.title == "Write to schools"
    assert head.words == "Three due dates not kept. Owned by Probation Service."

    response = signed_in("dilys").post(
        head.action, {"token": issue.version, "meeting": story.august.key}, follow=True
    )

    assert "Action: Write to schools" in words(response)
    with story.cast.acting("dilys") as dilys:
        assert heads_of(dilys, story.meeting()) == []
        assert Named.objects.get().action == action
    assert lines("action.named") == 1


@pytest.mark.slow
def test_a_further_slip_puts_it_there_again(story):
    action = slipping(story)
    issue = story.begins()
    with story.cast.acting("dilys") as dilys:
        services.name_on_agenda(
            dilys, action=action, meeting=story.meeting(), agenda_token=str(issue.version)
        )
    story.slips(action, datetime.date(2027, 7, 1))

    with as_of(NOW + datetime.timedelta(days=30)), story.cast.acting("dilys") as dilys:
        [head] = heads_of(dilys, story.meeting())
    assert head.words.startswith("Four due dates not kept.")


def test_two_slips_are_not_enough(story, signed_in):
    action = story.gives(due=datetime.date(2027, 5, 1))
    story.slips(action, datetime.date(2027, 7, 1))
    issue = story.begins()

    response = signed_in("dilys").post(
        at("name", action), {"token": issue.version, "meeting": story.august.key}
    )

    assert response.status_code == 403
    assert "at least three of its due dates were not kept" in response.text


@pytest.mark.slow
def test_a_closed_action_is_told_of_and_not_taken_by_a_button(story):
    closed(story.cast, slipping(story))
    story.begins()

    with story.cast.acting("dilys") as dilys:
        [head] = heads_of(dilys, story.meeting())
    assert head.action == ""


# The pages


def test_the_secretary_looks_for_a_minute_and_raises_it(story, signed_in):
    client = signed_in("dilys")
    page = client.get(at("raise", story.august), {"q": "2(a)"})
    assert "9 March 2027: 2 Lamps" in words(page)

    given = {"item": story.item("Lamps").key, "note": "Still out."}
    response = client.post(f"{at('raise', story.august)}?q=2(a)", given, follow=True)

    assert "Minute 2 of 9 March 2027, Lamps Still out." in words(response)


def test_nothing_found_says_what_to_do(story, signed_in):
    page = signed_in("dilys").get(at("raise", story.august), {"q": "zebra"})

    assert "Try the number alone, or one word of the title." in words(page)


def test_who_gets_to_which_page(story, signed_in):
    raised, action = story.raises(), slipping(story)
    outside, member, secretary = (signed_in(who) for who in ("agnes", "tobias", "dilys"))
    for name in ("meeting", "raise"):
        assert outside.get(at(name, story.august)).status_code == 404
    assert outside.post(at("name", action)).status_code == 404
    assert member.post(at("take_back", raised)).status_code == 404
    for refused in (member.get(at("raise", story.august)), member.post(at("name", action))):
        assert refused.status_code == 403
        assert "Only this body’s secretary" in refused.text
    assert secretary.post(at("meeting", story.august)).status_code == 405
    assert secretary.get(at("name", action)).status_code == 405
    assert secretary.get(at("take_back", raised)).status_code == 405


@pytest.mark.slow
@pytest.mark.parametrize("now", [True, False])
def test_the_page_costs_the_same_for_one_line_and_for_thirty(story, signed_in, now):
    client = signed_in("tobias")
    address = at("meeting", story.august)

    def cost():
        with CaptureQueriesContext(connection) as asked:
            client.get(address, {"at": "now"} if now else {})
        return len(asked)

    story.gives()
    story.raises()
    story.publishes()
    cost()
    one = cost()
    for number in range(29):
        story.gives(f"Action {number}")
    with story.cast.acting("dilys") as dilys:
        agendas.begin(dilys, meeting=story.meeting(), from_last=False)
        entry = agendas.Entry(title="More")
        issue = draft_of(dilys, story.meeting())
        agendas.add(dilys, issue=issue, token=str(issue.version), entry=entry)
    story.publishes()
    assert cost() == one
