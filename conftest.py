"""Fixtures of every test: the database as the app role, the cast, and signed-in clients."""

import fcntl
import os
from collections.abc import Callable, Iterator
from typing import TextIO

import pytest
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

pytest_plugins = ["tests.browser.fixtures"]
LONGEST = {"test_access_matrix.py", "test_two_worlds.py", "test_hostile_requests.py"}
IN_USE = pytest.StashKey[TextIO]()
# A property says what holds, never how fast the machine that tries it is just then.
hypothesis_settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("any machine")


def pytest_configure(config: pytest.Config) -> None:
    """The cluster belongs to the run, not to a worker: it starts first and stops last."""
    if _is_worker() or not _has_settings():
        return
    from django.conf import settings  # noqa: PLC0415 - tests of plain packages have no settings

    settings.HOME.mkdir(parents=True, exist_ok=True)
    in_use = open(settings.HOME / "in-use.lock", "w")  # noqa: SIM115 - held until the run ends
    config.stash[IN_USE] = in_use
    fcntl.flock(in_use, fcntl.LOCK_SH)
    settings.CLUSTER.start()


def pytest_unconfigure(config: pytest.Config) -> None:
    in_use = config.stash.get(IN_USE, None)
    if in_use is None:
        return
    from django.conf import settings  # noqa: PLC0415

    try:
        fcntl.flock(in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return  # another run still works on the same cluster, and stops it later
    settings.CLUSTER.stop()
    in_use.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first: both workers end at about the same time."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


def _is_worker() -> bool:
    return "PYTEST_XDIST_WORKER" in os.environ


def _has_settings() -> bool:
    return bool(os.environ.get("DJANGO_SETTINGS_MODULE"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker, worker_id) -> Iterator[None]:
    from tests import cast, databases  # noqa: PLC0415

    with django_db_blocker.unblock():
        source = databases.template()
        with databases.cloned(source, f"test_{worker_id}_{os.getpid()}"):
            global _cast
            _cast = cast.build()
            yield


_cast = None


@pytest.fixture
def cast(db):
    """The people and bodies of tests/cast.py."""
    return _cast


@pytest.fixture
def signed_in(cast) -> Callable[[str], Client]:
    """A client signed in as one of the cast."""

    def sign_in(name: str) -> Client:
        client = Client()
        # As it stands in the database: another test may have changed the one in memory.
        cast.accounts[name].refresh_from_db()
        client.force_login(cast.accounts[name])
        return client

    return sign_in
