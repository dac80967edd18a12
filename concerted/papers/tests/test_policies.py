"""Who may put a paper on record, and what may be held at all."""

import pytest

from concerted.access.actor import Actor
from concerted.access.roles import Permission
from concerted.papers import policies
from concerted.papers.states import Tier
from concerted.people.models import Body

BODY = Body(pk=7)
SECRETARY = Actor(by_body={7: frozenset({Permission.MINUTES_IMPORT})})
OF_ANOTHER = Actor(by_body={8: frozenset({Permission.MINUTES_IMPORT})})
MEMBER = Actor(by_body={7: frozenset({Permission.MEETING_VIEW})})


@pytest.mark.parametrize(
    ("actor", "tier", "marked", "there", "why_not"),
    [
        (SECRETARY, Tier.OFFICIAL, False, False, ""),
        (SECRETARY, Tier.SENSITIVE, False, False, ""),
        (SECRETARY, Tier.SENSITIVE, True, False, ""),
        (SECRETARY, Tier.OFFICIAL, True, False, "it stays with you alone"),
        (SECRETARY, Tier.OFFICIAL, False, True, "of that title and day on record already"),
        (OF_ANOTHER, Tier.OFFICIAL, False, False, "Only this body’s secretary"),
        (MEMBER, Tier.SENSITIVE, True, False, "Only this body’s secretary"),
    ],
)
def test_may_accept(actor, tier, marked, there, why_not):
    verdict = policies.may_accept(actor, BODY, tier=tier, marked=marked, there=there)

    assert bool(verdict) is (why_not == "")
    assert why_not in verdict.why_not


@pytest.mark.parametrize(("care", "held"), [(0, True), (1, True), (2, True), (3, False)])
def test_nothing_above_official_sensitive_is_held(care, held):
    assert bool(policies.may_hold(care)) is held
