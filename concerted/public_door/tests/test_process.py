"""The door's own process: what it holds, and that it needs nothing of the members' side."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import psycopg
import pytest
from django.conf import settings
from django.db import connections

from concerted.access.protection import ELSEWHERE
from concerted.cli import serve
from concerted.cli.database import edition_roles, make_edition
from concerted.config.env import database
from concerted.postgres import Cluster
from concerted.public_door import pushing
from concerted.public_door.models import StoredPage
from concerted.public_door.shelf import Shelf, Wires
from concerted.public_door.tests.town import EVERYTHING, MEETING, NOON
from tests import databases
from tests.databases import superuser

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[3]
SHOW = """
import sys
from concerted.config.public_wsgi import application
from django.conf import settings
print(sorted(settings.DATABASES), settings.DATABASES["default"]["ENGINE"])
print(sorted(app.name for app in __import__("django.apps").apps.apps.get_app_configs()))
print(sorted({name.split(".")[1] for name in sys.modules if name.startswith("concerted.")}))
foreign = ("allauth", "procrastinate", "concerted.access.models", "django.contrib.auth.models")
print([name for name in sys.modules if name.startswith(foreign)])
try:
    settings.SECRET_KEY
except Exception as why: print(type(why).__name__)
"""


def dsn_as_url(dsn: dict[str, str]) -> str:
    names = {"NAME": dsn["dbname"], "USER": dsn["user"], "HOST": str(dsn["host"])}
    return serve._as_address(names | {"PORT": dsn["port"]})


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def fetch(address: str) -> tuple[int, bytes, dict[str, str]]:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status, answer.read(), dict(answer.headers)
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read(), dict(refused.headers)


def wait_for(address: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "the door ended by itself"
        try:
            fetch(address)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("Nothing answers.")


@pytest.fixture
def two_servers(tmp_path, django_db_blocker):
    """The members' PostgreSQL and, apart from it, the edition's, with something released."""
    members = Cluster(tmp_path / "members", fast=True).start()
    elsewhere = Cluster(tmp_path / "edition", fast=True).start()
    try:
        roles = edition_roles()
        make_edition(elsewhere.dsn("postgres", "postgres"), **roles)
        addresses = {
            alias: database(dsn_as_url(elsewhere.dsn(roles["database"], roles[role])))
            for alias, role in (("edition", "push"), ("edition_owner", "owner"))
        }
        with django_db_blocker.unblock():
            _filled(addresses)
        yield members, dsn_as_url(elsewhere.dsn(roles["database"], roles["door"]))
    finally:
        members.remove()
        elsewhere.remove()


def _filled(addresses: dict[str, dict]) -> None:
    """Tables and pages, made in another server than that of the tests."""
    from django.core.management import call_command  # noqa: PLC0415

    before = {alias: dict(connections[alias].settings_dict) for alias in addresses}
    try:
        for alias, told in addresses.items():
            connections[alias].close()
            connections[alias].settings_dict.update(told)
        call_command(
            "migrate", "public_door", database="edition_owner", interactive=False, verbosity=0
        )
        pushing.push(EVERYTHING, at=NOON)
    finally:
        for alias, told in before.items():
            connections[alias].close()
            connections[alias].settings_dict.update(told)


def environ_of(pid: int) -> dict[str, str]:
    lines = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    return dict(line.decode().split("=", 1) for line in lines if b"=" in line)


def family(pid: int) -> list[int]:
    found = [pid]
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in path.read_text().split():
            found += family(int(child))
    return found


def test_the_door_serves_with_the_members_database_stopped(two_servers, tmp_path):
    members, address = two_servers
    members.stop()
    port = free_port()
    # Whoever starts it may have more in the environment; the door itself gets none of it.
    environ = dict(os.environ)  # noqa: TID251 - handed on, with more in it
    environ |= {"EDITION_DOOR_URL": address, "SOME_SECRET": "hush"}
    environ.pop("DJANGO_SETTINGS_MODULE", None)
    process = subprocess.Popen(
        [sys.executable, "-m", "concerted.cli", "public", "--public-port", str(port)],
        env={name: value for name, value in environ.items() if name != "CONCERTED_HOME"},
        cwd=ROOT,
    )
    try:
        at = f"http://localhost:{port}"
        wait_for(at, process)

        assert not members.running()
        assert b"Two things were decided." in fetch(f"{at}/meetings/meeting222/")[1]
        assert b"<mark>thefts</mark>" in fetch(f"{at}/search/?q=thefts")[1]
        status, text, headers = fetch(f"{at}/nothing")
        assert (status, b'role="search"' in text) == (404, True)
        assert "Set-Cookie" not in headers
        doors = [pid for pid in family(process.pid) if pid != process.pid]
        assert doors
        for pid in doors:
            held = environ_of(pid)
            assert set(held) <= set(serve.FOR_THE_DOOR), held
            assert held["EDITION_DOOR_URL"] == address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def test_the_door_loads_no_package_of_the_members_side_and_no_secret():
    door = {"EDITION_DOOR_URL": "postgresql://door@db.example.org/edition", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SHOW],
        env=door,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    databases, apps, packages, foreign, secret = done.stdout.splitlines() or [done.stderr] * 5
    assert databases == "['default', 'edition'] django.db.backends.dummy"
    assert apps == "['concerted.public_door', 'concerted.ui']"
    assert packages == "['access', 'config', 'kernel', 'postgres', 'public_door', 'ui']"
    assert foreign == "[]"
    assert secret == "ImproperlyConfigured"


def test_the_door_does_not_start_where_it_could_reach_the_members_database():
    both = {
        "EDITION_DOOR_URL": "postgresql://door@db.example.org/edition",
        "DATABASE_URL": "postgresql://app@db.example.org/concerted",
    }
    done = subprocess.run(
        [sys.executable, "-m", "concerted.cli", "public"],
        env=both | {"PATH": "/usr/bin:/bin"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "DATABASE_URL is set: the public door must not know it" in done.stderr
    assert "Traceback" not in done.stderr


# When others push, or the database goes away


@pytest.fixture
def own_edition(django_db_setup, django_db_blocker, worker_id):
    """An edition in which what is pushed stays pushed, gone afterwards."""
    before = connections["default"].settings_dict["NAME"]
    with django_db_blocker.unblock():
        with databases.cloned(databases.template(), f"door_{worker_id}_{os.getpid()}"):
            yield connections["edition"].settings_dict["NAME"]
        databases.point_at(before)


def test_pushes_at_the_same_moment_leave_the_pages_of_all_of_them(own_edition):
    pushing.push(EVERYTHING, at=NOON)
    ready = Barrier(8)

    def push(number: int) -> None:
        here = connections["edition"]
        here.settings_dict = here.settings_dict | {"NAME": own_edition}
        try:
            ready.wait(timeout=60)
            one = replace(MEETING, key=f"meeting{number}x", venue=f"Barn {number}")
            pushing.push([one], at=NOON)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(push, range(8)))

    assert pushing.rebuild(at=NOON) == pushing.Pushed()
    listed = bytes(StoredPage.objects.get(path="/meetings/").body)
    assert all(b"Barn %d" % number in listed for number in range(8))


def test_a_connection_that_broke_unnoticed_is_made_again(own_edition):
    pushing.push(EVERYTHING, at=NOON)
    wires = Wires(**settings.CLUSTER.dsn(own_edition, settings.EDITION_DOOR_ROLE))
    shelf = Shelf(wires)
    first = shelf.page("/", packed=False)
    with superuser() as there:
        there.execute("SELECT pg_terminate_backend(%s)", [wires().info.backend_pid])

    assert shelf.page("/", packed=False) == first
    wires().close()


def test_a_search_that_costs_too_much_is_given_up(own_edition):
    wires = Wires(**settings.CLUSTER.dsn(own_edition, settings.EDITION_DOOR_ROLE))
    shown = wires().execute("SHOW statement_timeout").fetchone()
    only_reads = wires().execute("SHOW default_transaction_read_only").fetchone()
    wires().close()

    assert (shown, only_reads) == (("3s",), ("on",))


# Roles


@pytest.mark.parametrize(
    ("role", "database_name"),
    [
        ("EDITION_DOOR_ROLE", "default"),
        ("EDITION_PUSH_ROLE", "default"),
        ("EDITION_OWNER_ROLE", "default"),
        ("APP_ROLE", "edition"),
        ("OWNER_ROLE", "edition"),
    ],
)
def test_neither_side_is_let_into_the_others_database(django_db_setup, role, database_name):
    name = connections[database_name].settings_dict["NAME"]

    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(**settings.CLUSTER.dsn(name, getattr(settings, role)))


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO public_door_thing VALUES ('x', 'site', '{}', now(), now())",
        "UPDATE public_door_page SET title = ''",
        "DELETE FROM public_door_page",
        "TRUNCATE public_door_page",
        "DROP TABLE public_door_page",
        "CREATE TABLE mine ()",
        "CREATE TEMPORARY TABLE mine ()",
    ],
)
def test_the_doors_role_can_only_read(django_db_setup, statement):
    name = connections["edition"].settings_dict["NAME"]
    dsn = settings.CLUSTER.dsn(name, settings.EDITION_DOOR_ROLE)

    with psycopg.connect(**dsn) as door:
        door.execute("SET default_transaction_read_only = off")
        door.execute("COMMIT")
        door.execute("SELECT count(*) FROM public_door_page")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            door.execute(statement)


def test_the_pushing_role_owns_nothing(django_db_setup):
    name = connections["edition"].settings_dict["NAME"]
    dsn = settings.CLUSTER.dsn(name, settings.EDITION_PUSH_ROLE)

    with psycopg.connect(**dsn) as pusher, pytest.raises(psycopg.errors.InsufficientPrivilege):
        pusher.execute("ALTER TABLE public_door_page ADD COLUMN more text")


def test_each_database_has_its_own_tables_and_none_of_the_others(django_db_setup):
    listed = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    tables = {}
    for alias in ("default", "edition"):
        with superuser(connections[alias].settings_dict["NAME"]) as there:
            tables[alias] = {name for (name,) in there.execute(listed).fetchall()}

    assert tables["edition"] == {"django_migrations", *ELSEWHERE}
    assert not tables["default"] & set(ELSEWHERE)


def test_without_an_edition_a_push_says_what_to_set(monkeypatch):
    monkeypatch.setattr(pushing, "is_there", lambda: False)

    with pytest.raises(pushing.NoEdition, match="EDITION_URL is not set"):
        pushing.push(EVERYTHING, at=NOON)
