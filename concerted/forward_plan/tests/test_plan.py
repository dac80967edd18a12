"""The plan of a body from a decision to the agenda, and what comes again."""

import datetime
import re

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from concerted.agendas import services as agendas
from concerted.agendas.queries import draft_of
from concerted.agendas.tests.test_services import restricted
from concerted.audit.models import Line as TrailLine
from concerted.forward_plan import queries, services
from concerted.forward_plan.cycles import MONTHS, next_month, year_from
from concerted.forward_plan.models import Entry
from concerted.forward_plan.services import Wanted
from concerted.forward_plan.suggesting import suggested
from concerted.kernel.clock import as_of
from concerted.kernel.verdict import NotAllowed
from concerted.meetings import services as meetings
from concerted.meetings.models import Meeting
from concerted.meetings.services import NewDecision, NewItem, NewLimb, NewMeeting

NOW = datetime.datetime(2027, 1, 20, 9, tzinfo=datetime.UTC)
MARCH, MAY, JULY = (datetime.date(2027, month, 9) for month in (3, 5, 7))
ONLY_SECRETARY = "Only this body’s secretary can change its forward plan."


@pytest.fixture(autouse=True)
def clock():
    with as_of(NOW):
        yield


def month(text):
    return datetime.date.fromisoformat(f"{text}-01")


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def lines(what):
    return TrailLine.objects.filter(what=what).count()


class Plan:
    """The forward plan of the board, and the steps of its secretary."""

    def __init__(self, cast):
        self.cast, self.body = cast, cast.bodies["board"]

    def adds(self, topic="The strategic assessment", decision=None, **more):
        with self.cast.acting("dilys") as dilys:
            wanted = Wanted(topic, **more)
            return services.add(dilys, body=self.body, wanted=wanted, decision=decision)

    def meets(self, day):
        with self.cast.acting("dilys") as dilys:
            return meetings.plan(dilys, body=self.body, held_on=day)

    def drafts(self, meeting):
        with self.cast.acting("dilys") as dilys:
            return agendas.begin(dilys, meeting=self.at(meeting), from_last=False)

    def at(self, meeting):
        return Meeting.objects.select_related("body").get(pk=meeting.pk)

    def takes(self, entry, meeting, token=None):
        with self.cast.acting("dilys") as dilys:
            issue = draft_of(dilys, self.at(meeting))
            return services.take(
                dilys,
                entry=entry,
                token=token or str(entry.version),
                meeting=meeting,
                agenda_token=str(issue.version) if issue else "",
            )

    def deals_with(self, entry):
        with self.cast.acting("dilys") as dilys:
            entry = self.now(entry)
            return services.deal_with(dilys, entry=entry, token=str(entry.version))

    def now(self, entry):
        with self.cast.acting("dilys"):
            return Entry.objects.select_related("body").get(pk=entry.pk)

    def waits(self, meeting, who="dilys"):
        with self.cast.acting(who) as actor:
            return [one.entry.topic for one in queries.waiting_for(actor, self.at(meeting))]

    def standing(self, entry, who="dilys"):
        with self.cast.acting(who) as actor:
            [line] = queries.lines(actor, queries.visible_to(actor).filter(pk=entry.pk))
            return line.standing

    def decides(self, text, day=datetime.date(2027, 1, 12)):
        with self.cast.acting("dilys") as dilys:
            decision = NewDecision("agreed", text, [NewLimb("agreed", text)])
            item = NewItem("1", "Patrols", "Members spoke.", decisions=[decision])
            _, [made] = meetings.record(
                dilys, minutes=NewMeeting(self.body, day, "received", items=[item])
            )
            return made.decisions.select_related("item__meeting", "body").get()


@pytest.fixture
def plan(cast):
    return Plan(cast)


def address(name, thing):
    return reverse(f"forward_plan:{name}", args=[thing.key])


# What comes again


@pytest.mark.parametrize(
    ("cycle", "due", "dealt_on", "after"),
    [
        ("once", "2027-03", MARCH, None),
        ("meetings", "2027-03", MARCH, None),
        ("monthly", "2027-03", MARCH, "2027-04"),
        ("monthly", "2027-03", JULY, "2027-08"),
        ("quarterly", "2027-03", MARCH, "2027-06"),
        ("quarterly", "2027-03", JULY, "2027-09"),
        ("half_yearly", "2027-03", MAY, "2027-09"),
        ("yearly", "2027-05", JULY, "2028-05"),
        ("yearly", "2027-05", MARCH, "2028-05"),
    ],
)
def test_when_it_is_due_again(cycle, due, dealt_on, after):
    assert next_month(cycle, month(due), dealt_on) == (after and month(after))


