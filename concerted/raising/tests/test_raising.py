"""What a member puts forward, from the form to the agenda or the chair’s ruling."""

import datetime
import re

import pytest
from django.db import ProgrammingError, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concerted.access.actor import Actor
from concerted.agendas import services as agendas
from concerted.agendas.queries import draft_of
from concerted.audit.models import Line as TrailLine
from concerted.kernel.clock import as_of
from concerted.kernel.verdict import NotAllowed
from concerted.meetings import services as meetings
from concerted.meetings.models import Item, Meeting
from concerted.minuting import queries as minuting_queries
from concerted.minuting import services as minuting
from concerted.notifying.kinds import tells
from concerted.people import seating
from concerted.people.states import SeatRole
from concerted.raising import policies, queries, services
from concerted.raising.models import ItemRequest, Ruling
from concerted.raising.services import Wanted

NOW = datetime.datetime(2027, 1, 20, 9, tzinfo=datetime.UTC)
MARCH, MAY = (datetime.date(2027, month, 9) for month in (3, 5))
LAMPS = Wanted("Lamps on the towpath", "Three lamps are out.", minutes_wanted=10)
FIRE = Wanted("The fire at the mill", "Families are homeless.", why_urgent="It was last night")


@pytest.fixture(autouse=True)
def clock():
    with as_of(NOW):
        yield


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def lines(what):
    return TrailLine.objects.filter(what=what).count()


def address(name, thing):
    return reverse(f"raising:{name}", args=[thing.key])


class Table:
    """The board with a meeting in March, and what is put before it."""

    def __init__(self, cast):
        self.cast, self.body = cast, cast.bodies["board"]
        with cast.acting("dilys") as dilys:
            self.meeting = meetings.plan(dilys, body=self.body, held_on=MARCH)

    def now(self, meeting=None):
        with self.cast.acting("dilys"):
            return Meeting.objects.select_related("body").get(pk=(meeting or self.meeting).pk)

    def asks(self, wanted=LAMPS, who="tobias", meeting=None):
        with self.cast.acting(who) as actor:
            return services.ask(actor, body=self.body, wanted=wanted, meeting=meeting)

    def raises(self, wanted=FIRE, who="tobias"):
        with self.cast.acting(who) as actor:
            return services.raise_urgent(actor, meeting=self.now(), wanted=wanted)

    def begins(self):
        with self.cast.acting("dilys") as dilys:
            return agendas.begin(dilys, meeting=self.now(), from_last=False)

    def publishes(self, *entries):
        entries = entries or (
            agendas.Entry("Urgent business", kind="urgent"),
            agendas.Entry("Patrols"),
        )
        issue = self.begins()
        with self.cast.acting("dilys") as dilys:
            for entry in entries:
                issue.refresh_from_db()
                agendas.add(dilys, issue=issue, token=str(issue.version), entry=entry)
            issue.refresh_from_db()
        with self.cast.acting("rowena") as rowena:
            agendas.approve(rowena, meeting=self.now(), token=str(issue.version))
        with self.cast.acting("dilys") as dilys:
            issue.refresh_from_db()
            agendas.publish(dilys, issue=issue, token=str(issue.version))

    def takes(self, request, who="dilys", token="1"):
        with self.cast.acting(who) as actor:
            issue = draft_of(actor, self.now())
            return services.take(
                actor,
                request=self.at(request),
                token=token,
                meeting=self.meeting,
                agenda_token=str(issue.version) if issue else "",
            )

    def rules(self, request, ruling="taken", who="rowena", because="", by=None):
        with self.cast.acting(who) as actor:
            return services.rule(
                actor,
                request=self.at(request, who),
                token="1",
                ruling=ruling,
                because=because,
                ruled_by=by and self.cast.people[by],
            )

    def at(self, request, who="dilys"):
        with self.cast.acting(who) as actor:
            return queries.of_key(actor, request.key)

    def seen_by(self, who):
        with self.cast.acting(who) as actor:
            return [line.request.title for line in queries.of_body(actor, self.body)]

    def items(self, who="tobias"):
        with self.cast.acting(who) as actor:
            rows = Item.objects.filter(meeting=self.meeting, audience_id__in=actor.audience_ids)
            return [(one.ref, one.title) for one in rows.order_by("position", "id")]


@pytest.fixture
def table(cast):
    return Table(cast)


# Who may


def request_of(state="waiting", *, urgent=False, by=1):
    return ItemRequest(state=state, urgent=urgent, by_id=by, version=1)


