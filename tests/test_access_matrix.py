"""Every page, once for each distinct set of permissions, against docs/access.md."""

import pytest
from django.test import override_settings

import conftest
from concerted.access.roles import SEAT_ROLES, SUPPORT_ROLES
from tests import access_table, generated, world
from tests.access_table import NOT_LISTED, WALKERS

PAGES = list(access_table.pages())

# Read by anybody; every other page asks to sign in first.
OPEN_TO_ANYONE = {
    "account_code",
    "account_directory",
    "account_directory_answer",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_passkey",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_signup",
    "actions:owner_link",
    "attending:feed",
    "attending:reply_link",
    "editions:by_link",
    "notifying:stop",
    "people:again",
    "people:lost",
    "people:welcome",
    "ui:accessibility",
    "ui:help",
    "ui:privacy",
    "ui:words",
}


@pytest.fixture(scope="module")
def there(django_db_setup, django_db_blocker):
    with (
        django_db_blocker.unblock(),
        override_settings(SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies"),
        world.built(conftest._cast) as built,
    ):
        yield built


@pytest.fixture(scope="module")
def written():
    return (generated.DOCS / "access.md").read_text("utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_has_a_row(page, written):
    assert f"| `{page.name}` /" in written, "A new page: run `make fix` and read what changed."


@pytest.mark.slow
def test_everybody_gets_to_the_pages_that_the_table_says_and_to_no_others(there, subtests):
    """One walk, looked at in four ways."""
    found = access_table.walk(there)
    nobody = {row: cells["nobody"] for row, cells in found.table.items()}
    words = {word for row in found.table.values() for cell in row.values() for word in cell.split()}
    shown = [
        (name, walker, word)
        for (name, context), row in found.table.items()
        if context == NOT_LISTED
        for walker, word in row.items()
        if word not in ("404", "sign in", "no-post")
    ]

    with subtests.test("the page is what the walk found"):
        assert generated.differences("access.md", access_table.as_markdown(found)) == []
    with subtests.test("every page asks to sign in unless it is listed"):
        assert set(nobody.values()) == {"works", "sign in"}
        opened = {name for (name, _), word in nobody.items() if word.startswith("works")}
        assert opened == OPEN_TO_ANYONE
    with subtests.test("what is hidden cannot be told from what is not there"):
        assert shown == []
    with subtests.test("nobody is met by a fault"):
        assert words <= {"works", "sign", "in", "no-post", "403", "404", "409", "422", "/", "–"}


@pytest.mark.slow
def test_every_role_of_its_own_walks(there):
    """Roles with the same permissions are one walker: a vice-chair goes where a chair goes."""
    roles = [*SEAT_ROLES.values(), *SUPPORT_ROLES.values()]
    walking = {frozenset()}
    for walker in WALKERS[1:]:
        actor = there.actor(walker.name)
        walking |= {actor.everywhere, *actor.by_body.values()}

    assert {role.permissions for role in roles} <= walking
