"""One paper put to several meetings: what each was asked, and what each decided."""

import datetime

import pytest
from django.db import ProgrammingError, transaction

from concerted.audit.models import Line as TrailLine
from concerted.kernel.clock import today
from concerted.kernel.verdict import NotAllowed
from concerted.meetings import services as meetings
from concerted.meetings.services import NewDecision, NewItem, NewLimb, NewMeeting
from concerted.paper_calls import services
from concerted.paper_calls.tests.test_papers import at, words
from concerted.papers.models import Put
from concerted.papers.public import NewPut


class Elsewhere:
    """A paper with three recommendations, and meetings that it goes to."""

    def __init__(self, work):
        self.work, self.cast = work, work.cast
        work.asks()
        self.paper = work.all_the_way()

    def meets(self, body, *decided, title="KNIFE CRIME", ref="15", days=10):
        """A meeting that was held, with its minutes: what it decided under one item."""
        item = NewItem(
            ref,
            title,
            "Members spoke.",
            decisions=[NewDecision(code, text, [NewLimb(code, text)]) for code, text in decided],
        )
        other = NewItem("16", "Any other business", "None.")
        on = today() - datetime.timedelta(days=days)
        with self.cast.acting("dilys") as dilys:
            new = NewMeeting(self.cast.bodies[body], on, "received", items=[item, other])
            meeting, _ = meetings.record(dilys, minutes=new)
        return meeting

    def put(self, meeting, *puts, who="dilys"):
        with self.cast.acting(who) as actor:
            return services.put(actor, paper=self.paper, meeting=meeting, item=None, puts=puts)

    def recommended(self, place):
        with self.cast.acting("dilys"):
            return self.paper.recommendations.order_by("position")[place]

    def page(self, client):
        return words(client.get(self.paper.get_absolute_url()))


@pytest.fixture
def elsewhere(work):
    return Elsewhere(work)


@pytest.mark.slow
def test_three_recommendations_to_one_board_and_noting_by_another(elsewhere, signed_in):
    area = elsewhere.meets("area", ("noted", "That the report be noted."))
    elsewhere.put(area, NewPut("To note the report."))

    page = elsewhere.page(signed_in("dilys"))

    table = page[page.index("Where it goes Meeting Item") :]
    assert "1 That the Board approves the plan. 2 That the Board asks" in table
    assert "Decision: Not yet known" in table
    assert "1 To note the report. Decision: Noted : That the report be noted." in table
    assert "minute 15" in table


@pytest.mark.slow
def test_the_decision_of_a_meeting_that_the_reader_does_not_see_stays_hidden(elsewhere, signed_in):
    silver = elsewhere.meets("silver", ("noted", "That Silver notes it."))
    elsewhere.put(silver, NewPut("To note the report."))

    assert "That Silver notes it." in elsewhere.page(signed_in("gareth"))
    page = elsewhere.page(signed_in("tobias"))
    assert "That Silver notes it." not in page
    assert "You see no record of this meeting." in page


@pytest.mark.slow
def test_reworded_recommendations_say_so_and_the_paper_stays(elsewhere, signed_in):
    area = elsewhere.meets("area", ("agreed", "Agreed."))
    first, third = elsewhere.recommended(0), elsewhere.recommended(2)
    elsewhere.put(
        area, NewPut("That the area supports the plan.", "1", first), NewPut(third.text, "3", third)
    )

    page = elsewhere.page(signed_in("dilys"))

    assert "1 That the area supports the plan. (reworded for this meeting)" in page
    assert "3 That the Board thanks the schools. Decision" in page
    with elsewhere.cast.acting("dilys"):
        assert elsewhere.recommended(0).text == "That the Board approves the plan."


@pytest.mark.slow
def test_where_the_title_is_another_somebody_says_which_minute_it_is(elsewhere, signed_in):
    area = elsewhere.meets("area", ("noted", "That it be noted."), title="Blades")
    presentation = elsewhere.put(area, NewPut("To note the report."))
    dilys = signed_in("dilys")
    assert "The minutes do not say under which item. Say where it is minuted" in elsewhere.page(
        dilys
    )

    item = area.items
    with elsewhere.cast.acting("dilys"):
        key = item.get(title="Blades").key
    dilys.post(at("minuted", presentation), {"item": key})

    assert "Noted : That it be noted." in elsewhere.page(dilys)
    assert TrailLine.objects.filter(what="presentation.linked").exists()


@pytest.mark.slow
def test_minutes_that_are_with_the_office_are_not_yet_known_to_members(elsewhere, signed_in):
    board = elsewhere.meets("board", ("noted", "That the board notes it."))
    elsewhere.put(board, NewPut("To note the report."))
    with elsewhere.cast.acting("dilys"):
        type(board).objects.filter(pk=board.pk).update(with_office=True)

    assert "That the board notes it." not in elsewhere.page(signed_in("tobias"))


@pytest.mark.slow
def test_what_was_put_is_never_altered_and_never_put_twice(elsewhere):
    area = elsewhere.meets("area", ("noted", "Noted."))
    elsewhere.put(area, NewPut("To note the report."))

    with pytest.raises(NotAllowed, match="is on record already, and stays"):
        elsewhere.put(area, NewPut("To approve it."))
    with (
        elsewhere.cast.acting("dilys"),
        pytest.raises(ProgrammingError, match="never altered"),
        transaction.atomic(),
    ):
        Put.objects.update(text="To approve it.")


@pytest.mark.slow
def test_the_secretary_puts_it_by_a_form(elsewhere, signed_in):
    area = elsewhere.meets("area", ("noted", "Noted."))
    dilys, address = signed_in("dilys"), at("put", elsewhere.paper)
    page = dilys.get(address).text
    assert page.count("checked") == 3
    given = {"meeting": area.key, **{f"text_{n}": "" for n in range(3)}, "other": ""}

    assert "even if it is only to note" in words(dilys.post(address, given))
    given |= {"put_1": "on", "text_1": "That the area reports in July.", "other": "To note it."}
    dilys.post(address, given)

    page = elsewhere.page(dilys)
    assert "2 That the area reports in July. (reworded for this meeting) 2 To note it." in page


@pytest.mark.slow
@pytest.mark.parametrize("name", ["put", "withdraw_paper"])
def test_nobody_but_the_secretary_puts_or_withdraws_it(elsewhere, signed_in, name):
    assert signed_in("agnes").get(at(name, elsewhere.paper)).status_code == 404
    page = signed_in("tobias").get(at(name, elsewhere.paper))

    assert page.status_code == 403
    assert "Only this body’s secretary can" in words(page)
    assert signed_in("dilys").put(at(name, elsewhere.paper)).status_code == 405


@pytest.mark.slow
def test_nobody_but_the_secretary_says_where_it_is_minuted(elsewhere, signed_in):
    area = elsewhere.meets("area", ("noted", "Noted."), title="Blades")
    presentation = elsewhere.put(area, NewPut("To note the report."))

    assert signed_in("tobias").get(at("minuted", presentation)).status_code == 403
    assert signed_in("agnes").get(at("minuted", presentation)).status_code == 404
    assert signed_in("dilys").put(at("minuted", presentation)).status_code == 405
