"""The public site in a browser: served by its own process, read by somebody without an account."""

import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import expect

from concerted.cli.serve import FOR_THE_DOOR, _end_with_parent
from concerted.public_door import pushing
from concerted.public_door.models import StoredPage
from concerted.public_door.tests.town import EVERYTHING, NOON
from concerted.public_door.things import Tombstone
from tests import databases
from tests.browser.person import Keyboard, Person
from tests.browser.town import ROOT, _free_port, _wait_for, elsewhere

pytestmark = pytest.mark.browser
GONE = Tombstone("gone222222", "paper", NOON.date())


@dataclass
class PublicTown:
    """The public site as it is served."""

    url: str
    paths: list[str]


@contextmanager
def opened(worker, home):
    """An edition of its own with something released, and the door's process before it."""
    name = f"public_{worker}_{os.getpid()}"
    databases.clone(elsewhere("postgres", databases.template), name)
    edition = databases.edition_of(name)

    def release():
        connections["edition"].settings_dict = connections["edition"].settings_dict | {
            "NAME": edition
        }
        pushing.push([*EVERYTHING, GONE], at=NOON)
        pages = StoredPage.objects.filter(media_type__startswith="text/html", file_name="")
        return sorted(pages.values_list("path", flat=True))

    try:
        paths = elsewhere(name, release)
        with _door(edition, home) as url:
            yield PublicTown(url, paths)
    finally:
        with databases.superuser() as connection:
            databases.drop(connection, name)


@contextmanager
def _door(edition, home):
    dsn = settings.CLUSTER.dsn(edition, settings.EDITION_DOOR_ROLE)
    host = quote(str(dsn["host"]), safe="")
    port = _free_port()
    environ = {name: value for name, value in os.environ.items() if name in FOR_THE_DOOR}
    environ["EDITION_DOOR_URL"] = (
        f"postgresql://{dsn['user']}@/{edition}?host={host}&port={dsn['port']}"
    )
    with open(home / "log", "wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "concerted.cli", "public", "--public-port", str(port)],
            cwd=ROOT, env=environ, stdout=log, stderr=log,
            start_new_session=True, preexec_fn=_end_with_parent,
        )  # fmt: skip
    try:
        _wait_for(f"http://localhost:{port}/follow/?", process, home)
        yield f"http://localhost:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


@pytest.fixture(scope="module")
def site(django_db_blocker, worker_id, tmp_path_factory):
    home = tmp_path_factory.mktemp("public")
    with django_db_blocker.unblock(), opened(worker_id, home) as served:
        yield served


@pytest.fixture
def reader(chromium, site):
    """Somebody with a browser, and with scripts switched off: the site has none."""
    context = chromium.new_context(
        base_url=site.url, viewport={"width": 1280, "height": 900}, java_script_enabled=False
    )
    yield Person(context.new_page(), site)
    context.close()


@pytest.fixture
def looker(chromium, site):
    """The same with scripts, which the checking program needs; the policy must let it in."""
    context = chromium.new_context(
        base_url=site.url, viewport={"width": 1280, "height": 900}, bypass_csp=True
    )
    yield Person(context.new_page(), site)
    context.close()


def test_a_resident_finds_a_decision_its_words_and_its_paper(reader):
    reader.goes_to("/")
    reader.page.get_by_label("Search meetings, decisions and papers").fill("shoplifting")
    reader.presses("Search")
    reader.sees("2 results for “shoplifting”")
    expect(reader.page.locator("mark").first).to_have_text(re.compile("shoplift", re.IGNORECASE))

    reader.follows("Safer Marlbeck Board, 16 June 2026")
    reader.sees("Two things were decided.")
    reader.follows("Shoplifting in Lowgate")
    expect(reader.heading).to_have_text("Shoplifting in Lowgate")
    with reader.page.expect_download() as saved:
        reader.follows("Shoplifting in Lowgate.html")
    assert saved.value.suggested_filename == "Shoplifting-in-Lowgate.html"
    reader.has_nothing_against_it()
    assert reader.page.context.cookies() == []


def test_every_page_has_no_barrier_and_fits_a_narrow_window(looker, site):
    for path in [*site.paths, "/search/?q=lowgate", "/search/?q=zebra", "/nothing-here"]:
        looker.page.set_viewport_size({"width": 1280, "height": 900})
        looker.goes_to(path)
        looker.finds_no_barrier()
        looker.page.set_viewport_size({"width": 320, "height": 800})
        looker.fits(320)
        looker.finds_no_barrier()
    looker.has_nothing_against_it()


def test_a_search_needs_no_mouse(looker):
    looker.goes_to("/")
    keyboard = Keyboard(looker)
    keyboard.tab_to(name="q")
    keyboard.type("lowgate")
    keyboard.press("Enter")
    looker.sees("2 results")
    keyboard.tab_to(words="Shoplifting in Lowgate")
    keyboard.press("Enter")
    expect(looker.heading).to_have_text("Shoplifting in Lowgate")


def test_printed_a_meeting_has_its_words_and_no_menu(looker):
    looker.goes_to("/meetings/meeting222/")
    looker.page.emulate_media(media="print")

    expect(looker.page.get_by_role("navigation", name="Menu")).to_be_hidden()
    said = looker.page.get_by_role("paragraph").filter(has_text="That police and council report")
    expect(said).to_be_visible()
