"""What whoever chairs reads before a meeting, the prompts at its items, and who never sees them."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concerted.access.actor import Actor
from concerted.access.roles import Permission
from concerted.actions import services as actions
from concerted.actions.models import Action
from concerted.actions.services import Owners
from concerted.agendas.tests.test_services import restricted
from concerted.attending import services as attending
from concerted.audit.models import Line as TrailLine
from concerted.briefs import policies, services
from concerted.briefs.models import Prompt
from concerted.briefs.retention import KINDS
from concerted.kernel.clock import as_of, now, today
from concerted.kernel.verdict import NotAllowed
from concerted.meetings import services as meetings
from concerted.meetings.models import Item, Meeting
from concerted.people.models import Body
from concerted.people.public import everything_open
from concerted.raising import services as raising
from concerted.reports_back import services as reports

SECRET = "Ask the police who pays"
CHAIRS = Actor(by_body={1: frozenset({Permission.AGENDA_APPROVE})})
OFFICE = Actor(by_body={1: frozenset({Permission.MINUTES_IMPORT})}, audience_ids=(7,))


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def lines(what):
    return TrailLine.objects.filter(what=what).count()


def at(name, meeting):
    return reverse(f"briefs:{name}", args=[meeting.key])


def days(count):
    return today() + datetime.timedelta(days=count)


@pytest.mark.parametrize(
    ("actor", "state", "may_read", "why_not"),
    [
        (CHAIRS, "planned", True, ""),
        (OFFICE, "planned", True, ""),
        (Actor(audience_ids=(7,)), "planned", False, "for whoever chairs this body"),
        (Actor(seated_body_ids=(1,)), "planned", False, "for whoever chairs this body"),
        (CHAIRS, "cancelled", False, "was cancelled"),
        (CHAIRS, "subject", True, "has been held"),
    ],
)
def test_the_chair_and_the_office_read_it_and_write_until_minutes_are_there(
    actor, state, may_read, why_not
):
    meeting = Meeting(state=state, body=Body(pk=1, office_audience_id=7))
    writes = policies.may_write(actor, Item(meeting=meeting))

    assert bool(policies.may_read(actor, meeting)) is may_read
    assert why_not in writes.why_not
    assert bool(writes) is not bool(why_not)


class Brief:
    """The board’s meeting to come, with the brief of it."""

    def __init__(self, work):
        self.work, self.cast, self.agenda = work, work.cast, work.agenda
        self.board = work.cast.bodies["board"]

    @property
    def meeting(self):
        return self.work.meeting

    def writes(self, title, text=SECRET, who="rowena"):
        with self.cast.acting("dilys"):
            item = Item.objects.select_related("meeting__body").get(title=title)
        with self.cast.acting(who) as actor:
            return services.write(actor, item=item, text=text)

    def slips(self, text="Count the lamps"):
        with self.cast.acting("dilys") as dilys:
            action = actions.agree(
                dilys,
                body=self.board,
                text=text,
                agreed_on=days(-90),
                due=days(-30),
                owners=Owners(organisations=[self.cast.organisations["probation"]]),
            )
            action = Action.objects.get(pk=action.pk)
            actions.redate(dilys, action=action, due=days(20), reason="Staff left.")

    def awaits(self):
        """A report, an answer for a seat, a ruling and an answer to a question."""
        with self.cast.acting("dilys") as dilys:
            probation = self.cast.organisations["probation"]
            link = reports.NewLink(self.cast.bodies["area"], days(-60), organisation=probation)
            reports.add_link(dilys, body=self.board, new=link)
            attending.set_rule(
                dilys, body=self.board, starts=days(-60), members=1, agencies=[[probation]]
            )
        with self.cast.acting("tobias") as tobias:
            said = attending.Said("apologies")
            seat = self.cast.seats["tobias"].key
            attending.reply(tobias, meeting=self.meeting, seat_key=seat, said=said)
            wanted = raising.Wanted("The fire", "Families wait.", why_urgent="It burnt last night")
            raising.raise_urgent(tobias, meeting=self.meeting, wanted=wanted)


@pytest.fixture
def brief(work):
    return Brief(work)


@pytest.mark.slow
def test_the_brief_says_at_each_item_what_the_chair_should_know(brief, signed_in):
    brief.agenda.begins()
    brief.agenda.adds("Matters arising", kind="matters_arising", minutes_allowed=15)
    brief.agenda.adds("Knife crime", kind="decision", minutes_allowed=20, presenter="Ines Harrow")
    brief.agenda.adds("Reports back", kind="reports_back")
    brief.slips()
    probation = brief.cast.organisations["probation"]
    brief.work.asks(organisation=probation, item=brief.work.item())
    brief.agenda.published()
    brief.awaits()
    brief.writes("Knife crime")

    page = signed_in("rowena").get(at("meeting", brief.meeting))
    shown = words(page)

    for said in (
        "Will be inquorate No Probation Service.",
        "Will not come: Probation Service, Tobias Wren",
        "Urgent business that waits for your ruling: The fire",
        "Time 2pm to 2:15pm",
        "Due dates not kept: Count the lamps 1 slip Owned by Probation Service.",
        "2:15pm · 2. Knife crime Time 2:15pm to 2:35pm",
        "Presented by Ines Harrow",
        "Paper asked for: Knife crime report Due",
        "Fenside area board , through Probation Service: nothing said yet.",
        f"{SECRET} Prompt by Rowena Thackley",
    ):
        assert said in shown
    assert lines("prompt.written") == 1


@pytest.mark.slow
def test_what_papers_recommend_stands_at_their_item_with_late_and_tabled(brief, signed_in):
    brief.agenda.begins("Patrols")
    brief.agenda.adds("Knife crime")
    brief.agenda.published()
    brief.work.asks(
        due=-3, organisation=brief.cast.organisations["probation"], item=brief.work.item()
    )
    brief.work.all_the_way()

    page = words(signed_in("dilys").get(at("meeting", brief.meeting)))

    assert "Late Tabled You are asked to decide: That the Board approves the plan." in page
    assert "That the Board thanks the schools." in page


@pytest.mark.slow
def test_nothing_of_the_brief_stands_anywhere_else(brief, signed_in):
    brief.agenda.begins("Knife crime").published()
    brief.writes("Knife crime")
    key, board = brief.meeting.key, brief.board.key
    pages = [
        reverse("meetings:detail", args=[key]),
        reverse("agendas:detail", args=[key]),
        reverse("agendas:build", args=[key]),
        reverse("minuting:detail", args=[key]),
        reverse("interests:meeting", args=[key]),
        reverse("arising:meeting", args=[key]),
        reverse("paper_calls:of_meeting", args=[key]),
        reverse("editions:of_meeting", args=[key]),
        reverse("attending:attendance_csv", args=[board]),
        reverse("meetings:decisions_csv"),
        reverse("search:index") + "?q=police",
        reverse("desk:home"),
    ]
    for who in ("rowena", "dilys"):
        reader = signed_in(who)
        for page in pages:
            answer = reader.get(page)
            assert answer.status_code == 200, page
            assert SECRET not in answer.content.decode(), page


@pytest.mark.slow
def test_a_member_is_told_whose_it_is_and_an_outsider_learns_of_nothing(brief, signed_in):
    brief.agenda.begins("Knife crime").published()
    prompt = brief.writes("Knife crime")
    item = brief.work.item()
    for name, given in (("meeting", None), ("prompt", {"item": item.key, "text": "No"})):
        page = at(name, brief.meeting)
        for who, status in (("tobias", 403), ("agnes", 404)):
            client = signed_in(who)
            answer = client.post(page, given) if given else client.get(page)
            assert answer.status_code == status
            assert SECRET not in answer.text
    refused = signed_in("tobias").get(at("meeting", brief.meeting))
    assert "for whoever chairs this body and for its secretary" in refused.text
    taken = signed_in("tobias").post(at("take_away", brief.meeting), {"prompt": prompt.key})
    assert taken.status_code == 403
    assert signed_in("rowena").post(at("meeting", brief.meeting)).status_code == 405
    assert signed_in("rowena").get(at("take_away", brief.meeting)).status_code == 405
    assert signed_in("rowena").post(at("take_away", brief.meeting)).status_code == 404


@pytest.mark.slow
def test_a_prompt_is_written_and_taken_away_by_page_also_at_a_draft(brief, signed_in):
    brief.agenda.begins("Knife crime")
    item = brief.work.item()
    rowena = signed_in("rowena")
    empty = rowena.post(at("prompt", brief.meeting), {"item": item.key, "text": ""})
    assert "Write what the chair should remember, or go back." in empty.text
    given = {"item": item.key, "text": SECRET}
    page = rowena.post(at("prompt", brief.meeting), given, follow=True)
    assert "Draft The agenda is not published: the members see none of these items yet." in words(
        page
    )
    assert SECRET in page.text

    with brief.cast.acting("dilys"):
        prompt = Prompt.objects.get()
    signed_in("dilys").post(at("take_away", brief.meeting), {"prompt": prompt.key})
    assert SECRET not in rowena.get(at("meeting", brief.meeting)).text
    assert lines("prompt.taken_away") == 1


@pytest.mark.slow
@pytest.mark.parametrize("published", [False, True])
def test_a_prompt_stays_with_an_item_that_is_closed_and_only_for_those_on_it(
    brief, signed_in, published
):
    brief.agenda.begins("Knife crime")
    brief.writes("Knife crime")
    if published:
        brief.agenda.published()
    restricted(brief.cast, brief.agenda, "Knife crime")

    assert SECRET in signed_in("dilys").get(at("meeting", brief.meeting)).text
    assert SECRET not in signed_in("rowena").get(at("meeting", brief.meeting)).text
    with brief.cast.acting("dilys"):
        prompt = Prompt.objects.select_related("item").get()
        assert prompt.audience_id == prompt.item.audience_id


@pytest.mark.slow
def test_after_the_meeting_prompts_are_read_and_not_changed(brief, signed_in):
    brief.agenda.begins("Knife crime").published()
    brief.writes("Knife crime")
    with brief.cast.acting("dilys") as dilys:
        minuted = meetings.NewItem("1", "Knife crime", "Said.")
        new = meetings.NewMeeting(brief.board, brief.meeting.held_on, "subject", items=[minuted])
        meetings.record(dilys, minutes=new)
        Item.objects.filter(title="Knife crime").exclude(meeting=brief.meeting).delete()

    page = words(signed_in("rowena").get(at("meeting", brief.meeting)))
    assert "This meeting has been held." in page
    assert SECRET in page
    with pytest.raises(NotAllowed, match="can still be read, not changed"):
        brief.writes("Knife crime")


@pytest.mark.slow
def test_prompts_go_a_year_after_the_meeting_and_their_item_stays(brief):
    brief.agenda.begins("Knife crime")
    prompt = brief.writes("Knife crime")
    [kind] = KINDS
    with brief.cast.acting("dilys"), everything_open():
        assert list(kind.expired(now(), None)) == []
        with as_of(now() + datetime.timedelta(days=60)):
            [found] = kind.expired(now(), [prompt.key])
        assert kind.let_go([found.key]).records == [("briefs.prompt", prompt.key)]
        assert Item.objects.filter(title="Knife crime").exists()


@pytest.mark.slow
def test_the_brief_asks_as_much_for_one_item_as_for_thirty(brief, signed_in):
    brief.agenda.begins()
    rowena = signed_in("rowena")
    asked = []
    for count in (range(1), range(1, 30)):
        for number in count:
            brief.agenda.adds(f"Item {number}")
            brief.writes(f"Item {number}")
        rowena.get(at("meeting", brief.meeting))
        with CaptureQueriesContext(connection) as captured:
            rowena.get(at("meeting", brief.meeting))
        asked.append(len(captured))
    assert asked[0] == asked[1]
