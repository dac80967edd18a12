"""A request with its draft and what was decided, and actions whose words name people."""

import datetime

import pytest

from concerted.actions import services as actions
from concerted.actions.services import Owners
from concerted.kernel.clock import today
from concerted.subject_access import queries, services, tasks
from concerted.subject_access.models import Draft
from concerted.subject_access.policies import Answer, Wanted
from concerted.subject_access.states import Decided, Regime, Shown, StepKind


@pytest.fixture
def act(cast):
    """An action with words of its own, in a body, owned by somebody."""

    def agree(text, *, body="board", owner="agnes", who="dilys"):
        with cast.acting(who) as actor:
            return actions.agree(
                actor,
                body=cast.bodies[body],
                text=text,
                agreed_on=datetime.date(2026, 4, 1),
                due=datetime.date(2026, 6, 1),
                owners=Owners(people=[cast.people[owner]]),
            )

    return agree


@pytest.fixture
def asked(cast):
    """Tobias Wren asked today; Maud registered it and knows him."""

    def register(who="maud", *, person="tobias", name="", spellings=(), regime=Regime.GENERAL):
        with cast.acting(who) as actor:
            request = services.register(
                actor,
                person=cast.people[person] if person else None,
                name=name,
                spellings=spellings,
                asked_on=today(),
                regime=regime,
            )
            services.note(
                actor,
                request=request,
                wanted=Wanted(StepKind.IDENTITY, today(), shown=Shown.KNOWN),
            )
            return queries.visible_to(actor).get(pk=request.pk)

    return register


@pytest.fixture
def drafted(cast):
    """A whole draft of a request, as the worker makes it; returns its findings."""

    def draft(request, who="maud"):
        with cast.acting(who) as actor:
            made = services.begin_draft(actor, request=request)
        tasks.draft(draft_key=made.key, account_id=cast.accounts[who].pk)
        with cast.acting(who) as actor:
            return list(queries.findings_of(actor, Draft.objects.get(pk=made.pk)))

    return draft


@pytest.fixture
def decided(cast):
    """All findings disclosed, with a reason."""

    def decide(findings, who="maud"):
        with cast.acting(who) as actor:
            for one in findings:
                answer = Answer(Decided.DISCLOSE, reason="They agreed.")
                services.decide(actor, finding=one, answer=answer)

    return decide