@pytest.mark.parametrize(
    ("state", "came_off", "why_not"),
    [
        ("waiting", False, ""),
        ("taken", True, ""),
        ("taken", False, "This was taken onto an agenda already."),
        ("next", False, "This was put to the next agenda already."),
        ("refused", False, "This was refused already. It can be put forward again."),
        ("withdrawn", False, "Whoever put this forward has withdrawn it."),
    ],
)
def test_what_is_answered_is_not_answered_again(state, came_off, why_not):
    request = request_of(state)

    verdict = policies._may_answer(request, "refused", came_off=came_off)

    assert bool(verdict) is not bool(why_not)
    assert verdict.why_not == why_not


def test_only_whoever_asked_withdraws():
    assert policies.may_withdraw(Actor(person_id=1), request_of(by=1))
    assert not policies.may_withdraw(Actor(person_id=2), request_of(by=1))
    assert not policies.may_withdraw(Actor(person_id=1), request_of("refused", by=1))


def test_a_colleague_of_who_sits_there_may_put_an_item_forward_and_others_may_not(table, cast):
    with cast.acting("tobias") as tobias:
        seated = queries.seated_ids(tobias, table.body)
    colleague = Actor(organisation_ids=(cast.organisations["police"].pk,))

    assert policies.may_raise(colleague, table.body, seated=seated)
    stranger = Actor(organisation_ids=(cast.organisations["homes"].pk,))
    assert (
        "those who sit on this body"
        in policies.may_raise(stranger, table.body, seated=seated).why_not
    )


# For an agenda to come


def test_what_a_member_puts_forward_is_read_by_the_office_the_chair_and_themselves_alone(table):
    table.asks()

    assert table.seen_by("dilys") == table.seen_by("rowena") == table.seen_by("tobias")
    assert table.seen_by("tobias") == ["Lamps on the towpath"]
    assert table.seen_by("gareth") == []
    assert lines("item_request.made") == 1


def test_another_member_gets_no_page_of_it(table, signed_in):
    request = table.asks()

    assert signed_in("gareth").get(address("detail", request)).status_code == 404
    assert signed_in("tobias").get(address("detail", request)).status_code == 200
    assert signed_in("rowena").get(address("detail", request)).status_code == 200


@pytest.mark.slow
def test_it_heads_the_builder_and_is_put_on_the_draft_in_one_step(table, signed_in):
    request = table.asks(meeting=table.meeting)
    table.begins()
    build = reverse("agendas:build", args=[table.meeting.key])
    page = signed_in("dilys").get(address("detail", request))
    assert build in page.text
    page = words(signed_in("dilys").get(build))
    assert "Lamps on the towpath Put forward by Tobias Wren" in page

    with table.cast.acting("dilys") as dilys:
        token = draft_of(dilys, table.now()).version
    form = {"seen": 1, "token": token, "meeting": table.meeting.key}
    page = signed_in("dilys").post(address("take", request), form, follow=True)

    assert "On the agenda: “Lamps on the towpath”." in words(page)
    assert table.items("dilys") == [("1", "Lamps on the towpath")]
    assert table.items("tobias") == []
    assert lines("item_request.answered") == 1


def test_an_item_that_came_off_the_draft_again_waits_as_before(table):
    request = table.asks()
    issue = table.begins()
    item = table.takes(request)
    with table.cast.acting("dilys") as dilys:
        assert queries.waiting_for(dilys, table.now()) == []
        issue.refresh_from_db()
        agendas.remove(dilys, issue=issue, key=item.key, token=str(issue.version))

        assert [one.request.key for one in queries.waiting_for(dilys, table.now())] == [request.key]
    table.takes(request, token="2")
    assert table.items("dilys") == [("1", "Lamps on the towpath")]


def test_what_is_put_forward_for_one_meeting_does_not_head_another(table):
    with table.cast.acting("dilys") as dilys:
        later = meetings.plan(dilys, body=table.body, held_on=MAY)
    table.asks(meeting=table.meeting)
    with table.cast.acting("dilys") as dilys:
        assert queries.waiting_for(dilys, table.now(later)) == []
    with as_of(NOW + datetime.timedelta(days=60)), table.cast.acting("dilys") as dilys:
        assert len(queries.waiting_for(dilys, table.now(later))) == 1


def test_no_is_said_with_a_reason_and_told(table, signed_in):
    request = table.asks()
    rowena = signed_in("rowena")
    page = rowena.post(address("refuse", request), {"token": "1", "because": ""})
    assert "Say why, so that whoever asked knows." in words(page)

    rowena.post(address("refuse", request), {"token": "1", "because": "The council does it"})

    shown = words(signed_in("tobias").get(address("detail", request)))
    assert "The council does it" in shown
    assert "Refused" in shown
    with table.cast.acting("tobias") as tobias:
        told = tells(tobias, "request.answered", request.key)
        assert told.words == (
            "What you put forward for Safer Marlbeck Board was answered: Lamps on the towpath"
        )
        assert tells(tobias, "request.made", request.key) is None
    with table.cast.acting("gareth") as gareth:
        assert tells(gareth, "request.answered", request.key) is None


