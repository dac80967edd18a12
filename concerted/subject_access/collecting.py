"""Collecting what one table holds of somebody, as findings that are not saved yet."""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.functions import Cast

from concerted.access.actor import Actor
from concerted.access.models import Account
from concerted.people.public import Person, organisations_of, people_visible_to
from concerted.subject_access.models import Finding
from concerted.subject_access.redacting import any_of, holds, pattern
from concerted.subject_access.sources import Source, is_parent, of_person, rows
from concerted.subject_access.states import Why
from concerted.ui.words import day

SOMEBODY = "[another person]"
DEEPEST = 3  # steps from a row to what it is part of, to find a page


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is looked for: the records of the person, their accounts, and all their names."""

    people: list[int] = field(default_factory=list)
    accounts: list[int] = field(default_factory=list)
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Others:
    """The other people on record: each name, and what may stand instead of it."""

    instead: Mapping[str, str]

    @cached_property
    def wanted(self) -> re.Pattern[str] | None:
        """What finds any of their names; None where there is nobody."""
        return any_of(self.instead) if self.instead else None

    def named_in(self, texts: Iterable[str]) -> list[tuple[str, str]]:
        """Those whose names stand in the texts, each with what may stand instead."""
        wanted = self.wanted
        if wanted is None:
            return []
        found: dict[str, str] = {}
        known = {_plain(name): name for name in self.instead}
        for text in texts:
            for match in wanted.finditer(text):
                # Letters of other alphabets may be equal to the one search and not to the other.
                name = known.get(_plain(match.group()), match.group())
                found[name] = self.instead.get(name, SOMEBODY)
        return list(found.items())


def _plain(name: str) -> str:
    return " ".join(name.split()).replace("’", "'").casefold()


def others_than(actor: Actor, asked: Asked) -> Others:
    """Everybody else whom the actor knows of, under all their names."""
    own = {_plain(name) for name in asked.names}
    people = list(people_visible_to(actor).exclude(pk__in=asked.people))
    of = organisations_of(actor, [one.pk for one in people])
    return Others(
        {
            name: f"[somebody of {of[one.pk][0].name}]" if of.get(one.pk) else SOMEBODY
            for one in people
            for name in (one.name, *one.other_names)
            if name.strip() and _plain(name) not in own
        }
    )


def asked_for(actor: Actor, person_id: int | None, names: Sequence[str]) -> Asked:
    """The person with the records that were joined to theirs, as far as the actor sees them."""
    same = Person.objects.filter(
        Q(pk=person_id) | Q(same_as_id=person_id), audience_id__in=actor.audience_ids
    )
    found = list(same.order_by("pk")) if person_id else []
    own = [name for one in found for name in (one.name, *one.other_names)]
    return Asked(
        [one.pk for one in found],
        [one.account_id for one in found if one.account_id],
        tuple(dict.fromkeys([*own, *names])),
    )


def collected(actor: Actor, source: Source, asked: Asked, others: Others) -> Iterator[Finding]:
    """What one table holds, as far as the actor may see it; neither saved nor placed yet."""
    linked = of_person(source, asked.people, asked.accounts)
    seen: set[int] = set()
    if linked is not None:
        for row in _related(rows(actor, source).filter(linked), source):
            seen.add(row.pk)
            yield _finding(
                row, source, source.fields, Why.LINK, _through(row, source, asked), others
            )
    # A table without a wall holds references and addresses: nothing is looked for in its words.
    if source.texts and source.walled and asked.names:
        for row in _related(_with_names(actor, source, asked.names), source):
            stands = [name for name in source.texts if holds(asked.names, words_of(row, name))]
            if stands and row.pk not in seen:
                yield _finding(row, source, stands, Why.NAME, stands, others)


def _related(found: QuerySet[Any], source: Source) -> QuerySet[Any]:
    deeper = [
        f"{name}__{column.name}"
        for name in source.parents
        for column in _model_of(source, name)._meta.concrete_fields
        if is_parent(column)
    ]
    return (
        found.select_related(*source.parents, *deeper).order_by("pk")
        if source.parents
        else found.order_by("pk")
    )


def _model_of(source: Source, name: str) -> Any:
    return source.model._meta.get_field(name).related_model


def _with_names(actor: Actor, source: Source, names: Sequence[str]) -> QuerySet[Any]:
    found = rows(actor, source)
    condition = Q()
    for name in source.texts:
        found = found.alias(**{f"text_{name}": Cast(name, models.TextField())})
        condition |= Q(**{f"text_{name}__iregex": pattern(names)})
    return found.filter(condition)


def _through(row: Any, source: Source, asked: Asked) -> list[str]:
    return [
        name
        for name in source.links
        if getattr(row, f"{name}_id") in (asked.people + asked.accounts)
    ]


def _finding(
    row: Any,
    source: Source,
    names: Sequence[str],
    why: Why,
    through: Sequence[str],
    others: Others,
) -> Finding:
    parts = [
        (label_of(source, name), words) for name in names if (words := words_of(row, name).strip())
    ]
    about = [str(parent) for parent in _parents(row, depth=1)]
    parts = [*(("Part of", words) for words in about if words), *parts]
    return Finding(
        source=source.label,
        # The name of a visit is what keeps somebody signed in: it is written nowhere.
        source_id=row.pk if isinstance(row.pk, int) else None,
        why=why,
        through=list(through),
        kind=str(source.model._meta.verbose_name).capitalize(),
        purpose=source.record.purpose[:200],
        on=_day_of(row),
        href=_page_of(row)[:200],
        parts=parts,
        others=others.named_in(words for _, words in parts),
    )


def label_of(source: Source, name: str) -> str:
    return str(source.model._meta.get_field(name).verbose_name).capitalize()  # type: ignore[union-attr]


def words_of(row: Any, name: str) -> str:
    """What a field says, as a person would read it; what the actor may not see says nothing."""
    column = row._meta.get_field(name)
    if column.related_model is not None:
        if column.related_model is Account:
            return "An account of theirs" if getattr(row, column.attname) else ""
        try:
            return str(getattr(row, name) or "")
        except ObjectDoesNotExist:
            return ""
    if column.choices:
        return str(getattr(row, f"get_{name}_display")())
    return _said(getattr(row, name))


def _said(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime.datetime):
        return value.strftime("%d %B %Y, %H:%M UTC")
    if isinstance(value, datetime.date):
        return day(value)
    if isinstance(value, dict):
        return "\n".join(filter(None, map(_said, value.values())))
    if isinstance(value, list | tuple):
        return "\n".join(filter(None, map(_said, value)))
    return str(value)


def _parents(row: Any, *, depth: int = DEEPEST) -> Iterator[Any]:
    """What a row is part of, the nearest first."""
    for column in row._meta.concrete_fields:
        if is_parent(column) and getattr(row, column.attname):
            try:
                parent = getattr(row, column.name)
            except ObjectDoesNotExist:
                continue
            if parent is not None:
                yield parent
                if depth > 1:
                    yield from _parents(parent, depth=depth - 1)


def _page_of(row: Any) -> str:
    pages = (one.get_absolute_url() for one in (row, *_parents(row)) if _has_page(one))
    return next(pages, "")


def _has_page(row: Any) -> bool:
    return hasattr(row, "get_absolute_url")


def _day_of(row: Any) -> datetime.date | None:
    """The first day that a row or what it is part of has; a moment of writing counts last."""
    moments = []
    for one in (row, *_parents(row)):
        for column in one._meta.concrete_fields:
            dated = isinstance(column, models.DateField)
            value = getattr(one, column.attname) if dated else None
            if isinstance(value, datetime.datetime):
                moments.append(value.date())
            elif value:
                return value  # type: ignore[no-any-return]
    return next(iter(moments), None)


def still_readable(
    actor: Actor, sources: Mapping[str, Source], findings: Sequence[Finding]
) -> set[str]:
    """The keys of the findings whose records the actor may see now: one query for all.

    Of a visit, which has no number and ends within hours, what was found stays.
    """
    by_source: dict[str, list[Finding]] = {}
    for one in findings:
        if one.source_id is not None:
            by_source.setdefault(one.source, []).append(one)
    arms = [
        rows(actor, sources[label])
        .filter(pk__in=[one.source_id for one in some])
        .order_by()
        .annotate(arm=models.Value(label, models.CharField()))
        .values_list("arm", "pk")
        for label, some in by_source.items()
        if label in sources
    ]
    there = set(arms[0].union(*arms[1:], all=True)) if arms else set()
    return {
        one.key for one in findings if one.source_id is None or (one.source, one.source_id) in there
    }
