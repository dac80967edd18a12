"""A database of one's own, and the connection of a role to it."""

import os
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection

from tests import databases


@pytest.fixture
def own_database(django_db_setup, django_db_blocker, worker_id):
    before = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        with databases.cloned(databases.template(), f"cli_{worker_id}_{os.getpid()}") as name:
            yield name
        databases.point_at(before)


@pytest.fixture
def connected_as(own_database):
    """Connect as another role, as a wrong DATABASE_URL would."""

    @contextmanager
    def connect(role: str):
        connection.close()
        connection.settings_dict["USER"] = role
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["USER"] = settings.APP_ROLE

    return connect
