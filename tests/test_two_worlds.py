"""Nobody learns that a hidden thing exists: a partnership with it and without it look alike."""

import os
import random
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db.models import QuerySet

import conftest
from concerted.access.actor import Actor
from concerted.access.models import Audience
from concerted.actions import queries as action_queries
from concerted.actions.models import Action
from concerted.editions import releasing
from concerted.notices.models import Mail
from concerted.notices.public import queue_mail
from concerted.people import confirming
from concerted.people.models import Appointment, Partnership
from concerted.people.public import open_to, the_partnership
from concerted.restrictions.models import Closure
from tests.two_worlds import SUBJECTS, Build, Plan, built
from tests.two_worlds_pages import Answer, surface
from tests.two_worlds_sent import mails, public

Part = Callable[[Build, Plan, list[str]], dict[str, Answer]]
PARTNERSHIPS = int(os.environ.get("PARTNERSHIPS", "25"))  # make soak tries 500


def subject_of(plan: Plan) -> str:
    """One of those from whom something is hidden."""
    outside = [one for one in SUBJECTS if any(step.hidden_from(one) for step in plan.steps)]
    return outside[plan.seed % len(outside)]


def pages_of(build: Build, plan: Plan, guessed: list[str]) -> dict[str, Answer]:
    return surface(build, plan, anonymous=False, hidden_keys=guessed)


def pages_of_nobody(build: Build, plan: Plan, guessed: list[str]) -> dict[str, Answer]:
    found = surface(build, plan, anonymous=True, hidden_keys=guessed)
    return {f"nobody {address}": answer for address, answer in found.items()}


def public_site(build: Build, plan: Plan, guessed: list[str]) -> dict[str, Answer]:
    return public(build, seed=plan.seed, hidden_keys=guessed)


def mails_to(build: Build, plan: Plan, guessed: list[str]) -> dict[str, Answer]:
    return mails(build)


ALL = (pages_of, pages_of_nobody, public_site, mails_to)  # mails last: time passes for them


def looked_at(
    plan: Plan, subject: str, parts: Sequence[Part] = ALL
) -> tuple[list[str], list[dict[str, Answer]]]:
    """The hidden keys that are guessed; and all that the subject and the public can tell of the
    world as it is, then of the world without."""
    guessed: list[str] = []
    told = []
    for whole in (True, False):
        with built(plan, conftest._cast, subject=subject, whole=whole) as build:
            if whole:
                some = min(8, len(build.hidden_keys))
                guessed = random.Random(plan.seed).sample(build.hidden_keys, some)
            answers: dict[str, Answer] = {}
            for part in parts:
                answers |= part(build, plan, guessed)
            told.append(answers)
    return guessed, told


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(PARTNERSHIPS))
def test_what_somebody_may_not_see_changes_nothing_that_they_see(
    django_db_setup, django_db_blocker, seed
):
    plan = Plan(seed)
    subject = subject_of(plan)
    with django_db_blocker.unblock():
        guessed, (whole, without) = looked_at(plan, subject)

    assert guessed, "nothing is hidden from this person: the test would not test"
    assert len(whole) > 80
    assert any(address.startswith("public /meetings/") for address in whole)
    assert not (told := differences(whole, without)), f"{subject}: " + "\n".join(told)


# Faults put in on purpose: a proof that does not see them proves nothing.


def actions_of_everybody(actor: Actor) -> QuerySet[Action]:
    """A queryset that forgot its audience, behind a wall that stands open."""
    open_to(tuple(Audience.objects.values_list("pk", flat=True)))
    return Action.objects.select_related("body")


def mail_with_a_count(**mail: Any) -> Mail | None:
    """A notice that counts the appointments of all, hidden ones too."""
    return queue_mail(**mail | {"subject": f"{mail['subject']} {Appointment.objects.count()}"})


def partnership_with_a_count(actor: Actor) -> Partnership | None:
    """A name on every public page that counts what is closed or hidden."""
    there = the_partnership(actor)
    if there:
        there.name = f"{there.name} {Closure.objects.count()}"
    return there


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "name", "fault", "part", "subject"),
    [
        (action_queries, "visible_to", actions_of_everybody, pages_of, "tobias"),
        (confirming, "queue_mail", mail_with_a_count, mails_to, "maud"),
        (releasing, "the_partnership", partnership_with_a_count, public_site, "tobias"),
    ],
    ids=["a queryset", "a count in a mail", "a count in public"],
)
def test_a_fault_that_is_put_in_is_seen(
    django_db_setup, django_db_blocker, monkeypatch, module, name, fault, part, subject
):
    """Without the fault the same two are alike: that is what the partnerships above show."""
    plan = Plan(1)
    with django_db_blocker.unblock():
        monkeypatch.setattr(module, name, fault)
        _, (whole, without) = looked_at(plan, subject, [part])

    assert differences(whole, without)


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
