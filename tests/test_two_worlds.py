"""Nobody learns that a hidden thing exists: a partnership with it and without it look alike."""

import os
import random

import pytest

import conftest
from tests.two_worlds import SUBJECTS, Answer, Plan, built, surface

PARTNERSHIPS = int(os.environ.get("PARTNERSHIPS", "25"))  # make soak tries 500


def subject_of(plan: Plan) -> str:
    """One of those from whom something is hidden."""
    outside = [one for one in SUBJECTS if any(step.hidden_from(one) for step in plan.steps)]
    return outside[plan.seed % len(outside)]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(PARTNERSHIPS))
def test_what_somebody_may_not_see_changes_nothing_that_they_see(
    django_db_setup, django_db_blocker, seed
):
    plan = Plan(seed)
    subject = subject_of(plan)
    with django_db_blocker.unblock():
        with built(plan, conftest._cast, subject=subject, whole=True) as build:
            guessed = random.Random(seed).sample(build.hidden_keys, min(10, len(build.hidden_keys)))
            whole = surface(build, plan, anonymous=False, hidden_keys=guessed)
            outside = surface(build, plan, anonymous=True, hidden_keys=guessed)
        with built(plan, conftest._cast, subject=subject, whole=False) as build:
            without = surface(build, plan, anonymous=False, hidden_keys=guessed)
            outside_without = surface(build, plan, anonymous=True, hidden_keys=guessed)

    assert guessed, "nothing is hidden from this person: the test would not test"
    assert len(whole) > 40
    assert not (told := differences(whole, without)), "\n".join(told)
    assert not (told := differences(outside, outside_without)), "\n".join(told)


def differences(one: dict[str, Answer], other: dict[str, Answer]) -> list[str]:
    """In words: which addresses answer otherwise, and in what."""
    told = [f"only with the hidden things: {address}" for address in one if address not in other]
    told += [f"only without: {address}" for address in other if address not in one]
    for address in one.keys() & other.keys():
        for part in ("status", "headers", "queries", "body"):
            if getattr(one[address], part) != getattr(other[address], part):
                where = _where(one[address], other[address], part)
                told.append(f"{address}: {part} differs{where}")
    return sorted(told)


def _where(one: Answer, other: Answer, part: str) -> str:
    if part == "headers":
        return f": {set(one.headers) ^ set(other.headers)}"
    if part != "body":
        return f": {getattr(one, part)} and {getattr(other, part)}"
    at = next(
        (i for i, (a, b) in enumerate(zip(one.body, other.body, strict=False)) if a != b),
        min(len(one.body), len(other.body)),
    )
    around = slice(max(0, at - 60), at + 80)
    return f" at {at}: {one.body[around]!r} and {other.body[around]!r}"