DAYS = st.dates(datetime.date(2020, 1, 1), datetime.date(2040, 12, 31))


@given(st.sampled_from(sorted(MONTHS)), DAYS, DAYS)
def test_it_is_due_again_after_it_was_dealt_with_and_keeps_its_months(cycle, due, dealt_on):
    after = next_month(cycle, due, dealt_on)

    apart = (after.year - due.year) * 12 + after.month - due.month
    assert after.day == 1
    assert after > max(due, dealt_on).replace(day=1)
    assert apart % MONTHS[cycle] == 0


def test_a_year_is_twelve_months():
    months = year_from(datetime.date(2027, 4, 17))

    assert (len(months), months[0], months[-1]) == (12, month("2027-04"), month("2028-03"))


@pytest.mark.parametrize(
    ("text", "cycle", "said"),
    [
        ("that figures be reported quarterly", "quarterly", "quarterly"),
        ("that a six-monthly update be given", "half_yearly", "six-monthly"),
        ("that the annual review be noted", "yearly", "annual"),
        ("that this be looked at every month", "monthly", "every month"),
        ("that burglary be reported to each meeting", "meetings", "each meeting"),
        ("that a further report be brought to a future meeting", "once", "further report"),
        ("that the item be deferred", "once", "deferred"),
        ("that the item come to the next Board meeting", "once", "next Board meeting"),
    ],
)
def test_what_a_decision_says_of_later_is_suggested(text, cycle, said):
    found = suggested(text)

    assert (found.cycle, found.words) == (cycle, said)


@pytest.mark.parametrize("text", ["that the report be noted", "that the lamps be mended", ""])
def test_where_nothing_is_said_nothing_is_suggested(text):
    assert suggested(text) is None


# Steps


def test_what_was_dealt_with_comes_again_by_itself(plan):
    entry = plan.adds(cycle="yearly", due_month=month("2027-03"), driver="The Act")

    after = plan.deals_with(entry)

    assert (after.topic, after.due_month, after.driver) == (
        "The strategic assessment",
        month("2028-03"),
        "The Act",
    )
    assert plan.standing(entry) == "Dealt with"
    assert lines("plan_entry.dealt_with") == 1
    assert lines("plan_entry.added") == 2


def test_what_comes_every_second_meeting_is_put_to_the_second_after(plan):
    march, _, july = (plan.meets(day) for day in (MARCH, MAY, JULY))
    entry = plan.adds(cycle="meetings", every_meetings=2, meeting=march)

    assert plan.deals_with(entry).meeting == july


def test_and_has_no_date_while_so_many_are_not_planned(plan):
    entry = plan.adds(cycle="meetings", every_meetings=2, meeting=plan.meets(MARCH))

    after = plan.deals_with(entry)

    assert (after.meeting, after.due_month) == (None, None)
    assert plan.standing(after) == "Unscheduled"


def test_what_comes_once_does_not_come_again(plan):
    assert plan.deals_with(plan.adds()) is None


def test_what_became_of_it_is_never_altered(plan):
    plan.deals_with(plan.adds())

    for change in (
        lambda: Entry.objects.update(topic="Another"),
        lambda: Entry.objects.update(state="open", ended_by=None, ended_at=None),
        lambda: Entry.objects.all().delete(),
    ):
        with (
            plan.cast.acting("dilys"),
            pytest.raises(ProgrammingError, match="never altered"),
            transaction.atomic(),
        ):
            change()


def test_what_is_dealt_with_is_not_ended_or_changed_again(plan):
    entry = plan.adds()
    plan.deals_with(entry)

    with pytest.raises(NotAllowed, match="on record already, and stays"):
        plan.deals_with(entry)


def test_due_undated_and_late_ones_head_the_builder_and_others_do_not(plan):
    march, may = plan.meets(MARCH), plan.meets(MAY)
    plan.adds("Undated")
    plan.adds("Late", due_month=month("2026-11"))
    plan.adds("Due by then", due_month=month("2027-03"))
    plan.adds("Of this meeting", meeting=march)
    plan.adds("Due later", due_month=month("2027-04"))
    plan.adds("Of another meeting", meeting=may)
    plan.deals_with(plan.adds("Dealt with"))

    assert plan.waits(march) == ["Late", "Due by then", "Of this meeting", "Undated"]


