"""A database of one's own, for what has to be committed."""

import os

import pytest
from django.db import connection

from tests import databases


@pytest.fixture
def own_database(django_db_setup, django_db_blocker, worker_id):
    before = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        with databases.cloned(databases.template(), f"trail_{worker_id}_{os.getpid()}") as name:
            yield name
        databases.point_at(before)
