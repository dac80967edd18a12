"""What erasure does with each table: all have a way, and the record is never altered."""

import pytest
from django.apps import apps

from concerted.erasure.states import Way
from concerted.erasure.ways import (
    NEVER_ALTERED,
    NOTHING_TO_ERASE,
    REPLACED,
    TAKEN_OUT,
    WITH_PERSON,
    way_of,
)
from concerted.subject_access.sources import records, sources

WAYS = {source.label: way_of(source) for source in sources()}
NAMED = {*REPLACED, *TAKEN_OUT, *WITH_PERSON, *NOTHING_TO_ERASE}


def test_every_table_that_holds_something_of_people_has_a_way():
    assert {label for label, way in WAYS.items() if way is None} == set()
    assert len(WAYS) > 30


def test_the_record_is_never_altered():
    record = {label for label, way in WAYS.items() if way == Way.RECORD}

    assert {label for label in WAYS if label.startswith(("meetings.", "papers."))} <= record
    assert {"actions.Action", "actions.Update", "audit.Line", "people.Appointment"} <= record
    assert not {label for label in NAMED if label.startswith(NEVER_ALTERED)}


@pytest.mark.parametrize("label", sorted(REPLACED))
def test_what_is_replaced_are_fields_of_the_table(label):
    there = {field.name for field in apps.get_model(label)._meta.concrete_fields}

    assert set(REPLACED[label]) <= there


@pytest.mark.parametrize(
    "label", sorted(set(REPLACED) - {"notices.Mail", "access.Account", "documents.Version"})
)
def test_no_field_in_which_a_name_can_stand_is_left_over(label):
    [source] = [one for one in sources() if one.label == label]
    kept = {"fingerprint", "sha256"}

    assert set(source.texts) - set(REPLACED[label]) - kept == set()


def test_tables_are_named_that_there_are():
    assert set(records()) >= NAMED