def test_taken_it_is_an_item_of_the_agenda_and_waits_no_more(plan):
    march = plan.meets(MARCH)
    plan.drafts(march)
    secretary = plan.cast.posts["secretary"]
    entry = plan.adds(asked="information", owner_post=secretary)

    item = plan.takes(entry, march)

    assert (item.title, item.kind) == ("The strategic assessment", "information")
    assert item.presenter == "Partnership secretary, Marlbeck Borough Council"
    assert plan.waits(march) == []
    assert plan.standing(entry) == "On the agenda"
    # A draft is the office’s: others see no more than that it is to come to that meeting.
    assert plan.standing(entry, "tobias") == "Scheduled"
    assert lines("plan_entry.taken") == 1


def test_taken_away_from_the_agenda_it_waits_again(plan):
    march = plan.meets(MARCH)
    plan.drafts(march)
    item = plan.takes(plan.adds(), march)
    with plan.cast.acting("dilys") as dilys:
        issue = draft_of(dilys, plan.at(march))
        agendas.remove(dilys, issue=issue, key=item.key, token=str(issue.version))

    assert plan.waits(march) == ["The strategic assessment"]


def test_nothing_is_on_two_agendas(plan):
    march, may = plan.meets(MARCH), plan.meets(MAY)
    plan.drafts(march)
    plan.drafts(may)
    entry = plan.adds()
    plan.takes(entry, march)

    with pytest.raises(NotAllowed, match="on an agenda already"):
        plan.takes(plan.now(entry), may)


def test_what_is_on_an_agenda_to_come_keeps_its_meeting(plan):
    march, may = plan.meets(MARCH), plan.meets(MAY)
    plan.drafts(march)
    entry = plan.adds()
    plan.takes(entry, march)

    for meeting in (may, None):
        with (
            plan.cast.acting("dilys") as dilys,
            pytest.raises(NotAllowed, match="Take that item away first"),
        ):
            services.change(
                dilys, entry=plan.now(entry), token="2", wanted=Wanted("X", meeting=meeting)
            )


def test_what_was_put_off_at_a_meeting_goes_to_the_next(plan):
    march, may = plan.meets(MARCH), plan.meets(MAY)
    plan.drafts(march)
    plan.takes(plan.adds(), march)

    with as_of(NOW + datetime.timedelta(days=60)):
        assert plan.waits(may) == ["The strategic assessment"]


def test_a_decision_that_was_closed_meanwhile_leads_to_nothing_that_others_see(plan):
    decision = plan.decides("that a further report be brought")
    restricted(plan.cast, None, "Patrols")

    plan.adds("A further report", decision=decision)

    with plan.cast.acting("tobias"):
        assert not Entry.objects.exists()


def test_an_agenda_must_be_begun_first(plan):
    march = plan.meets(MARCH)

    with pytest.raises(NotAllowed, match="No agenda is begun for this meeting"):
        plan.takes(plan.adds(), march)


def test_of_two_who_take_it_the_second_is_told(plan):
    march = plan.meets(MARCH)
    plan.drafts(march)
    entry = plan.adds()
    plan.takes(entry, march)

    with pytest.raises(agendas.Overtaken):
        plan.takes(entry, march, token="1")


def test_an_entry_is_put_to_meetings_of_its_own_body_alone(plan):
    with plan.cast.acting("dilys") as dilys:
        other = meetings.plan(dilys, body=plan.cast.bodies["area"], held_on=MARCH)

    with pytest.raises(NotAllowed, match="a meeting of this body that is still to come"):
        plan.adds(meeting=other)


def test_a_meeting_that_is_over_leaves_it_overdue(plan):
    entry = plan.adds(meeting=plan.meets(MARCH))
    assert plan.standing(entry) == "Scheduled"

    with as_of(NOW + datetime.timedelta(days=90)):
        assert plan.standing(entry) == "Overdue"


# What is kept back


@pytest.mark.slow
def test_what_came_of_a_closed_decision_is_seen_by_whoever_sees_that(plan):
    decision = plan.decides("that a further report be brought")
    entry = plan.adds("A further report", decision=decision)
    restricted(plan.cast, None, "Patrols")

    with plan.cast.acting("tobias") as tobias:
        assert not queries.visible_to(tobias).exists()
        assert not Entry.objects.exists()
    march = plan.meets(MARCH)
    plan.drafts(march)
    assert plan.waits(march) == ["A further report"]
    entry = plan.now(entry)
    with pytest.raises(NotAllowed, match="not open to all who read this body’s papers"):
        plan.takes(entry, march)