def test_the_office_and_the_chair_hear_that_something_was_put_forward(table):
    request = table.asks()
    for who, hears in (("dilys", True), ("rowena", True), ("tobias", False), ("gareth", False)):
        with table.cast.acting(who) as actor:
            assert (tells(actor, "request.made", request.key) is not None) is hears


def test_the_second_of_two_answers_is_told(table, signed_in):
    request = table.asks()
    dilys = signed_in("dilys")
    dilys.post(address("refuse", request), {"token": "1", "because": "No time"})
    page = dilys.get(address("refuse", request))
    assert page.status_code == 403
    assert "This was refused already. It can be put forward again." in words(page)

    other = table.asks()
    page = dilys.post(address("refuse", other), {"token": "7", "because": "No time"})
    assert page.status_code == 409
    assert "Somebody answered this while you had this page open" in words(page)


def test_whoever_asked_may_take_it_back(table, signed_in):
    request = table.asks()
    refused = signed_in("dilys").post(address("withdraw", request), {"token": "1"})
    assert refused.status_code == 403
    signed_in("tobias").post(address("withdraw", request), {"token": "1"})
    assert table.at(request).state == "withdrawn"


def test_the_secretary_says_for_whom_it_is_and_a_member_speaks_for_themselves(table):
    said = Wanted("Lamps", "Dark", raised_by="Ines Harrow, residents")

    assert table.asks(said, who="dilys").raised_by == "Ines Harrow, residents"
    assert table.asks(said).raised_by == "Tobias Wren, Probation Service"


def test_an_answer_is_never_altered(table, signed_in):
    request = table.asks()
    signed_in("dilys").post(address("refuse", request), {"token": "1", "because": "No time"})
    with table.cast.acting("dilys"), pytest.raises(ProgrammingError), transaction.atomic():
        ItemRequest.objects.filter(pk=request.pk).update(because="Other words")


# Urgent business


def test_before_the_agenda_is_published_nothing_has_to_be_urgent(table, signed_in):
    page = signed_in("tobias").get(address("urgent", table.meeting))
    assert page.status_code == 403
    assert "The agenda of this meeting is not published yet" in words(page)


@pytest.mark.slow
def test_what_the_chair_takes_stands_below_urgent_business_at_once_with_why(table, signed_in):
    table.publishes()
    request = table.raises()
    page = signed_in("rowena").post(
        address("rule", request),
        {"token": "1", "ruling": "taken", "because": "The next meeting is in May"},
        follow=True,
    )

    assert "The ruling is on record." in words(page)
    assert table.items() == [
        ("1", "Urgent business"),
        ("1(a)", "The fire at the mill"),
        ("2", "Patrols"),
    ]
    shown = words(signed_in("gareth").get(reverse("meetings:detail", args=[table.meeting.key])))
    assert "Urgent business: Raised by Tobias Wren" in shown
    assert "It was last night. The next meeting is in May. Rowena Thackley, in the chair" in shown
    assert lines("urgent_item.taken") == lines("item.taken_as_urgent") == 1


@pytest.mark.slow
def test_a_second_one_stands_after_the_first_and_without_such_an_item_at_the_end(table):
    table.publishes()
    table.rules(table.raises())
    table.rules(table.raises(Wanted("The bridge", "Shut", why_urgent="Today")))
    assert [ref for ref, _ in table.items()] == ["1", "1(a)", "1(b)", "2"]


@pytest.mark.slow
def test_without_an_item_for_it_urgent_business_comes_last(table):
    table.publishes(agendas.Entry("Patrols"), agendas.Entry("Lamps"))
    table.rules(table.raises())
    assert table.items()[-1] == ("3", "The fire at the mill")


@pytest.mark.slow
def test_a_supplement_that_is_drafted_is_numbered_round_it_and_approved_anew(table):
    table.publishes(agendas.Entry("Patrols"))
    issue = table.begins()
    with table.cast.acting("dilys") as dilys:
        agendas.add(dilys, issue=issue, token="1", entry=agendas.Entry("Lamps"))
    table.rules(table.raises())

    assert sorted(table.items("dilys")) == [
        ("1", "Patrols"),
        ("2", "The fire at the mill"),
        ("3", "Lamps"),
    ]


