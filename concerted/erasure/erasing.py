"""Erasing one record, and all that goes with a person. The wall must be open, in a transaction.

What the ledger repeats after a restore is done by the very same functions.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q, QuerySet

from concerted.access.actor import SYSTEM
from concerted.access.ending import forget
from concerted.access.models import Account
from concerted.documents.public import without_bytes
from concerted.erasure.ways import (
    DOCUMENT,
    FILE,
    JOB,
    NOBODYS,
    REPLACED,
    TAKEN_OUT,
    VERSION,
    fields_of,
)
from concerted.kernel.clock import now
from concerted.kernel.retention import kinds
from concerted.people.public import Person, end_access
from concerted.retention.public import is_held


@dataclass(frozen=True, slots=True)
class Erased:
    """What was done with one record: fields that were replaced, none where it was taken out; and
    the SHA-256 of bytes that are to go, empty where there are none."""

    fields: tuple[str, ...] = ()
    fingerprint: str = ""


def row_of(label: str, row_id: int, reference: str) -> Any | None:
    """A record by its number, locked; None where it is gone, or another has its number by now."""
    model = apps.get_model(label)
    row = model._base_manager.select_for_update(of=("self",)).filter(pk=row_id).first()
    if row is None or (reference and getattr(row, "key", reference) != reference):
        return None
    return row


def mark_of(row: Any) -> str:
    """Stands for the present state of a record, in all its fields."""
    values = [getattr(row, column.attname) for column in row._meta.concrete_fields]
    text = json.dumps(values, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def held(label: str, row: Any) -> bool:
    """Whether a hold that the wall shows keeps a record, or the file that it came in."""
    bodies = _bodies_of(label, row)
    also = [(FILE, one.key) for one in _files_of(label, row)]
    return any(is_held(*one, bodies) for one in [(label, getattr(row, "key", "")), *also])


def _bodies_of(label: str, row: Any) -> frozenset[int] | None:
    """Which bodies a record is about: None for none, empty where it is not known which."""
    if label == FILE:
        found = (kind.find(row.key) for kind in kinds() if kind.label == FILE.lower())
        return next((one.bodies for one in found if one), frozenset())
    if label in (VERSION, DOCUMENT):
        return frozenset()
    body = getattr(row, "body_id", None)
    return frozenset({body}) if body else None


def _files_of(label: str, row: Any) -> Iterable[Any]:
    way = {VERSION: "version", DOCUMENT: "version__document"}.get(label)
    return [*apps.get_model(FILE)._base_manager.filter(**{way: row})] if way else []


def in_use(label: str, row: Any) -> bool:
    """Whether a worker still writes to it."""
    return label == JOB and row.ended_at is None


def erase(label: str, row: Any) -> Erased:
    """Erase one record, in the way of its table."""
    if label == FILE and (fingerprint := _let_file_go(row)) is not None:
        return Erased(fingerprint=fingerprint)
    if label in TAKEN_OUT:
        row.delete()
        return Erased()
    fingerprint = without_bytes(version=row) if label == VERSION else ""
    _replace(label, row)
    return Erased(tuple(fields_of(label)), fingerprint)


def _let_file_go(row: Any) -> str | None:
    """Let a file go of which nothing came, with its version; None where something did."""
    for kind in kinds():
        if kind.label == FILE.lower() and kind.find(row.key):
            return kind.let_go([row.key]).fingerprints.get(row.key, "")
    return None


def _replace(label: str, row: Any) -> None:
    for name, value in REPLACED[label].items():
        setattr(row, name, value(row) if callable(value) else value)
    row.save(update_fields=list(REPLACED[label]))


def erase_with_person(people: Sequence[int], accounts: Sequence[int]) -> set[str]:
    """End the accounts, and erase all that belongs to these people and nobody else.

    Returns the names of the tables in which anything was erased. Safe to run again.
    """
    touched = set()
    theirs = Account.objects.filter(pk__in=accounts)
    for account in theirs:
        end_access(SYSTEM, account, own_audience_id=None)
    for label, rows in _theirs(people, accounts):
        for row in rows:
            touched.add(label)
            erase(label, row)
    named = apps.get_model("editions.NamedPublicly").objects.filter(person_id__in=people)
    if named.filter(ended_at=None).update(ended_at=now()):
        touched.add("editions.NamedPublicly")
    for account in theirs:
        touched.add("access.Account")
        forget(account)
    return touched


def _theirs(people: Sequence[int], accounts: Sequence[int]) -> Iterator[tuple[str, QuerySet[Any]]]:
    keys = list(Person.objects.filter(pk__in=people).values_list("key", flat=True))
    invitations = apps.get_model("people.Invitation")._base_manager.filter(person_id__in=people)
    addresses = {
        *Account.objects.filter(pk__in=accounts).values_list("email", flat=True),
        *invitations.values_list("address", flat=True),
    } - {NOBODYS}
    of_account = Q(account_id__in=accounts)
    for label, which in (
        ("notices.Mail", of_account | Q(address__in=addresses)),
        (JOB, of_account & Q(ended_at__isnull=False)),
        ("people.OtherName", Q(person_id__in=people)),
        ("imports.NameAnswer", Q(who__in=keys) | Q(by_id__in=people)),
    ):
        yield label, apps.get_model(label)._base_manager.filter(which)
    yield "people.Invitation", invitations