def test_what_comes_again_of_it_is_kept_back_as_well(plan):
    decision = plan.decides("that figures be reported quarterly")
    restricted(plan.cast, None, "Patrols")
    with plan.cast.acting("dilys"):
        decision.refresh_from_db()
    plan.deals_with(plan.adds("Figures", decision=decision, cycle="quarterly"))

    with plan.cast.acting("tobias"):
        assert not Entry.objects.exists()
    with plan.cast.acting("dilys"):
        assert Entry.objects.count() == 2


# Pages

TYPED = {"topic": "Annual review", "asked": "decision", "cycle": "yearly", "due_month": "May 2027"}


def test_the_year_shows_each_month_and_what_has_none_first(signed_in, plan):
    plan.adds("Undated")
    plan.adds("Late", due_month=month("2026-11"))
    plan.adds("In May", due_month=month("2027-05"))

    page = words(signed_in("tobias").get(address("year", plan.body)))

    order = ["Overdue (1) Late", "Without a date (1) Undated", "January 2027 –", "May 2027 In May"]
    places = [page.index(one) for one in order]
    assert places == sorted(places)
    assert "December 2027" in page
    assert "Add to the plan" not in page


def test_another_year_can_be_looked_at(signed_in, plan):
    plan.adds("In May", due_month=month("2028-05"))
    tobias, at = signed_in("tobias"), address("year", plan.body)

    assert "In May" not in words(tobias.get(at))
    assert "May 2028 In May" in words(tobias.get(f"{at}?from=2028-01"))
    assert tobias.get(f"{at}?from=soon").status_code == 200


@pytest.mark.slow
def test_a_decision_is_suggested_until_it_is_on_the_plan(signed_in, plan):
    decision = plan.decides("that figures be reported quarterly")
    dilys = signed_in("dilys")
    assert "the words “quarterly”" in words(dilys.get(address("year", plan.body)))
    assert "the words “quarterly”" not in words(signed_in("tobias").get(address("year", plan.body)))

    meeting = dilys.get(decision.item.meeting.get_absolute_url())
    assert address("from_decision", decision) in meeting.text
    page = dilys.get(address("from_decision", decision))
    assert "that figures be reported quarterly" in page.text
    assert 'value="quarterly" selected' in page.text
    given = TYPED | {"topic": "Figures", "cycle": "quarterly"}
    after = words(dilys.post(address("from_decision", decision), given, follow=True))

    assert "On the forward plan: “Figures”." in after
    assert "the words “quarterly”" not in after
    with plan.cast.acting("dilys"):
        assert Entry.objects.get().decision == decision


def test_looking_at_the_form_of_a_decision_puts_nothing_on_the_plan(signed_in, plan):
    signed_in("dilys").get(address("from_decision", plan.decides("that it be deferred")))

    with plan.cast.acting("dilys"):
        assert not Entry.objects.exists()


@pytest.mark.slow
def test_from_the_builder_it_is_put_on_the_agenda_in_one_step(signed_in, plan):
    march = plan.meets(MARCH)
    entry = plan.adds("The strategic assessment")
    dilys, builder = signed_in("dilys"), reverse("agendas:build", args=[march.key])
    assert "Begin the draft, then each can be put on it" in words(dilys.get(builder))
    plan.drafts(march)
    before = dilys.get(builder)
    assert "Put it on this agenda" in before.text

    given = {"seen": "1", "token": "1", "meeting": march.key}
    page = words(dilys.post(address("take", entry), given, follow=True))

    assert "On the agenda: “The strategic assessment”." in page
    assert "1. The strategic assessment" in page
    assert "Waiting for an agenda" not in page
    again = words(dilys.post(address("take", entry), given, follow=True))
    assert "Somebody changed this agenda or the entry" in again


def test_the_chair_sees_what_waits_and_takes_nothing(signed_in, plan):
    march = plan.meets(MARCH)
    plan.adds()
    plan.drafts(march)

    page = words(signed_in("rowena").get(reverse("agendas:build", args=[march.key])))

    assert "Waiting for an agenda (1) The strategic assessment" in page
    assert "Put it on this agenda" not in page


