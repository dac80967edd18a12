"""Actions of earlier meetings that minutes say are done: which are offered, what a tick does."""

import datetime

import pytest

from concerted.actions import services as actions
from concerted.actions.models import Action, Update
from concerted.actions.public import Owners, Source
from concerted.audit.models import Line
from concerted.imports.closing import Earlier, closings
from concerted.imports.forms import ReviewForm
from concerted.imports.tests.conftest import BOARD, fresh
from concerted.people import seating
from concerted.people import services as people
from concerted.people.states import LinkKind, Support
from concerted.reading import read

MARCH, MAY = datetime.date(2014, 3, 11), datetime.date(2014, 5, 13)
FIGURES = "bring figures for the town centre"

HEAD = """Safer Marlbeck Board

A meeting of the Safer Marlbeck Board was held on Tuesday, 13th May, 2014.

Present:   Karl Yates (Wyleshire Police); Tobias Wren (Probation Service);


1

Minutes of the Previous Meeting

The minutes of the meeting of 11th March 2014 were agreed as a correct record.

2

Matters Arising

"""
DONE = HEAD + "Minute 4 of 11 March 2014 refers.\n\nACTION: Karl Yates to " + FIGURES
DONE += " (COMPLETED)\n"


def earlier(text=FIGURES, *owners, ref="4", agreed_on=MARCH, key="k"):
    return Earlier(key, text, owners or ("Karl Yates",), "Karl Yates", agreed_on, ref)


def offered(said, *there):
    reading = read(HEAD + said + "\n")
    return [one.action.key for one in closings(reading, reading.meetings[0], there)]


@pytest.mark.parametrize(
    "said",
    [
        f"ACTION: Karl Yates to {FIGURES} (COMPLETED)",
        f"ACTION: Karl Yates to {FIGURES} - Done",
        f"ACTION: Karl Yates to {FIGURES} (closed)",
        f"ACTION: Karl Yates to {FIGURES} (discharged)",
        "ACTION: Karl Yates to bring the figures for the town centre (Completed)",
        f"ACTION: KY to {FIGURES} (COMPLETED)",
        "Karl Yates had been asked to bring figures for the town centre: this was done.",
        "Minute 4 refers: the figures for the town centre are completed.",
        "The action of bringing figures for the town centre (minute 4 of 11 March 2014) was done.",
    ],
)
def test_an_action_that_minutes_say_is_done_is_offered(said):
    assert offered(said, earlier(), earlier("mend the lamps at Canal Walk", key="other")) == ["k"]


@pytest.mark.parametrize(
    "said",
    [
        f"ACTION: Karl Yates to {FIGURES}",
        f"ACTION: Karl Yates to {FIGURES} (ongoing)",
        f"ACTION: Tobias Wren to {FIGURES} (COMPLETED)",
        "ACTION: Karl Yates to bring figures for the county (COMPLETED)",
        "ACTION: Karl Yates to mend the lamps (COMPLETED)",
        "Karl Yates had been asked to bring figures for the town centre: this was not done.",
        "Karl Yates is to bring figures for the town centre when the survey is completed.",
        "The figures for the town centre were done.",
        "Minute 4 refers: the survey of lamps is completed.",
        "Minute 4 of 14 January 2014 refers: the figures for the town centre are completed.",
    ],
)
def test_what_is_not_surely_that_action_is_not_offered(said):
    assert offered(said, earlier()) == []


def test_two_that_fit_as_well_are_not_offered():
    assert (
        offered(f"ACTION: Karl Yates to {FIGURES} (COMPLETED)", earlier(), earlier(key="l")) == []
    )


@pytest.mark.parametrize("agreed_on", [MAY, datetime.date(2014, 6, 1)])
def test_an_action_of_that_day_or_later_is_not_offered(agreed_on):
    said = f"ACTION: Karl Yates to {FIGURES} (COMPLETED)"

    assert offered(said, earlier(agreed_on=agreed_on)) == []


# Through the review


@pytest.fixture
def figures(cast, received, accepted):
    """The action of the March minutes, as they were accepted."""
    accepted(received(), a0_owner="name:3")
    with cast.acting("dilys"):
        return Action.objects.get(text__contains=FIGURES)


