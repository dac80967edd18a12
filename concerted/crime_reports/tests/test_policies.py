"""Who may do what to a crime report, as a table without a database."""

import pytest

from concerted.access.actor import Actor
from concerted.access.roles import Permission
from concerted.crime_reports import policies
from concerted.crime_reports.models import Report, Section
from concerted.crime_reports.states import NEXT, ReportState
from concerted.people.models import Body

BODY, POLICE = 7, 9
ANALYST = Actor(
    person_id=1, by_body={BODY: frozenset({Permission.CRIME_REPORT_PREPARE})}, organisation_ids=(2,)
)
OFFICE = Actor(
    person_id=2,
    everywhere=frozenset({Permission.CRIME_REPORT_PREPARE, Permission.CRIME_REPORT_ISSUE}),
)
OFFICER = Actor(person_id=3, organisation_ids=(POLICE,))
MEMBER = Actor(person_id=4, organisation_ids=(5,))


def report(state):
    return Report(body=Body(pk=BODY), owner_id=POLICE, state=state)


def section(text, rests_on=""):
    return Section(heading="Burglary", text=text, rests_on=rests_on)


def allowed(state):
    """(who, what) that is allowed in a state, of all that could be."""
    one, said = report(state), [section("Burglary fell.")]
    who = {"analyst": ANALYST, "office": OFFICE, "officer": OFFICER, "member": MEMBER}
    asked = {
        "write": lambda actor: policies.may_write(actor, one),
        "ask": lambda actor: policies.may_ask(actor, one, said),
        "take back": lambda actor: policies.may_take_back(actor, one),
        "clear": lambda actor: policies.may_clear(actor, one, wrote={1, 2}),
        "send back": lambda actor: policies.may_send_back(actor, one),
        "issue": lambda actor: policies.may_issue(actor, one, printed=True),
        "stop": lambda actor: policies.may_stop(actor, one),
        "follow": lambda actor: policies.may_follow(actor, one, followed=False),
    }
    return {
        (name, what) for name, actor in who.items() for what, rule in asked.items() if rule(actor)
    }


WRITERS = ("analyst", "office")


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (
            ReportState.WRITING,
            {(one, what) for one in WRITERS for what in ("write", "ask", "stop")},
        ),
        (
            ReportState.TO_CLEAR,
            {(one, "take back") for one in WRITERS}
            | {("officer", "clear"), ("officer", "send back")},
        ),
        (
            ReportState.CLEARED,
            {(one, "take back") for one in WRITERS} | {("office", "issue")},
        ),
        (ReportState.ISSUED, {(one, "follow") for one in WRITERS}),
        (ReportState.SUPERSEDED, set()),
        (ReportState.STOPPED, set()),
    ],
)
def test_what_each_may_do_with_a_report_as_it_stands(state, expected):
    assert allowed(state) == expected


def test_every_state_is_reached_and_the_last_ones_lead_nowhere():
    reached = set().union(*NEXT.values()) | {ReportState.WRITING}

    assert reached == set(NEXT) == set(ReportState)
    assert not NEXT[ReportState.STOPPED] | NEXT[ReportState.SUPERSEDED]


def test_whoever_wrote_in_it_does_not_clear_it_though_they_are_of_the_police():
    one = report(ReportState.TO_CLEAR)

    assert policies.may_clear(OFFICER, one, wrote={3}).why_not == policies.WROTE
    assert policies.may_clear(OFFICER, one, wrote={1})


def test_a_cause_is_handed_over_only_with_what_shows_it():
    one = report(ReportState.WRITING)
    bare = policies.may_ask(ANALYST, one, [section("It fell thanks to the patrols.")])

    assert "“Burglary” says “thanks to”" in bare.why_not
    assert policies.may_ask(
        ANALYST, one, [section("It fell thanks to the patrols.", "Evaluation of May, page 4")]
    )


def test_without_a_word_nothing_is_handed_over_and_without_files_nothing_is_issued():
    assert not policies.may_ask(ANALYST, report(ReportState.WRITING), [section(" ")])
    waits = policies.may_issue(OFFICE, report(ReportState.CLEARED), printed=False)
    assert "still being made" in waits.why_not