@pytest.mark.slow
def test_an_entry_is_changed_scheduled_and_taken_off(signed_in, plan):
    march = plan.meets(MARCH)
    entry = plan.adds()
    dilys = signed_in("dilys")

    given = TYPED | {"token": "1", "meeting": march.key, "driver": "Our own charter"}
    page = words(dilys.post(address("change", entry), given, follow=True))
    assert "Tuesday 9 March 2027" in page
    assert "Our own charter" in page
    assert TrailLine.objects.get(what="plan_entry.changed").fields == sorted(
        ["topic", "driver", "cycle", "due_month", "meeting"]
    )
    assert "Our own charter" in dilys.get(address("add", plan.body)).text
    without = words(dilys.post(address("drop", entry), {"token": "2"}))
    assert "Say why, so that nobody looks for it." in without
    dilys.post(address("drop", entry), {"token": "2", "because": "The law has changed."})
    assert "The law has changed." in words(signed_in("tobias").get(address("entry", entry)))
    assert lines("plan_entry.dropped") == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"topic": ""}, "Say what is to come."),
        ({"due_month": "soon"}, "Write the month like this: June 2027."),
        ({"due_month": "13/2027"}, "Write the month like this: June 2027."),
        ({"cycle": "meetings"}, "Say after how many meetings it comes again."),
    ],
)
def test_what_is_missing_is_said_beside_its_field(signed_in, plan, more, said):
    page = signed_in("dilys").post(address("add", plan.body), TYPED | more)

    assert said in words(page)


@pytest.mark.parametrize("name", ["change", "deal_with", "drop"])
def test_who_is_second_is_told(signed_in, plan, name):
    entry = plan.adds()
    dilys = signed_in("dilys")
    dilys.post(address("change", entry), TYPED | {"token": "1"})

    page = dilys.post(address(name, entry), TYPED | {"token": "1", "because": "Done."})

    assert page.status_code == 409
    assert "Somebody changed this entry while you had this page open" in words(page)


KEPT = ["change", "take", "deal_with", "drop"]
SENT = TYPED | {"token": "1", "seen": "1", "because": "Done.", "meeting": ""}


@pytest.mark.parametrize("name", [*KEPT, "entry"])
def test_whoever_is_outside_finds_no_entry(signed_in, plan, name):
    entry = plan.adds()
    agnes = signed_in("agnes")

    assert agnes.post(address(name, entry), SENT).status_code in (404, 405)
    assert agnes.get(address("entry", entry)).status_code == 404


@pytest.mark.parametrize("name", KEPT)
def test_nobody_but_the_secretary_changes_an_entry(signed_in, plan, name):
    page = signed_in("tobias").post(address(name, plan.adds()), SENT)

    assert page.status_code == 403
    assert ONLY_SECRETARY in words(page)


def test_nobody_but_the_secretary_adds_one(signed_in, plan):
    decision = plan.decides("that it be deferred")
    tobias = signed_in("tobias")

    for at in (address("add", plan.body), address("from_decision", decision)):
        page = tobias.post(at, TYPED)
        assert page.status_code == 403
        assert ONLY_SECRETARY in words(page)
    assert signed_in("agnes").post(address("from_decision", decision)).status_code == 404


def test_the_plan_of_a_hidden_body_is_not_found(cast, signed_in):
    for name in ("year", "add"):
        assert signed_in("tobias").get(address(name, cast.bodies["silver"])).status_code == 404


@pytest.mark.parametrize("name", ["change", "deal_with", "drop"])
def test_what_is_over_stays_and_the_page_says_so(signed_in, plan, name):
    entry = plan.adds()
    plan.deals_with(entry)

    page = signed_in("dilys").post(address(name, entry), SENT | {"token": "2"})

    assert page.status_code == 403
    assert "stays" in words(page)


def test_pages_take_no_other_method(signed_in, plan):
    entry, dilys = plan.adds(), signed_in("dilys")

    assert dilys.post(address("year", plan.body)).status_code == 405
    assert dilys.post(address("entry", entry)).status_code == 405
    assert dilys.get(address("take", entry)).status_code == 405
    for name in ("change", "deal_with", "drop"):
        assert dilys.put(address(name, entry)).status_code == 405


@pytest.mark.slow
def test_the_year_asks_the_same_however_long_it_is(signed_in, plan):
    client, counts = signed_in("tobias"), []
    for number in (1, 12):
        for each in range(number):
            plan.adds(f"Entry {number} {each}", due_month=month("2027-05"))
        client.get(address("year", plan.body))
        with CaptureQueriesContext(connection) as asked:
            client.get(address("year", plan.body))
        counts.append(len(asked))

    assert counts[0] == counts[1]
