"""Who handles requests, and what each state allows, as tables."""

import datetime

import pytest

from concerted.access.actor import Actor
from concerted.access.roles import SEAT_ROLES, SUPPORT_ROLES, Permission
from concerted.subject_access import policies
from concerted.subject_access.clock import Clock
from concerted.subject_access.models import AccessRequest, Release
from concerted.subject_access.policies import Answer, Ready, Wanted
from concerted.subject_access.states import (
    Decided,
    Exemption,
    Regime,
    RequestState,
    StepKind,
)

HANDLER = Actor(person_id=1, everywhere=frozenset({Permission.REQUEST_HANDLE}))
OTHER = Actor(person_id=2, everywhere=frozenset(Permission) - {Permission.REQUEST_HANDLE})
DAY = datetime.date(2026, 6, 16)
LATER = datetime.date(2026, 6, 20)
RUNS = Clock(DAY, due=datetime.date(2026, 7, 16))
STANDS = Clock(DAY, stands_since=LATER)
EXTENDED = Clock(DAY, due=datetime.date(2026, 9, 16), extended=True)
WHOLE = Ready(made=True, finished=True)


def request_in(state, regime=Regime.GENERAL):
    return AccessRequest(state=state, asked_on=DAY, regime=regime)


def test_the_data_protection_officer_and_the_manager_handle_requests():
    roles = SEAT_ROLES | SUPPORT_ROLES
    handle = {name for name, role in roles.items() if Permission.REQUEST_HANDLE in role.permissions}

    assert handle == {"auditor", "manager"}
    assert policies.may_handle(HANDLER)
    assert "data protection officer" in policies.may_handle(OTHER).why_not


@pytest.mark.parametrize(
    ("state", "wanted", "clock", "says"),
    [
        ("received", Wanted(StepKind.IDENTITY, LATER, shown="passport"), Clock(None), ""),
        ("received", Wanted(StepKind.IDENTITY, LATER), Clock(None), "by what identity"),
        ("received", Wanted(StepKind.IDENTITY, DAY.replace(day=1), shown="card"), RUNS, "before"),
        ("received", Wanted(StepKind.IDENTITY, DAY.replace(day=30), shown="card"), RUNS, "to come"),
        ("identified", Wanted(StepKind.IDENTITY, LATER, shown="card"), RUNS, "already"),
        ("drafted", Wanted(StepKind.IDENTITY, LATER, shown="card"), RUNS, "already"),
        ("identified", Wanted(StepKind.CLARIFY, LATER, note="Which years?"), RUNS, ""),
        ("identified", Wanted(StepKind.CLARIFY, LATER, note=" "), RUNS, "reason"),
        ("identified", Wanted(StepKind.CLARIFY, LATER, note="Again"), STANDS, "stands until"),
        ("identified", Wanted(StepKind.ANSWERED, LATER), STANDS, ""),
        ("identified", Wanted(StepKind.ANSWERED, DAY), STANDS, "before clarification"),
        ("identified", Wanted(StepKind.ANSWERED, LATER), RUNS, "No clarification"),
        ("drafted", Wanted(StepKind.EXTEND, LATER, note="Complex"), RUNS, ""),
        ("drafted", Wanted(StepKind.EXTEND, LATER), RUNS, "reason"),
        ("drafted", Wanted(StepKind.EXTEND, LATER, note="Complex"), EXTENDED, "once"),
        ("received", Wanted(StepKind.EXTEND, LATER, note="Complex"), Clock(None), "not started"),
        (
            "drafted",
            Wanted(StepKind.EXTEND, LATER, note="Complex"),
            Clock(DAY, due=DAY),
            "month is over",
        ),
        ("drafted", Wanted(StepKind.REFUSE, LATER, unfit="excessive", note="Daily"), RUNS, ""),
        ("drafted", Wanted(StepKind.REFUSE, LATER, note="Daily"), RUNS, "unfounded, or excessive"),
        ("received", Wanted(StepKind.WITHDRAW, LATER), Clock(None), ""),
        ("released", Wanted(StepKind.WITHDRAW, LATER), RUNS, "has ended"),
        ("refused", Wanted(StepKind.CLARIFY, LATER, note="Which?"), RUNS, "has ended"),
    ],
)
def test_what_may_be_noted(state, wanted, clock, says):
    verdict = policies.may_note(HANDLER, request_in(state), wanted, clock, today=LATER)

    assert bool(verdict) == (not says)
    assert says in verdict.why_not


