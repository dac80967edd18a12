"""The two tables of roles, and what an Actor makes of them."""

import pytest

from concerted.access.actor import NOBODY, SYSTEM, Actor
from concerted.access.roles import SEAT_ROLES, SUPPORT_ROLES, Permission
from concerted.people.states import SeatRole, Support

ROLES = {**SEAT_ROLES, **SUPPORT_ROLES}


def test_every_seat_and_support_post_has_its_role():
    assert set(SEAT_ROLES) == set(SeatRole.values)
    assert set(SUPPORT_ROLES) == set(Support.values)


@pytest.mark.parametrize("role", ROLES.values(), ids=ROLES)
def test_a_role_says_what_it_is_for(role):
    assert role.name[0].isupper()
    assert role.description.endswith(".")


def test_every_permission_belongs_to_a_role():
    assert {one for role in ROLES.values() for one in role.permissions} == set(Permission)


def test_permissions_are_things_and_verbs_in_alphabetical_order():
    values = [permission.value for permission in Permission]

    assert values == sorted(values)
    assert all(value.count(".") == 1 for value in values)
    assert [permission.name for permission in Permission] == [
        value.replace(".", "_").upper() for value in values
    ]


@pytest.mark.parametrize("name", ["auditor", "administrator"])
def test_who_keeps_the_system_reads_no_papers(name):
    assert Permission.MEETING_VIEW not in SUPPORT_ROLES[name].permissions


def test_an_observer_changes_nothing():
    assert SEAT_ROLES["observer"].permissions == {Permission.MEETING_VIEW}


def test_only_the_manager_appoints():
    appoint = {
        name for name, role in ROLES.items() if Permission.APPOINTMENT_MAKE in role.permissions
    }

    assert appoint == {"manager"}


# An Actor


@pytest.fixture
def actor() -> Actor:
    return Actor(
        by_body={1: frozenset({Permission.ACTION_ADD})},
        everywhere=frozenset({Permission.TRAIL_VIEW}),
    )


@pytest.mark.parametrize(
    ("permission", "body", "held"),
    [
        (Permission.ACTION_ADD, 1, True),
        (Permission.ACTION_ADD, 2, False),
        (Permission.ACTION_ADD, None, True),
        (Permission.TRAIL_VIEW, 1, True),
        (Permission.TRAIL_VIEW, 2, True),
        (Permission.TRAIL_VIEW, None, True),
        (Permission.BODY_ADD, 1, False),
        (Permission.BODY_ADD, None, False),
    ],
)
def test_a_permission_counts_for_its_body_or_everywhere(actor, permission, body, held):
    assert actor.holds(permission, body_id=body) is held


@pytest.mark.parametrize("who", [NOBODY, SYSTEM], ids=["nobody", "system"])
def test_who_is_no_person_sees_and_may_nothing(who):
    assert who.audience_ids == ()
    assert not any(who.holds(permission) for permission in Permission)