@pytest.mark.slow
def test_whoever_minutes_takes_it_in(table):
    table.publishes()
    with table.cast.acting("dilys") as dilys:
        minutes = minuting.begin(dilys, meeting=table.now())
    table.rules(table.raises())
    with table.cast.acting("dilys") as dilys:
        minutes.meeting = table.now()
        waits = minuting_queries.to_take_in(dilys, minutes)
        assert [one.title for one in waits] == ["The fire at the mill"]


@pytest.mark.slow
def test_what_goes_to_the_next_agenda_waits_there(table):
    table.publishes()
    request = table.raises()
    with pytest.raises(NotAllowed, match="Say who ruled"):
        table.rules(request, "next", who="dilys", because="It can wait")
    table.rules(request, "next", who="dilys", because="It can wait", by="rowena")

    ruled = table.at(request)
    assert (ruled.state, ruled.answered_by.name, ruled.noted_by.name) == (
        "next",
        "Rowena Thackley",
        table.cast.people["dilys"].name,
    )
    with table.cast.acting("dilys") as dilys:
        later = meetings.plan(dilys, body=table.body, held_on=MAY)
        [line] = queries.waiting_for(dilys, table.now(later))
    assert line.request.title == "The fire at the mill"
    assert line.request.follows_id == request.pk
    assert table.items() == [("1", "Urgent business"), ("2", "Patrols")]


@pytest.mark.slow
def test_a_refusal_needs_a_reason_and_a_member_does_not_rule(table, signed_in):
    table.publishes()
    request = table.raises()
    page = signed_in("rowena").post(address("rule", request), {"token": "1", "ruling": "refused"})
    assert "Say why it is not taken at this meeting." in words(page)

    page = signed_in("tobias").get(address("rule", request))
    assert page.status_code == 403
    assert "Only the chair of this body rules on urgent business." in words(page)


def test_a_chair_of_another_day_does_not_rule(table, cast):
    table.publishes()
    request = table.raises()
    with pytest.raises(NotAllowed, match="Say who ruled"):
        table.rules(request, "refused", who="dilys", because="No", by="gareth")


@pytest.mark.slow
def test_a_ruling_is_never_altered_and_goes_with_its_item(table):
    table.publishes()
    table.rules(table.raises())
    with table.cast.acting("dilys"), pytest.raises(ProgrammingError), transaction.atomic():
        Ruling.objects.update(because="Other words")


def test_after_the_meeting_nothing_is_urgent(table):
    table.publishes()
    with as_of(NOW + datetime.timedelta(days=60)), pytest.raises(NotAllowed, match="has been held"):
        table.raises()


# Pages


@pytest.mark.slow
def test_a_vice_chair_is_asked_for_nothing_more(table, cast, signed_in):
    with cast.acting("maud") as maud:
        seat = seating.add_seat(
            maud,
            body=table.body,
            holder=cast.organisations["homes"],
            role=SeatRole.VICE_CHAIR,
            starts=datetime.date(2026, 1, 1),
        )
        seating.appoint(maud, person=cast.people["agnes"], seat=seat)
    table.publishes()
    request = table.raises()

    page = words(signed_in("agnes").get(address("rule", request)))
    assert "Who ruled?" not in page
    table.rules(request, who="agnes")
    assert table.at(request).answered_by == cast.people["agnes"]


@pytest.mark.slow
def test_the_list_asks_as_much_for_one_as_for_thirty(table, signed_in):
    dilys = signed_in("dilys")
    asked = []
    for rows in (1, 29):
        for _ in range(rows):
            table.asks()
        dilys.get(address("of_body", table.body))
        with CaptureQueriesContext(transaction.get_connection()) as captured:
            dilys.get(address("of_body", table.body))
        asked.append(len(captured))
    assert asked[0] == asked[1]


@pytest.mark.parametrize("name", ["detail", "of_body"])
def test_pages_are_only_read(table, signed_in, name):
    thing = table.asks() if name == "detail" else table.body
    assert signed_in("dilys").post(address(name, thing)).status_code == 405


@pytest.mark.parametrize("name", ["take", "withdraw"])
def test_steps_are_only_taken(table, signed_in, name):
    assert signed_in("dilys").get(address(name, table.asks())).status_code == 405


def test_a_form_that_is_half_filled_says_so(table, signed_in):
    page = signed_in("tobias").post(address("add", table.body), {"kind": "decision"})
    assert "Say what should be talked about." in words(page)
    page = signed_in("tobias").post(
        address("add", table.body),
        {"title": "Lamps", "kind": "decision", "why": "Dark"},
        follow=True,
    )
    assert "Put forward: “Lamps”. The secretary answers it." in words(page)