def test_others_note_draft_decide_and_release_nothing():
    request = request_in(RequestState.DRAFTED)
    wanted = Wanted(StepKind.WITHDRAW, DAY)

    assert not policies.may_note(OTHER, request, wanted, RUNS, today=DAY)
    assert not policies.may_draft(OTHER, request, Ready(made=False))
    assert not policies.may_decide(OTHER, request, Answer(Decided.DISCLOSE), names_others=False)
    assert not policies.may_release(OTHER, request, WHOLE)
    assert not policies.may_register(OTHER, names=["Tobias"], asked_on=DAY, today=DAY)


@pytest.mark.parametrize(
    ("names", "asked_on", "says"),
    [
        (["Tobias Wren"], DAY, ""),
        ([], DAY, "Choose the person"),
        (["Tobias Wren", "TW"], DAY, "at least 3 letters"),
        (["Tobias Wren"], LATER, "still to come"),
    ],
)
def test_what_may_be_registered(names, asked_on, says):
    verdict = policies.may_register(HANDLER, names=names, asked_on=asked_on, today=DAY)

    assert bool(verdict) == (not says)
    assert says in verdict.why_not


@pytest.mark.parametrize(
    ("state", "ready", "says"),
    [
        ("identified", Ready(made=False), ""),
        ("drafted", WHOLE, ""),
        ("received", Ready(made=False), "who asks"),
        ("withdrawn", Ready(made=False), "has ended"),
        ("identified", Ready(made=True, under_way=True), "being made already"),
    ],
)
def test_when_a_draft_may_be_made(state, ready, says):
    verdict = policies.may_draft(HANDLER, request_in(state), ready)

    assert bool(verdict) == (not says)
    assert says in verdict.why_not


WITHHELD = Answer(Decided.WITHHOLD, Exemption.LEGAL, "Advice of counsel")


@pytest.mark.parametrize(
    ("answer", "others", "regime", "says"),
    [
        (Answer(Decided.DISCLOSE), False, "general", ""),
        (Answer(Decided.DISCLOSE), True, "general", "Say why their names"),
        (Answer(Decided.DISCLOSE, reason="Agreed"), True, "general", ""),
        (Answer(Decided.REDACT), True, "general", "whom to take out"),
        (Answer(Decided.REDACT, redactions=((0, 0, 3, ""),)), True, "general", ""),
        (WITHHELD, False, "general", ""),
        (WITHHELD, False, "law_enforcement", "section 45"),
        (Answer(Decided.WITHHOLD, Exemption.LEGAL, " "), False, "general", "why that law"),
        (Answer(Decided.WITHHOLD, reason="Because"), False, "general", "Choose the law"),
        (
            Answer(Decided.WITHHOLD, Exemption.INQUIRY, "Runs"),
            False,
            "general",
            "Schedules 2 to 4",
        ),
        (Answer(Decided.WITHHOLD, Exemption.INQUIRY, "Runs"), False, "law_enforcement", ""),
    ],
)
def test_what_may_be_decided_of_a_finding(answer, others, regime, says):
    request = request_in(RequestState.DRAFTED, regime)
    verdict = policies.may_decide(HANDLER, request, answer, names_others=others)

    assert bool(verdict) == (not says)
    assert says in verdict.why_not


@pytest.mark.parametrize(
    ("state", "ready", "says"),
    [
        ("drafted", WHOLE, ""),
        ("drafted", Ready(made=False), "no finished draft"),
        ("drafted", Ready(made=True, under_way=True), "no finished draft"),
        ("drafted", Ready(made=True, finished=True, undecided=1), "Not every finding"),
        ("drafted", Ready(made=True, finished=True, unseen=True), "changed or restricted"),
        ("released", WHOLE, "has ended"),
    ],
)
def test_when_an_answer_may_go_out(state, ready, says):
    verdict = policies.may_release(HANDLER, request_in(state), ready)

    assert bool(verdict) == (not says)
    assert says in verdict.why_not


@pytest.mark.parametrize(
    ("by", "version", "until", "says"),
    [
        (1, 5, LATER, ""),
        (1, 5, DAY, ""),
        (9, 5, LATER, "Only the person who released"),
        (1, None, LATER, "is gone"),
        (1, 5, DAY - datetime.timedelta(1), "is gone"),
    ],
)
def test_whoever_released_downloads_while_it_is_kept(by, version, until, says):
    release = Release(by_id=by, version_id=version, until=until)
    verdict = policies.may_download(HANDLER, release, today=DAY)

    assert bool(verdict) == (not says)
    assert says in verdict.why_not
