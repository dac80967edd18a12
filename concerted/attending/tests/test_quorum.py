"""The rule as a table, without a database: who is there, and what is missing."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.attending import times
from concerted.attending.quorum import Agency, Filled, Rule, Stay, course, look, quorum
from concerted.attending.states import Outlook, Substitutes

A, B, C = "Council", "Police", "Probation"


def filled(*organisations, **more):
    return [Filled(f"{one} {place}", one, **more) for place, one in enumerate(organisations)]


def rule(members=0, *agencies, substitutes=Substitutes.COUNT):
    return Rule(members, tuple(Agency(tuple(one.split("|"))) for one in agencies), substitutes)


@pytest.mark.parametrize(
    ("asks", "present", "missing"),
    [
        (rule(3), filled(A, B, C), ""),
        (rule(3), filled(A, A, A), ""),
        (rule(3), filled(A, B), "2 of 3 members"),
        (rule(1), [], "0 of 1 member"),
        (rule(2), [*filled(A), *filled(B, member=False)], "1 of 2 members"),
        (rule(0, C), filled(A, B), "no Probation"),
        (rule(0, C), filled(C, member=False), ""),
        (rule(5, C, B), filled(A), "1 of 5 members, no Probation, no Police"),
        (rule(0, f"{B}|{C}"), filled(C), ""),
        (rule(0, f"{B}|{C}"), filled(A), "no Police or Probation"),
        (rule(1, C), filled(C, substitute=True), ""),
        (rule(1, C, substitutes="agency"), filled(C, substitute=True), "0 of 1 member"),
        (rule(0, C, substitutes="agency"), filled(C, substitute=True), ""),
        (rule(0, C, substitutes="not"), filled(C, substitute=True), "no Probation"),
        # One person in two seats is one member, and both organisations are there.
        (rule(2, A, B), [Filled("one", A), Filled("one", B)], "1 of 2 members"),
        (rule(), [], ""),
    ],
)
def test_who_must_be_there(asks, present, missing):
    found = quorum(asks, present)

    assert found.why_not == missing
    assert bool(found) is (missing == "")


@pytest.mark.parametrize(
    ("asks", "certain", "may_come", "outlook", "words"),
    [
        (None, [], filled(A), Outlook.NO_RULE, "No quorum is on record"),
        (rule(), filled(A), [], Outlook.NO_RULE, "No quorum is on record"),
        (rule(1), filled(A), filled(B), Outlook.QUORATE, "Will be quorate"),
        (rule(2, C), filled(A, B), [], Outlook.INQUORATE, "Will be inquorate: no Probation"),
        (rule(1, C), filled(A), filled(B), Outlook.INQUORATE, "inquorate: no Probation"),
        (
            rule(1, C),
            filled(A),
            filled(C),
            Outlook.OPEN,
            "Not yet known: no answer for 1 seat; so far no Probation",
        ),
    ],
)
def test_no_answer_is_neither_yes_nor_no(asks, certain, may_come, outlook, words):
    found = look(asks, certain, may_come)

    assert found.outlook == outlook
    assert words in found.ahead


SEATS = st.lists(
    st.builds(
        Filled,
        st.sampled_from("pqrstu"),
        st.sampled_from([A, B, C]),
        st.booleans(),
        st.booleans(),
    ),
    max_size=6,
)
RULES = st.builds(
    Rule,
    st.integers(0, 4),
    st.lists(
        st.builds(Agency, st.lists(st.sampled_from([A, B, C]), min_size=1).map(tuple)), max_size=2
    ).map(tuple),
    st.sampled_from(Substitutes.values),
)


@given(RULES, SEATS, SEATS)
def test_one_more_who_comes_never_takes_a_quorum_away(asks, present, more):
    if quorum(asks, present):
        assert quorum(asks, [*present, *more])


@pytest.mark.slow
@given(RULES, SEATS, SEATS, st.data())
def test_what_is_said_holds_however_the_rest_answers(asks, certain, may_come, data):
    found = look(asks, certain, may_come)
    came = [one for one in may_come if data.draw(st.booleans())]

    in_the_end = look(asks, [*certain, *came], [])

    if found.outlook in (Outlook.QUORATE, Outlook.INQUORATE):
        assert in_the_end.outlook == found.outlook
    assert in_the_end.outlook != Outlook.OPEN


DAY = datetime.date(2027, 3, 28)  # clocks go forward at one


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ((DAY, datetime.time(10), 60), (DAY, datetime.time(11), 60), False),
        ((DAY, datetime.time(10), 61), (DAY, datetime.time(11), 60), True),
        ((DAY, datetime.time(10), None), (DAY, datetime.time(11, 59), 60), True),
        ((DAY, None, None), (DAY, datetime.time(11), 60), True),
        ((DAY, datetime.time(10), 60), (DAY + datetime.timedelta(1), datetime.time(10), 60), False),
    ],
)
def test_two_meetings_at_once(one, other, meet):
    assert times.meet(one, other) is meet
    assert times.meet(other, one) is meet


def test_a_time_that_lasts_over_the_change_of_the_clocks_is_counted_in_moments():
    start = times.begins(DAY, datetime.time(0, 30))
    end = times.ends(DAY, datetime.time(0, 30), 60)

    assert (start.isoformat(), end.isoformat()) == (
        "2027-03-28T00:30:00+00:00",
        "2027-03-28T02:30:00+01:00",
    )


def test_who_comes_late_makes_a_quorum_and_who_leaves_takes_it():
    a, b, c = filled(A, B, C)
    stays = [Stay(a), Stay(b, arrived=datetime.time(14, 20)), Stay(c, left=datetime.time(15))]

    turns = course(rule(2, C), stays, [])

    assert [(turn.since, turn.look.there) for turn in turns] == [
        (None, "Quorate"),
        (datetime.time(15), "Inquorate: no Probation"),
    ]


def test_what_is_not_ticked_yet_is_said():
    [turn] = course(rule(2), [Stay(filled(A)[0])], filled(B))

    assert turn.look.there == "Cannot be said: nothing on record for 1 seat; so far 1 of 2 members"
