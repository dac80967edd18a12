"""What is held of people, in whichever table: found by how each package classes its fields.

A model of a later package is searched as soon as it is classed in a `personal.py`; no list of
tables stands here.
"""

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, QuerySet

from concerted.access.actor import Actor
from concerted.access.models import Account, Audience, Restricted
from concerted.documents.public import Document, readable
from concerted.kernel.personal import Holds, Record
from concerted.people.public import Person

# The index of the search holds copies alone, which follow what they were made from.
OWN = ("subject_access", "erasure", "search")
OF_PEOPLE = frozenset({Holds.PERSONAL, Holds.SPECIAL})
# What lets somebody in, or would: it tells its owner nothing, and is never written out.
SECRETS = {
    "access.Account": {"password"},
    "access.RememberedDevice": {"token"},
    "access.Session": {"session_key", "session_data"},
    "mfa.Authenticator": {"data"},
}


@dataclass(frozen=True, slots=True)
class Source:
    """A table that holds something of people.

    `fields` are those classed personal or special, in the order of the table. `links` lead to a
    person or an account, `texts` can hold a name, `parents` are what a row is part of.
    """

    label: str
    model: type[models.Model]
    record: Record
    fields: tuple[str, ...]
    links: tuple[str, ...]
    texts: tuple[str, ...]
    parents: tuple[str, ...]

    @property
    def walled(self) -> bool:
        return issubclass(self.model, Restricted)


@lru_cache(maxsize=1)
def sources() -> tuple[Source, ...]:
    """Every classed table with something of people in it, by name; not the requests themselves."""
    found = (_source(label, record) for label, record in sorted(records().items()))
    return tuple(one for one in found if one.fields)


@lru_cache(maxsize=1)
def records() -> dict[str, Record]:
    """What each package says of its models, by label."""
    found: dict[str, Record] = {}
    for config in apps.get_app_configs():
        if config.name.startswith("concerted.") and config.label not in OWN:
            name = f"{config.name}.personal"
            if importlib.util.find_spec(name):
                found |= getattr(importlib.import_module(name), "RECORDS", {})
    return found


def _source(label: str, record: Record) -> Source:
    model = apps.get_model(label)
    classes = record.classes()
    fields = [
        field
        for field in model._meta.concrete_fields
        if classes.get(field.name) in OF_PEOPLE and field.name not in SECRETS.get(label, ())
    ]
    return Source(
        label,
        model,
        record,
        tuple(field.name for field in fields),
        tuple(one.name for one in fields if one.related_model in (Person, Account)),
        tuple(one.name for one in fields if _may_hold_a_name(one)),
        tuple(one.name for one in model._meta.concrete_fields if is_parent(one)),
    )


def _may_hold_a_name(field: Any) -> bool:
    words = (models.CharField, models.TextField, models.JSONField, ArrayField)
    return isinstance(field, words) and not field.choices


def is_parent(field: Any) -> bool:
    """Whether a row belongs to what this field leads to, and goes with it."""
    related = field.related_model
    return (
        isinstance(related, type)
        and issubclass(related, Restricted)
        and related is not Person
        and getattr(field.remote_field, "on_delete", None) is models.CASCADE
    )


def rows(actor: Actor, source: Source) -> QuerySet[Any]:
    """The rows of a table that the actor may see; what hangs on something hidden is left out."""
    found = source.model._base_manager.all()
    if source.walled:
        found = found.filter(audience_id__in=actor.audience_ids)
    for condition in _conditions(actor, source):
        found = found.filter(condition)
    return found


def _conditions(actor: Actor, source: Source) -> Iterator[Q]:
    """What must be visible besides the row: all of it where the table itself has no wall."""
    seen = list(actor.audience_ids)
    if source.model is Document:
        yield readable(actor)
    for field in source.model._meta.concrete_fields:
        related = field.related_model
        if not isinstance(related, type):
            continue
        if related is Audience and not source.walled:
            yield Q(**{f"{field.name}__in": seen})
        elif issubclass(related, Restricted):
            if not source.walled or is_parent(field):
                visible = Q(**{f"{field.name}__audience_id__in": seen})
                yield visible | Q(**{f"{field.name}__isnull": True})
            if related is Document and not field.null:
                yield readable(actor, f"{field.name}__")


def of_person(source: Source, people: list[int], accounts: list[int]) -> Q | None:
    """Which rows name one of these records of a person, or one of these accounts."""
    itself = {Person: people, Account: accounts}.get(source.model)
    found = Q(pk__in=itself) if itself else Q()
    for name in source.links:
        related = source.model._meta.get_field(name).related_model
        ids = people if related is Person else accounts
        if ids:
            found |= Q(**{f"{name}__in": ids})
    return found or None
