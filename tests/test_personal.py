"""Each field of each model is classed, under rules that name a controller."""

import pytest
from django.apps import apps

from concerted.access.models import Account
from concerted.kernel import personal
from concerted.kernel.personal import ALWAYS_INTERNAL, Holds, Record, Rules
from concerted.people.models import Person
from tests import generated, processing_page

RECORDS = processing_page.records()
MODELS = {
    model._meta.label: model
    for model in apps.get_models(include_auto_created=True)
    if model._meta.managed or model._meta.app_label == "procrastinate"
}
RULES = [one for one in vars(personal).values() if isinstance(one, Rules)]


def fields_of(model):
    return {field.name for field in model._meta.concrete_fields} - ALWAYS_INTERNAL


def unclassed(model, record):
    return fields_of(model) ^ set(record.classes())


def test_every_model_is_classed_and_nothing_else():
    assert set(RECORDS) == set(MODELS)


def test_every_field_has_one_class():
    left = {label: unclassed(MODELS[label], RECORDS[label]) for label in MODELS}

    assert {label: fields for label, fields in left.items() if fields} == {}


def test_a_field_without_a_class_is_found():
    whole = RECORDS["people.Person"]
    short = Record(whole.purpose, whole.rules, whole.keep, {Holds.PERSONAL: "name account same_as"})

    assert unclassed(Person, short) == {"other_names"}


def test_a_field_classed_twice_is_refused():
    with pytest.raises(ValueError, match="name is classed twice"):
        Record("", RULES[0], "", {Holds.PUBLIC: "name", Holds.PERSONAL: "name"}).classes()


def test_whatever_points_to_a_person_or_an_account_is_personal():
    pointing = {
        f"{label}.{field.name}": RECORDS[label].classes()[field.name]
        for label, model in MODELS.items()
        for field in model._meta.concrete_fields
        if field.related_model in (Person, Account)
    }

    assert len(pointing) > 20
    assert {
        field: holds
        for field, holds in pointing.items()
        if holds not in (Holds.PERSONAL, Holds.SPECIAL)
    } == {}


def test_every_record_says_what_it_is_for_and_how_long_it_is_kept():
    silent = [label for label, one in RECORDS.items() if min(len(one.purpose), len(one.keep)) <= 10]

    assert silent == []


@pytest.mark.parametrize("rules", RULES, ids=lambda rules: rules.title)
def test_the_partnership_is_never_a_controller(rules):
    assert "organisation" in rules.controllers or "authorities" in rules.controllers
    assert not rules.controllers.lower().startswith(("the partnership", "safer", "concerted"))
    assert "Article 6" in rules.basis


def test_the_page_is_what_the_code_says():
    assert generated.differences("record-of-processing.md", processing_page.as_markdown()) == []
