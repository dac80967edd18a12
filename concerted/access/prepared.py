"""A question asked on every page: written as a queryset, its SQL made once and kept.

Django makes the SQL of a queryset anew each time, and PostgreSQL plans it anew, which for a short
answer cost more than the answer. Here the queryset names what it will be told (`Given`, `Among`),
only that is sent at each asking, and PostgreSQL keeps the plan for as long as the connection lasts
(`prepare_threshold` in the settings):

    LIMBS = Prepared(
        LimbRow._make,
        lambda: Limb.objects.filter(Among("audience_id", "audiences")).values_list("id", "text"),
    )
    LIMBS.ask(audiences=actor.audience_ids)
"""

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import BooleanField, Expression, F, Func, Model, QuerySet
from django.http import Http404
from psycopg import RawCursor

Made = TypeVar("Made")
Kind = TypeVar("Kind", bound=Model)


class Given(Expression):
    """A value that is told at each asking, under a name."""

    def __init__(self, name: str, output_field: Any = None) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [self]


class Among(Func):
    """Whether a column holds one of the values given under a name.

    One array, however many values: the SQL stays the same, which `IN (…)` does not.
    """

    template = "%(expressions)s)"
    arg_joiner = " = ANY("

    def __init__(self, column: str, name: str) -> None:
        super().__init__(F(column), Given(name), output_field=BooleanField())


class Prepared(Generic[Made]):
    """A queryset of columns (`values_list`), or of whole rows (`instances`), asked often."""

    def __init__(
        self, make: Callable[[Sequence[Any]], Made], build: Callable[[], QuerySet[Any, Any]]
    ) -> None:
        self._make, self._build = make, build

    @cached_property
    def _made(self) -> tuple[str, list[Any], Any, dict[int, Any]]:
        compiler = self._build().query.get_compiler(connection=connection)
        sql, params = _numbered(*compiler.as_sql())
        columns = [column for column, _, _ in compiler.select]
        return sql, params, compiler, compiler.get_converters(columns)

    def ask(self, **given: Any) -> list[Made]:
        """The rows for these values; sequences are told as arrays."""
        sql, params, compiler, converters = self._made
        told = [given[one.name] if isinstance(one, Given) else one for one in params]
        with _cursor() as cursor:
            cursor.execute(sql, [list(one) if isinstance(one, tuple) else one for one in told])
            rows = cursor.fetchall()
        if converters:
            rows = compiler.apply_converters(rows, converters)
        return [self._make(row) for row in rows]

    def one_or_404(self, **given: Any) -> Made:
        """The only row for these values; where there is none, as `get_object_or_404`."""
        for row in self.ask(**given):
            return row
        raise Http404


def _numbered(sql: str, params: Sequence[Any]) -> tuple[str, list[Any]]:
    """The SQL as PostgreSQL itself numbers its values; one given name is one of them, sent once."""
    sent: list[Any] = []
    places: dict[str, int] = {}
    coming = iter(params)

    def number(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        value = next(coming)
        name = value.name if isinstance(value, Given) else None
        if name is None or name not in places:
            sent.append(value)
            if name is None:
                return f"${len(sent)}"
            places[name] = len(sent)
        return f"${places[name]}"

    return re.sub("%[s%]", number, sql), sent


class _Sender(RawCursor[Any]):
    """Sends values apart from the SQL, which PostgreSQL then knows again."""

    def _send_query_prepared(self, name: bytes, pgq: Any, **how: Any) -> None:
        super()._send_query_prepared(name, pgq, **how)
        self._query = pgq  # what Django logs; psycopg keeps it of other queries alone


def _cursor() -> CursorWrapper:
    connection.ensure_connection()
    held: Any = connection.connection
    usual, held.cursor_factory = held.cursor_factory, _Sender
    try:
        return connection.cursor()
    finally:
        held.cursor_factory = usual


def instances(model: type[Kind], *related: str) -> Callable[[Sequence[Any]], Kind]:
    """Make whole rows of a model, for a queryset without `values_list`.

    `related` are the foreign keys that its `select_related` names, in the order of the model; an
    empty one is None.
    """

    def make(row: Sequence[Any]) -> Kind:
        made = model.from_db(connection.alias, names, row[: len(names)])
        start = len(names)
        for key, attname, other, columns in joined:
            there = getattr(made, attname) is not None
            values = row[start : start + len(columns)]
            setattr(made, key, other.from_db(connection.alias, columns, values) if there else None)
            start += len(columns)
        return made

    names = _columns(model)
    keys: list[Any] = [model._meta.get_field(key) for key in related]
    joined = [(k.name, k.attname, k.related_model, _columns(k.related_model)) for k in keys]
    return make


def _columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]