def closes(action):
    return f"c_{action.key}"


@pytest.mark.slow
def test_the_reviewer_is_asked_and_nothing_is_ticked(figures, received, review_of, dilys):
    file = received(DONE, name="may.txt")

    [card] = review_of(file).closings
    [tick] = [one for one in review_of(file).fields if one.name == closes(figures)]
    page = dilys.get(file.get_absolute_url()).text

    assert card.names == (closes(figures),)
    assert not tick.initial
    assert "This closes an earlier action: bring figures for the town centre" in page
    assert "Karl Yates, by 30 April 2014" in page
    assert 'id="e1"' in page
    assert f'id="{card.anchor}"' in page


@pytest.mark.slow
def test_a_tick_closes_the_action_with_the_minute_as_its_source(
    cast, figures, received, accepted, signed_in
):
    meeting = accepted(received(DONE, name="may.txt"), p0="keep", **{closes(figures): "on"})

    with cast.acting("dilys"):
        action = Action.objects.get()
        update = Update.objects.get(action=action)
        assert (action.state, action.done_on) == ("done", MAY)
        assert update.note == "Completed: minute 2 of 13 May 2014"
        assert (update.said, update.by_id) == ("accepted", cast.people["dilys"].pk)
        line = Line.objects.get(what="action.closed")
        assert line.reference == action.key
    page = signed_in("tobias").get(action.get_absolute_url()).text
    assert f'href="{meeting.get_absolute_url()}"' in page
    assert "Safer Marlbeck Board, 13 May 2014, minute 2" in page


@pytest.mark.slow
def test_without_a_tick_it_stays_open_and_is_recorded_as_the_minutes_print_it(
    cast, figures, received, accepted
):
    accepted(received(DONE, name="may.txt"), p0="keep")

    with cast.acting("dilys"):
        assert Action.objects.get(pk=figures.pk).state == "open"
        assert Action.objects.exclude(pk=figures.pk).get().state == "done"


@pytest.mark.slow
def test_another_body_than_the_one_that_was_read_cannot_close_it(
    cast, figures, received, answers, review_of
):
    file = received(DONE, name="may.txt")
    given = answers(file, body=cast.bodies["area"].key, **{closes(figures): "on"})

    form = ReviewForm(review_of(file), data=given)

    assert "This is an action of Safer Marlbeck Board" in str(form.errors[closes(figures)])


@pytest.mark.slow
def test_what_was_closed_meanwhile_is_not_offered_any_more(cast, figures, received, review_of):
    with cast.acting("dilys") as dilys:
        actions.withdraw(dilys, action=figures, reason="No longer wanted")

    assert review_of(received(DONE, name="may.txt")).closings == []


def test_the_actions_of_the_body_before_are_offered(cast, received, review_of):
    with cast.acting("maud") as maud:
        people.link_bodies(
            maud,
            body=cast.bodies["board"],
            to=cast.bodies["area"],
            kind=LinkKind.SUCCEEDS,
            starts=datetime.date(2014, 4, 1),
        )
    with cast.acting("dilys") as dilys:
        action = actions.agree(
            dilys,
            body=cast.bodies["area"],
            text="Bring figures for the town centre",
            agreed_on=MARCH,
            owner_text="Karl Yates",
            source=Source(),
            owners=Owners(),
        )

    assert list(review_of(received(DONE, name="may.txt")).closing) == [closes(action)]


@pytest.mark.slow
def test_who_may_not_close_it_is_not_asked(cast, figures, received, review_of):
    """A secretary of another body alone does not run the actions of this one."""
    with cast.acting("maud") as maud:
        post = people.add_post(
            maud,
            title="Secretary of the area board",
            organisation=cast.organisations["council"],
            support=Support.SECRETARY,
            bodies=[cast.bodies["area"]],
        )
        seating.appoint(maud, person=cast.people["nell"], post=post)
    file = received(DONE, name="may.txt", who="nell")

    assert review_of(file, who="nell").closings == []
    assert fresh(cast, file, "nell").state == "read"


def test_the_march_minutes_themselves_close_nothing(received, review_of):
    assert review_of(received(BOARD)).closings == []
