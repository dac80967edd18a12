"""The transition tables are whole, and docs/states.md is what they say."""

import importlib

import pytest
from django.db.models import TextChoices

from tests import generated, states_page

TABLES = states_page.tables()
CHOICES = [
    value
    for path in sorted(states_page.PACKAGE.glob("*/states.py"))
    for value in vars(importlib.import_module(f"concerted.{path.parent.name}.states")).values()
    if isinstance(value, type) and issubclass(value, TextChoices) and value is not TextChoices
]


def test_the_tables_are_found():
    assert {"actions", "imports", "jobs", "meetings"} <= set(TABLES)


@pytest.mark.parametrize("package", TABLES)
def test_no_state_is_forgotten(package):
    states, following = TABLES[package]

    assert set(following) == set(states)
    assert {after for those in following.values() for after in those} <= set(states)


@pytest.mark.parametrize("package", TABLES)
def test_some_state_is_an_end(package):
    _, following = TABLES[package]

    assert frozenset() in following.values()


@pytest.mark.parametrize("choices", CHOICES, ids=lambda choices: choices.__qualname__)
def test_every_state_has_words_of_its_own(choices):
    labels = [str(one.label) for one in choices]

    assert all(labels)
    assert len(set(labels)) == len(labels)


def test_the_page_is_up_to_date():
    assert generated.differences("states.md", states_page.as_markdown()) == []
